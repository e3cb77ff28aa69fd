"""Linear probes: what of a state can be read by one direction and one threshold.

A probe is a correlation. What it reads may be unused by the network, and a probe that finds nothing may be too
simple; so no number of a probe is given without the same number for shuffled labels and for an untrained network.
That takes many probes of the same states (targets, shuffles, control tasks), so many are fitted at once
(`logistic.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import numpy as np

from translate.lab.probes import examples
from translate.lab.probes.examples import TRUE, Classes, NotExamples
from translate.lab.probes.logistic import STRENGTHS, equal_columns, fit_all
from translate.lab.tracing.html import table

_SHOWN = 8  # units, and probes, that a notebook shows
FEW = 20
"""Fewer rows than this are too few to fit a probe by."""


@dataclass(frozen=True)
class Probe:
    """Logistic regression in the units of the state: p(positive) = σ(weight · x + bias).

    weight `[unit]`; strength: the C that was chosen; n: rows it was fitted on. classes: the negative and the positive
    label: (False, True) of a probe for feminine, (-1, 1), ("f", "m"): the larger number, the later text is positive.
    """

    weight: np.ndarray
    bias: float
    strength: float
    n: int
    classes: Classes = TRUE

    def _repr_html_(self) -> str:
        return probes_html(type(self).__name__, self.classes, np.atleast_2d(self.weight), [self.bias], [self.n])

    def logit(self, x: Any) -> np.ndarray:
        """The log-odds of the positive label for states x `[..., unit]`."""
        return examples.as_vectors(x, len(self.weight)) @ self.weight + self.bias

    def predict(self, x: Any) -> np.ndarray:
        """The label, one of `classes`, of each state x `[n, unit]`: `[n]`."""
        return examples.predicted(self.logit(examples.as_states(x)), self.classes)

    def right(self, x: Any, labels: Any) -> np.ndarray:
        """Whether the probe is right for each row: x `[n, unit]`, labels `[n]`, of its `classes`.

        Raises `UsageError` for another number of labels, for other ones, and for states that are not finite.
        """
        return examples.right(self.logit(examples.as_states(x)), labels, self.classes)


@dataclass(frozen=True)
class Probes:
    """Many probes of the same states: weight `[problem, unit]`, bias, strength and n `[problem]` (see `Probe`)."""

    weight: np.ndarray
    bias: np.ndarray
    strength: np.ndarray
    n: np.ndarray
    classes: Classes = TRUE

    def _repr_html_(self) -> str:
        return probes_html(type(self).__name__, self.classes, self.weight, self.bias, self.n)

    def __len__(self) -> int:
        return len(self.bias)

    def __getitem__(self, problem: int) -> Probe:
        row = self.weight[problem], self.bias[problem], self.strength[problem], self.n[problem]
        return Probe(row[0], float(row[1]), float(row[2]), int(row[3]), self.classes)

    def logit(self, x: Any) -> np.ndarray:
        """The log-odds that each probe gives for states x `[..., unit]`: `[..., problem]`."""
        return examples.as_vectors(x, self.weight.shape[1]) @ self.weight.T + self.bias

    def predict(self, x: Any) -> np.ndarray:
        """The label, one of `classes`, that each probe gives each state x `[n, unit]`: `[n, problem]`."""
        return examples.predicted(self.logit(examples.as_states(x)), self.classes)

    def right(self, x: Any, labels: Any) -> np.ndarray:
        """Whether each probe is right for each row, `[n, problem]`: x `[n, unit]`, labels `[n, problem]`."""
        return examples.right(self.logit(examples.as_states(x)), labels, self.classes)


def probes_html(name: str, classes: Classes, weight: np.ndarray, bias: Any, n: Any) -> str:
    """Probes as a notebook shows them: which labels they tell apart, and the units that weigh most in each."""
    head = ("probe", "rows", "bias", f"of {weight.shape[1]} units those that weigh most")
    lines = []
    for problem, (row, own, rows) in enumerate(zip(weight[:_SHOWN], bias, n, strict=False)):
        most = np.argsort(-np.abs(row))[:_SHOWN]
        lines.append(
            (str(problem), f"{rows:,}", f"{own:+.2f}", "  ".join(f"{unit}: {row[unit]:+.2f}" for unit in most))
        )
    more = f", {_SHOWN} of {len(weight)}" if len(weight) > _SHOWN else ""
    return table(
        f"<b>{name}</b> that tells {escape(repr(classes[1]))} from {escape(repr(classes[0]))}{more}", head, lines
    )


def fit_probe(
    x: Any,
    labels: Any,
    groups: Any,
    seed: int = 0,
    most: int = 4000,
    strengths: Sequence[float] = STRENGTHS,
) -> Probe:
    """Fit one probe for `labels` `[n]` on states x `[n, unit]` with `groups` `[n]`: see `fit_probes`."""
    examples.check_fit(seed, most, strengths)
    x, is_positive, groups, classes = examples.examples(x, labels, groups)
    return replace(fit_column(x, is_positive, groups, seed, most, strengths), classes=classes)


def fit_probes(
    x: Any,
    labels: Any,
    groups: Any,
    present: np.ndarray | None = None,
    seed: int = 0,
    most: int = 4000,
    strengths: Sequence[float] = STRENGTHS,
) -> Probes:
    """Fit a probe for every column of `labels` `[n, problem]` on the same states x `[n, unit]`.

    Labels are of two kinds, the same in all columns: true and false, two numbers or two texts; the larger or later one
    is positive (`classes`). x may be an array or a tensor.

    The L2 strength of each is chosen inside these rows: a quarter of the `groups` (noun pairs; `[n]`, or
    `[n, problem]` where they differ by problem) is set aside, the strength that predicts it best (least cross-entropy)
    is taken, and the probe is fitted again on all rows. Of more than `most` rows a random sample is used. Where only
    one label occurs on one side of the choice, the middle strength is taken.

    present `[n, problem]`: the rows that a problem has (default: all); its probe is that of these rows alone. A probe
    does not depend on the problems beside it, but for rounding; the more of them share their rows, the faster it is.

    Raises `UsageError` (a `ValueError`, too) for a state that is present and not finite, for labels that are missing,
    of one kind, or of more than two, and for numbers of states, labels and groups that do not fit.
    """
    examples.check_fit(seed, most, strengths)
    x = examples.as_vectors(x)
    if present is not None:
        present = np.asarray(present, bool)
        if present.shape != np.shape(labels):
            raise NotExamples(f"`present` has the shape {list(present.shape)}, the labels {list(np.shape(labels))}.")
    examples.as_states(x if present is None else x[present.any(1)])
    known = np.asarray(labels) if present is not None and present.any() else labels
    if present is not None and present.any():
        known = np.where(present, known, known[present][0])  # what absent rows are called does not count
    known = examples.as_labels(known, len(x), problems=True)
    classes = examples.classes_of(known)
    is_positive = examples.positive(known, classes)
    there = np.ones(known.shape, bool) if present is None else present
    for problem, (column, rows) in enumerate(zip(is_positive.T, there.T, strict=True)):
        if len(set(column[rows].tolist())) < 2:
            raise NotExamples(f"Problem {problem} has labels of one kind alone; a probe needs two to tell apart.")
    names = examples.as_groups(groups, x.shape, known.shape[1])
    return replace(fit_columns(x, is_positive, names, present, seed, most, strengths), classes=classes)


def fit_column(
    x: np.ndarray,
    labels: np.ndarray,
    groups: np.ndarray,
    seed: int = 0,
    most: int = 4000,
    strengths: Sequence[float] = STRENGTHS,
) -> Probe:
    """As `fit_columns`, for labels `[n]`."""
    return fit_columns(x, np.asarray(labels)[:, None], groups, None, seed, most, strengths)[0]


def fit_columns(
    x: np.ndarray,
    labels: np.ndarray,
    groups: np.ndarray,
    present: np.ndarray | None = None,
    seed: int = 0,
    most: int = 4000,
    strengths: Sequence[float] = STRENGTHS,
) -> Probes:
    """As `fit_probes`, for labels that are true or false and were looked at before, as an experiment's are.

    Where only one label occurs the probe always gives that one.
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
