"""Numbers as text: the table beside each figure, which a reader can check, copy or have read aloud."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from translate.lab.statistics.estimate import Course, Estimate


@dataclass(frozen=True)
class Table:
    """Column heads and rows of text; the first cell of a row is its head."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


ESTIMATE = ("value", "95 % interval", "n")
"""The heads of `cells`."""


def cells(estimate: Estimate) -> list[str]:
    """Value, interval and n of an estimate, a cell each."""
    write = percent if estimate.is_share else number
    between = "–" if estimate.low != estimate.low else f"{write(estimate.low)} to {write(estimate.high)}"
    return [write(estimate.value), between, f"{estimate.n:,} {estimate.unit}"]


def estimates(head: str, found: Mapping[str, Estimate | None]) -> Table:
    """A table with one estimate a row; what was not measured is left out."""
    return Table((head, *ESTIMATE), [[name, *cells(it)] for name, it in found.items() if it is not None])


def cell(estimate: Estimate | None) -> str:
    """Value and interval of an estimate in one cell."""
    if estimate is None or estimate.n == 0:
        return "–"
    write = percent if estimate.is_share else number
    return f"{write(estimate.value)} ({write(estimate.low)} to {write(estimate.high)})"


def courses(
    head: str, found: Mapping[str, Course], event: str = "noun", write: Callable[[float], str] | None = None
) -> Table:
    """A row for each position, and for each course its value with interval and n."""
    if not found:
        return Table(("nothing measured",), [])
    positions = next(iter(found.values())).at
    rows = [
        [
            event if at == 0 else f"{at:+d}".replace("-", "−"),
            *(_point(course, row, write or number) for course in found.values()),
        ]
        for row, at in enumerate(positions)
    ]
    return Table((head, *found), rows)


def _point(course: Course, row: int, write: Callable[[float], str]) -> str:
    if not course.n[row]:
        return "–"
    value, low, high = (write(values[row]) for values in (course.value, course.low, course.high))
    return f"{value} ({low} to {high}), {course.n[row]:,}"


def percent(share: float) -> str:
    """ "99.25 %"; "–" where nothing was measured."""
    return "–" if share != share else minus(f"{100 * share:.2f}".rstrip("0").rstrip(".")) + " %"


def number(value: float) -> str:
    """ "0.99"; "–" where nothing was measured."""
    return "–" if value != value else minus(f"{value:.2f}")


def digits(value: float) -> str:
    """Two significant digits, for what spans many sizes: "0.00031"."""
    return "–" if value != value else minus(f"{value:.2g}")


def minus(text: str) -> str:
    """A number with a real minus sign, and no sign where it is nothing."""
    return text.lstrip("-") if not text.strip("-0.") else text.replace("-", "−")
