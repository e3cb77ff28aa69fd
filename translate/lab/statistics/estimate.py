"""Estimates with their 95 % intervals."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from translate.evaluation.proportion import Proportion


@dataclass(frozen=True)
class Estimate:
    """A number and how sure it is.

    value, low, high: the estimate and its 95 % interval. n: how many `unit`s ("words", "pairs") it counts.
    method: how the interval was made. is_share: whether it reads as a percentage.
    """

    value: float
    low: float
    high: float
    n: int
    unit: str
    method: str
    is_share: bool = True

    def text(self) -> str:
        """As people read it: "99.2 % (98.7–99.6)", or "0.34 (0.27–0.41)" where it is no share."""
        if not self.is_share:
            return f"{self.value:.3f} ({self.low:.3f}–{self.high:.3f})"
        return self.percent()

    def percent(self) -> str:
        """The same in any case as a percentage."""
        return f"{_percent(self.value)} % ({_percent(self.low)}–{_percent(self.high)})"


def _percent(share: float) -> str:
    text = f"{100 * share:.1f}"
    return text.removesuffix(".0")


def wilson(hits: int, n: int, unit: str) -> Estimate:
    """A share with its score interval (Wilson 1927), which stays honest at 0 and 100 %; n = 0 gives (0, 1)."""
    share = Proportion(hits, n)
    low, high = share.interval or (0.0, 1.0)
    return Estimate(share.value if n else float("nan"), low, high, n, unit, "Wilson")


def over_lemmas(
    values: Sequence[float] | np.ndarray, lemmas: Sequence[str], unit: str, seed: int = 0, draws: int = 1000
) -> Estimate:
    """The mean of `values` `[n]` with the percentile bootstrap that resamples whole lemmas (noun pairs).

    Words of one noun are not independent, so the noun is drawn, not the word. Where every noun gives the same mean of
    0 or 1 a bootstrap would claim certainty; then the interval is Wilson's.
    """
    values = np.asarray(values, dtype=np.float64)
    if not len(values):
        return Estimate(float("nan"), float("nan"), float("nan"), 0, unit, "none")
    _, index = np.unique(np.asarray(lemmas, dtype=str), return_inverse=True)
    sums, counts = np.bincount(index, values), np.bincount(index)
    mean = float(values.mean())
    if mean in (0.0, 1.0) and (values == mean).all():
        return wilson(int(mean) * len(values), len(values), unit)
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(len(counts), np.full(len(counts), 1 / len(counts)), size=draws)
    means = (drawn @ sums) / (drawn @ counts)
    low, high = np.quantile(means, (0.025, 0.975))
    return Estimate(mean, float(low), float(high), len(values), unit, f"bootstrap over {len(counts)} noun pairs")


@dataclass(frozen=True)
class Course:
    """A mean at each of several positions, with its interval: lists of one length.

    at: the positions (words from an event; 0 is the event). value, low, high: mean and 95 % interval, NaN where there
    is nothing. n: rows at each position.
    """

    at: list[int]
    value: list[float]
    low: list[float]
    high: list[float]
    n: list[int]


def course(values: np.ndarray, lemmas: Sequence[str], at: Sequence[int], seed: int = 0, draws: int = 1000) -> Course:
    """The mean of `values` `[row, position]` at each position (NaN: not there), bootstrapped over lemmas `[row]`."""
    there = ~np.isnan(values)
    clusters, index = np.unique(np.asarray(lemmas, dtype=str), return_inverse=True)
    sums, counts = np.zeros((2, len(clusters), values.shape[1]))
    np.add.at(sums, index, np.where(there, values, 0.0))
    np.add.at(counts, index, there)
    drawn = np.random.default_rng(seed).multinomial(
        len(clusters), np.full(len(clusters), 1 / len(clusters)), size=draws
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        means = (drawn @ sums) / (drawn @ counts)
        value = sums.sum(0) / counts.sum(0)
    low, high = np.full((2, values.shape[1]), np.nan)
    some = there.any(0)
    low[some], high[some] = np.nanquantile(means[:, some], (0.025, 0.975), axis=0)
    return Course(list(at), value.tolist(), low.tolist(), high.tolist(), there.sum(0).tolist())
