"""The literature that a report rests on: what its figures cite, numbered as it is cited first."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from translate.braces import read_texts
from translate.report.figure import Figure


@dataclass(frozen=True)
class Reference:
    """A work. text: as it stands in the list. number: its place there."""

    text: str
    number: int = 0


def cited(figures: Sequence[Figure]) -> dict[str, Reference]:
    """What these figures cite, by its key, in the order of the list."""
    keys = dict.fromkeys(key for figure in figures for key in figure.text.cites)
    return {key: Reference(references()[key].text, number) for number, key in enumerate(keys, 1)}


@cache
def references() -> dict[str, Reference]:
    """All that may be cited, by its key: `references.toml`."""
    return read_texts("translate.report", "references.toml", Reference)
