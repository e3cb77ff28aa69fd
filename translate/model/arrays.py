"""The few operations that the cells need, on numpy arrays; `torch_arrays.py` has the same ones for torch tensors.

The equations of `cells.py` are written once and run on both: on torch where there are gradients, a GPU or large
batches, and on numpy where a single sentence should be translated sooner than torch is imported. torch is
not imported here before there is a tensor.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Union

import numpy as np

if TYPE_CHECKING:
    from translate.model.torch_arrays import Torch

Array = Any
"""A numpy array or a torch tensor; in one computation all are of one kind."""

Library = Union["Numpy", "Torch"]
"""Whose operations a computation uses."""


class Numpy:
    """The operations on numpy arrays. `in_place`: `add_product` may write over its x."""

    def __init__(self, in_place: bool = False):
        self._in_place = in_place

    def add(self, x: Array, y: Array) -> Array:
        return x + y

    def multiply(self, x: Array, y: Array) -> Array:
        return x * y

    def linear(self, x: Array, weight: Array, bias: Array | None = None) -> Array:
        """x weightᵀ + bias."""
        return x @ weight.T if bias is None else x @ weight.T + bias

    def add_product(self, x: Array, h: Array, weight: Array) -> Array:
        """x + h weightᵀ."""
        return np.add(x, h @ weight.T, out=x if self._in_place else None)

    def sigmoid(self, x: Array) -> Array:
        with np.errstate(over="ignore"):  # exp of a very negative gate is inf, and 1 / inf the 0 that it should be
            return 1 / (1 + np.exp(-x))

    def tanh(self, x: Array) -> Array:
        return np.tanh(x)

    def relu(self, x: Array) -> Array:
        return np.maximum(x, 0)

    def softmax(self, x: Array) -> Array:
        """exp(x) over its sum along the last axis, which may be empty."""
        powers = np.exp(x - x.max(-1, keepdims=True, initial=-np.inf if x.shape[-1] else 0.0))
        return powers / powers.sum(-1, keepdims=True)

    def parts(self, x: Array, count: int) -> Sequence[Array]:
        """`count` equal parts of the last axis, as views."""
        width = x.shape[-1] // count  # np.split takes as long for this as a step's products
        return [x[..., first : first + width] for first in range(0, count * width, width)]

    def join(self, *parts: Array) -> Array:
        """The parts one after the other along the last axis."""
        return np.concatenate(parts, axis=-1)

    def stacked(self, parts: Sequence[Array]) -> Array:
        """The rows of all parts, one after the other; a single part as it is."""
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def zeros(self, shape: tuple[int, ...], like: Array) -> Array:
        return np.zeros(shape, like.dtype)

    def like(self, x: Array, array: Array) -> Array:
        """A numpy `array` in the type of x, and where x is."""
        return np.asarray(array, x.dtype)

    def to_numpy(self, x: Array) -> np.ndarray:
        return x

    def copy(self, x: Array) -> Array:
        """The same values in memory of their own."""
        return x.copy()


def library_of(array: Array, in_place: bool = False) -> Library:
    """The operations for `array`'s kind; `in_place`: a step may write over the x it is given."""
    if isinstance(array, np.ndarray):
        return _NUMPY[in_place]
    from translate.model.torch_arrays import TORCH

    return TORCH[in_place]


_NUMPY = (Numpy(), Numpy(in_place=True))
