"""Where in a sentence a site is edited: a word, a step, several, or all, as people say it.

A step of the encoder is the source word that it has just read. A decoder step t has just read target word t-1 and
writes word t; step 0 has read the start mark. A word stands for the step that has just read it, on both sides.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from translate.errors import UsageError
from translate.lab.tracing.words import words
from translate.language import forms
from translate.model.translator import Translation, Translator
from translate.text import join, normal

START_MARK, END_MARK = "(start)", "(end)"


@dataclass(frozen=True)
class Line:
    """One side of a run, word by word: a word, and the last step that reads it.

    source, target: the words of both sentences. read, written: by step, the word that it has read last and the one
    that it writes (None in the encoder, which writes nothing).
    """

    side: str
    source: list[str]
    target: list[str]
    ends: list[int]
    read: list[str]
    written: list[str | None]

    @classmethod
    def of(cls, translator: Translator, side: str, sentence: str, translation: Translation) -> "Line":
        """The side ("enc" or "dec") of a sentence's run."""
        ids = translator.source.encode(sentence), translator.target.ids(translation.tokens)
        named = translator.source.split(sentence) if translator.source.kind == "word" else None
        source, source_ends = words(translator.source, ids[0], named)
        target, target_ends = words(translator.target, ids[1])
        if side == "enc":
            return cls(side, source, target, source_ends, _spread(source, source_ends), [None] * len(ids[0]))
        by_step = _spread(target, target_ends)
        ends = [end + 1 for end in target_ends]
        return cls(side, source, target, ends, [START_MARK, *by_step], [*by_step, END_MARK])

    def steps(self, at: str) -> tuple[int, ...] | None:
        """The steps that `at` says: "3", "2-5", "all" (None) or a word; raises `UsageError` where there is none."""
        at = normal(at)
        if at == "all":
            return None
        match = re.fullmatch(r"(\d+)(?:-(\d+))?", at)
        if match is None:
            return (self._reading(at),)
        first, last = int(match[1]), int(match[2] or match[1])
        if first > last or last >= len(self.read):
            raise UsageError(f"There is no step {at} here; the steps of this side go from 0 to {len(self.read) - 1}.")
        return tuple(range(first, last + 1))

    def _reading(self, word: str) -> int:
        """The step that has just read a word of this side, or in the decoder the Czech noun for an English one."""
        own = self.source if self.side == "enc" else self.target
        steps = [end for end, each in zip(self.ends, own, strict=True) if each.casefold() == word.casefold()]
        is_english = self.side == "dec" and word.casefold() in map(str.casefold, self.source)
        if not steps and is_english:
            nouns = forms.czech_nouns(word)
            steps = [end for end, each in zip(self.ends, own, strict=True) if each.lower() in nouns]
        if not steps and is_english:
            raise UsageError(f"Which Czech word '{word}' has become is not known; name that word of “{join(own)}”.")
        if not steps:
            last = len(self.read) - 1
            raise UsageError(f"There is no '{word}' in “{join(own)}”; name one of its words or a step, 0 to {last}.")
        if len(steps) > 1:
            listed = ", ".join(map(str, steps[:-1])) + f" and {steps[-1]}"
            raise UsageError(f"'{word}' is there {len(steps)} times; say at which step: {listed} have just read it.")
        return steps[0]


def _spread(words: Sequence[str], ends: Sequence[int]) -> list[str]:
    """The word that each step belongs to."""
    starts = [0, *(end + 1 for end in ends)]
    return [word for word, start, end in zip(words, starts, ends, strict=False) for _ in range(start, end + 1)]
