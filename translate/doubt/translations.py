"""The doubts about what a model wrote: the words held against the lexicon, and what the model itself thinks of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from translate import text
from translate.doubt.bar import Bar, unlikely
from translate.doubt.coverage import doubts_about
from translate.doubt.dictionary import has_word
from translate.doubt.doubt import Doubt
from translate.doubt.pairing import Pairing
from translate.doubt.unsaid import Unsaid, unsaid
from translate.model.checkpoint import Checkpoint
from translate.model.translator import Translation

_OURS = 0.95
"""The share of a model's English words that the lexicon must have, so that its Czech can be held against it."""


@dataclass(frozen=True)
class Review:
    """What is to be said of one translation.

    doubts: why it may be wrong. stand_ins: the positions of its words that can only stand for an unknown one. unsaid:
    where there is no doubt, the gender that the English leaves open.
    """

    doubts: tuple[Doubt, ...] = ()
    stand_ins: tuple[int, ...] = ()
    unsaid: Unsaid | None = None


class Reviewer:
    """Reviews the translations of one model.

    Args:
        checkpoint: the model. Where its words are not the lexicon's, only unknown ones and probabilities make doubts.
    """

    def __init__(self, checkpoint: Checkpoint) -> None:
        self._checkpoint = checkpoint

    def review(self, line: str, translation: Translation) -> Review:
        """What is doubtful about the translation of `line`."""
        doubts = [*self._unknown(line)]
        if not translation.finished:
            doubts.append(Doubt("cut", "the translation did not come to an end", (), (), ()))
        pairing = self._pairing(line, translation) if self._is_of_the_lexicon else None
        if pairing is not None:
            doubts += doubts_about(pairing)
        doubts += self._unlikely(translation)
        stand_ins = pairing.stand_for_unknown() if pairing is not None else ()
        both = unsaid(pairing) if pairing is not None and not doubts else None
        return Review(tuple(doubts), stand_ins, both)

    def _pairing(self, line: str, translation: Translation) -> Pairing:
        unknown = self._checkpoint.source.unknown(line)
        return Pairing(text.split(line, english=True), text.split(translation.text), unknown)

    def _unknown(self, line: str) -> Iterator[Doubt]:
        english = text.split(line, english=True)
        for word in self._checkpoint.source.unknown(line):
            places = tuple(t for t, each in enumerate(english) if each == word)
            yield Doubt("unknown", f"unknown word '{word}'", (word,), places, ())

    def _unlikely(self, translation: Translation) -> Iterator[Doubt]:
        if self._bar is not None and translation.finished:
            yield from unlikely(translation.tokens, translation.log_probs, self._bar)

    @cached_property
    def _bar(self) -> Bar | None:
        bar = Bar.load(self._checkpoint.folder)
        return bar if bar is not None and bar.model == self._checkpoint.hash else None

    @cached_property
    def _is_of_the_lexicon(self) -> bool:
        words = [word for word in self._checkpoint.source.words if word[0].isalpha()]
        return sum(map(has_word, words)) >= _OURS * len(words) > 0
