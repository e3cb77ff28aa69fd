"""The parts of a report: beside each other or one after another, they say the same."""

from dataclasses import fields

import pytest

from translate.lab.planted.networks import make_planted
from translate.lab.verdicts.parts import parts
from translate.lab.verdicts.results import Results
from translate.lab.verdicts.whole_report import probe


@pytest.fixture(scope="module")
def setup():
    return make_planted("one-cell").fewer(1).setup()


def test_parts_beside_each_other_say_what_they_say_one_after_another(setup):
    told: list[str] = []
    beside = probe(setup, "typed", told.append, depth="quick", jobs=3)
    assert beside.to_json() == probe(setup, "typed", depth="quick").to_json()
    assert len(told) == len(set(told)) > 5


def test_each_part_is_of_the_report_and_none_is_measured_twice(setup):
    listed = parts(setup, ranking=None, depth="full", twin=None)
    assert len({part.stage for part in listed}) == len(listed)
    quick = {part.stage for part in parts(setup, ranking=None, depth="quick", twin=None)}
    assert quick < {part.stage for part in listed}
    cheap = next(part for part in listed if part.stage.startswith("accuracy"))
    assert set(cheap.measure(setup)) <= {field.name for field in fields(Results)}
