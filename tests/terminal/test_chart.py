"""Charts and bars of numbers of any size."""

import pytest

from translate.terminal.chart import Series, chart, log_bar
from translate.terminal.screen import FINE, PLAIN


def test_a_chart_puts_larger_values_higher_and_the_first_series_on_top():
    lines = [line.plain for line in chart([Series("a", [1, 0.1, 0.01]), Series("b", [1, 10, 100])], 60, FINE)]
    rows = {mark: [row for row, line in enumerate(lines) if mark in line] for mark in FINE.series[:2]}
    assert rows["●"] == sorted(rows["●"]) and min(rows["■"]) < min(rows["●"])
    assert sum(line.count("●") for line in lines) == 3 and sum(line.count("■") for line in lines) == 2


@pytest.mark.parametrize("values", [[1.0], [0.0, 0.0], [float("nan"), 1.0], [1e-300, 1e300], [1.0] * 300])
@pytest.mark.parametrize("width", [20, 40, 100])
def test_a_chart_takes_any_numbers_and_stays_in_its_width(values, width):
    lines = [line.plain for line in chart([Series("a", values)], width, PLAIN)]
    assert max(map(len, lines)) <= width and all(line.isascii() for line in lines)


def test_a_bar_is_full_at_one_and_empty_far_below():
    bars = {value: log_bar(value, 8, 4, PLAIN) for value in (1, 3, 1e-2, 1e-4, 0, float("nan"))}
    assert [*bars.values()] == ["########"] * 2 + ["####...."] + ["........"] * 3
