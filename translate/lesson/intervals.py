"""Intervals for what the tour measures: whole noun pairs are drawn again, as in the report (`lab/statistics`)."""

from collections.abc import Callable, Sequence

import numpy as np

from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.resample import Groups, mean_over, resample


def mean(values: Sequence[float] | np.ndarray, lemmas: Sequence[str] | np.ndarray, unit: str) -> Estimate:
    """The mean of `values` `[n]`, each of a sentence about one noun pair, with its interval."""
    return mean_over(values, lemmas, unit)


def compared(
    statistic: Callable[..., float],
    values: Sequence[Sequence[float] | np.ndarray],
    lemmas: Sequence[Sequence[str] | np.ndarray],
    unit: str,
) -> Estimate:
    """`statistic(*values)` with its interval over noun pairs: all values of a pair are drawn together.

    values: arrays, each `[n]`. lemmas: for each array the noun pair of each value. n counts the first array.
    """
    arrays = [np.asarray(array, dtype=np.float64) for array in values]
    groups = Groups.of(np.concatenate([np.asarray(labels, dtype=str) for labels in lemmas]))
    owners = np.split(groups.index, np.cumsum([len(array) for array in arrays])[:-1])

    def of_draws(weights: np.ndarray) -> np.ndarray:
        drawn = [[np.repeat(a, times[o]) for a, o in zip(arrays, owners, strict=True)] for times in weights]
        return np.array([statistic(*samples) if all(map(len, samples)) else np.nan for samples in drawn])

    low, high = resample(len(groups), of_draws)
    value = float(statistic(*arrays))
    return Estimate(value, float(low), float(high), len(arrays[0]), unit, groups.method, is_share=False)
