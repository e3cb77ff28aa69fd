"""Intervals for what the tour measures: whole noun pairs are drawn again, as in the report (`lab/statistics.py`)."""

from collections.abc import Callable, Sequence

import numpy as np

from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.resample import mean_over

_DRAWS, _SEED = 1000, 0


def mean(values: Sequence[float] | np.ndarray, lemmas: Sequence[str], unit: str) -> Estimate:
    """The mean of `values` `[n]`, each of a sentence about one noun pair, with its interval."""
    return mean_over(values, lemmas, unit, _SEED, _DRAWS)


def compared(
    statistic: Callable[..., float], values: Sequence[np.ndarray], lemmas: Sequence[Sequence[str]], unit: str
) -> Estimate:
    """`statistic(*values)` with the percentile bootstrap over noun pairs: all values of a pair are drawn together.

    values: arrays, each `[n]`. lemmas: for each array the noun pair of each value. n counts the first array.
    """
    names = sorted({lemma for some in lemmas for lemma in some})
    number = {name: k for k, name in enumerate(names)}
    arrays = [np.asarray(some, dtype=np.float64) for some in values]
    owners = [np.array([number[lemma] for lemma in some]) for some in lemmas]
    rng, found = np.random.default_rng(_SEED), []
    for times in rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=_DRAWS):
        drawn = [np.repeat(array, times[owner]) for array, owner in zip(arrays, owners, strict=True)]
        if all(map(len, drawn)):
            found.append(statistic(*drawn))
    low, high = np.quantile(found, (0.025, 0.975))
    method = f"bootstrap over {len(names)} noun pairs"
    return Estimate(float(statistic(*arrays)), float(low), float(high), len(arrays[0]), unit, method, is_share=False)
