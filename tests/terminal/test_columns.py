"""Words in columns, as wide as the screen."""

import pytest
from rich.cells import cell_len
from rich.text import Text

from translate.terminal.columns import blocks, shortened


@pytest.mark.parametrize("width", [20, 40, 80])
def test_columns_fit_the_width_and_lose_nothing(width):
    above = [Text(shortened(w)) for w in ["one", "日本語", "three", "fourteen-and-more-letters", "five", "six"] * 3]
    below = [Text(str(n)) for n in range(len(above))]
    lines = [line.plain for line in blocks([above, below], width, ["a", "b"])]
    assert max(map(cell_len, lines)) <= max(width, 23)
    assert " ".join(lines[1::2]).replace("b", "").split() == [str(n) for n in range(len(above))]
    for top, bottom in zip(lines[::2], lines[1::2], strict=True):
        assert [cell_len(top[: top.index(w)]) for w in top.split()[:3]] == [
            cell_len(bottom[: bottom.index(f" {n}") + 1]) if i else 2 for i, n in enumerate(bottom.split()[:3])
        ]
