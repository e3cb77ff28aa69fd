"""Intervals for findings about several models. What is replicated is the training seed, not the word."""

from collections.abc import Sequence

import numpy as np

from translate.lab.statistics.estimate import Estimate, wilson


def hierarchical(
    values: Sequence[float] | np.ndarray,
    seeds: Sequence,
    lemmas: Sequence[str],
    unit: str,
    seed: int = 0,
    draws: int = 2000,
) -> Estimate:
    """The mean over training seeds of each one's mean of `values` `[n]`, with a bootstrap of two levels.

    Seeds are drawn, and within each of them the lemmas of its values (Saravanan, Berman & Sober 2020): words of one
    noun are not independent, nor are the nouns of one model. `seeds` and `lemmas` say for each value where it belongs.
    Where all values are 0 or all 1 a bootstrap would claim certainty; then the interval is Wilson's, of as many
    independent cases as there are pairs of seed and lemma.
    """
    values = np.asarray(values, dtype=np.float64)
    if not len(values):
        return Estimate(float("nan"), float("nan"), float("nan"), 0, unit, "none")
    _, row = np.unique(np.asarray(seeds), return_inverse=True)
    _, column = np.unique(np.asarray(lemmas, dtype=str), return_inverse=True)
    sums, counts = np.zeros((2, row.max() + 1, column.max() + 1))
    np.add.at(sums, (row, column), values)
    np.add.at(counts, (row, column), 1)
    there = counts > 0
    mean = float((sums.sum(1) / counts.sum(1)).mean())
    if values.min() == values.max() and mean in (0.0, 1.0):
        groups = int(there.sum())
        share = wilson(int(mean) * groups, groups, unit)
        return Estimate(mean, share.low, share.high, len(values), unit, "Wilson over seeds and noun pairs")
    rng = np.random.default_rng(seed)
    drawn = rng.integers(len(sums), size=(draws, len(sums)))
    lemmas_of = there.sum(1)
    weights = rng.multinomial(lemmas_of[drawn], (there / lemmas_of[:, None])[drawn])  # [draw, seed, lemma]
    means = ((weights * sums[drawn]).sum(-1) / (weights * counts[drawn]).sum(-1)).mean(-1)
    low, high = np.quantile(means, (0.025, 0.975))
    method = f"hierarchical bootstrap: {len(sums)} seeds, then noun pairs"
    return Estimate(mean, float(low), float(high), len(values), unit, method)


def across_seeds(estimates: Sequence[Estimate]) -> Estimate:
    """The mean of what several seeds gave for one quantity, from their estimates alone; `n` counts the seeds.

    Two things make it uncertain. Seeds differ: Student's t over their values. And all of them were asked about the
    same test nouns, so that what the nouns contribute does not shrink with more seeds: the mean half-width of the
    seeds' own intervals. Both are added as independent errors are (in squares), for each end apart; a share stays
    between 0 and 1 if the seeds' own intervals do. One seed keeps its own interval. Estimates without a number are left out.
    """
    from scipy.stats import t

    known = [estimate for estimate in estimates if estimate.n and estimate.value == estimate.value]
    if not known:
        return Estimate(float("nan"), float("nan"), float("nan"), 0, "seeds", "none")
    value, low, high = np.array([(e.value, e.low, e.high) for e in known]).T
    k, mean, is_share = len(known), float(value.mean()), known[0].is_share
    between = t.ppf(0.975, k - 1) * value.std(ddof=1) / np.sqrt(k) if k > 1 else 0.0
    least, most = mean - np.hypot(between, (value - low).mean()), mean + np.hypot(between, (high - value).mean())
    if is_share and low.min() >= 0 and high.max() <= 1:
        least, most = max(least, 0.0), min(most, 1.0)
    method = f"Student's t over {k} seeds, and their nouns" if k > 1 else f"one model: {known[0].method}"
    return Estimate(mean, float(least), float(most), k, "seeds", method, is_share)
