"""A number with its 95 % interval, and a course of such numbers."""

from dataclasses import dataclass

from translate.evaluation.proportion import Proportion
from translate.numerals import number, percent

NAN = float("nan")


@dataclass(frozen=True)
class Estimate:
    """A number and how sure it is.

    value, low, high: the estimate and its 95 % interval. n: how many `unit`s ("words", "pairs") it counts.
    method: how the interval was made. is_share: whether it reads as a percentage.
    """

    value: float
    low: float
    high: float
    n: int
    unit: str
    method: str
    is_share: bool = True

    def text(self) -> str:
        """As people read it: "99.2 % (98.7–99.6)", or "0.34 (0.27–0.41)" where it is no share."""
        if not self.is_share:
            return f"{number(self.value, 3)} ({number(self.low, 3)}–{number(self.high, 3)})"
        return self.percent()

    def percent(self) -> str:
        """The same in any case as a percentage."""
        return f"{percent(self.value)} ({percent(self.low, unit='')}–{percent(self.high, unit='')})"


@dataclass(frozen=True)
class Course:
    """A mean at each of several positions, with its interval: lists of one length.

    at: the positions (words from an event; 0 is the event). value, low, high: mean and 95 % interval, NaN where there
    is nothing. n: rows at each position.
    """

    at: list[int]
    value: list[float]
    low: list[float]
    high: list[float]
    n: list[int]


def nothing_measured(unit: str, is_share: bool = True) -> Estimate:
    """The estimate of what no case was there to measure."""
    return Estimate(NAN, NAN, NAN, 0, unit, "none", is_share)


def wilson(hits: int, n: int, unit: str) -> Estimate:
    """A share with its score interval (Wilson 1927), which stays honest at 0 and 100 %; n = 0 gives (0, 1)."""
    share = Proportion(hits, n)
    low, high = share.interval or (0.0, 1.0)
    return Estimate(NAN if share.value is None else share.value, low, high, n, unit, "Wilson")
