"""The solver of the probes: many logistic regressions on the same rows at once.

The fit is L2-penalised logistic regression on standardised features, as scikit-learn's `LogisticRegression`: it
minimises Σ log(1 + exp(-y (w·x + b))) + |w|²/2C with y = ±1. The Hessian is Xᵀ diag(p(1-p)) X + 1/C. With the mean of
p(1-p) in every row's place (Böhning 1992 takes its bound, 1/4) it is diagonal in the principal axes of X, which all
probes of the same states share. Divided by this diagonal the gradient is nearly Newton's step, and conjugate gradients
(Polak & Ribière 1969) need 2 to 20 of them. Each costs two matrix products for all probes together, where Newton's
method would make and solve a Hessian for each.
"""

from collections.abc import Sequence
from copy import deepcopy
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import softplus

STRENGTHS = (1e-4, 1e-3, 1e-2, 1e-1)
"""The inverse L2 strengths C that are tried (scikit-learn's C, on standardised features)."""

_ASIDE = 0.25  # of the groups, to choose a strength by
_ENOUGH = 2000  # rows to choose a strength by
_AT_ONCE = 250_000  # probes × rows of one descent: what is computed for each of them should stay in the cache
_EXACTLY, _ROUGHLY = 3e-4, 5e-3  # a probe is done when the next step would change its weights by less than this share
_NOTHING = 1e-3  # weights that are not worth a step: where nothing can be read, rounding alone would go on for ever
_SMALL, _LARGE = 1e-3, 1e15  # of the states' largest: what is outside is brought between
_STEPS, _SHORTER = 500, 20  # at most: steps of a descent, corrections of one step's length


class Solution(NamedTuple):
    """A regression for each problem: weight `[problem, unit]`, bias and strength `[problem]`; rows: behind each."""

    weight: np.ndarray
    bias: np.ndarray
    strength: np.ndarray
    rows: int


def fit_all(
    x: np.ndarray, labels: np.ndarray, groups: np.ndarray, seed: int, most: int, strengths: Sequence[float]
) -> Solution:
    """Fit every column of `labels` `[n, problem]` on the states x `[n, unit]`; `fit_probes` says how."""
    rng = np.random.default_rng(seed)
    rows = rng.permutation(len(x))[:most]
    x, labels, groups = x[rows], labels[rows], groups[rows]
    x, exponent = in_range(x)
    if not np.isfinite(x).all():
        raise ValueError("Some states are not finite; leave their rows out before a probe is fitted.")
    ones = labels.sum(0)
    weight, bias = np.zeros((len(ones), x.shape[1]), np.float32), np.where(ones > 0, 1.0, -1.0)
    strength, mixed = np.full(len(ones), float(strengths[0])), np.flatnonzero((ones > 0) & (ones < len(x)))
    if len(mixed):
        mean, scale = x.mean(0), x.std(0)
        scale[scale < 1e-6] = 1.0
        z, axes = _principal((x - mean) / scale)
        y, start = torch.from_numpy(labels[:, mixed].T.astype(np.float32)), torch.zeros(len(mixed), z.shape[1])
        groups = groups if groups.ndim == 1 else groups[:, mixed]
        for problems in equal_columns(groups, len(mixed)):
            names = groups if groups.ndim == 1 else groups[:, problems[0]]
            aside = _set_aside(names[:_ENOUGH], deepcopy(rng))
            strength[mixed[problems]], start[problems] = _choose(z[:_ENOUGH], y[problems, :_ENOUGH], aside, strengths)
        solved = _descend(z, y, strength[mixed], _EXACTLY, start).numpy()
        weight[mixed] = solved[:, :-1] @ axes.T / scale
        bias[mixed] = solved[:, -1] - weight[mixed] @ mean.astype(float)
    return Solution(rescaled(weight, exponent), bias, strength, len(x))


def in_range(x: np.ndarray) -> tuple[np.ndarray, np.ndarray | None]:
    """States x 2^-exponent, and the exponents, `[unit]`, so that none is too small or too large to be standardised.

    All states together may be tiny (gradients are), a unit by itself too large. None: nothing was changed.
    """
    largest = np.abs(x).max(0, initial=0).astype(float)
    exponent = np.where(largest > _LARGE, np.frexp(largest)[1], 0)
    if 0 < largest.max(initial=0) < _SMALL:
        exponent += np.frexp(largest.max())[1]
    return (np.ldexp(x, -exponent), exponent) if exponent.any() else (x, None)


def rescaled(weight: np.ndarray, exponent: np.ndarray | None) -> np.ndarray:
    """The weights `[..., unit]` of what `in_range` has made of states, for the states themselves."""
    return weight if exponent is None else np.ldexp(weight.astype(float), -exponent)


def equal_columns(columns: np.ndarray | None, count: int) -> list[np.ndarray]:
    """The numbers of the columns of `[n, count]` that are equal, together; all, where there is one column for all."""
    if columns is None or columns.ndim == 1:
        return [np.arange(count)]
    numbers: dict[bytes, list[int]] = {}
    for number, column in enumerate(np.ascontiguousarray(columns.T)):
        numbers.setdefault(column.tobytes(), []).append(number)
    return [np.array(equal) for equal in numbers.values()]


