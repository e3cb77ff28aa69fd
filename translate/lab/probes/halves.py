"""Fitted beside the words of some nouns, judged beside those of others: how every probe is measured."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from translate.lab.probes.logistic import STRENGTHS
from translate.lab.probes.probe import Probe, Probes, fit_probe, fit_probes
from translate.lab.sentences.labels import Labels
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.resample import mean_over


@dataclass(frozen=True)
class Halves:
    """Vectors beside the words of nouns for fitting, and beside those of nouns for testing.

    fit_x, test_x: the vectors, `[word, unit]`. fit, test: what is true of these words. seed: of fits and intervals.
    """

    fit_x: np.ndarray
    fit: Labels
    test_x: np.ndarray
    test: Labels
    seed: int

    @classmethod
    def of(cls, vectors: np.ndarray, fit: Labels, test: Labels, seed: int) -> "Halves":
        """Those of `vectors` `[sentence, time, unit]` that stand at the labelled words."""
        return cls(vectors[fit.sentence, fit.position], fit, vectors[test.sentence, test.position], test, seed)

    def probe(self) -> Probe:
        """A probe of the current gender, fitted on the first half."""
        return fit_probe(self.fit_x, self.fit.feminine, self.fit.lemma, self.seed)

    def shuffled(self, count: int, strengths: Sequence[float] = STRENGTHS) -> Probes:
        """So many probes of genders that were shuffled among the words of the first half."""
        rng = np.random.default_rng(self.seed)
        labels = np.column_stack([rng.permutation(self.fit.feminine) for _ in range(count)])
        return fit_probes(self.fit_x, labels, self.fit.lemma, seed=self.seed, strengths=strengths)

    def right(self, logit: np.ndarray) -> np.ndarray:
        """Whether log-odds of feminine, `[word]` or `[word, probe]`, give each word of the second half its gender."""
        return ((logit.T > 0) == self.test.feminine).T

    def unseen(self) -> np.ndarray:
        """Whether a probe fitted on the first half is right at each word of the second, `[word]`."""
        return self.right(self.probe().logit(self.test_x))

    def mean(self, values: np.ndarray, words: np.ndarray | slice = slice(None)) -> Estimate:
        """The mean of `values` `[word]` over the second half, with an interval over its nouns; words: which of them."""
        return mean_over(values[words], self.test.lemma[words], "words", self.seed)
