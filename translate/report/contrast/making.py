"""What all figures of a contrast's report share: their texts, and the words for its two sides."""

from collections.abc import Callable
from functools import cache
from typing import Any

from translate.braces import read_texts
from translate.lab.verdicts.contrast_findings import ContrastFindings, unseen_of
from translate.report.figure import Figure, Text, with_text
from translate.report.picture.style import Drawn
from translate.report.tables import Table

DEPEND = "the words that depend on the contrast"


@cache
def texts() -> dict[str, Text]:
    """The text of each figure by its name, before anything was measured."""
    return read_texts("translate.report.contrast", "texts.toml", Text)


def make(
    found: ContrastFindings,
    name: str,
    data: object,
    table: Table,
    drawing: Callable[[Any], Drawn],
    **measured: object,
) -> Figure:
    """The figure of this name. measured: what is put into the braces of its text, beside the names of the sides."""
    words = {"one": found.names.one, "other": found.names.other, "depend": DEPEND, "unseen": unseen_of(found)}
    return with_text(texts()[name], name, data, table, drawing, words | measured)


def looks_back(found: ContrastFindings) -> str:
    """What must be said of a decoder with attention wherever a state is read; "" of another."""
    if found.start is None:
        return ""
    return (
        "This decoder has attention: it reads the source again at every step. What its memory tells may have been read "
        "just then, and need not have been kept."
    )
