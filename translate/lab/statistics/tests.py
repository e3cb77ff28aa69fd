"""Is one thing better than another? Tests for paired measurements, and what becomes of p when there are many."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from translate.lab.statistics.resample import Groups


@dataclass(frozen=True)
class Comparison:
    """Two measurements of the same things.

    difference: the mean of the first less that of the second. p: two-sided, of "there is no difference".
    n: how many `unit`s were compared.
    """

    difference: float
    p: float
    n: int
    unit: str
    method: str


def paired_permutation(
    first: Sequence[float] | np.ndarray,
    second: Sequence[float] | np.ndarray,
    unit: str,
    groups: Sequence | None = None,
    seed: int = 0,
    draws: int = 9999,
) -> Comparison:
    """Compare two measurements `[n]` of the same things by exchanging them within pairs (Fisher 1935).

    groups: where measurements belong together (the words of one noun, of one seed), their means are exchanged, not
    they. With 13 pairs or fewer every exchange is counted; otherwise `draws` at random, and p counts the
    measured one among them (Phipson & Smyth 2010).
    """
    from scipy.stats import permutation_test

    pairs = np.stack([np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)])
    if groups is not None:
        pairs = group_means(pairs.T, groups).T
    count = pairs.shape[1]
    if count < 2:
        return Comparison(float((pairs[0] - pairs[1]).mean()) if count else float("nan"), 1.0, count, unit, "none")
    test = permutation_test(
        (pairs[0], pairs[1]),
        lambda x, y, axis: (x - y).mean(axis),
        permutation_type="samples",
        n_resamples=draws,
        random_state=np.random.default_rng(seed),
    )
    return Comparison(float(test.statistic), float(test.pvalue), count, unit, "paired permutation")


def mcnemar(first: Sequence[bool] | np.ndarray, second: Sequence[bool] | np.ndarray, unit: str) -> Comparison:
    """Compare two measurements `[n]` that are right or wrong, by the exact test of McNemar (1947).

    Only the cases count where one is right and the other wrong; without a difference either is as likely as the other.
    It takes the cases as independent: for words of few nouns use `paired_permutation` with `groups`.
    """
    from scipy.stats import binomtest

    first, second = np.asarray(first, dtype=bool), np.asarray(second, dtype=bool)
    gains, losses = int((first & ~second).sum()), int((~first & second).sum())
    p = binomtest(gains, gains + losses).pvalue if gains + losses else 1.0
    difference = (gains - losses) / len(first) if len(first) else float("nan")
    return Comparison(difference, float(p), len(first), unit, "McNemar, exact")


def benjamini_hochberg(p: np.ndarray) -> np.ndarray:
    """Adjusted p-values in the shape of `p` (units × sites × steps, say).

    What stays at or below q has a false discovery rate of q (Benjamini & Hochberg 1995). NaN: not tested, and not
    counted.
    """
    from scipy.stats import false_discovery_control

    p = np.asarray(p, dtype=np.float64)
    adjusted = np.full(p.shape, np.nan)
    tested = ~np.isnan(p)
    if tested.any():
        adjusted[tested] = false_discovery_control(p[tested])
    return adjusted


def group_means(values: np.ndarray, labels: Sequence) -> np.ndarray:
    """The mean of `values` `[row, …]` over the rows of each group, NaN left out: `[group, …]`, groups sorted."""
    groups = Groups.of(labels)
    with np.errstate(invalid="ignore"):
        return groups.sums(values) / groups.counts(values)
