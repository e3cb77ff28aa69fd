"""Linear probes: what of a state can be read by one direction and one threshold.

A probe is a correlation. What it reads may be unused by the network, and a probe that finds nothing may be too
simple; so no number of a probe is given without the same number for shuffled labels and for an untrained network.
That takes many probes of the same states (targets, shuffles, control tasks), so many are fitted at once.

The fit is L2-penalised logistic regression on standardised features, as scikit-learn's `LogisticRegression`: it
minimises Σ log(1 + exp(-y (w·x + b))) + |w|²/2C with y = ±1. The Hessian is Xᵀ diag(p(1-p)) X + 1/C. With the mean of
p(1-p) in every row's place (Böhning 1992 takes its bound, 1/4) it is diagonal in the principal axes of X, which all
probes of the same states share. Divided by this diagonal the gradient is nearly Newton's step, and conjugate gradients
(Polak & Ribière 1969) need 2 to 20 of them. Each costs two matrix products for all probes together, where Newton's
method would make and solve a Hessian for each.
"""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import softplus

STRENGTHS = (1e-4, 1e-3, 1e-2, 1e-1)
"""The inverse L2 strengths C that are tried (scikit-learn's C, on standardised features)."""

_ENOUGH = 2000  # rows to choose a strength by
_AT_ONCE = 250_000  # probes × rows of one descent: what is computed for each of them should stay in the cache
_EXACTLY, _ROUGHLY = 3e-4, 5e-3  # a probe is done when the next step would change its weights by less than this share
_NOTHING = 1e-3  # weights that are not worth a step: where nothing can be read, rounding alone would go on for ever
_STEPS, _SHORTER = 500, 20  # at most: steps of a descent, corrections of one step's length


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
    x: np.ndarray, feminine: np.ndarray, groups: np.ndarray, seed: int = 0, most: int = 4000, held: float = 0.25,
    strengths: Sequence[float] = STRENGTHS,
) -> Probe:  # fmt: skip
    """Fit one probe for `feminine` `[n]` on states x `[n, unit]` with `groups` `[n]`: see `fit_probes`."""
    return fit_probes(x, np.asarray(feminine)[:, None], groups, None, seed, most, held, strengths)[0]


def fit_probes(
    x: np.ndarray, labels: np.ndarray, groups: np.ndarray, present: np.ndarray | None = None, seed: int = 0,
    most: int = 4000, held: float = 0.25, strengths: Sequence[float] = STRENGTHS,
) -> Probes:  # fmt: skip
    """Fit a probe for every column of `labels` `[n, problem]` (true or false) on the same states x `[n, unit]`.

    The L2 strength of each is chosen inside these rows: `held` of the `groups` (noun pairs; `[n]`, or `[n, problem]`
    where they differ by problem) are set aside, the strength that predicts them best (least cross-entropy) is taken,
    and the probe is fitted again on all rows. Of more than `most` rows a random sample is used. Where only one label
    occurs the probe always says it; where it does on one side of the choice, the middle strength is taken.

    present `[n, problem]`: the rows that a problem has (default: all); its probe is that of these rows alone. A probe
    does not depend on the problems beside it, but for rounding; the more of them share their rows, the faster it is.
    Raises `ValueError` where a state that is present is not finite.
    """
    x, labels, groups = np.asarray(x, np.float32), np.asarray(labels, bool), np.asarray(groups)
    groups = groups.astype(str) if groups.dtype == object else groups
    count = labels.shape[1]
    probes = Probes(np.zeros((count, x.shape[1]), np.float32), np.zeros(count), np.zeros(count), np.zeros(count, int))
    for some in _alike(present, count):
        rows = slice(None) if present is None else np.asarray(present, bool)[:, some[0]]
        names = groups[rows] if groups.ndim == 1 else groups[rows][:, some]
        part = _fit(x[rows], labels[rows][:, some], names, np.random.default_rng(seed), most, held, strengths)
        for name, values in vars(part).items():
            getattr(probes, name)[some] = values
    return probes


def _alike(columns: np.ndarray | None, count: int) -> list[np.ndarray]:
    """The numbers of equal columns of `[n, count]` together; all, where the columns are but one."""
    if columns is None or columns.ndim == 1:
        return [np.arange(count)]
    found: dict[bytes, list[int]] = {}
    for number, column in enumerate(np.ascontiguousarray(columns.T)):
        found.setdefault(column.tobytes(), []).append(number)
    return [np.array(numbers) for numbers in found.values()]


