"""Tests and intervals keep their promises on data whose truth is known."""

import numpy as np
import pytest
from scipy.stats import binom, false_discovery_control

from translate.errors import TranslateError
from translate.lab.statistics.cluster_permutation import cluster_permutation
from translate.lab.statistics.estimate import Estimate, wilson
from translate.lab.statistics.resample import across_seeds, hierarchical, mean_over
from translate.lab.statistics.tests import benjamini_hochberg, group_means, mcnemar, paired_permutation


def rate_is_at_most(p: np.ndarray, level: float) -> bool:
    """Whether as few of many p-values lie at or below `level` as there should be (once in 10,000 times not)."""
    return (p <= level).sum() <= binom.ppf(0.9999, len(p), level)


# Intervals


def replicas(rng, between: float, seeds=10, lemmas=8, words=6) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Values with a mean of 0.5 whose seeds differ by `between`, whose lemmas differ by 0.1 and whose words by 0.1."""
    shape = (seeds, lemmas, words)
    values = 0.5 + between * rng.normal(size=(seeds, 1, 1)) + 0.1 * rng.normal(size=(seeds, lemmas, 1))
    seed, lemma, _ = np.indices(shape).reshape(3, -1)
    return (values + 0.1 * rng.normal(size=shape)).ravel(), seed, lemma.astype(str)


def test_where_seeds_differ_the_hierarchical_interval_is_wider_than_one_that_takes_words_as_independent():
    values, seed, lemma = replicas(np.random.default_rng(0), between=0.2)
    wide, naive = hierarchical(values, seed, lemma, "words"), mean_over(values, lemma, "words")
    assert wide.high - wide.low > 3 * (naive.high - naive.low)
    assert wide.value == pytest.approx(naive.value) and wide.low < wide.value < wide.high


def test_the_hierarchical_interval_holds_the_truth_about_as_often_as_it_says():
    rng, hits = np.random.default_rng(1), 0
    for number in range(150):
        found = hierarchical(*replicas(rng, between=0.2, seeds=15), "words", seed=number, draws=300)
        hits += found.low <= 0.5 <= found.high
    assert 0.85 * 150 <= hits <= 149


def test_a_seed_counts_once_however_many_words_it_has():
    values, seeds = [1.0] * 90 + [0.0] * 10, [1] * 90 + [2] * 10
    assert hierarchical(values, seeds, ["x"] * 100, "words").value == 0.5


def test_lemmas_that_a_seed_lacks_are_not_drawn_for_it():
    found = hierarchical([1.0, 1.0, 0.0, 0.0], [1, 1, 2, 2], ["a", "b", "c", "d"], "words", draws=500)
    assert (found.low, found.value, found.high) == (0.0, 0.5, 1.0)


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_no_hierarchical_interval_is_certain(value):
    found = hierarchical([value] * 40, [1] * 20 + [2] * 20, ["a", "b"] * 20, "words")
    assert found.value == value and 0.4 < found.high - found.low < 0.6  # four groups, not forty words


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


# Comparisons


def test_the_paired_permutation_is_exact_on_a_case_that_can_be_counted():
    first, second = [3.0, 5.0, 4.0, 9.0], [1.0, 4.0, 1.0, 5.0]  # differences 2 1 3 4: of 16 sign patterns 2 reach 10
    found = paired_permutation(first, second, "pairs")
    assert (found.difference, found.p, found.n) == (2.5, 2 / 16, 4)


def test_permutation_keeps_its_level_and_finds_what_is_there():
    rng = np.random.default_rng(2)
    null = np.array([paired_permutation(*rng.normal(size=(2, 9)), "pairs", draws=600).p for _ in range(250)])
    assert all(rate_is_at_most(null, level) for level in (0.05, 0.1, 0.5)) and (null > 0.5).sum() > 90
    shift = [paired_permutation(rng.normal(1.2, 1, 12), rng.normal(0, 1, 12), "pairs", draws=400).p for _ in range(60)]
    assert np.mean(np.array(shift) <= 0.05) > 0.5


def test_words_of_one_noun_are_one_case():
    rng = np.random.default_rng(3)
    nouns = np.repeat(np.arange(8), 30)
    naive, grouped = [], []
    for _ in range(60):
        first = rng.normal(size=8)[nouns] + 0.1 * rng.normal(size=240)
        second = 0.1 * rng.normal(size=240)
        naive.append(paired_permutation(first, second, "words", draws=199).p)
        grouped.append(paired_permutation(first, second, "nouns", nouns).p)
    assert np.mean(np.array(naive) <= 0.05) > 0.5  # what the groups are for
    assert rate_is_at_most(np.array(grouped), 0.05)


def test_mcnemar_is_the_binomial_test_of_those_that_changed():
    first = np.array([True] * 9 + [False] + [True] * 50)
    second = np.array([False] * 9 + [True] + [True] * 50)
    found = mcnemar(first, second, "words")
    assert found.p == pytest.approx(2 * (1 + 10) / 2**10) and found.difference == pytest.approx(8 / 60)
    assert mcnemar(first, first, "words").p == 1


def test_mcnemar_keeps_its_level():
    rng = np.random.default_rng(4)
    p = np.array([mcnemar(*(rng.random((2, 60)) < 0.7), "words").p for _ in range(400)])
    assert all(rate_is_at_most(p, level) for level in (0.05, 0.2))


def test_benjamini_hochberg_is_the_step_up_rule():
    rng = np.random.default_rng(5)
    p = rng.random((4, 5, 3)) ** 3
    adjusted = benjamini_hochberg(p)
    assert np.array_equal(adjusted.ravel(), false_discovery_control(p.ravel()))
    for q in (0.01, 0.05, 0.2, 0.5):
        ordered = np.sort(p.ravel())
        below = np.flatnonzero(ordered <= q * np.arange(1, 61) / 60)
        bar = ordered[below[-1]] if len(below) else -1
        assert np.array_equal(adjusted <= q, p <= bar)


def test_what_was_not_tested_does_not_count():
    adjusted = benjamini_hochberg(np.array([0.01, np.nan, 0.04]))
    assert adjusted[[0, 2]].tolist() == [0.02, 0.04] and np.isnan(adjusted[1])
    assert np.isnan(benjamini_hochberg(np.array([np.nan]))).all()


def test_group_means_leave_out_what_is_not_there():
    values = np.array([[1.0, np.nan], [3.0, np.nan], [5.0, 7.0]])
    means = group_means(values, ["b", "b", "a"])
    assert means[0].tolist() == [5, 7] and means[1, 0] == 2 and np.isnan(means[1, 1])


# Time courses


def smooth(rng, items: int, positions: int) -> np.ndarray:
    """Noise whose neighbouring positions are alike, as states are."""
    raw = rng.normal(size=(items, positions + 4))
    return np.lib.stride_tricks.sliding_window_view(raw, 5, axis=1).mean(-1)


def test_chance_makes_clusters_no_more_often_than_it_says():
    rng = np.random.default_rng(6)
    p = []
    for number in range(200):
        found = cluster_permutation(smooth(rng, 12, 16), seed=number, draws=199)
        p.append(min([cluster.p for cluster in found], default=1.0))
    assert all(rate_is_at_most(np.array(p), level) for level in (0.05, 0.1))
    assert np.mean(np.array(p) <= 0.3) > 0.15  # and it is not merely never sure


def test_planted_clusters_are_found_at_their_places():
    rng = np.random.default_rng(7)
    first, second = smooth(rng, 20, 30), smooth(rng, 20, 30)
    first[:, 5:11] += 2
    second[:, 20:24] += 3
    sure = [cluster for cluster in cluster_permutation(first, second, at=range(-10, 20)) if cluster.p < 0.05]
    assert [(cluster.first, cluster.last) for cluster in sure] == [(-5, 0), (10, 13)]
    assert sure[0].mass > 0 > sure[1].mass and all(cluster.p == 1 / 2001 for cluster in sure)


def test_two_conditions_are_the_one_sample_of_their_difference():
    rng = np.random.default_rng(8)
    first, second = smooth(rng, 10, 12) + 0.5, smooth(rng, 10, 12)
    assert cluster_permutation(first, second) == cluster_permutation(first - second) != []


def test_a_hole_in_a_course_joins_nothing_and_parts_a_cluster():
    values = np.random.default_rng(9).normal(3, 1, size=(12, 9))
    values[:, 4] = np.nan
    values[1:, 8] = np.nan
    assert [(cluster.first, cluster.last) for cluster in cluster_permutation(values)] == [(0, 3), (5, 7)]


def test_rows_of_one_noun_are_one_item():
    values = np.repeat(np.random.default_rng(10).normal(1.5, 1, size=(5, 6)), 20, axis=0)
    as_rows = cluster_permutation(values, draws=500)
    as_nouns = cluster_permutation(values, groups=np.repeat(np.arange(5), 20), draws=500)
    assert min(c.p for c in as_rows) == 1 / 501 < 0.05 < min([c.p for c in as_nouns], default=1.0)


def test_a_course_without_spread_and_one_without_anything():
    assert [(c.first, c.last) for c in cluster_permutation(np.full((8, 3), 1e-9))] == [(0, 2)]
    assert cluster_permutation(np.zeros((8, 3))) == []
    with pytest.raises(TranslateError, match="same shape"):
        cluster_permutation(np.zeros((8, 3)), np.zeros((8, 4)))
