"""The strip of the memory."""

import pytest

from translate.terminal.answer_view import gender_cell
from translate.terminal.screen import FINE


@pytest.mark.parametrize(
    ("p", "shown"),
    [(0.0, "▁ m 99"), (0.02, "▁ m 98"), (0.5, "▅ ? 50"), (0.75, "▇ f 75"), (1.0, "█ f 99"), (0.45, "▄ ? 55")],
)
def test_a_probability_as_bar_letter_and_percent(p, shown):
    assert gender_cell(p, FINE).plain == shown
