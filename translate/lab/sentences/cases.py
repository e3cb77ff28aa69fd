"""Sentences in which something is edited, and what edited runs make of their agreeing words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from translate.corpus.pair import Agreement, SentencePair
from translate.lab.editing.counterfactual import edit
from translate.lab.editing.network import Run
from translate.lab.sentences.events import controllers
from translate.lab.sentences.lemmas import noun_pair
from translate.lab.statistics.estimate import Estimate, wilson
from translate.lab.statistics.resample import mean_over
from translate.model import search

Words = Sequence[str]
"""A translation as tokens."""


@dataclass(frozen=True)
class Case:
    """A sentence in which something is edited, and where.

    clause: the clause whose words are judged. step: they are those written at later decoder steps.
    lemma: the noun pair of the clause's last controlling noun, over which intervals are drawn.
    """

    base: SentencePair
    clause: int
    step: int
    lemma: str

    @property
    def judged(self) -> list[Agreement]:
        """The agreeing words of the clause that are written after `step`."""
        return [word for word in self.base.agreements if word.clause == self.clause and word.position > self.step]

    @property
    def others(self) -> list[Agreement]:
        """The agreeing words of other clauses that are written after `step`."""
        return [word for word in self.base.agreements if word.clause != self.clause and word.position > self.step]

    @property
    def may_change(self) -> set[int]:
        """The positions of the clause's nouns and agreeing words: all others are the rest of the sentence."""
        nouns = {noun.target for noun in controllers(self.base, self.clause)}
        return nouns | {word.position for word in self.base.agreements if word.clause == self.clause}


def read_after_noun(
    suite: Iterable[tuple[SentencePair, dict]], clause: int, tested: Iterable[str] | None = None
) -> list[Case]:
    """The crossed sentences of a switch suite, each with the words after the last noun of `clause` to judge.

    tested: only those whose noun pair is one of these.
    """
    cases = []
    for pair, tags in suite:
        nouns = controllers(pair, clause)
        if ">" in tags.get("switch", "") and nouns:
            case = Case(pair, clause, nouns[-1].target, noun_pair(nouns[-1].lemma))
            if case.judged and (tested is None or case.lemma in tested):
                cases.append(case)
    return cases


class Own:
    """A model's own translation of some sentences, each by its source.

    Args:
        translator: whose tokenizers are used.
        pairs: the sentences.
        network: the `Network` that translates.
    """

    def __init__(self, translator, pairs: Iterable[SentencePair], network):
        sources = list(dict.fromkeys(pair.source for pair in pairs))
        found = search.greedy(network, [translator.source.ids(source) for source in sources], scores=False)
        vocabulary = translator.target.vocabulary
        self._words = {
            source: [vocabulary[i] for i in hypothesis.tokens]
            for source, hypothesis in zip(sources, found, strict=True)
        }

    def of(self, pair: SentencePair) -> list[str]:
        """The tokens that the model writes for the sentence."""
        return self._words[pair.source]

    def in_place(self, pair: SentencePair) -> bool:
        """Whether they have every agreeing word in its gender where the reference has it."""
        own = self.of(pair)
        return len(own) == len(pair.target) and all(own[w.position] == pair.target[w.position] for w in pair.agreements)


@dataclass(frozen=True)
class Tally:
    """What edited runs wrote, word by word; with several draws (of random units, say) there is a column for each.

    turned, kept `[word, draw]`: whether a judged word took the other gender, or its own (or neither).
    others `[word, draw]`: whether an agreeing word of another clause took the other gender. The *rest* are the words
    that are neither the clause's noun nor agree: rest `[case, draw]`: whether all of it stayed as it was, in number
    and place; rest_words `[case, draw]`: the share of its words that stayed in their places.
    lemmas, other_lemmas `[word]` and case_lemmas `[case]`: the noun pairs.
    """

    turned: np.ndarray
    kept: np.ndarray
    others: np.ndarray
    rest: np.ndarray
    rest_words: np.ndarray
    lemmas: list[str]
    other_lemmas: list[str]
    case_lemmas: list[str]
    seed: int = 0

    def share(self, of: str = "turned") -> Estimate:
        """The share of "turned" or "kept" judged words, or of those that are "neither"."""
        values = 1.0 - self.turned - self.kept if of == "neither" else getattr(self, of)
        return _estimate(values, self.lemmas, "words", self.seed)

    @property
    def other(self) -> Estimate | None:
        """The share of turned words in other clauses; None where all were written before the edit."""
        return _estimate(self.others, self.other_lemmas, "words", self.seed) if self.other_lemmas else None

    @property
    def unchanged(self) -> Estimate:
        """The share of sentences whose rest stayed as it was."""
        return _estimate(self.rest, self.case_lemmas, "sentences", self.seed)

    @property
    def unchanged_words(self) -> Estimate:
        """The share of the rest's words that stayed in their places, as a mean over sentences."""
        return _estimate(self.rest_words, self.case_lemmas, "sentences", self.seed)


