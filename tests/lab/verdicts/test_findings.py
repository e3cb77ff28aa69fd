from dataclasses import replace

import pytest

from translate.lab.experiments.reading.time_course import TimeCourse
from translate.lab.experiments.reading.valves import CHOSEN, RANDOM
from translate.lab.statistics.estimate import Course, wilson
from translate.lab.verdicts import findings

OFFSETS = list(range(-9, 7))


def course(kind: str, value, what: str = "f") -> TimeCourse:
    values = [value(offset) for offset in OFFSETS]
    flat = Course(OFFSETS, values, [v - 0.01 for v in values], [v + 0.01 for v in values], [100] * len(OFFSETS))
    return TimeCourse(what, f"dec.l0.{what}", kind, flat)


def test_the_reading_turns_where_it_goes_over_to_the_second_noun():
    turning = {"m>f": lambda at: 0.98 if at >= 0 else 0.02, "f>m": lambda at: 0.02 if at >= 0 else 0.98}
    claim = findings.turns([course(kind, value) for kind, value in turning.items()])
    assert claim.verdict == "holds" and claim.estimate.value == pytest.approx(0.98)
    assert claim.statement.startswith("The reading turns one word after the second noun: two words after")
    staying = {"m>f": lambda at: 0.02, "f>m": lambda at: 0.98, "m>m": lambda at: 0.02}
    claim = findings.turns([course(kind, value) for kind, value in staying.items()])
    assert claim.verdict == "does not hold" and claim.statement.endswith("2 %.") and set(claim.controls) == {"m>m"}


def test_a_gate_closes_for_the_new_gender_or_for_the_new_clause():
    closing = course("switch", lambda at: 0.2 if at == -1 else 0.9)
    (claim,) = findings.gates([closing, course("same", lambda at: 0.9)])
    assert claim.verdict == "holds"
    assert "closes one word before the second noun (0.90 → 0.20), 0.90 where" in claim.statement
    (claim,) = findings.gates([closing, course("same", lambda at: 0.9), replace(closing, kind=RANDOM)])
    assert claim.verdict == "undecided" and len(claim.failed) == 1  # all units' gates close there
    elsewhere = course(CHOSEN, lambda at: 0.3 if at == 0 else 0.9)
    (claim,) = findings.gates([closing, course("same", lambda at: 0.9), elsewhere])
    assert claim.verdict == "does not hold"  # not at the word that other nouns chose
    (claim,) = findings.gates([closing, replace(closing, kind="same")])
    assert "the new clause closes it" in claim.statement
    (claim,) = findings.gates([course("switch", lambda at: 0.9), course("same", lambda at: 0.9)])
    assert claim.verdict == "does not hold" and "stays as open as it was" in claim.statement
    assert not list(findings.gates([course("switch", lambda at: 0.9, "z"), course("same", lambda at: 0.9, "z")]))


@pytest.mark.parametrize(
    "hits, says", [(500, "its old place now holds"), (900, "in the same place"), (650, "undecided")]
)
def test_the_first_noun_is_kept_or_its_place_used_again(results, hits, says):
    well, read = wilson(900, 1000, "words"), wilson(hits, 1000, "words")
    claim = findings.first_noun(replace(results.first_noun, after_anew=well, after_unchanged=read, after_second=well))
    assert says in claim.statement and "can still be read" in claim.statement


def test_one_unit_is_enough_or_none(results):
    best = replace(results.units.best, value=0.75, low=0.7, high=0.8)
    claim = findings.units(replace(results.units, best=best))
    assert claim.verdict == "does not hold" and claim.statement.startswith("No single unit is enough")
    assert claim.statement.endswith("AUC 0.75.")


def test_cell_and_attention_are_judged_against_a_sentence_of_the_same_genders(results):
    """The claims of a planted network whose cell alone carries the gender, and the same with the two exchanged."""
    stored = results.readings[0].probe
    cell, looked, cut = findings.looking_back(results.attention, stored)
    assert (cell.verdict, looked.verdict, cut.verdict) == ("holds", "does not hold", "holds")
    ways = {way.way: way for way in results.attention.ways}
    other = {"cell": "bank", "bank": "cell", "mean context": "cell and bank"}
    swapped = tuple(replace(way, words=ways[other.get(way.way, way.way)].words) for way in results.attention.ways)
    cell, looked, cut = findings.looking_back(replace(results.attention, ways=swapped), stored)
    assert (cell.verdict, looked.verdict, cut.verdict) == ("does not hold", "holds", "does not hold")
    assert "most words do not follow it" in cell.statement and "decides the gender" in looked.statement
    near = tuple(replace(way, words=ways["cell"].words) for way in results.attention.ways)
    cell, *_ = findings.looking_back(replace(results.attention, ways=near), stored)
    assert cell.verdict == "undecided" and len(cell.failed) == 1
    lonely = tuple(way for way in results.attention.ways if not way.way.startswith("same"))
    assert len(list(findings.looking_back(replace(results.attention, ways=lonely), stored))) == 3
