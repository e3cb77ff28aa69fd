"""What becomes of the values of a site: the operations that an edit may make.

Set(1.0)              a value of your own          Clamp(low, high)     held between two
Zero(), Mean(m)       silenced                     Scale(2), Noise(.1)  larger, noisier
Resample(values)      another's, drawn at random   Affine(M, s)         z Mᵀ + s, such as an eraser
From(values)          what another run holds       InSubspace(U, v)     that, inside a subspace alone
Add(values)           so much more
"""

from dataclasses import dataclass

import numpy as np

from translate.errors import TranslateError
from translate.lab.editing.operation import Operation, Where, as_array, as_basis, as_run, keep
from translate.model.arrays import Array


@dataclass(frozen=True, eq=False)
class Set(Operation):
    """z′ = value: a number, or an array `[unit]`. Over several steps this holds a value, on a gate it clamps it."""

    value: float | np.ndarray

    def __post_init__(self) -> None:
        keep(self, value=as_array(self.value, "Set", 0, 1))

    def parameters(self, where: Where) -> tuple[np.ndarray, ...]:
        return (where.fit(self.value),)

    @staticmethod
    def apply(values: Array, value: Array) -> Array:
        return value


@dataclass(frozen=True, eq=False)
class Zero(Set):
    """z′ = 0: zero ablation."""

    value: float | np.ndarray = 0.0


@dataclass(frozen=True, eq=False)
class Mean(Set):
    """z′ = the mean `[unit]` over a reference set: mean ablation."""


@dataclass(frozen=True, eq=False)
class Resample(Operation):
    """z′ = a row of `values` `[n, unit]`, drawn anew for each run and step: resampling ablation."""

    values: np.ndarray
    seed: int = 0
    varies = True

    def __post_init__(self) -> None:
        keep(self, values=as_array(self.values, "Resample", 2))
        if not len(self.values):
            raise TranslateError("Resample has no values to draw from; give at least one row.")

    def parameters(self, where: Where) -> tuple[np.ndarray, ...]:
        return (where.fit(self.values[int(len(self.values) * where.drawn("random", self.seed, 1)[0])]),)

    apply = Set.apply


@dataclass(frozen=True, eq=False)
class From(Operation):
    """z′ = v: what another run held at this site, `[time, unit]` (step t takes row t) or `[unit]` for every step.

    An interchange intervention (Geiger et al. 2021). Where the other run is over, nothing is changed; rows of NaN, as
    a trace has them beyond a sentence's end, count as its end.
    """

    values: np.ndarray
    varies = True

    def __post_init__(self) -> None:
        keep(self, values=as_run(self.values, "From"))

    @property
    def steps(self) -> int | None:
        return None if self.values.ndim == 1 else len(self.values)

    def parameters(self, where: Where) -> tuple[np.ndarray, ...]:
        return (where.fit(self.values if self.values.ndim == 1 else self.values[where.step]),)

    apply = Set.apply


@dataclass(frozen=True, eq=False)
class Add(From):
    """z′ = z + v, values v as in `From`: what a part of a sum gives may so be taken out of it, or put in."""

    @staticmethod
    def apply(values: Array, more: Array) -> Array:
        return values + more


@dataclass(frozen=True, eq=False)
class InSubspace(Operation):
    """z′ = z + U Uᵀ(v − z): a transplant inside a subspace (Geiger et al. 2024, DAS), the rest of z stays.

    basis U `[unit, rank]` of the edited units, with orthonormal columns; values v as in `From`. Raises
    `TranslateError` for a basis that is not orthonormal (to 1e-4).
    """

    basis: np.ndarray
    values: np.ndarray
    varies = True

    def __post_init__(self) -> None:
        keep(self, basis=as_basis(self.basis), values=as_run(self.values, "InSubspace"))

    steps = From.steps
    parameters = From.parameters

    @property
    def matrices(self) -> tuple[np.ndarray, ...]:
        return (self.basis,)

    @staticmethod
    def apply(values: Array, other: Array, basis: Array) -> Array:
        return values + ((other - values) @ basis) @ basis.T


@dataclass(frozen=True, eq=False)
class Clamp(Operation):
    """z′ = min(max(z, low), high): numbers, or arrays `[unit]`; either side may be left open."""

    low: float | np.ndarray = -np.inf
    high: float | np.ndarray = np.inf

    def __post_init__(self) -> None:
        keep(self, low=as_array(self.low, "Clamp", 0, 1), high=as_array(self.high, "Clamp", 0, 1))
        if np.any(np.greater(self.low, self.high)):
            raise TranslateError(f"Clamp's low end {self.low} lies above its high end {self.high}; exchange them.")

    def parameters(self, where: Where) -> tuple[np.ndarray, ...]:
        return where.fit(self.low), where.fit(self.high)

    @staticmethod
    def apply(values: Array, low: Array, high: Array) -> Array:
        return values.clip(low, high)


@dataclass(frozen=True, eq=False)
class Scale(Operation):
    """z′ = factor · z: a number, or an array `[unit]`."""

    factor: float | np.ndarray

    def __post_init__(self) -> None:
        keep(self, factor=as_array(self.factor, "Scale", 0, 1))

    def parameters(self, where: Where) -> tuple[np.ndarray, ...]:
        return (where.fit(self.factor),)

    @staticmethod
    def apply(values: Array, factor: Array) -> Array:
        return values * factor


@dataclass(frozen=True, eq=False)
class Noise(Operation):
    """z′ = z + scale · ε with ε ~ N(0, 1), drawn anew for each run, step and unit; scale a number or `[unit]`."""

    scale: float | np.ndarray
    seed: int = 0
    varies = True

    def __post_init__(self) -> None:
        keep(self, scale=as_array(self.scale, "Noise", 0, 1))

    def parameters(self, where: Where) -> tuple[np.ndarray, ...]:
        return (where.fit(self.scale) * where.drawn("standard_normal", self.seed, where.count),)

    @staticmethod
    def apply(values: Array, noise: Array) -> Array:
        return values + noise


@dataclass(frozen=True, eq=False)
class Affine(Operation):
    """z′ = z Mᵀ + s for a matrix M `[unit, unit]` and a shift s `[unit]`, such as a LEACE eraser (Belrose et al.

    2023).
    """

    matrix: np.ndarray
    shift: float | np.ndarray = 0.0

    def __post_init__(self) -> None:
        keep(self, matrix=as_array(self.matrix, "Affine", 2), shift=as_array(self.shift, "Affine", 0, 1))
        units, shift = len(self.matrix), np.shape(self.shift)
        if self.matrix.shape != (units, units) or shift not in ((), (units,)):
            shapes = f"{list(self.matrix.shape)} and {list(shift)}"
            raise TranslateError(f"Affine needs a square matrix [unit, unit] and a shift [unit], not {shapes}.")

    @classmethod
    def projecting_out(cls, basis: np.ndarray, mean: float | np.ndarray = 0.0) -> "Affine":
        """z′ = z − U Uᵀ(z − mean): nothing of a subspace but its mean; U `[unit, rank]`, orthonormal."""
        basis = as_basis(basis)
        projector = basis @ basis.T
        mean = np.broadcast_to(as_array(mean, "The mean", 0, 1), len(basis))
        return cls(np.eye(len(basis)) - projector, projector @ mean)

    @property
    def matrices(self) -> tuple[np.ndarray, ...]:
        return self.matrix, np.asarray(self.shift)

    @staticmethod
    def apply(values: Array, matrix: Array, shift: Array) -> Array:
        return values @ matrix.T + shift
