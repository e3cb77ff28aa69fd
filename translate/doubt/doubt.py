"""A doubt about a translation: of what kind, why, and at which words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["unknown", "lost", "added", "clause", "person", "negation", "tense", "gender", "role", "unlikely", "cut"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason to doubt a translation.

    Attributes:
        kind: what is doubtful. `unknown`: an English word that the model does not know; `lost`, `added`: English
            without Czech, Czech without English; `clause`, `person`, `negation`, `tense`, `gender`, `role` (who does
            it to whom): what the two say differently; `unlikely`: the model itself is unsure; `cut`: it did not come
            to an end.
        reason: a sentence for people, without capital and full stop.
        words: the doubtful words, of either language.
        source, target: their positions in the English and in the Czech.
    """

    kind: Kind
    reason: str
    words: tuple[str, ...]
    source: tuple[int, ...]
    target: tuple[int, ...]


def listed(words: Sequence[str]) -> str:
    """Words in quotation marks with commas between them."""
    return ", ".join(f"'{word}'" for word in words)
