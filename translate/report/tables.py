"""Numbers as text: the table beside each figure, which a reader can check, copy or have read aloud."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from translate.lab.statistics.estimate import Course, Estimate
from translate.numerals import number, percent
from translate.report.names import place_name


@dataclass(frozen=True)
class Table:
    """Column heads and rows of text; the first cell of a row is its head."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


ESTIMATE = ("value", "95 % interval", "n")
"""The heads of `cells`."""
_share = partial(percent, places=2)


def cells(estimate: Estimate) -> list[str]:
    """Value, interval and n of an estimate, a cell each."""
    write = _share if estimate.is_share else number
    between = "–" if estimate.low != estimate.low else f"{write(estimate.low)} to {write(estimate.high)}"
    return [write(estimate.value), between, f"{estimate.n:,} {estimate.unit}"]


def estimates(head: str, shown: Mapping[str, Estimate | None] | Iterable[tuple[str, Estimate | None]]) -> Table:
    """A table with one estimate a row; what was not measured is left out."""
    pairs = shown.items() if isinstance(shown, Mapping) else shown
    return Table((head, *ESTIMATE), [[name, *cells(estimate)] for name, estimate in pairs if estimate is not None])


def cell(estimate: Estimate | None) -> str:
    """Value and interval of an estimate in one cell."""
    if estimate is None or estimate.n == 0:
        return "–"
    write = _share if estimate.is_share else number
    return f"{write(estimate.value)} ({write(estimate.low)} to {write(estimate.high)})"


def courses(
    head: str, shown: Mapping[str, Course], event: str = "noun", write: Callable[[float], str] = number
) -> Table:
    """A row for each position, and for each course its value with interval and n."""
    if not shown:
        return Table(("nothing measured",), [])
    positions = next(iter(shown.values())).at
    rows = [
        [place_name(at, event), *(_point(course, row, write) for course in shown.values())]
        for row, at in enumerate(positions)
    ]
    return Table((head, *shown), rows)


def _point(course: Course, row: int, write: Callable[[float], str]) -> str:
    if not course.n[row]:
        return "–"
    value, low, high = (write(values[row]) for values in (course.value, course.low, course.high))
    return f"{value} ({low} to {high}), {course.n[row]:,}"
