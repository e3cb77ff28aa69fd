"""How sure is a number? One cluster bootstrap for everything that the laboratory measures.

Words about one noun are not independent, so it is the noun pair (the *group*) that is drawn again, never the word: from
as many groups as there are, so many are drawn with replacement, and the statistic is computed anew (Efron & Tibshirani
1993). `resample` does that for any statistic of the groups' weights; the functions below it are the statistics that
are asked for again and again. Where what is replicated is a trained model, `hierarchical` draws seeds and then groups.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from translate.lab.statistics.estimate import Course, Estimate, nothing_measured, wilson

DRAWS = 1000
_ENDS = (0.025, 0.975)

_Labels = Sequence[str] | np.ndarray
_Values = Sequence[float] | np.ndarray


@dataclass(frozen=True)
class Groups:
    """Rows that belong together. names: of the groups, sorted. index `[row]`: the number of each row's group."""

    names: np.ndarray
    index: np.ndarray

    @classmethod
    def of(cls, labels: _Labels) -> "Groups":
        """The groups of rows with the same label (a noun pair, say)."""
        return cls(*np.unique(np.asarray(labels, dtype=str), return_inverse=True))

    def __len__(self) -> int:
        return len(self.names)

    def sums(self, values: np.ndarray) -> np.ndarray:
        """The sum of `values` `[row, …]` over each group, NaN left out: `[group, …]`."""
        sums = np.zeros((len(self), *values.shape[1:]))
        np.add.at(sums, self.index, np.where(np.isnan(values), 0.0, values))
        return sums

    def counts(self, values: np.ndarray) -> np.ndarray:
        """How many of `values` `[row, …]` each group has, NaN left out: `[group, …]`."""
        return self.sums(np.where(np.isnan(values), np.nan, 1.0))

    @property
    def method(self) -> str:
        """How an interval over these groups is named."""
        return f"bootstrap over {len(self)} noun pairs"


def resample(
    groups: int, statistic: Callable[[np.ndarray], np.ndarray], seed: int = 0, draws: int = DRAWS
) -> tuple[np.ndarray, np.ndarray]:
    """The ends of the 95 % percentile interval of a statistic, when `groups` groups are drawn with replacement.

    statistic: from how often each group was drawn, `[draw, group]`, to its values, `[draw, …]`; draws that give NaN
    are left out. Returns low and high, each `[…]`.
    """
    weights = np.random.default_rng(seed).multinomial(groups, np.full(groups, 1 / max(groups, 1)), size=draws)
    with np.errstate(invalid="ignore", divide="ignore"):
        values = statistic(weights)
    columns = values.reshape(draws, -1)
    known = ~np.isnan(columns).all(0)
    ends = np.full((2, columns.shape[1]), np.nan)
    ends[:, known] = np.nanquantile(columns[:, known], _ENDS, axis=0)
    low, high = ends.reshape(2, *values.shape[1:])
    return low, high


def mean_over(values: _Values, labels: _Labels, unit: str, seed: int = 0, draws: int = DRAWS) -> Estimate:
    """The mean of `values` `[n]` with an interval over the groups of `labels` `[n]`.

    Where every value is 0, or every one is 1, a bootstrap would claim certainty; then the interval is Wilson's, of as
    many independent cases as there are groups: ten noun pairs that all agree leave 72 to 100 %, however many words.
    """
    values = np.asarray(values, dtype=np.float64)
    if not len(values):
        return nothing_measured(unit)
    mean = float(values.mean())
    if mean in (0.0, 1.0) and (values == mean).all():
        return unanimous(mean == 1.0, labels, len(values), unit)
    return ratio_over(values, np.ones(len(values)), labels, unit, seed, draws)


def unanimous(all_of_them: bool, labels: _Labels, n: int, unit: str) -> Estimate:
    """The estimate of `n` values that are all 1, or all 0: Wilson's interval over the groups of `labels`."""
    groups = len(Groups.of(labels))
    share = wilson(all_of_them * groups, groups, unit)
    return Estimate(share.value, share.low, share.high, n, unit, f"Wilson over {groups} noun pairs")


def ratio_over(
    parts: _Values, wholes: _Values, labels: _Labels, unit: str, seed: int = 0, draws: int = DRAWS
) -> Estimate:
    """The share Σ parts / Σ wholes (both `[n]`); a mean of the shares would follow the smallest wholes."""
    groups, parts, wholes = Groups.of(labels), np.asarray(parts, dtype=np.float64), np.asarray(wholes, dtype=np.float64)
    part, whole = np.bincount(groups.index, parts), np.bincount(groups.index, wholes)
    low, high = resample(len(groups), lambda weights: (weights @ part) / (weights @ whole), seed, draws)
    with np.errstate(invalid="ignore"):  # NaN where there is no whole
        value = float(parts.sum() / wholes.sum())
    return Estimate(value, float(low), float(high), len(parts), unit, groups.method)


