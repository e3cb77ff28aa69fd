"""What an edit says: at which site, at which steps, in which units, and what becomes of the values there.

    Edit("dec.l0.f", Set(1.0), steps=(3, 4))           hold the forget gate open for two steps
    Edit("dec.l0.c", From(values), steps=3)            put another run's cell state in
    Edit("dec.l0.c", Zero(), steps=3, units=(17, 40))  silence two units

An edit is a plain value: nothing runs here. `edited.py` runs them, `operation.py` says what an operation is.
"""

from dataclasses import dataclass
from operator import index

import numpy as np

from translate.errors import TranslateError
from translate.lab.editing.operation import Operation, Where, as_array, as_basis, as_run, keep


@dataclass(frozen=True, eq=False)
class Set(Operation):
    """z′ = value: a number, or an array `[unit]`. Over several steps this holds a value, on a gate it clamps it."""

    value: float | np.ndarray

    def __post_init__(self):
        keep(self, value=as_array(self.value, "Set", 0, 1))

    def parameters(self, where: Where) -> tuple[np.ndarray, ...]:
        return (where.fit(self.value),)

    @staticmethod
    def apply(values, value):
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

    def __post_init__(self):
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

    def __post_init__(self):
        keep(self, values=as_run(self.values, "From"))

    @property
    def steps(self) -> int | None:
        return None if self.values.ndim == 1 else len(self.values)

    def parameters(self, where: Where) -> tuple[np.ndarray, ...]:
        return (where.fit(self.values if self.values.ndim == 1 else self.values[where.step]),)

    apply = Set.apply


@dataclass(frozen=True, eq=False)
class InSubspace(Operation):
    """z′ = z + U Uᵀ(v − z): a transplant inside a subspace (Geiger et al. 2024, DAS), the rest of z stays.

    basis U `[unit, rank]` of the edited units, with orthonormal columns; values v as in `From`. Raises
    `TranslateError` for a basis that is not orthonormal (to 1e-4).
    """

    basis: np.ndarray
    values: np.ndarray
    varies = True

    def __post_init__(self):
        keep(self, basis=as_basis(self.basis), values=as_run(self.values, "InSubspace"))

    steps = From.steps
    parameters = From.parameters

    @property
    def matrices(self) -> tuple[np.ndarray, ...]:
        return (self.basis,)

    @staticmethod
    def apply(values, other, basis):
        return values + ((other - values) @ basis) @ basis.T


@dataclass(frozen=True, eq=False)
class Clamp(Operation):
    """z′ = min(max(z, low), high): numbers, or arrays `[unit]`; either side may be left open."""

    low: float | np.ndarray = -np.inf
    high: float | np.ndarray = np.inf

    def __post_init__(self):
        keep(self, low=as_array(self.low, "Clamp", 0, 1), high=as_array(self.high, "Clamp", 0, 1))
        if (self.low > self.high).any():
            raise TranslateError(f"Clamp's low end {self.low} lies above its high end {self.high}; exchange them.")

    def parameters(self, where: Where) -> tuple[np.ndarray, ...]:
        return where.fit(self.low), where.fit(self.high)

    @staticmethod
    def apply(values, low, high):
        return values.clip(low, high)


@dataclass(frozen=True, eq=False)
class Scale(Operation):
    """z′ = factor · z: a number, or an array `[unit]`."""

    factor: float | np.ndarray

    def __post_init__(self):
        keep(self, factor=as_array(self.factor, "Scale", 0, 1))

    def parameters(self, where: Where) -> tuple[np.ndarray, ...]:
        return (where.fit(self.factor),)

    @staticmethod
    def apply(values, factor):
        return values * factor


@dataclass(frozen=True, eq=False)
class Noise(Operation):
    """z′ = z + scale · ε with ε ~ N(0, 1), drawn anew for each run, step and unit; scale a number or `[unit]`."""

    scale: float | np.ndarray
    seed: int = 0
    varies = True

    def __post_init__(self):
        keep(self, scale=as_array(self.scale, "Noise", 0, 1))

    def parameters(self, where: Where) -> tuple[np.ndarray, ...]:
        scale = where.fit(self.scale) if self.scale.ndim else self.scale
        return (scale * where.drawn("standard_normal", self.seed, where.count),)

    @staticmethod
    def apply(values, noise):
        return values + noise


@dataclass(frozen=True, eq=False)
class Affine(Operation):
    """z′ = z Mᵀ + s for a matrix M `[unit, unit]` and a shift s `[unit]`, such as a LEACE eraser (Belrose et al. 2023)."""

    matrix: np.ndarray
    shift: float | np.ndarray = 0.0

    def __post_init__(self):
        keep(self, matrix=as_array(self.matrix, "Affine", 2), shift=as_array(self.shift, "Affine", 0, 1))
        units = len(self.matrix)
        if self.matrix.shape != (units, units) or self.shift.shape not in ((), (units,)):
            shapes = f"{list(self.matrix.shape)} and {list(self.shift.shape)}"
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
        return self.matrix, self.shift

    @staticmethod
    def apply(values, matrix, shift):
        return values @ matrix.T + shift


@dataclass(frozen=True)
class Edit:
    """One change of a run.

    site: full name, "dec.l0.c", or "dec.logits" (then a unit is a word of the target's vocabulary).
    operation: what becomes of the value.
    steps: at which positions of the side, counted from 0; None: at every one. Encoder position t has just read source
        word t. Decoder step t has read target word t-1 and writes word t.
    units: which units; None: all.
    """

    site: str
    operation: Operation
    steps: int | tuple[int, ...] | None = None
    units: tuple[int, ...] | None = None

    def __post_init__(self):
        if not isinstance(self.operation, Operation):
            raise TranslateError(f"An edit of {self.site} needs an operation such as Set(1.0), not {self.operation!r}.")
        for name in ("steps", "units"):
            numbers = getattr(self, name)
            if numbers is not None:
                object.__setattr__(self, name, _numbers(numbers, f"{name} of an edit of {self.site}"))


def _numbers(given, what: str) -> tuple[int, ...]:
    try:
        numbers = (index(given),) if np.isscalar(given) else tuple(map(index, given))
    except TypeError:
        raise TranslateError(f"The {what} must be whole numbers, not {given!r}.") from None
    if numbers and (min(numbers) < 0 or len(set(numbers)) < len(numbers)):
        raise TranslateError(f"The {what} must be different numbers from 0 on, not {given!r}.")
    return numbers
