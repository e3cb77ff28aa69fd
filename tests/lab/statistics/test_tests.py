"""Paired tests keep their level and have power where there is a difference."""

import numpy as np
import pytest
from scipy.stats import false_discovery_control

from tests.lab.levels import rate_is_at_most
from translate.lab.statistics.tests import benjamini_hochberg, group_means, mcnemar, paired_permutation


def test_the_paired_permutation_is_exact_on_a_case_that_can_be_counted():
    first, second = [3.0, 5.0, 4.0, 9.0], [1.0, 4.0, 1.0, 5.0]  # differences 2 1 3 4: of 16 sign patterns 2 reach 10
    comparison = paired_permutation(first, second, "pairs")
    assert (comparison.difference, comparison.p, comparison.n) == (2.5, 2 / 16, 4)


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
    comparison = mcnemar(first, second, "words")
    assert comparison.p == pytest.approx(2 * (1 + 10) / 2**10) and comparison.difference == pytest.approx(8 / 60)
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
