"""Bars, and whether an estimate is past them.

A claim holds if its whole interval is past the bar, does not hold if the whole interval is short of it, and is
undecided otherwise. The bars are set in the code, before any model is looked at.
"""

from collections.abc import Iterable
from typing import Literal

from translate.lab.statistics.estimate import Estimate

Outcome = Literal["holds", "does not hold", "undecided"]
HOLDS: Outcome = "holds"
FAILS: Outcome = "does not hold"
UNDECIDED: Outcome = "undecided"


def at_least(estimate: Estimate, bar: float) -> Outcome:
    """The verdict on "at least `bar`"."""
    if estimate.n == 0:
        return UNDECIDED
    return HOLDS if estimate.low >= bar else FAILS if estimate.high < bar else UNDECIDED


def at_most(estimate: Estimate, bar: float) -> Outcome:
    """The verdict on "at most `bar`"."""
    if estimate.n == 0:
        return UNDECIDED
    return HOLDS if estimate.high <= bar else FAILS if estimate.low > bar else UNDECIDED


def worst(verdicts: Iterable[Outcome]) -> Outcome:
    """The least certain of some verdicts."""
    given = set(verdicts)
    return FAILS if FAILS in given else UNDECIDED if UNDECIDED in given else HOLDS
