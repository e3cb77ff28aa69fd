"""The planted model, made once for all tests of the laboratory."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def planted_model(tmp_path_factory):
    """(translator, units by name, switch suite) of the hand-written network."""
    import planted

    translator, units = planted.translator(tmp_path_factory.mktemp("planted"))
    return translator, units, planted.switch_suite()
