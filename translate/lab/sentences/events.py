"""Words aligned at the second noun of a sentence with two clauses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from translate.corpus.pair import SentencePair
from translate.lab.sentences.lemmas import noun_pair
from translate.lab.tracing.positions import align

OFFSETS = tuple(range(-8, 8))
"""Words from the second noun (0): the ones before are of the first clause, or lead over to the second."""


@dataclass(frozen=True)
class Switch:
    """A sentence with two clauses about two nouns.

    sentence: its number. kind: "m>f" and so on. lemmas: the two noun pairs. at: the target position of the second
    clause's first noun. first: of the first clause's last noun. end: the step that writes the end mark.
    """

    sentence: int
    kind: str
    lemmas: tuple[str, str]
    first: int
    at: int
    end: int


def switches(pairs: Iterable[SentencePair]) -> list[Switch]:
    """Those of `pairs` that have exactly two clauses, each with a controlling noun of its own."""
    found = []
    for sentence, pair in enumerate(pairs):
        nouns = [noun for noun in pair.nouns if noun.role == "controller"]
        one, two = ([noun for noun in nouns if noun.clause == clause] for clause in (0, 1))
        if len(pair.constructions) == 2 and one and two:
            kind = f"{one[-1].gender}>{two[0].gender}"
            lemmas = (noun_pair(one[-1].lemma), noun_pair(two[0].lemma))
            found.append(Switch(sentence, kind, lemmas, one[-1].target, two[0].target, len(pair.target)))
    return found


def aligned(values: np.ndarray, switches: Sequence[Switch], offsets: Sequence[int] = OFFSETS) -> np.ndarray:
    """`values` `[sentence, time, …]` at the offsets from each second noun: `[switch, offset, …]`.

    NaN before the first noun and after the end.
    """
    columns = ("sentence", "at", "first", "end")
    rows, at, first, end = (np.array([getattr(it, name) for it in switches], dtype=np.int64) for name in columns)
    return align(values, rows, at, offsets, first, end)


def of_tested(switches: Sequence[Switch], tested: frozenset[str], offsets: Sequence[int] = OFFSETS) -> np.ndarray:
    """A mask `[switch, offset]`: where the noun that counts (the first before 0, the second from 0 on) is a test noun."""
    return np.array([[switch.lemmas[offset >= 0] in tested for offset in offsets] for switch in switches]).reshape(
        len(switches), len(offsets)
    )
