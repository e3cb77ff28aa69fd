"""Which unit of one model is which unit of another?

Two trainings of one recipe number their units at random, and the sign of a unit is as arbitrary as its number. So units
are matched by how alike they behave on the same words: one partner for each, so that the absolute correlations add up
to the most (Li et al. 2016, "Convergent learning"). A best matching always exists; what it is worth shows only beside
a chance one (`Matching.any_pair`) and beside that of two networks that have learnt nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from translate.errors import TranslateError
from translate.lab.statistics.estimate import Estimate


@dataclass(frozen=True)
class Matching:
    """Units of one model matched with those of another.

    partner `[unit]`: the other model's unit for each of the first's. sign `[unit]`: 1, or -1 where the partner goes the
    other way. r `[unit]`: the absolute correlation of the two. any_pair: the mean absolute correlation of all pairs
    of units, which a matching at random would have.
    """

    partner: np.ndarray
    sign: np.ndarray
    r: np.ndarray
    any_pair: float

    @property
    def quality(self) -> float:
        """The mean absolute correlation of the matched units, from 0 to 1."""
        return float(self.r.mean())


@dataclass(frozen=True)
class Carried:
    """Whether chosen units of one model are matched with chosen units of the other.

    hits: how many of the first's `chosen` are. expected: how many would be by chance.
    p: how often chance alone gives as many (hypergeometric, one-sided).
    """

    hits: int
    chosen: int
    expected: float
    p: float


def correlations(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Pearson's correlation of each unit of `first` `[row, unit]` with each of `second`: `[unit, unit]`.

    Row by row both must stand beside the same word. 0 for a unit that never moves.
    Raises `TranslateError` where they have another number of rows.
    """
    if len(first) != len(second):
        raise TranslateError("Units can be matched only on the same words: give both models the same sentences.")
    return _standard(first).T @ _standard(second) / max(len(first), 1)


def match(first: np.ndarray, second: np.ndarray) -> Matching:
    """Match the units of `first` `[row, unit]` with those of `second`, which has as many, one to one.

    Raises `TranslateError` for models of another size.
    """
    from scipy.optimize import linear_sum_assignment

    if first.shape[1] != second.shape[1]:
        raise TranslateError("Only models with equally many units can be matched unit by unit.")
    r = correlations(first, second)
    rows, partner = linear_sum_assignment(np.abs(r), maximize=True)
    matched = r[rows, partner]
    return Matching(partner, np.where(matched < 0, -1, 1), np.abs(matched), float(np.abs(r).mean()))


def carried(matching: Matching, first: Sequence[int], second: Sequence[int]) -> Carried:
    """Do the units `first` of one model have their partners among the units `second` of the other?"""
    from scipy.stats import hypergeom

    hits, units = int(np.isin(matching.partner[list(first)], list(second)).sum()), len(matching.partner)
    p = hypergeom.sf(hits - 1, units, len(second), len(first))
    return Carried(hits, len(first), len(first) * len(second) / units, float(p))


def over_pairs(values: np.ndarray, unit: str, is_share: bool = False, seed: int = 0, draws: int = 2000) -> Estimate:
    """The mean of `values` `[model, model]` (symmetric) over pairs of two models; the bootstrap draws models, not pairs.

    Pairs that share a model are not independent. A model that is drawn twice makes no pair with itself. Two models make
    one pair, which has no interval (NaN).
    """
    values, count = np.asarray(values, dtype=np.float64), len(values)
    if count < 2:
        return Estimate(float("nan"), float("nan"), float("nan"), 0, unit, "none", is_share)
    apart = 1.0 - np.eye(count)
    times = np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), size=draws)
    pairs = ((times @ apart) * times).sum(1)
    means = ((times @ (values * apart)) * times).sum(1)[pairs > 0] / pairs[pairs > 0]
    low, high = np.quantile(means, (0.025, 0.975)) if count > 2 else (np.nan, np.nan)
    mean = float((values * apart).sum() / apart.sum())
    method = f"bootstrap over {count} models"
    return Estimate(mean, float(low), float(high), count * (count - 1) // 2, unit, method, is_share)


def _standard(x: np.ndarray) -> np.ndarray:
    """Each column with mean 0 and standard deviation 1; 0 where it does not move."""
    x = np.asarray(x, dtype=np.float64)
    x = x - x.mean(0)
    deviation = x.std(0)
    return np.divide(x, deviation, out=np.zeros_like(x), where=deviation > 1e-12)