def course_over(values: np.ndarray, labels: _Labels, at: Sequence[int], seed: int = 0, draws: int = DRAWS) -> Course:
    """The mean of `values` `[row, position]` at each position (NaN: not there), with intervals over groups of rows."""
    groups = Groups.of(labels)
    sums, counts = groups.sums(values), groups.counts(values)
    low, high = resample(len(groups), lambda weights: (weights @ sums) / (weights @ counts), seed, draws)
    with np.errstate(invalid="ignore"):
        value = sums.sum(0) / counts.sum(0)
    n = (~np.isnan(values)).sum(0)
    return Course(list(at), value.tolist(), low.tolist(), high.tolist(), n.tolist())


def hierarchical(
    values: _Values, seeds: Sequence, labels: _Labels, unit: str, seed: int = 0, draws: int = 2000
) -> Estimate:
    """The mean over training seeds of each one's mean of `values` `[n]`, with a bootstrap of two levels.

    Seeds are drawn, and within each of them the groups of its values (Saravanan, Berman & Sober 2020): words of one
    noun are not independent, nor are the nouns of one model. `seeds` and `labels` say for each value where it belongs.
    Where all values are 0 or all 1 a bootstrap would claim certainty; then the interval is Wilson's, of as many
    independent cases as there are pairs of seed and group.
    """
    values = np.asarray(values, dtype=np.float64)
    if not len(values):
        return nothing_measured(unit)
    models, groups = Groups.of([str(each) for each in seeds]), Groups.of(labels)
    sums, counts = np.zeros((2, len(models), len(groups)))
    np.add.at(sums, (models.index, groups.index), values)
    np.add.at(counts, (models.index, groups.index), 1)
    observed = counts > 0
    mean = float((sums.sum(1) / counts.sum(1)).mean())
    if values.min() == values.max() and mean in (0.0, 1.0):
        cases = int(observed.sum())
        share = wilson(int(mean) * cases, cases, unit)
        return Estimate(mean, share.low, share.high, len(values), unit, "Wilson over seeds and noun pairs")
    rng = np.random.default_rng(seed)
    drawn = rng.integers(len(sums), size=(draws, len(sums)))
    groups_of = observed.sum(1)
    weights = rng.multinomial(groups_of[drawn], (observed / groups_of[:, None])[drawn])  # [draw, seed, group]
    means = ((weights * sums[drawn]).sum(-1) / (weights * counts[drawn]).sum(-1)).mean(-1)
    low, high = np.quantile(means, _ENDS)
    method = f"hierarchical bootstrap: {len(sums)} seeds, then noun pairs"
    return Estimate(mean, float(low), float(high), len(values), unit, method)


def across_seeds(estimates: Sequence[Estimate]) -> Estimate:
    """The mean of what several seeds gave for one quantity, from their estimates alone; `n` counts the seeds.

    Two things make it uncertain. Seeds differ: Student's t over their values. And all of them were asked about the
    same test nouns, so that what the nouns contribute does not shrink with more seeds: the mean half-width of the
    seeds' own intervals. Both are added as independent errors are (in squares), for each end apart; a share stays
    between 0 and 1 if the seeds' own intervals do. One seed keeps its own interval. Estimates without a number are left
    out.
    """
    from scipy.stats import t

    known = [estimate for estimate in estimates if estimate.n and estimate.value == estimate.value]
    if not known:
        return nothing_measured("seeds")
    value, low, high = np.array([(e.value, e.low, e.high) for e in known]).T
    k, mean, is_share = len(known), float(value.mean()), known[0].is_share
    between = t.ppf(0.975, k - 1) * value.std(ddof=1) / np.sqrt(k) if k > 1 else 0.0
    least, most = mean - np.hypot(between, (value - low).mean()), mean + np.hypot(between, (high - value).mean())
    if is_share and low.min() >= 0 and high.max() <= 1:
        least, most = max(least, 0.0), min(most, 1.0)
    method = f"Student's t over {k} seeds, and their nouns" if k > 1 else f"one model: {known[0].method}"
    return Estimate(mean, float(least), float(most), k, "seeds", method, is_share)
