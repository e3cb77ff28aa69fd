"""Intervals keep their promises on data whose truth is known."""

import numpy as np
import pytest

from translate.lab.statistics.estimate import Estimate, wilson
from translate.lab.statistics.resample import across_seeds, course_over, hierarchical, mean_over


def replicas(rng, between: float, seeds=10, lemmas=8, words=6) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Values with a mean of 0.5 whose seeds differ by `between`, whose lemmas differ by 0.1 and whose words by 0.1."""
    shape = (seeds, lemmas, words)
    values = 0.5 + between * rng.normal(size=(seeds, 1, 1)) + 0.1 * rng.normal(size=(seeds, lemmas, 1))
    seed, lemma, _ = np.indices(shape).reshape(3, -1)
    return (values + 0.1 * rng.normal(size=shape)).ravel(), seed, lemma.astype(str)


def test_where_seeds_differ_the_hierarchical_interval_is_wider():
    values, seed, lemma = replicas(np.random.default_rng(0), between=0.2)
    wide, naive = hierarchical(values, seed, lemma, "words"), mean_over(values, lemma, "words")
    assert wide.high - wide.low > 3 * (naive.high - naive.low)
    assert wide.value == pytest.approx(naive.value) and wide.low < wide.value < wide.high


def test_the_hierarchical_interval_holds_the_truth_about_as_often_as_it_says():
    rng, hits = np.random.default_rng(1), 0
    for number in range(150):
        estimate = hierarchical(*replicas(rng, between=0.2, seeds=15), "words", seed=number, draws=300)
        hits += estimate.low <= 0.5 <= estimate.high
    assert 0.85 * 150 <= hits <= 149


def test_a_seed_counts_once_however_many_words_it_has():
    values, seeds = [1.0] * 90 + [0.0] * 10, [1] * 90 + [2] * 10
    assert hierarchical(values, seeds, ["x"] * 100, "words").value == 0.5


def test_lemmas_that_a_seed_lacks_are_not_drawn_for_it():
    estimate = hierarchical([1.0, 1.0, 0.0, 0.0], [1, 1, 2, 2], ["a", "b", "c", "d"], "words", draws=500)
    assert (estimate.low, estimate.value, estimate.high) == (0.0, 0.5, 1.0)


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_no_hierarchical_interval_is_certain(value):
    estimate = hierarchical([value] * 40, [1] * 20 + [2] * 20, ["a", "b"] * 20, "words")
    assert estimate.value == value and 0.4 < estimate.high - estimate.low < 0.6  # four groups, not forty words


def test_nothing_has_no_interval():
    assert hierarchical([], [], [], "words").n == across_seeds([]).n == 0


def test_across_seeds_has_the_error_of_the_seeds_and_that_of_their_nouns():
    def share(value: float, half: float) -> Estimate:
        return Estimate(value, value - half, value + half, 100, "words", "")

    same = across_seeds([share(0.6, 0.05)] * 10)
    assert (same.value, same.low, same.high, same.n) == pytest.approx(
        (0.6, 0.55, 0.65, 10)
    )  # nouns are the same for all
    sure = across_seeds([share(0.6 + d, 0) for d in (-0.1, 0, 0.1)])
    assert sure.high - 0.6 == pytest.approx(4.3027 * 0.1 / 3**0.5, rel=1e-3)  # t(2) = 4.30
    both = across_seeds([share(0.6 + d, 0.1) for d in (-0.1, 0, 0.1)])
    assert both.high - 0.6 == pytest.approx(np.hypot(0.1, sure.high - 0.6))


def test_across_seeds_stays_a_share_and_one_seed_keeps_its_own_interval():
    certain = across_seeds([wilson(200, 200, "words")] * 10)
    assert certain.value == certain.high == 1 and certain.low == pytest.approx(wilson(200, 200, "words").low)
    more = across_seeds([Estimate(1.2, 1.1, 1.3, 100, "pairs", "")] * 3)  # of something that can be more than whole
    assert (more.low, more.value, more.high) == pytest.approx((1.1, 1.2, 1.3))
    seven = wilson(7, 10, "words")
    one = across_seeds([seven, wilson(0, 0, "words")])
    assert (one.value, one.low, one.high, one.n) == (seven.value, seven.low, seven.high, 1)


def test_intervals_know_their_unit():
    assert wilson(0, 100, "words").low == 0 and wilson(0, 100, "words").high == pytest.approx(0.0370, abs=1e-4)
    values, lemmas = np.repeat([0.0, 1.0, 1.0, 1.0], 50), np.repeat(list("abcd"), 50)
    clustered = mean_over(values, lemmas, "words")
    assert clustered.value == 0.75 and clustered.low <= 0.25 and clustered.high == 1.0  # four nouns, not 200 words
    agreed = mean_over(np.ones(200), lemmas, "words")
    assert (agreed.value, agreed.n) == (1.0, 200) and agreed.low == pytest.approx(wilson(4, 4, "").low)  # never certain
    assert agreed.method == "Wilson over 4 noun pairs"
    along = course_over(np.array([[0.0, np.nan], [1.0, np.nan]]), ["a", "b"], (-1, 0))
    assert along.value[0] == 0.5 and np.isnan(along.value[1]) and along.n == [2, 0]
