"""When a noun has been seen, and sentences laid side by side at that moment.

There is one event, *the noun has been seen*, and one convention of offsets: offset 0 is the first state that has seen
the noun. The encoder's is the state beside the English noun, which it has just read. The decoder's is the one that has
just read the Czech noun back, one step after the step that wrote it; it writes the next word.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from translate.corpus.pair import Noun, SentencePair
from translate.errors import TranslateError
from translate.lab.sentences.lemmas import noun_pair
from translate.lab.tracing.site import Site
from translate.lab.tracing.trace import Trace

OFFSETS = tuple(range(-9, 7))
"""Words from the second noun: before its own writing (-1), words of the first clause or those that lead over."""
WRITES = -1
"""The offset of the decoder's step that writes the noun."""


@dataclass(frozen=True)
class Seen:
    """The event that a noun has been seen. enc, dec: the first state of each side that has."""

    enc: int
    dec: int

    @classmethod
    def of(cls, noun: Noun) -> "Seen":
        """That of an annotated noun."""
        return cls(noun.source, noun.written + 1)

    def on(self, side: str) -> int:
        """The state of a side ("enc" or "dec")."""
        return self.enc if side == "enc" else self.dec


@dataclass(frozen=True)
class TwoNouns:
    """A sentence with two clauses about two nouns: the last controlling one of the first, the first one of the second.

    sentence: its number. kind: "m>f" and so on. lemmas: the two noun pairs. first, second: when each has been seen.
    """

    sentence: int
    kind: str
    lemmas: tuple[str, str]
    first: Seen
    second: Seen

    @property
    def genders(self) -> tuple[str, str]:
        """Those of the two nouns: "m", "f"."""
        return self.kind[0], self.kind[-1]


def controllers(pair: SentencePair, clause: int) -> list[Noun]:
    """The controlling nouns of a clause that both languages write, in the order of the sentence."""
    controlling = [noun for noun in pair.nouns if noun.clause == clause and noun.role == "controller"]
    return [noun for noun in controlling if noun.target is not None]


def second_noun(pair: SentencePair) -> Noun | None:
    """The noun with which the sentence turns to another person: the first controlling one of its second clause."""
    return next(iter(controllers(pair, 1)), None)


def two_nouns(pairs: Iterable[SentencePair]) -> list[TwoNouns]:
    """Those of `pairs` that have two clauses, each with a controlling noun of its own, and no further such noun."""
    sentences = []
    for number, pair in enumerate(pairs):
        firsts, second = controllers(pair, 0), second_noun(pair)
        last = max((noun.clause for noun in pair.nouns if noun.role == "controller"), default=0)
        if last == 1 and firsts and second:
            first = firsts[-1]
            kind, lemmas = f"{first.gender}>{second.gender}", (noun_pair(first.lemma), noun_pair(second.lemma))
            sentences.append(TwoNouns(number, kind, lemmas, Seen.of(first), Seen.of(second)))
    return sentences


NOT_CROSSED = (
    "No sentence has two contrasts, so that it cannot be asked what becomes of the first when the second comes; for "
    "that, give sentences with two contrasts in all four versions."
)
"""What is said of contrasts of one's own where experiments would follow the first one past the second."""


def checked(sentences: list[TwoNouns], as_written: bool = False) -> list[TwoNouns]:
    """The sentences, where there are any; raises `TranslateError` where there are none. as_written: of contrasts."""
    if not sentences:
        raise TranslateError(
            NOT_CROSSED
            if as_written
            else "No sentence is about two people, so that nothing can be asked of the second one's coming; give "
            "sentences with two clauses, each about a noun of its own."
        )
    return sentences


def around_second(
    trace: Trace, site: str, sentences: Sequence[TwoNouns], offsets: Sequence[int] = OFFSETS
) -> np.ndarray:
    """A site at the offsets from each second noun, `[sentence, offset, unit]`.

    The rows of the trace are those that `TwoNouns.sentence` numbers. NaN before the first noun is written (or read),
    and after the end.
    """
    side = Site(site).side
    rows, events = [each.sentence for each in sentences], [each.second.on(side) for each in sentences]
    values = trace.aligned(site, events, offsets, rows).numpy()
    begins = np.array([each.first.on(side) + (WRITES if side == "dec" else 0) for each in sentences], dtype=int)
    before = np.add.outer(events, offsets).reshape(len(sentences), len(offsets)) < begins[:, None]
    values[before] = np.nan
    return values


def of_tested(sentences: Sequence[TwoNouns], tested: frozenset[str], offsets: Sequence[int] = OFFSETS) -> np.ndarray:
    """A mask `[sentence, offset]`: where the noun that counts is a test noun.

    Until the step that writes the second noun that is the first, and then the second.
    """
    counts = [[each.lemmas[offset >= WRITES] in tested for offset in offsets] for each in sentences]
    return np.array(counts, dtype=bool).reshape(len(sentences), len(offsets))
