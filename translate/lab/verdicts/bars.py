"""Bars, and whether an estimate is past them.

A claim holds if its whole interval is past the bar, does not hold if the whole interval is short of it, and is
undecided otherwise. The bars are set in the code, before any model is looked at.

Where every single word of every noun pair agrees (100 %, or 0 %), the interval counts noun pairs and is wide: ten of
them leave 72 to 100 %, and no bar of 95 % could ever be reached, while 99.8 % would reach it by its bootstrap. So
there it is enough that the interval lies on the bar's side of one half, which takes four noun pairs or more. (This rule
came with the second edition, when intervals began to count noun pairs, and after the lesson's model was looked at.)
"""

from collections.abc import Iterable
from typing import Literal

from translate.lab.statistics.estimate import Estimate

Outcome = Literal["holds", "does not hold", "undecided"]
HOLDS: Outcome = "holds"
FAILS: Outcome = "does not hold"
UNDECIDED: Outcome = "undecided"
_HALF = 0.5


def at_least(estimate: Estimate, bar: float) -> Outcome:
    """The verdict on "at least `bar`"."""
    if estimate.n == 0:
        return UNDECIDED
    if (agreed := unanimous(estimate)) is not None:
        return HOLDS if agreed else FAILS
    return HOLDS if estimate.low >= bar else FAILS if estimate.high < bar else UNDECIDED


def at_most(estimate: Estimate, bar: float) -> Outcome:
    """The verdict on "at most `bar`"."""
    if estimate.n == 0:
        return UNDECIDED
    if (agreed := unanimous(estimate)) is not None:
        return FAILS if agreed else HOLDS
    return HOLDS if estimate.high <= bar else FAILS if estimate.low > bar else UNDECIDED


def unanimous(estimate: Estimate) -> bool | None:
    """Whether all of enough noun pairs say 100 % (or, False, 0 %); None where they do not agree, or are too few."""
    if estimate.is_share and estimate.value == 1.0 and estimate.low > _HALF:
        return True
    return False if estimate.is_share and estimate.value == 0.0 and estimate.high < _HALF else None


def worst(verdicts: Iterable[Outcome]) -> Outcome:
    """The least certain of some verdicts."""
    given = set(verdicts)
    return FAILS if FAILS in given else UNDECIDED if UNDECIDED in given else HOLDS


def settled(verdicts: Iterable[Outcome]) -> Outcome:
    """The verdict that all give, or undecided."""
    given = set(verdicts)
    return given.pop() if len(given) == 1 else UNDECIDED
