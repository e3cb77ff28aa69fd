"""A number is evidence only beside its own control: what turns without a switch as well is no return."""

import pytest

from translate.lab.experiments.intervening.clamps import Clamp, Clamps, best
from translate.lab.experiments.intervening.clause_erasure import outcome
from translate.lab.experiments.intervening.necessity import Part
from translate.lab.experiments.intervening.parts import Exchange
from translate.lab.statistics.estimate import wilson
from translate.lab.verdicts.evidence import of_encoder


def share(value: float):
    return wilson(round(value * 400), 400, "words")


def clamp(old: float) -> Clamp:
    return Clamp("enc", "forget open", best(3), share(old), share(1 - old), share(0), share(1))


@pytest.mark.parametrize("old, alike, known", [(0.9, 0.0, 0.9), (0.9, 0.88, None), (0.1, 0.13, 0.1)])
def test_what_comes_back_where_nothing_can_is_no_return(old, alike, known):
    evidence = of_encoder(None, Clamps((clamp(old),), (clamp(alike),), 400, 400), None)
    assert (evidence.open_forget and evidence.open_forget.value) == known


@pytest.mark.parametrize(
    "kept, turned, read, says",
    [
        (0.5, 0.5, 0.5, "erased"),
        (0.5, 0.5, 0.9, "undecided"),  # the words have lost it, and it is still there to be read
        (0.1, 0.05, 0.5, "undecided"),  # a sentence in ruins says nothing
        (0.95, 0.05, 0.9, "survives"),
        (0.05, 0.95, 0.5, "turned"),
    ],
)
def test_erased_is_what_nothing_reads_in_words_that_are_still_words(kept, turned, read, says):
    assert outcome(share(kept), share(turned), (share(read), share(0.5))) == says


def test_an_exchange_that_breaks_its_words_says_nothing():
    def part(turned, kept):
        return Part(Exchange("same gender", ("c",)), share(turned), {}, None, share(0), kept=kept)

    assert part(0.0, share(0.49)).is_broken
    assert not part(0.0, share(0.8)).is_broken and not part(1.0, share(0.0)).is_broken
    assert not part(0.0, None).is_broken  # results of before
