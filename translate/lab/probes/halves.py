"""Fitted beside the words of some nouns, judged beside those of others: how every probe is measured."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property

import numpy as np

from translate.lab.probes.examples import NotExamples
from translate.lab.probes.logistic import STRENGTHS
from translate.lab.probes.probe import Probe, Probes, fit_column, fit_columns
from translate.lab.sentences.labels import Labels
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.resample import mean_over


@dataclass(frozen=True)
class Halves:
    """Vectors beside the words of nouns for fitting, and beside those of nouns for testing.

    vectors: of all words, `[sentence, time, unit]`, which many halves share. fit, test: where these words stand, and
    what is true of them. seed: of fits and intervals.
    """

    vectors: np.ndarray
    fit: Labels
    test: Labels
    seed: int

    @property
    def fit_x(self) -> np.ndarray:
        """The vectors for fitting, `[word, unit]`, picked out anew."""
        return self.vectors[self.fit.sentence, self.fit.position]

    @property
    def test_x(self) -> np.ndarray:
        """The vectors for testing, `[word, unit]`, picked out anew."""
        return self.vectors[self.test.sentence, self.test.position]

    def probe(self, most: int = 4000) -> Probe:
        """A probe of the current gender, fitted on the first half; on `most` of its words at most."""
        return fit_column(self.fit_x, self.fit.feminine, self.fit.lemma, self.seed, most)

    def shuffled(self, count: int, strengths: Sequence[float] = STRENGTHS) -> Probes:
        """So many probes of genders that were shuffled among the words of the first half."""
        rng = np.random.default_rng(self.seed)
        labels = np.column_stack([rng.permutation(self.fit.feminine) for _ in range(count)])
        return fit_columns(self.fit_x, labels, self.fit.lemma, seed=self.seed, strengths=strengths)

    def right(self, logit: np.ndarray) -> np.ndarray:
        """Whether log-odds of feminine, `[word]` or `[word, probe]`, give each word of the second half its gender."""
        if len(logit) != len(self.test.feminine):
            raise NotExamples(
                f"There are {len(self.test.feminine)} words and {len(logit)} log-odds; give one for each."
            )
        return ((logit.T > 0) == self.test.feminine).T

    def unseen(self, most: int = 4000) -> np.ndarray:
        """Whether a probe fitted on the first half is right at each word of the second, `[word]`."""
        return self.right(self.probe(most).logit(self.test_x))

    def mean(self, values: np.ndarray, words: np.ndarray | slice = slice(None)) -> Estimate:
        """The mean of `values` `[word]` over the second half, with an interval over its nouns; words: which of them."""
        return mean_over(values[words], self.test.lemma[words], "words", self.seed)


@dataclass(frozen=True)
class Folds:
    """Halves whose second ones together are all words, each once: every noun pair is unseen in one of them."""

    parts: tuple[Halves, ...]

    @cached_property
    def test(self) -> Labels:
        """What is true of all words, one part after the other."""
        tests = [part.test for part in self.parts]
        return Labels(*(np.concatenate([getattr(test, field.name) for test in tests]) for field in fields(Labels)))

    def unseen(self, most: int = 4000) -> np.ndarray:
        """Whether the probe that was fitted without its noun is right at each word, `[word]`; most: words of a fit."""
        return np.concatenate([part.unseen(most) for part in self.parts])

    def shuffled(self, count: int, strengths: Sequence[float] = STRENGTHS) -> np.ndarray:
        """The share of so many probes of shuffled genders, shuffled anew in each part, that are right, `[word]`."""
        shares = []
        for number, part in enumerate(self.parts):
            probes = replace(part, seed=part.seed + number).shuffled(count, strengths)
            shares.append(part.right(probes.logit(part.test_x)).mean(1))
        return np.concatenate(shares)

    def majority(self) -> np.ndarray:
        """Whether the gender that is the more frequent in the first half is right at each word, `[word]`."""
        often = [part.fit.feminine.mean() > 0.5 for part in self.parts]
        return np.concatenate([part.test.feminine == most for part, most in zip(self.parts, often, strict=True)])

    def mean(self, values: np.ndarray, words: np.ndarray | slice = slice(None)) -> Estimate:
        """The mean of `values` `[word]` with an interval over all nouns; words: which of them."""
        return mean_over(values[words], self.test.lemma[words], "words", self.parts[0].seed)
