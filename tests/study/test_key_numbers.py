"""The numbers by which models are compared are those of the report, under names that stay."""

import pytest

from translate.lab.verdicts.results import Results
from translate.resources import models
from translate.study.key_numbers import key_numbers


@pytest.fixture(scope="module")
def report():
    return Results.from_json((models("lesson") / "results.json").read_bytes())


def test_each_part_of_a_report_has_its_numbers(report):
    numbers = key_numbers(report)
    reading, exchange, clamps = report.readings[0], report.effects[0], report.clamps
    assert numbers["probe of dec.l0.c, unseen nouns"] == reading.probe
    assert numbers["exchange, decoder, (c, h): its clause turns"].n == exchange.flipped.n
    assert "exchange, encoder, (c, h): the other clause turns" in numbers
    assert numbers["subspace of dec.l0.c, rank 1: IIA on held-out nouns"].value > 0.5
    assert numbers["LEACE on c and h: agreement after"] == report.erasure[-1].after
    held = [clamp for clamp in clamps.switch if (clamp.side, clamp.gates, clamp.units.count) == ("dec", "both", 3)]
    assert [numbers["at the switch, decoder, both: the old gender comes back"]] == [clamp.old for clamp in held]
    assert all(estimate.n for estimate in numbers.values())
