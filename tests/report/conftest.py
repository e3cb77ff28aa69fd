"""One small report of the planted network, made once."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "lab"))


@pytest.fixture(scope="session")
def results(tmp_path_factory):
    import planted

    from translate.lab.bench import Bench
    from translate.lab.first_report import first_report
    from translate.lab.lemmas import split_lemmas
    from translate.lab.material import Material

    translator, _ = planted.translator(tmp_path_factory.mktemp("planted"))
    suite = planted.switch_suite()
    pair = [(pair, {"pair": 0, "gender": tags["y1"]}) for pair, tags in suite[:4] if tags["y2"] == "m"]
    material = Material({"switch": suite, "test": suite[::5], "distance": suite[::7], "boy-girl": pair}, "planted")
    return first_report(
        Bench(translator, material, split_lemmas(material.pairs("switch")), 0), 'translate probe <&> "x"'
    )
