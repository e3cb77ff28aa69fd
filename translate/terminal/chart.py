"""A chart in the terminal: several series of positive numbers over 0, 1, 2, … on a logarithmic axis."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.text import Text

from translate.terminal.screen import Screen, Signs

_STYLES = ("#009E73", "bold", "#CC79A7", "#8c8c8c", "bold #009E73", "bold #CC79A7")
_LABEL = 9  # columns of the axis


@dataclass(frozen=True)
class Series:
    """A name and a number for each step from 0 on; one that is 0 or not finite is not drawn."""

    name: str
    values: Sequence[float]


def keyed_chart(series: Sequence[Series], screen: Screen) -> Iterator[Text]:
    """A chart with its key above it, indented, as wide as the screen."""
    for line in (key(series, screen.signs), *chart(series, screen.width - 4, screen.signs)):
        yield Text.assemble("  ", line)


def chart(series: Sequence[Series], width: int, signs: Signs, height: int = 11, least: float = 1e-6) -> Iterator[Text]:
    """The lines of the chart, at most `width` wide; what is below `least` stands at the bottom.

    A mark that falls on another one hides it: the first series is drawn last.
    """
    steps = max(len(each.values) for each in series)
    gap = max(1, min(4, (width - _LABEL - 2) // max(steps - 1, 1)))
    places = [step for step in range(steps) if step * gap < width - _LABEL - 1]
    stride = math.ceil(steps / len(places))
    low, high = _decades([max(v, least) for each in series for v in each.values if _is_drawn(v)] or [1.0])
    canvas = [[(" ", "")] * (_LABEL + 2 + gap * (len(places) - 1)) for _ in range(height)]
    for number, each in reversed([*enumerate(series)]):
        for step in range(0, len(each.values), stride):
            value = each.values[step]
            if _is_drawn(value):
                row = round((high - math.log10(max(value, least))) / (high - low) * (height - 1))
                canvas[row][_LABEL + 1 + gap * (step // stride)] = _mark(number, signs)
    for row, power in _ticks(low, high, height):
        for column, character in enumerate(f"{10.0**power:>{_LABEL - 1}g} "):
            canvas[row][column] = (character, "dim")
    for cells in canvas:
        cells[_LABEL] = (signs.axis, "dim") if cells[_LABEL][0] == " " else cells[_LABEL]
        line = Text.assemble(*cells)
        line.rstrip()
        yield line
    yield Text(_axis(steps, stride, gap, len(places)), "dim")


def key(series: Sequence[Series], signs: Signs) -> Text:
    """Which mark is which series."""
    parts = [Text.assemble(_mark(number, signs), f" {each.name}") for number, each in enumerate(series)]
    return Text("   ").join(parts)


def log_bar(value: float, cells: int, decades: int, signs: Signs) -> str:
    """A bar for a number up to 1: full for 1, empty for 10^−decades and below."""
    share = 1 + math.log10(value) / decades if _is_drawn(value) else 0.0
    count = round(cells * min(max(share, 0.0), 1.0))
    return signs.full * count + signs.empty * (cells - count)


def _is_drawn(value: float) -> bool:
    return value > 0 and math.isfinite(value)


def _mark(number: int, signs: Signs) -> tuple[str, str]:
    """The mark of the series `number` and its style."""
    return signs.series[number % 6], _STYLES[number % 6]


def _decades(values: Sequence[float]) -> tuple[int, int]:
    """The powers of ten between which all values lie, and 1 with a decade around it."""
    low, high = math.floor(math.log10(min(values)) - 1e-9), math.ceil(math.log10(max(values)) + 1e-9)
    return min(low, -1), max(high, 1)


def _ticks(low: int, high: int, height: int) -> list[tuple[int, int]]:
    """Rows and powers of ten, so that no two stand in one row, 10^0 among them."""
    every = max(1, math.ceil(2 * (high - low) / (height - 1)))
    powers = [power for power in range(low, high + 1) if power % every == 0]
    return [(round((high - power) / (high - low) * (height - 1)), power) for power in powers]


def _axis(steps: int, stride: int, gap: int, count: int) -> str:
    line = [" "] * (_LABEL + 1 + gap * (count - 1) + 12)
    every = max(1, math.ceil(6 / gap))
    for place in range(0, count, every):
        label = str(place * stride)
        if place * stride < steps:
            line[_LABEL + 1 + gap * place : _LABEL + 1 + gap * place + len(label)] = label
    return "".join(line).rstrip()
