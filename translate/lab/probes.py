"""Linear probes: what of a state can be read by one direction and one threshold.

A probe is a correlation. What it reads may be unused by the network, and a probe that finds nothing may be too
simple; so no number of a probe is given without the same number for shuffled labels and for an untrained network.
"""

from dataclasses import dataclass

import numpy as np

STRENGTHS = (1e-4, 1e-3, 1e-2, 1e-1)
"""The inverse L2 strengths C that are tried (scikit-learn's C, on standardised features)."""

_ENOUGH = 2000  # rows to choose a strength by


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


def fit_probe(
    x: np.ndarray, feminine: np.ndarray, groups: np.ndarray, seed: int = 0, most: int = 4000, held: float = 0.25,
    strengths: tuple[float, ...] = STRENGTHS,
) -> Probe:  # fmt: skip
    """Fit a probe for `feminine` `[n]` on states x `[n, unit]`.

    The L2 strength is chosen inside these rows: `held` of the `groups` (noun pairs, `[n]`) are set aside, the
    strength that predicts them best (least cross-entropy) is taken, and the probe is fitted again on
    all rows. Of more than `most` rows a random sample is used. Where only one label occurs, the probe always says it.
    """
    rng = np.random.default_rng(seed)
    rows = rng.permutation(len(x))[:most]
    x, feminine, groups = x[rows].astype(np.float32), feminine[rows].astype(bool), np.asarray(groups)[rows].astype(str)
    if feminine.all() or not feminine.any():
        return Probe(np.zeros(x.shape[1], np.float32), 1.0 if len(x) and feminine[0] else -1.0, STRENGTHS[0], len(x))
    mean, scale = x.mean(0), x.std(0)
    scale[scale < 1e-6] = 1.0
    x = (x - mean) / scale
    strength = strengths[0] if len(strengths) == 1 else _choose(x, feminine, groups, rng, held, strengths)
    weight, bias = _fit(x, feminine, strength)
    weight = weight / scale
    return Probe(weight.astype(np.float32), float(bias - weight @ mean), strength, len(x))


def _choose(x: np.ndarray, feminine: np.ndarray, groups: np.ndarray, rng, held, strengths) -> float:
    x, feminine, groups = x[:_ENOUGH], feminine[:_ENOUGH], groups[:_ENOUGH]
    names = rng.permutation(np.unique(groups))
    aside = np.isin(groups, names[: max(1, round(held * len(names)))])
    if len(names) < 2 or any(part.all() or not part.any() for part in (feminine[~aside], feminine[aside])):
        return strengths[len(strengths) // 2]
    scores = []
    for strength in strengths:
        weight, bias = _fit(x[~aside], feminine[~aside], strength)
        margin = np.where(feminine[aside], 1, -1) * (x[aside] @ weight + bias)
        scores.append(np.logaddexp(0, -margin).mean())
    return strengths[int(np.argmin(scores))]


def _fit(x: np.ndarray, feminine: np.ndarray, strength: float) -> tuple[np.ndarray, float]:
    """Weight and bias; Newton's method, since there are far fewer units than rows."""
    from sklearn.linear_model import LogisticRegression

    solver = "newton-cholesky" if len(x) > x.shape[1] else "lbfgs"
    model = LogisticRegression(C=strength, solver=solver, tol=1e-3, max_iter=200).fit(x, feminine)
    return model.coef_[0].astype(np.float32), float(model.intercept_[0])
