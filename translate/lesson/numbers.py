"""A number of the tour: its value, and the text that stands for it in a sentence."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from translate.lab.statistics.estimate import Estimate
from translate.numerals import number as numeral
from translate.numerals import percent, percent_of_any_size, significant


class Number(NamedTuple):
    """A measured value and how it is written; of an estimate the 95 % interval and how many it counts (n)."""

    value: float | str
    text: str
    low: float | None = None
    high: float | None = None
    n: int | None = None


Numbers = dict[str, Number]
"""Numbers by name; what cannot be measured is absent."""


def share(value: float | Estimate) -> Number:
    """ "64.3 %", and no "100 %" that is not all of them; an estimate with its interval, "64.2 % (61.3–66.9)"."""
    return _written(value, partial(percent, near="over", unit=""), " %")


def part(value: float | Estimate) -> Number:
    """ "0.0046 %": a share that may be very small, or above 100 %, with two significant digits."""
    return _written(value, partial(percent_of_any_size, unit=""), " %")


def gate(value: float | Estimate) -> Number:
    """ "0.63", or "0.63 (0.55–0.70)" """
    return _written(value, numeral)


def digits(value: float | Estimate) -> Number:
    """Two significant digits, for what spans many sizes: "1.9e-06"."""
    return _written(value, significant)


def _written(value: float | Estimate, form: Callable[[float], str], unit: str = "") -> Number:
    if not isinstance(value, Estimate):
        return Number(value, form(value) + unit)
    text, ends = f"{form(value.value)}{unit}", (form(value.low), form(value.high))
    if set(ends) != {form(value.value)}:  # an interval too narrow to be seen in these digits is not written
        text += " ({}–{})".format(*ends)
    return Number(value.value, text, value.low, value.high, value.n)


def count(value: int) -> Number:
    """ "1,704" """
    return Number(value, f"{value:,}")


def word(value: str) -> Number:
    """Text."""
    return Number(value, value)
