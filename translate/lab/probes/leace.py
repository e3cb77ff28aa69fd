"""LEACE: the smallest affine change of a state after which no linear probe reads a concept (Belrose et al. 2023)."""

from typing import Any

import numpy as np

from translate.lab.editing.operations import Affine
from translate.lab.probes import examples
from translate.lab.probes.directions import Beside, unit
from translate.lab.probes.examples import NotExamples
from translate.lab.tracing.numbers import as_numpy


def leace(x: Any, labels: Any) -> Affine:
    """The LEACE eraser of a label `[row]`, or of several `[row, label]`, from states x `[row, unit]`.

    It is an operation that an `Edit` may make; several labels take several directions out. A label is of two kinds, as
    a probe's; columns of `[row, label]` are numbers, and three kinds are as many columns of 0 and 1. Without the
    package's bound on the variance, which would give the guarantee up where the states fill few dimensions.

    Raises `UsageError` as `fit_probes` does.
    """
    states = examples.as_states(x)
    known = examples.as_labels(labels, len(states), problems=np.ndim(as_numpy(labels)) == 2)
    if known.ndim == 1:
        return eraser_of(states, examples.positive(known, examples.classes_of(known)))
    if known.dtype.kind not in "biuf" or (known == known[:1]).all():
        raise NotExamples("The columns of several labels must be numbers, and not all the same in every row.")
    return eraser_of(states, known)


def eraser_of(x: np.ndarray, labels: np.ndarray) -> Affine:
    """As `leace`, for labels that are numbers and were looked at before, and may be all the same."""
    import torch
    from concept_erasure import LeaceFitter

    states, concept = torch.as_tensor(x).double(), torch.as_tensor(labels).double()
    eraser = LeaceFitter.fit(states, concept, constrain_cov_trace=False).eraser
    matrix, mean = eraser.P.numpy(), eraser.bias.numpy()
    return Affine(matrix, mean - matrix @ mean)


def by_place(labels: np.ndarray, place: np.ndarray, kinds: int) -> np.ndarray:
    """A label `[row]` as one for each of so many kinds of places, `[row, kind]`: 0 in all other places.

    place `[row]`: from 0 on; what lies beyond the last kind counts as the last. Centred within each kind, so that
    erasing them erases the label and not the place.
    """
    kind = np.minimum(place, kinds - 1)
    columns = []
    for number in range(kinds):
        here = kind == number
        mean = labels[here].mean() if here.any() else 0.0
        columns.append(np.where(here, labels - mean, 0.0))
    return np.column_stack(columns)


def erased_directions(eraser: Affine, rank: int) -> np.ndarray:
    """The directions along which an eraser moves states, `[unit, rank]`, orthonormal."""
    left, sizes, _ = np.linalg.svd(np.eye(len(eraser.matrix)) - eraser.matrix)
    return left[:, :rank][:, sizes[:rank] > 1e-6]


def matched_eraser(x: np.ndarray, directions: np.ndarray, rng: np.random.Generator) -> Affine:
    """What projects random directions out: as many, and states x `[row, unit]` vary along each as along its own."""
    basis = np.zeros((x.shape[1], 0))
    for direction in directions.T:
        drawn = Beside.of(direction, x).matched(rng)
        drawn = unit(drawn - basis @ (basis.T @ drawn))
        basis = np.column_stack([basis, drawn]) if drawn.any() else basis
    return projecting_out(basis, x)


def component_erasers(x: np.ndarray, direction: np.ndarray, count: int) -> list[Affine]:
    """What projects out each of the largest principal components of states x beside a direction, one at a time."""
    components = Beside.of(direction, x).components[:, :count]
    return [projecting_out(component[:, None], x) for component in components.T]


def projecting_out(basis: np.ndarray, x: np.ndarray) -> Affine:
    """What projects a basis `[unit, rank]` out of states, to the mean of x; nothing where it has no directions."""
    return Affine.projecting_out(basis, x.mean(0)) if basis.shape[1] else Affine(np.eye(len(basis)))
