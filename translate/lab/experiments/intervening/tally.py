"""Edited sentences are translated freely, and what became of their agreeing words is counted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Generic, TypeVar

import numpy as np

from translate import lab
from translate.corpus.pair import Agreement, SentencePair
from translate.lab.editing.network import Run
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.minimal_pairs import Case
from translate.lab.statistics.estimate import Estimate, wilson

AnyCase = TypeVar("AnyCase", bound=Case)
Words = Sequence[str]
"""A translation as tokens."""


def translate_edited(setup: Setup, pairs: Sequence[SentencePair], runs: Sequence[Run]) -> list[list[str]]:
    """The tokens that each edited run writes, freely: sentence `pairs[i]` with the edits `runs[i]`."""
    numbered = list(enumerate(runs))
    sources = [pair.source for pair in pairs]
    # A run that an edit has made shorter may not come to the steps of others.
    translations = lab.edit(setup.translator, sources, numbered, network=setup.network, must_apply=False)
    return [translation.tokens for translation in translations]


@dataclass(frozen=True)
class Trial(Generic[AnyCase]):
    """Cases that can be judged, ready to be edited.

    They are those whose sentences the model itself translates with every agreeing word in its gender and place: in
    others nothing could be compared. own: the model's own translation of each sentence, by its source.
    """

    setup: Setup
    cases: list[AnyCase]
    own: dict[Words, list[str]]

    @classmethod
    def of(cls, setup: Setup, cases: Sequence[AnyCase]) -> "Trial[AnyCase]":
        """Those of `cases` that can be judged."""
        pairs = {pair.source: pair for case in cases for pair in case.sentences}
        new = [pair for source, pair in pairs.items() if source not in setup.own]
        written = translate_edited(setup, new, [()] * len(new))
        setup.own.update((pair.source, words) for pair, words in zip(new, written, strict=True))
        trial = cls(setup, [], {source: setup.own[source] for source in pairs})
        return trial.only([case for case in cases if all(map(trial._in_place, case.sentences))])

    def only(self, cases: Sequence[AnyCase]) -> "Trial[AnyCase]":
        """The same with some of its cases, or with others of the same sentences."""
        return replace(self, cases=list(cases))

    @property
    def tested(self) -> "Trial[AnyCase]":
        """The cases about nouns for testing."""
        return self.only([case for case in self.cases if case.lemma in self.setup.split.test])

    @property
    def for_fitting(self) -> "Trial[AnyCase]":
        """The cases on which something may be fitted."""
        return self.only([case for case in self.cases if self.setup.split.fits(case.base)])

    @property
    def lemmas(self) -> list[str]:
        """The noun pair of each case."""
        return [case.lemma for case in self.cases]

    def count(self, *draws: Sequence[Run]) -> "Tally":
        """Translate each case with its edits (`draw[case]`), once for each draw (of random units, say), and count."""
        return self.count_each([draws])[0]

    def count_each(self, sets: Sequence[Sequence[Sequence[Run]]]) -> list["Tally"]:
        """The same for several sets of draws (`[set][draw][case]`), all in one go, which is faster.

        A run without edits is the model's own translation, which is known.
        """
        draws = [draw for draws in sets for draw in draws]
        pairs, count = [case.base for case in self.cases] * len(draws), len(self.cases)
        runs = [run for draw in draws for run in draw]
        written = [self.own[pair.source] for pair in pairs]
        edited = [row for row, run in enumerate(runs) if run]
        translations = translate_edited(self.setup, [pairs[row] for row in edited], [runs[row] for row in edited])
        for row, words in zip(edited, translations, strict=True):
            written[row] = words
        of_draw = iter([written[first : first + count] for first in range(0, len(written), count)])
        return [Tally(self, [next(of_draw) for _ in draws]) for draws in sets]

    def count_own(self) -> "Tally":
        """Count the model's own translations."""
        return Tally(self, [[self.own[case.base.source] for case in self.cases]])

    def _in_place(self, pair: SentencePair) -> bool:
        words = self.own[pair.source]
        places = [word.position for word in pair.agreements]
        return len(words) == len(pair.target) and all(words[place] == pair.target[place] for place in places)


