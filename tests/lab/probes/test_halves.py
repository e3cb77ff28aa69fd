"""Probes fitted beside some nouns and judged beside others."""

import numpy as np
import pytest

from translate.errors import UsageError
from translate.lab.probes.halves import Halves
from translate.lab.sentences.labels import Labels


def labels(feminine: np.ndarray, lemmas: np.ndarray) -> Labels:
    """Words of one sentence, one after the other."""
    places, zeros = np.arange(len(feminine)), np.zeros(len(feminine), int)
    return Labels(zeros, places, feminine, zeros, lemmas, zeros.astype(bool))


@pytest.fixture
def halves() -> Halves:
    """Unit 0 tells the gender everywhere, and unit 1, more faintly, among the nouns for fitting alone."""
    rng = np.random.default_rng(0)
    feminine, lemmas = rng.random(400) < 0.5, np.repeat(list("abcdefgh"), 50)
    vectors = rng.normal(size=(1, 400, 6))
    vectors[0, :, 0] += 4 * feminine
    vectors[0, :200, 1] += feminine[:200]
    every = labels(feminine, lemmas)
    return Halves(vectors, every.where(np.arange(400) < 200), every.where(np.arange(400) >= 200), seed=0)


def test_what_holds_for_other_nouns_too_is_read(halves):
    right = halves.unseen()
    assert right.shape == (200,) and right.mean() > 0.9
    assert (right == halves.probe().right(halves.test_x, halves.test.feminine)).all()


def test_probes_of_shuffled_genders_are_at_chance(halves):
    chance = halves.right(halves.shuffled(5).logit(halves.test_x))
    assert chance.shape == (200, 5) and 0.3 < chance.mean() < 0.7


def test_an_estimate_is_over_the_nouns_of_the_second_half(halves):
    half = np.arange(200) < 100
    estimate = halves.mean(half.astype(float))
    assert (estimate.value, estimate.n, estimate.method) == (0.5, 200, "bootstrap over 4 noun pairs")
    assert halves.mean(half, half).value == 1.0 and halves.mean(half, half).n == 100


def test_log_odds_are_one_for_each_word_of_the_second_half(halves):
    with pytest.raises(UsageError, match="200 words and 150 log-odds"):
        halves.right(np.zeros(150))
