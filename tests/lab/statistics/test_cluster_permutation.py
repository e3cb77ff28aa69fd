"""Clusters of a time course: as rare as they say, and found where they are planted."""

import numpy as np
import pytest

from tests.lab.levels import rate_is_at_most
from translate.errors import TranslateError
from translate.lab.statistics.cluster_permutation import cluster_permutation


def smooth(rng, items: int, positions: int) -> np.ndarray:
    """Noise whose neighbouring positions are alike, as states are."""
    raw = rng.normal(size=(items, positions + 4))
    return np.lib.stride_tricks.sliding_window_view(raw, 5, axis=1).mean(-1)


def test_chance_makes_clusters_no_more_often_than_it_says():
    rng = np.random.default_rng(6)
    p = []
    for number in range(200):
        clusters = cluster_permutation(smooth(rng, 12, 16), seed=number, draws=199)
        p.append(min([cluster.p for cluster in clusters], default=1.0))
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
