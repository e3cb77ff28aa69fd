"""Units that separate the genders, on small cases whose answer is known."""

import numpy as np
import pytest

from translate.lab.experiments.reading.units import auc, cohens_d, rank_units, separation


def test_auc_counts_pairs():
    rng = np.random.default_rng(1)
    x, feminine = rng.integers(0, 5, (40, 3)).astype(float), rng.random(40) < 0.4
    f, m = x[feminine][:, None], x[~feminine][None]
    assert auc(x, feminine) == pytest.approx(((f > m) + 0.5 * (f == m)).mean((0, 1)))
    assert cohens_d(np.array([[0.0], [2.0], [5.0], [7.0]]), np.array([False, False, True, True])) == pytest.approx(
        5 / 2**0.5
    )


def test_units_are_ranked_on_one_half_and_shown_on_the_other():
    rng = np.random.default_rng(2)
    feminine = rng.random(200) < 0.5
    x, other = rng.normal(size=(2, 200, 30))
    x[:, 4] += 3 * feminine  # chance only: the other half does not have it
    x[:, 9] -= 3 * feminine
    other[:, 9] -= 3 * feminine
    ranking = rank_units("dec.l0.c", x, feminine, other, feminine)
    assert set(ranking.best(2)) == {4, 9}
    assert ranking.shown[9] < 0.05 and 0.4 < ranking.shown[4] < 0.6


def test_random_units_vary_like_the_best_and_are_none_of_them():
    rng = np.random.default_rng(4)
    feminine = rng.random(200) < 0.5
    spreads = np.concatenate([[0.1, 5.0], np.linspace(0.05, 6, 60)])
    x = rng.normal(size=(200, 62)) * spreads
    x[:, :2] += 9 * np.outer(2 * feminine - 1, spreads[:2])
    x = x / x.std(0) * spreads
    ranking = rank_units("dec.l0.c", x, feminine, x, feminine)
    assert set(ranking.best(2)) == {0, 1}
    for _ in range(20):
        drawn = dict(zip(ranking.best(2).tolist(), ranking.others(2, rng), strict=True))
        assert not set(drawn.values()) & set(ranking.best(10).tolist())
        assert spreads[drawn[0]] < 2.0 and spreads[drawn[1]] > 3.5  # one of the twelve most alike
    assert ranking.others(62, rng) == () and len(ranking.others(50, rng)) == 12


def test_the_interval_of_a_separation_is_that_of_drawing_whole_nouns():
    """As by taking rows again and again, which takes far longer; it does not ask which gender has the higher values."""
    rng = np.random.default_rng(3)
    lemmas = np.array(list("abcdef"))[rng.integers(0, 6, 240)]
    feminine = rng.random(240) < 0.5
    x = np.round(feminine + rng.normal(size=6)[np.unique(lemmas, return_inverse=True)[1]] + rng.normal(size=240), 1)
    estimate = separation(x, feminine, lemmas, 0)
    assert estimate.value == auc(x[:, None], feminine)[0]
    assert separation(-x, feminine, lemmas, 0).value == pytest.approx(estimate.value)
    drawn = []
    for _ in range(1000):
        rows = np.concatenate([np.flatnonzero(lemmas == name) for name in rng.choice(list("abcdef"), 6)])
        area = auc(x[rows, None], feminine[rows])[0]
        drawn.append(max(area, 1 - area))
    assert (estimate.low, estimate.high) == pytest.approx(tuple(np.quantile(drawn, (0.025, 0.975))), abs=0.02)
    assert estimate.method == "bootstrap over 6 noun pairs" and not estimate.is_share
