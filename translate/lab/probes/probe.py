"""Linear probes: what of a state can be read by one direction and one threshold.

A probe is a correlation. What it reads may be unused by the network, and a probe that finds nothing may be too
simple; so no number of a probe is given without the same number for shuffled labels and for an untrained network.
That takes many probes of the same states (targets, shuffles, control tasks), so many are fitted at once
(`logistic.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from translate.lab.probes.logistic import STRENGTHS, equal_columns, fit_all

FEW = 20
"""Fewer rows than this are too few to fit a probe by."""


@dataclass(frozen=True)
class Probe:
    """Logistic regression in the units of the state: p(feminine) = σ(weight · x + bias).

    weight `[unit]`; strength: the C that was chosen; n: rows it was fitted on.
    """

    weight: np.ndarray
    bias: float
    strength: float
    n: int

    def logit(self, x: np.ndarray) -> np.ndarray:
        """The log-odds of feminine for states x `[..., unit]`."""
        return x @ self.weight + self.bias

    def right(self, x: np.ndarray, feminine: np.ndarray) -> np.ndarray:
        """Whether the probe is right for each row: x `[n, unit]`, feminine `[n]`."""
        return (self.logit(x) > 0) == feminine


@dataclass(frozen=True)
class Probes:
    """Many probes of the same states: weight `[problem, unit]`, bias, strength and n `[problem]` (see `Probe`)."""

    weight: np.ndarray
    bias: np.ndarray
    strength: np.ndarray
    n: np.ndarray

    def __len__(self) -> int:
        return len(self.bias)

    def __getitem__(self, problem: int) -> Probe:
        row = self.weight[problem], self.bias[problem], self.strength[problem], self.n[problem]
        return Probe(row[0], float(row[1]), float(row[2]), int(row[3]))

    def logit(self, x: np.ndarray) -> np.ndarray:
        """The log-odds that each probe gives for states x `[..., unit]`: `[..., problem]`."""
        return x @ self.weight.T + self.bias

    def right(self, x: np.ndarray, labels: np.ndarray) -> np.ndarray:
        """Whether each probe is right for each row, `[n, problem]`: x `[n, unit]`, labels `[n, problem]`."""
        return (self.logit(x) > 0) == labels


def fit_probe(
    x: np.ndarray,
    feminine: np.ndarray,
    groups: np.ndarray,
    seed: int = 0,
    most: int = 4000,
    strengths: Sequence[float] = STRENGTHS,
) -> Probe:
    """Fit one probe for `feminine` `[n]` on states x `[n, unit]` with `groups` `[n]`: see `fit_probes`."""
    return fit_probes(x, np.asarray(feminine)[:, None], groups, None, seed, most, strengths)[0]


def fit_probes(
    x: np.ndarray,
    labels: np.ndarray,
    groups: np.ndarray,
    present: np.ndarray | None = None,
    seed: int = 0,
    most: int = 4000,
    strengths: Sequence[float] = STRENGTHS,
) -> Probes:
    """Fit a probe for every column of `labels` `[n, problem]` (true or false) on the same states x `[n, unit]`.

    The L2 strength of each is chosen inside these rows: a quarter of the `groups` (noun pairs; `[n]`, or
    `[n, problem]` where they differ by problem) is set aside, the strength that predicts it best (least cross-entropy)
    is taken, and the probe is fitted again on all rows. Of more than `most` rows a random sample is used. Where only
    one label occurs the probe always gives that one; where it does on one side of the choice, the middle strength is
    taken.

    present `[n, problem]`: the rows that a problem has (default: all); its probe is that of these rows alone. A probe
    does not depend on the problems beside it, but for rounding; the more of them share their rows, the faster it is.
    Raises `ValueError` where a state that is present is not finite.
    """
    x, labels, groups = np.asarray(x, np.float32), np.asarray(labels, bool), np.asarray(groups)
    groups = groups.astype(str) if groups.dtype == object else groups
    present = None if present is None else np.asarray(present, bool)
    count = labels.shape[1]
    probes = Probes(np.zeros((count, x.shape[1]), np.float32), np.zeros(count), np.zeros(count), np.zeros(count, int))
    for problems in equal_columns(present, count):
        rows = slice(None) if present is None else present[:, problems[0]]
        names = groups[rows] if groups.ndim == 1 else groups[rows][:, problems]
        solution = fit_all(x[rows], labels[rows][:, problems], names, seed, most, strengths)
        probes.weight[problems], probes.bias[problems], probes.strength[problems], probes.n[problems] = solution
    return probes


def surprisal(logit: np.ndarray | float, labels: np.ndarray) -> np.ndarray:
    """How many bits each label costs one who knows its log-odds: -log2 p(label), of one shape with both."""
    return np.logaddexp(0, np.where(labels, -logit, logit)) / np.log(2)
