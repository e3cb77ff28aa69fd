"""A chart in the terminal: several series of positive numbers over 0, 1, 2, … on a logarithmic axis."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.text import Text

FINE, PLAIN = "●■▲◆○□", "o#^+x*"
"""The marks of the series, in their order, for screens that can show them and for those that cannot."""
_STYLES = ("#009E73", "bold", "#CC79A7", "#8c8c8c", "bold #009E73", "bold #CC79A7")
_LABEL = 9  # columns of the axis


@dataclass(frozen=True)
class Series:
    """A name and a number for each step from 0 on; one that is 0 or not finite is not drawn."""

    name: str
    values: Sequence[float]


def marks(encoding: str | None) -> str:
    """The marks that a screen of this encoding can show."""
    try:
        FINE.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return PLAIN
    return FINE


def chart(series: Sequence[Series], width: int, signs: str, height: int = 11, least: float = 1e-6) -> Iterator[Text]:
    """The lines of the chart, at most `width` wide; what is below `least` stands at the bottom.

    A mark that falls on another one hides it: the first series is drawn last.
    """
    steps = max(len(one.values) for one in series)
    gap = max(1, min(4, (width - _LABEL - 2) // max(steps - 1, 1)))
    shown = [k for k in range(steps) if k * gap < width - _LABEL - 1]
    stride = math.ceil(steps / len(shown))
    drawn = [max(v, least) for one in series for v in one.values if v > 0 and math.isfinite(v)] or [1.0]
    low, high = math.floor(math.log10(min(drawn)) - 1e-9), math.ceil(math.log10(max(drawn)) + 1e-9)
    low, high = min(low, -1), max(high, 1)
    canvas = [[(" ", "")] * (_LABEL + 2 + gap * (len(shown) - 1)) for _ in range(height)]
    for number, one in reversed([*enumerate(series)]):
        for k in range(0, len(one.values), stride):
            value = one.values[k]
            if value > 0 and math.isfinite(value):
                row = round((high - math.log10(max(value, least))) / (high - low) * (height - 1))
                canvas[row][_LABEL + 1 + gap * (k // stride)] = (signs[number % 6], _STYLES[number % 6])
    for row, power in _ticks(low, high, height):
        for column, character in enumerate(f"{10.0**power:>{_LABEL - 1}g} "):
            canvas[row][column] = (character, "dim")
    upright = "│" if signs == FINE else "|"
    for row in canvas:
        row[_LABEL] = (upright, "dim") if row[_LABEL][0] == " " else row[_LABEL]
        line = Text.assemble(*row)
        line.rstrip()
        yield line
    yield Text(_axis(steps, stride, gap, len(shown)), "dim")


def key(series: Sequence[Series], signs: str) -> Text:
    """Which mark is which series."""
    parts = [Text.assemble((signs[n % 6], _STYLES[n % 6]), f" {one.name}") for n, one in enumerate(series)]
    return Text("   ").join(parts)


def log_bar(value: float, cells: int, decades: int, full: str, empty: str) -> str:
    """A bar for a number up to 1: full for 1, empty for 10^−decades and below."""
    share = 0.0 if value <= 0 or not math.isfinite(value) else 1 + math.log10(value) / decades
    count = round(cells * min(max(share, 0.0), 1.0))
    return full * count + empty * (cells - count)


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
