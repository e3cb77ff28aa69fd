import pytest

from translate.lab.statistics.estimate import wilson
from translate.lab.verdicts.claim import make, standards


def share(hits: int):
    return wilson(hits, 100, "words")


def test_the_words_of_a_claim_follow_its_verdict():
    for hits, verdict, word in ((99, "holds", "agrees"), (5, "does not hold", "often"), (95, "undecided", "mostly")):
        agreement = wilson(10 * hits, 1000, "words")
        claim = make("agreement", agreement, {}, agreement=agreement)
        assert claim.verdict == verdict and word in claim.statement and claim.bar == standards()["agreement"].bar
        assert f"{hits} % of the agreeing words" in claim.statement and claim.name == "agreement"


def test_a_bar_from_above_is_passed_below_it():
    low, high = (
        make("contained", share(hits), {}, "encoder", other=share(hits), own=share(99), part="c") for hits in (0, 80)
    )
    assert (low.verdict, high.verdict) == ("holds", "does not hold") and low.name == "contained-encoder"


def test_only_controls_that_a_claim_stands_against_can_fail():
    controls = {"near": share(96), "far": share(3), "none": wilson(0, 0, "words")}
    beside = make("agreement", wilson(990, 1000, "words"), controls, agreement=share(99))
    assert beside.failed == () and beside.verdict == "holds" and beside.controls == controls
    numbers = {"site": "dec.l0.c", "probe": share(99), "best": share(3), "name": "far", "range": ""}
    against = make("stored", wilson(990, 1000, "words"), controls, "decoder", **numbers)
    assert against.failed == ("near",) and against.verdict == "undecided"
    assert make("stored", share(5), controls, "decoder", **numbers).verdict == "does not hold"


def test_some_controls_have_a_bar_of_their_own():
    """However far they stay below the claim: what turns a third of the words is no null."""
    numbers = {"part": "c alone", "turned": "all", "direction": "one direction", "along": "all"}
    numbers |= {"rest": share(0), "near": share(0), "name": "none", "broken": ""}
    for hits, failed in ((5, ()), (33, ("other",)), (96, ("other",))):
        claim = make("used", wilson(990, 1000, "words"), {"other": share(hits)}, "decoder", **numbers)
        assert claim.failed == failed and claim.verdict == ("undecided" if failed else "holds")


def test_what_a_text_asks_for_must_be_there():
    with pytest.raises(KeyError):
        make("held", share(99), {}, "decoder")


def test_every_standard_has_one_bar():
    for name, standard in standards().items():
        assert (standard.least is None) != (standard.most is None), name
        assert standard.bar and standard.refuted_by.endswith(".") and standard.text.endswith(".")