@dataclass(frozen=True)
class Tally:
    """What edited runs wrote (`written[draw][case]`), counted word by word, as means over the draws.

    The *rest* of a sentence are the words that are neither the clause's noun nor agree with anything.
    """

    trial: Trial
    written: Sequence[Sequence[Words]]

    @cached_property
    def turned_words(self) -> np.ndarray:
        """Whether a judged word took the other gender, `[word, draw]`."""
        return self._are(self._judged, lambda case, word: word.other)

    @cached_property
    def kept_words(self) -> np.ndarray:
        """Whether a judged word kept its own gender, `[word, draw]`; some do neither."""
        return self._are(self._judged, lambda case, word: case.base.target[word.position])

    @cached_property
    def word_lemmas(self) -> np.ndarray:
        """The noun pair of each judged word's case, `[word]`."""
        return np.array([self.trial.cases[row].lemma for row, _ in self._judged])

    @cached_property
    def word_cases(self) -> np.ndarray:
        """The number of each judged word's case, `[word]`."""
        return np.array([row for row, _ in self._judged], dtype=int)

    @cached_property
    def word_clauses(self) -> np.ndarray:
        """The clause that is judged in each judged word's case, `[word]`."""
        return np.array([self.trial.cases[row].clause for row, _ in self._judged], dtype=int)

    @cached_property
    def word_genders(self) -> np.ndarray:
        """The gender that each judged word has in its own sentence, "m" or "f", `[word]`."""
        return np.array([word.gender for _, word in self._judged])

    @cached_property
    def other_words(self) -> tuple[np.ndarray, np.ndarray]:
        """Whether an agreeing word of another clause turned, `[word, draw]`, and the number of its case, `[word]`."""
        others = self._pairs("others")
        turned = self._are(others, lambda case, word: word.other)
        return turned, np.array([row for row, _ in others], dtype=int)

    @property
    def rest_of_cases(self) -> np.ndarray:
        """Whether all of the rest stayed in each case, as a mean over the draws, `[case]`."""
        return self._rest[..., 0].mean(1)

    def share(self, values: np.ndarray, words: np.ndarray | None = None) -> Estimate:
        """The mean of `values` `[word, draw]` over the judged words, or over some of them (a mask, `[word]`)."""
        chosen = slice(None) if words is None else words
        return self._mean(values[chosen], self.word_lemmas[chosen], "words")

    @property
    def turned(self) -> Estimate:
        """The share of judged words that took the other gender."""
        return self.share(self.turned_words)

    @property
    def kept(self) -> Estimate:
        """The share of judged words that kept their own."""
        return self.share(self.kept_words)

    @property
    def neither(self) -> Estimate:
        """The share of judged words that did neither."""
        return self.share(1.0 - self.turned_words - self.kept_words)

    @property
    def other(self) -> Estimate | None:
        """The share of agreeing words of other clauses that turned; None where all were written before the edit."""
        turned, rows = self.other_words
        return self._mean(turned, [self.trial.cases[row].lemma for row in rows], "words") if len(rows) else None

    @property
    def rest(self) -> Estimate:
        """The share of sentences whose rest all stayed as it was, in number and place."""
        return self._mean(self._rest[..., 0], self.trial.lemmas, "sentences")

    @property
    def rest_words(self) -> Estimate:
        """The share of the rest's words that stayed in their places, as a mean over sentences."""
        return self._mean(self._rest[..., 1], self.trial.lemmas, "sentences")

    @property
    def _judged(self) -> list[tuple[int, Agreement]]:
        return self._pairs("judged")

    def _pairs(self, which: str) -> list[tuple[int, Agreement]]:
        """The words of all cases, each with the number of its case."""
        return [(row, word) for row, case in enumerate(self.trial.cases) for word in getattr(case, which)]

    def _are(self, words: Sequence[tuple[int, Agreement]], form: Callable[[Case, Agreement], str]) -> np.ndarray:
        """Whether each word has this form in each draw, `[word, draw]`."""
        cases = self.trial.cases
        shares = [
            [_at(draw[row], word.position) == form(cases[row], word) for draw in self.written] for row, word in words
        ]
        return np.array(shares, dtype=float).reshape(len(words), len(self.written))

    @cached_property
    def _rest(self) -> np.ndarray:
        """Whether the rest stayed as the model writes it by itself, and how much of it, `[case, draw, 2]`."""
        rows = enumerate(self.trial.cases)
        rest = [
            [_rest(case, self.trial.own[case.base.source], draw[row]) for draw in self.written] for row, case in rows
        ]
        return np.array(rest, dtype=float).reshape(len(self.trial.cases), len(self.written), 2)

    def _mean(self, values: np.ndarray, lemmas: Sequence[str] | np.ndarray, unit: str) -> Estimate:
        return lab.mean_over(values.mean(1), lemmas, unit, self.trial.setup.seed) if len(lemmas) else wilson(0, 0, unit)


def _at(words: Words, position: int) -> str | None:
    """The word at a position, None beyond the end."""
    return words[position] if position < len(words) else None


def _rest(case: Case, own: Words, words: Words) -> tuple[bool, float]:
    """Whether all of the rest stayed in its place, and which share of its words did."""
    free = case.may_change | {word.position for word in case.others}
    stayed = [_at(words, t) == word for t, word in enumerate(own) if t not in free]
    return len(words) == len(own) and all(stayed), sum(stayed) / len(stayed) if stayed else 1.0