def _fit(x: np.ndarray, labels: np.ndarray, groups: np.ndarray, rng, most, held, strengths) -> Probes:
    """`fit_probes` of problems that have all rows."""
    rows = rng.permutation(len(x))[:most]
    x, labels, groups = x[rows], labels[rows], groups[rows]
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
        for some in _alike(groups, len(mixed)):
            names = groups if groups.ndim == 1 else groups[:, some[0]]
            aside = _set_aside(names[:_ENOUGH], deepcopy(rng), held)
            strength[mixed[some]], start[some] = _choose(z[:_ENOUGH], y[some, :_ENOUGH], aside, strengths)
        found = _descend(z, y, strength[mixed], _EXACTLY, start).numpy()
        weight[mixed] = found[:, :-1] @ axes.T / scale
        bias[mixed] = found[:, -1] - weight[mixed] @ mean.astype(float)
    return Probes(weight, bias, strength, np.full(len(ones), len(x)))


def _principal(x: np.ndarray) -> tuple[Tensor, np.ndarray]:
    """Centred states in their principal axes, and ones for the bias, `[row, axis + 1]`; the axes `[unit, axis]`.

    Axes along which nothing varies are left out, so there are fewer of them than rows.
    """
    size, axes = np.linalg.eigh((x.T @ x).astype(float))
    axes = axes[:, size > 1e-6 * size.max(initial=1e-6)].astype(np.float32)
    return torch.from_numpy(np.column_stack([x @ axes, np.ones(len(x), np.float32)])), axes


def _set_aside(groups: np.ndarray, rng, held: float) -> Tensor:
    """The rows `[n]` of a share of the groups."""
    names = rng.permutation(np.unique(groups))
    return torch.from_numpy(np.isin(groups, names[: max(1, round(held * len(names)))]))


def _choose(z: Tensor, y: Tensor, aside: Tensor, strengths: Sequence[float]) -> tuple[np.ndarray, Tensor]:
    """The best strength of each problem, and the weights that it finds without the rows that are set aside."""
    found, chosen = torch.zeros(len(y), z.shape[1]), np.full(len(y), strengths[len(strengths) // 2])
    test, can = y[:, aside], torch.ones(len(y), dtype=torch.bool)
    for part in (test, y[:, ~aside]):
        can &= part.any(1) & ~part.all(1)
    if can.any() and len(strengths) > 1:
        tried = np.repeat(strengths, int(can.sum()))
        ways = _descend(z[~aside], y[can][:, ~aside].repeat(len(strengths), 1), tried, _ROUGHLY)
        ways = ways.view(len(strengths), -1, z.shape[1])
        loss = softplus((1 - 2 * test[can]) * (ways @ z[aside].T)).mean(2)
        best = loss.argmin(0)
        chosen[can.numpy()] = np.asarray(strengths)[best]
        found[can] = ways[best, torch.arange(len(best))]
    return chosen, found


def _descend(z: Tensor, y: Tensor, strength: np.ndarray, tolerance: float, start: Tensor | None = None) -> Tensor:
    """The weights in the axes, the bias last, `[problem, axis + 1]`; y `[problem, row]`, strength `[problem]`."""
    found = torch.zeros(len(y), z.shape[1]) if start is None else start.clone()
    penalty = torch.from_numpy(1 / strength).float()[:, None].repeat(1, z.shape[1])
    penalty[:, -1] = 0.0
    for some in torch.from_numpy(np.argsort(strength, kind="stable")).split(max(1, _AT_ONCE // len(z))):
        descent = _Descent(z, y[some], penalty[some], found[some])
        for _ in range(_STEPS):
            todo = descent.look() > tolerance
            found[some[descent.problem]] = descent.w
            if not todo.any():
                break
            if todo.sum() <= len(todo) // 2:  # those that are done wait until they are half
                descent.keep(todo)
                todo = todo[todo]
            descent.walk(todo)
    return found


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


def surprisal(logit: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """How many bits each label costs one who knows its log-odds: -log2 p(label), of one shape with both."""
    return np.logaddexp(0, np.where(labels, -logit, logit)) / np.log(2)