def _principal(x: np.ndarray) -> tuple[Tensor, np.ndarray]:
    """Centred states in their principal axes, and ones for the bias, `[row, axis + 1]`; the axes `[unit, axis]`.

    Axes along which nothing varies are left out, so there are fewer of them than rows.
    """
    size, axes = np.linalg.eigh((x.T @ x).astype(float))
    axes = axes[:, size > 1e-6 * size.max(initial=1e-6)].astype(np.float32)
    return torch.from_numpy(np.column_stack([x @ axes, np.ones(len(x), np.float32)])), axes


def _set_aside(groups: np.ndarray, rng: np.random.Generator) -> Tensor:
    """A mask of the rows, `[n]`, of a share of the groups."""
    names = rng.permutation(np.unique(groups))
    return torch.from_numpy(np.isin(groups, names[: max(1, round(_ASIDE * len(names)))]))


def _choose(z: Tensor, y: Tensor, aside: Tensor, strengths: Sequence[float]) -> tuple[np.ndarray, Tensor]:
    """The best strength of each problem, and the weights that it finds without the rows that are set aside."""
    weights, chosen = torch.zeros(len(y), z.shape[1]), np.full(len(y), strengths[len(strengths) // 2])
    test, mixed = y[:, aside], torch.ones(len(y), dtype=torch.bool)
    for part in (test, y[:, ~aside]):
        mixed &= part.any(1) & ~part.all(1)
    if mixed.any() and len(strengths) > 1:
        tried = np.repeat(strengths, int(mixed.sum()))
        candidates = _descend(z[~aside], y[mixed][:, ~aside].repeat(len(strengths), 1), tried, _ROUGHLY)
        candidates = candidates.view(len(strengths), -1, z.shape[1])
        loss = softplus((1 - 2 * test[mixed]) * (candidates @ z[aside].T)).mean(2)
        best = loss.argmin(0)
        chosen[mixed.numpy()] = np.asarray(strengths)[best]
        weights[mixed] = candidates[best, torch.arange(len(best))]
    return chosen, weights


def _descend(z: Tensor, y: Tensor, strength: np.ndarray, tolerance: float, start: Tensor | None = None) -> Tensor:
    """The weights in the axes, the bias last, `[problem, axis + 1]`; y `[problem, row]`, strength `[problem]`."""
    weights = torch.zeros(len(y), z.shape[1]) if start is None else start.clone()
    penalty = torch.from_numpy(1 / strength).float()[:, None].repeat(1, z.shape[1])
    penalty[:, -1] = 0.0
    for problems in torch.from_numpy(np.argsort(strength, kind="stable")).split(max(1, _AT_ONCE // len(z))):
        descent = _Descent(z, y[problems], penalty[problems], weights[problems])
        for _ in range(_STEPS):
            todo = descent.look() > tolerance
            weights[problems[descent.problem]] = descent.w
            if not todo.any():
                break
            if todo.sum() <= len(todo) // 2:  # those that are done wait until they are half
                descent.keep(todo)
                todo = todo[todo]
            descent.walk(todo)
    return weights


class _Descent:
    """Conjugate gradients for many problems; all tensors but the rows z and their sizes have a row for each problem."""

    def __init__(self, z: Tensor, y: Tensor, penalty: Tensor, w: Tensor):
        self.z, self.size = z, (z * z).sum(0)
        self.problem, self.y, self.penalty = torch.arange(len(w)), y, penalty
        self.direction = self.gradient = self.step = torch.zeros_like(w)
        self._stand(w, w @ z.T)

    def _stand(self, w: Tensor, logit: Tensor) -> None:
        self.w, self.logit, self.p = w, logit, torch.sigmoid(logit)
        self.error = self.p - self.y

    def keep(self, problems: Tensor) -> None:
        """Leave the other problems out."""
        for name, tensor in vars(self).items():
            if name not in ("z", "size"):
                setattr(self, name, tensor[problems])

    def look(self) -> Tensor:
        """Find the gradient, the step and the direction here; by which share a step would change the weights."""
        before = _dot(self.gradient, self.step).clamp(min=1e-30)
        gradient = torch.addcmul(self.error @ self.z, self.penalty, self.w)
        self.spread = torch.addcmul(self.p, self.p, self.p, value=-1)  # p (1 - p)
        self.step = gradient / torch.addcmul(self.penalty, self.spread.mean(1, keepdim=True).clamp(min=1e-6), self.size)
        change = _dot(gradient - self.gradient, self.step) / before
        self.gradient, down = gradient, change.clamp(min=0) * self.direction - self.step
        self.direction = torch.where(_dot(gradient, down) < 0, down, -self.step)
        return self.step.norm(dim=1) / (self.w.norm(dim=1) + _NOTHING)

    def walk(self, todo: Tensor) -> None:
        """Go along the direction, as far as Newton's method says, unless that is too far."""
        along = self.direction @ self.z.T
        slope = _dot(self.gradient, self.direction)
        bend = _dot(self.spread * along, along) + _dot(self.penalty * self.direction, self.direction)
        length = torch.where(todo[:, None], -slope / bend, 0.0)
        w, logit = self.w, self.logit
        for _ in range(_SHORTER):
            self._stand(torch.addcmul(w, length, self.direction), torch.addcmul(logit, length, along))
            after = _dot(self.error, along) + _dot(self.penalty * self.w, self.direction)
            too_far = after > 0.5 * slope.abs()  # uphill again, and steeply: the secant leads back
            if not too_far.any():
                break
            length = torch.where(too_far, length * slope / (slope - after), length)


def _dot(a: Tensor, b: Tensor) -> Tensor:
    return (a * b).sum(1, keepdim=True)