def _estimate(values: np.ndarray, lemmas: list[str], unit: str, seed: int) -> Estimate:
    return mean_over(values.mean(1), lemmas, unit, seed) if lemmas else wilson(0, 0, unit)


def write(translator, network, pairs: Sequence[SentencePair], runs: Sequence[Run]) -> list[list[str]]:
    """The tokens that each edited run writes, freely: sentence `pairs[i]` with the edits `runs[i]`."""
    sentences = [pair.source for pair in pairs]
    return [t.tokens for t in edit(translator, sentences, list(enumerate(runs)), network=network)]


def run(translator, network, cases: Sequence[Case], own: Own, draws: Sequence[Sequence[Run]], seed: int = 0) -> Tally:
    """Translate each of `cases` with its edits, once for each of `draws` (`[draw][case]`), and count."""
    return run_each(translator, network, cases, own, [draws], seed)[0]


def run_each(
    translator, network, cases: Sequence[Case], own: Own, sets: Sequence[Sequence[Sequence[Run]]], seed: int = 0
) -> list[Tally]:
    """The same for several sets of draws (`[set][draw][case]`), all in one go, which is faster."""
    draws = [draw for some in sets for draw in some]
    written = write(
        translator, network, [case.base for case in cases] * len(draws), [run for draw in draws for run in draw]
    )
    of_draw = iter([written[first : first + len(cases)] for first in range(0, len(written), len(cases))])
    return [tally(cases, own, [next(of_draw) for _ in some], seed) for some in sets]


def tally(cases: Sequence[Case], own: Own, draws: Sequence[Sequence[Words]], seed: int = 0) -> Tally:
    """Count what edited runs wrote: `draws[draw][case]` are tokens."""
    judged = [(row, word) for row, case in enumerate(cases) for word in case.judged]
    others = [(row, word) for row, case in enumerate(cases) for word in case.others]

    def shares(words, form) -> np.ndarray:
        """Whether each word has this form in each draw, `[word, draw]`."""
        found = [[at(draw[row], word.position) == form(row, word) for draw in draws] for row, word in words]
        return np.array(found, dtype=float).reshape(len(words), len(draws))

    rest = np.array(
        [[_rest(case, own.of(case.base), draw[row]) for draw in draws] for row, case in enumerate(cases)], dtype=float
    ).reshape(len(cases), len(draws), 2)
    return Tally(
        shares(judged, lambda row, word: word.other),
        shares(judged, lambda row, word: cases[row].base.target[word.position]),
        shares(others, lambda row, word: word.other),
        rest[..., 0],
        rest[..., 1],
        [cases[row].lemma for row, _ in judged],
        [cases[row].lemma for row, _ in others],
        [case.lemma for case in cases],
        seed,
    )


def at(words: Words, position: int) -> str | None:
    """The word at a position, None beyond the end."""
    return words[position] if position < len(words) else None


def _rest(case: Case, own: Words, words: Words) -> tuple[bool, float]:
    """Whether the rest of the sentence stayed as the model writes it by itself, and how much of it stayed in its place."""
    free = case.may_change | {word.position for word in case.others}
    stayed = [at(words, t) == word for t, word in enumerate(own) if t not in free]
    return len(words) == len(own) and all(stayed), sum(stayed) / len(stayed) if stayed else 1.0
