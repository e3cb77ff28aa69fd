"""What every operation on the values of a site is: written for one run, worked out for many at once.

`parameters` are those of one run at one step; `apply` gets them stacked over the rows of a batch. The operations
themselves are in `operations.py`.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zlib import crc32

import numpy as np

from translate.errors import TranslateError
from translate.lab.tracing.numbers import as_numpy
from translate.lab.tracing.site import ATTENTION
from translate.model.arrays import Array
from translate.text import shown


@dataclass(frozen=True)
class Where:
    """Where an operation is at work: the site, the step, the number of the run, and which of the site's units.

    units: their numbers, or None for all. width: how many units the site has.
    """

    site: str
    step: int
    run: int
    units: tuple[int, ...] | None
    width: int

    @property
    def count(self) -> int:
        """How many units are edited."""
        return self.width if self.units is None else len(self.units)

    def fit(self, values: float | np.ndarray) -> np.ndarray:
        """`values` as one number for each edited unit: they may be a number, or `[unit]` of these units or of all."""
        array = np.asarray(values)
        if array.ndim == 0:
            return np.full(self.count, array)
        if array.shape == (self.width,) and self.units is not None:
            return array[list(self.units)]
        if self.site == ATTENTION and self.units is None and array.ndim == 1:
            # In a batch a row has as many weights as the longest source has words; those beyond its own weigh nothing.
            array = np.pad(array, (0, max(self.width - len(array), 0)))
        if array.shape != (self.count,):
            raise TranslateError(
                f"The edit of {self.site} has values of shape {list(array.shape)} for {self.count} units; "
                "give one number, or one for each unit."
            )
        return array

    def drawn(self, distribution: str, seed: int, count: int) -> np.ndarray:
        """`count` random numbers that depend on the seed, the site, the step and the run alone: not on the batch."""
        return _draws(distribution, seed, self.site, self.step, self.run // _BLOCK, count)[self.run % _BLOCK]


_BLOCK = 64  # runs whose numbers are drawn together: starting a generator takes longer than drawing from it


@lru_cache(maxsize=256)
def _draws(distribution: str, seed: int, site: str, step: int, block: int, count: int) -> np.ndarray:
    generator = np.random.default_rng([seed, crc32(site.encode()), step, block])
    return getattr(generator, distribution)((_BLOCK, count))


class Operation:
    """What becomes of the values of some units at some step; the subclasses say what.

    Values are `[row, unit]`, of the edited units alone. Arrays may be numpy's or tensors.
    """

    varies: bool = False
    """Whether its parameters may be others at another step or in another run."""

    @property
    def steps(self) -> int | None:
        """For how many steps, from step 0, it has values; None: any."""
        return None

    @property
    def matrices(self) -> tuple[np.ndarray, ...]:
        """What is the same for all rows worked out together; operations given the very same array are."""
        return ()

    def parameters(self, where: Where) -> tuple[np.ndarray, ...]:
        """What may differ from run to run and from step to step: arrays `[unit]`."""
        return ()

    @staticmethod
    def apply(values: Array, *arrays: Array) -> Array:
        """The new values `[row, unit]`; `arrays` are the parameters, each `[row, unit]`, and then the matrices."""
        raise NotImplementedError


def keep(operation: Operation, **arrays: np.ndarray) -> None:
    """Set fields of a frozen operation while it is made."""
    for name, array in arrays.items():
        object.__setattr__(operation, name, array)


def as_array(given: Any, name: str, *dimensions: int) -> np.ndarray:
    """`given`, a number, a list, an array or a tensor, as an array with one of these numbers of dimensions; no NaN."""
    array = _floats(given, name)
    if array.ndim not in dimensions:
        wanted = " or ".join(("a number", "an array [unit]", "an array [row, unit]")[n] for n in dimensions)
        raise TranslateError(f"{name} needs {wanted}, not one of shape {list(array.shape)}.")
    if np.isnan(array).any():
        raise TranslateError(f"{name} was given NaN; leave such values out.")
    return array


def as_run(given: Any, name: str) -> np.ndarray:
    """The values of a run, `[time, unit]` without the rows of NaN at its end, or `[unit]`."""
    array = _floats(given, name)
    if array.ndim == 2 and len(array) and np.isnan(array[-1]).all():
        filled = np.flatnonzero(~np.isnan(array).all(1))
        array = array[: filled[-1] + 1 if len(filled) else 0]
    return as_array(array, name, 1, 2)


def as_basis(given: Any) -> np.ndarray:
    """`given` `[unit, rank]`, whose columns must be orthonormal to 1e-4."""
    basis = as_array(given, "A basis", 2)
    if np.abs(basis.T @ basis - _identity(basis.shape[1])).max(initial=0) > 1e-4:
        raise TranslateError("The columns of a basis [unit, rank] must be orthonormal; numpy.linalg.qr makes them so.")
    return basis


@lru_cache(maxsize=8)
def _identity(rank: int) -> np.ndarray:
    return np.eye(rank)


def _floats(given: Any, name: str) -> np.ndarray:
    try:
        array = as_numpy(given)
    except (TypeError, ValueError, RuntimeError) as error:
        raise TranslateError(f"{name} cannot be read as an array: {error}.") from error
    if array.dtype.kind not in "biuf":
        raise TranslateError(f"{name} needs numbers, not {shown(given)}.")
    return array if array.dtype.kind == "f" else array.astype(np.float64)
