from translate.lab.statistics.estimate import wilson
from translate.lab.verdicts.claim import Standard

STANDARD = Standard("grows", bar="at least half", refuted_by="Less.", least=0.5)
WORDS = ("does", "does not", "may")


def test_the_words_of_a_claim_follow_its_verdict():
    for hits, verdict, word in ((95, "holds", "does"), (5, "does not hold", "does not"), (50, "undecided", "may")):
        claim = STANDARD.claim(wilson(hits, 100, "words"), "It {}.", WORDS)
        assert (claim.verdict, claim.statement) == (verdict, f"It {word}.")
        assert (claim.name, claim.bar, claim.refuted_by) == ("grows", "at least half", "Less.")


def test_a_bar_from_above_is_passed_below_it():
    shrinks = Standard("shrinks", bar="at most half", refuted_by="More.", most=0.5)
    assert shrinks.claim(wilson(5, 100, "words"), "").verdict == "holds"
    assert shrinks.claim(wilson(95, 100, "words"), "", side="decoder").name == "shrinks-decoder"


def test_only_controls_that_a_claim_stands_against_can_fail():
    controls = {"near": wilson(96, 100, "words"), "far": wilson(3, 100, "words"), "none": wilson(0, 0, "words")}
    beside = STANDARD.claim(wilson(95, 100, "words"), "It {}.", WORDS, controls)
    assert beside.failed == () and beside.verdict == "holds" and beside.controls == controls
    against = Standard("grows", bar="", refuted_by="", least=0.5, is_against=True)
    claim = against.claim(wilson(95, 100, "words"), "It {}.", WORDS, controls)
    assert claim.failed == ("near",) and claim.verdict == "undecided"
    assert against.claim(wilson(5, 100, "words"), "", WORDS, controls).verdict == "does not hold"
