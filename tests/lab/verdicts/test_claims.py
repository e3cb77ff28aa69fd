from dataclasses import replace

from translate.lab.statistics.estimate import wilson
from translate.lab.verdicts import claims


def test_a_failed_claim_says_so(results):
    low = wilson(60, 100, "words")
    stored = claims.stored(replace(results.readings[0], probe=low))
    assert stored.verdict == "does not hold" and "does not tell" in stored.statement
    part = replace(claims.part_used(results.necessity[0])[0], by_clause={"1": low}, by_gender={"1 m": low}, other=low)
    parts = replace(results.necessity[0], parts=(part, *results.necessity[0].parts))
    used, (contained,) = claims.used(parts), claims.contained(parts)
    assert used.verdict == contained.verdict == "does not hold"
    assert "only" in used.statement and "changes too" in contained.statement


def test_a_control_that_comes_too_near_is_named_and_leaves_the_claim_open(results):
    near, nearer = wilson(990, 1000, "words"), wilson(985, 1000, "words")
    claim = claims.stored(replace(results.readings[0], probe=near, untrained=nearer))
    assert claim.failed == ("untrained network",) and claim.verdict == "undecided"


def test_the_neutral_twin_is_a_control_of_what_is_stored(results):
    with_twin, without = (claims.claims_of(one)[0] for one in (results, replace(results, twin=None)))
    assert with_twin.controls[claims.NEUTRAL] == results.twin.probes[results.units.site]
    assert with_twin.id == without.id == "stored" and claims.NEUTRAL not in without.controls


def test_claims_follow_from_the_numbers_alone(results):
    bare = replace(results, claims=())
    assert claims.claims_of(bare) == results.claims
    ids = [claim.id for claim in results.claims if claim.side == "decoder"]
    assert ids == ["stored", "held", "written", "erased", "used", "contained", "forgotten"]


def test_what_was_not_measured_is_not_claimed(results):
    nothing = {
        "held": (),
        "ledger": (),
        "necessity": (),
        "gates": (),
        "verdicts": (),
        "attention": None,
        "erasure": (),
        "clamps": None,
    }
    bare = replace(results, **nothing)
    ids = {claim.id for claim in claims.claims_of(bare)}
    assert ids == {"stored", "agreement", "turns", "first-noun", "units"}
