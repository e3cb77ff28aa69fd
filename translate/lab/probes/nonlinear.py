"""A small nonlinear probe: what of a state a network with one hidden layer can read.

A linear eraser promises nothing against it: what a line can no longer tell apart, a curve may. It begins as the linear
probe of the same rows and learns only what is to be added to it: a network by itself, fitted on a few nouns, reads less
of others than a line whose strength was chosen for that, and its "no" would say nothing. Like every probe it is a
correlation, and with few rows it reads less than there is; its rows stand beside its number.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from translate.lab.probes import examples
from translate.lab.probes.examples import TRUE, Classes
from translate.lab.probes.logistic import in_range, rescaled
from translate.lab.probes.probe import Probe, fit_column, probes_html

HIDDEN, EPOCHS, LOOK = 32, 120, 10
_RATE, _DECAY, _ASIDE, _MOST = 0.02, 1e-2, 0.25, 4000


@dataclass(frozen=True)
class Mlp:
    """p(positive) = σ(line + out · tanh(weight (x - mean) / scale + bias) + out_bias).

    line: the linear probe. weight `[hidden, unit]`, bias and out `[hidden]`, mean and scale `[unit]`. n: rows it was
    fitted on. classes: the negative and the positive label, as in `Probe`.
    """

    line: Probe
    weight: np.ndarray
    bias: np.ndarray
    out: np.ndarray
    out_bias: float
    mean: np.ndarray
    scale: np.ndarray
    n: int
    classes: Classes = TRUE

    def _repr_html_(self) -> str:
        line = self.line
        return probes_html(
            f"Mlp, {len(self.out)} curves on a line", self.classes, line.weight[None], [line.bias], [line.n]
        )

    def logit(self, x: Any) -> np.ndarray:
        """The log-odds of the positive label, `[...]`, for states x `[..., unit]`."""
        x = examples.as_vectors(x, len(self.mean))
        hidden = np.tanh((x - self.mean) / self.scale @ self.weight.T + self.bias)
        return self.line.logit(x) + hidden @ self.out + self.out_bias

    def predict(self, x: Any) -> np.ndarray:
        """The label, one of `classes`, of each state x `[n, unit]`: `[n]`."""
        return examples.predicted(self.logit(examples.as_states(x)), self.classes)

    def right(self, x: Any, labels: Any) -> np.ndarray:
        """Whether the probe is right for each row: x `[n, unit]`, labels `[n]`; as `Probe.right`."""
        return examples.right(self.logit(examples.as_states(x)), labels, self.classes)


def fit_mlp(x: Any, labels: Any, groups: Any, seed: int = 0) -> Mlp:
    """Fit the probe for `labels` `[n]` on states x `[n, unit]`; of more than 4,000 rows on a random sample.

    AdamW on all rows at once, from the linear probe on. A quarter of the `groups` `[n]` (noun pairs) is set aside, and
    the weights that predict it best (least cross-entropy, looked at first and at every tenth step) are kept; the line
    is then that of all rows. Labels, and what is refused: as in `fit_probes`.
    """
    examples.check_fit(seed, _MOST)
    x, is_positive, groups, classes = examples.examples(x, labels, groups)
    fitted = fit_curve(x, is_positive, groups, seed)
    return replace(fitted, line=replace(fitted.line, classes=classes), classes=classes)


def fit_curve(x: np.ndarray, feminine: np.ndarray, groups: np.ndarray, seed: int = 0) -> Mlp:
    """As `fit_mlp`, for labels that are true or false and were looked at before, and may be all the same."""
    import torch
    from torch.nn.functional import softplus

    rng = np.random.default_rng(seed)
    rows = rng.permutation(len(x))[:_MOST]
    x, feminine, groups = np.asarray(x, np.float32)[rows], np.asarray(feminine)[rows], np.asarray(groups, str)[rows]
    x, exponent = in_range(x)
    mean, scale = x.mean(0), x.std(0)
    scale[scale < 1e-6] = 1.0
    names = rng.permutation(np.unique(groups))
    aside = torch.from_numpy(np.isin(groups, names[: round(_ASIDE * len(names))]))
    if aside.all() or not aside.any():
        aside = torch.zeros(len(x), dtype=torch.bool)
    z, sign = torch.from_numpy((x - mean) / scale), torch.from_numpy(1 - 2 * feminine.astype(np.float32))
    known = (~aside).numpy()
    some = fit_column(x[known], feminine[known], groups[known], seed)
    base = torch.from_numpy(some.logit(x).astype(np.float32))
    first = rng.standard_normal((HIDDEN, x.shape[1])) / np.sqrt(x.shape[1])
    drawn = [first, np.zeros(HIDDEN), np.zeros(HIDDEN), np.zeros(())]
    weights = [torch.tensor(value, dtype=torch.float32, requires_grad=True) for value in drawn]

    def loss(chosen: torch.Tensor) -> torch.Tensor:
        weight, bias, out, out_bias = weights
        curve = torch.tanh(z[chosen] @ weight.T + bias) @ out + out_bias
        return softplus(sign[chosen] * (base[chosen] + curve)).mean()

    optimizer = torch.optim.AdamW(weights, lr=_RATE, weight_decay=_DECAY)
    best, kept = float("inf"), [value.detach().clone() for value in weights]
    judged = aside if aside.any() else ~aside
    for epoch in range(EPOCHS + 1):
        if epoch % LOOK == 0:
            with torch.no_grad():
                now = float(loss(judged))
            if now < best:
                best, kept = now, [value.detach().clone() for value in weights]
        optimizer.zero_grad()
        loss(~aside).backward()
        optimizer.step()
    weight, bias, out, out_bias = (value.numpy() for value in kept)
    line = fit_column(x, feminine, groups, seed) if aside.any() else some
    if exponent is not None:
        line = replace(line, weight=rescaled(line.weight, exponent))
        mean, scale = (np.ldexp(each.astype(float), exponent) for each in (mean, scale))
    return Mlp(line, weight, bias, out, float(out_bias), mean, scale, len(x))
