import dataclasses

from translate.lab.statistics.estimate import Estimate, wilson
from translate.lab.verdicts import claims, findings
from translate.lab.verdicts.answer import answer
from translate.lab.verdicts.bars import at_least, at_most


def test_a_failed_claim_says_so(results):
    low = wilson(60, 100, "words")
    readings = (dataclasses.replace(results.readings[0], probe=low), *results.readings[1:])
    failed = claims.stored(readings[0])
    assert failed.verdict == "does not hold" and "does not tell" in failed.statement
    said = [failed if claim.name == failed.name else claim for claim in results.claims]
    assert answer(readings, results.effects, results.first_noun, said)[0].startswith("No,")
    whole = dataclasses.replace(results.effects[0], flipped=low, other=low)
    used, contained = claims.used(whole, {}, "decoder"), claims.contained(whole, "decoder")
    assert used.verdict == contained.verdict == "does not hold"
    assert "only" in used.statement and "changes too" in contained.statement
    said = [claim for claim in results.claims if claim.id not in ("used", "contained")]
    without = answer(results.readings, (), results.first_noun, said)
    assert without[0].startswith("Not certainly") and "could not be tried" in without[0]


def test_a_place_counts_as_used_again_only_where_the_second_noun_is_read_there(results):
    chance, well = wilson(500, 1000, "words"), wilson(900, 1000, "words")
    for second, word in ((well, "used again"), (chance, "tells neither gender")):
        found = dataclasses.replace(results.first_noun, after_unchanged=chance, after_second=second)
        said = [findings.first_noun_claim(found) if claim.id == "first-noun" else claim for claim in results.claims]
        assert word in answer(results.readings, results.effects, found, said)[1]


def test_a_control_that_comes_too_near_is_named_and_leaves_the_claim_open(results):
    reading = dataclasses.replace(
        results.readings[0], probe=wilson(990, 1000, "words"), untrained=wilson(985, 1000, "words")
    )
    claim = claims.stored(reading)
    assert claim.failed == ("untrained network",) and claim.verdict == "undecided"


def test_verdicts_follow_the_whole_interval():
    def estimate(low, high):
        return Estimate((low + high) / 2, low, high, 10, "words", "")

    assert at_least(estimate(0.96, 1), 0.95) == at_most(estimate(0, 0.04), 0.05) == "holds"
    assert at_least(estimate(0.5, 0.94), 0.95) == at_most(estimate(0.06, 1), 0.05) == "does not hold"
    assert at_least(estimate(0.9, 0.99), 0.95) == at_least(wilson(0, 0, "words"), 0.95) == "undecided"
