"""Rows of cells that stand under each other, in blocks as wide as the screen."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.text import Text

_WIDEST = 18  # cells of screen that one word may take; a longer one is shortened


def blocks(rows: Sequence[Sequence[Text]], width: int, labels: Sequence[str] = (), gap: int = 1) -> Iterator[Text]:
    """The lines that show `rows` (equally many cells each) in columns, at most `width` wide.

    Where the columns do not fit beside each other they go on in a further block. Each block begins with the rows'
    `labels`; every line is indented by two.
    """
    labels = labels or [""] * len(rows)
    margin = max(cell_len(label) for label in labels)
    margin = 2 + (margin + 2 if margin else 0)
    block: list[tuple[Text, ...]] = []
    used = margin
    for column in zip(*rows, strict=True):
        wide = _width(column) + gap
        if block and used + wide - gap > width:
            yield from _lines(block, labels, margin, gap)
            block, used = [], margin
        block.append(column)
        used += wide
    if block:
        yield from _lines(block, labels, margin, gap)


def shortened(word: str) -> str:
    """`word`, cut with an ellipsis if it is too wide for a column."""
    if cell_len(word) <= _WIDEST:
        return word
    kept = ""
    for character in word:
        if cell_len(kept + character) >= _WIDEST:
            break
        kept += character
    return kept + "…"


def _lines(block: Sequence[Sequence[Text]], labels: Sequence[str], margin: int, gap: int) -> Iterator[Text]:
    widths = [_width(column) for column in block]
    for row, label in enumerate(labels):
        shown = Text()
        for column, wide in zip(block, widths, strict=True):
            shown.append_text(column[row])
            shown.append(" " * (wide - cell_len(column[row].plain) + gap))
        shown.rstrip()
        yield Text.assemble((f"  {label}".ljust(margin), "dim"), shown)


def _width(column: Sequence[Text]) -> int:
    return max(cell_len(cell.plain) for cell in column)
