"""The few operations that the cells need, for torch tensors and for numpy arrays.

The equations of `cells.py` are written once and run on both: on torch where there are gradients, a GPU or large
batches, and on numpy where a single sentence should be translated sooner than torch is imported. torch is
not imported here before there is a tensor.
"""

import operator
from typing import Any

import numpy as np

Array = Any
"""A numpy array or a torch tensor; in one computation all are of one kind."""


class Numpy:
    """The operations on numpy arrays."""

    tanh = staticmethod(np.tanh)
    add, multiply = staticmethod(operator.add), staticmethod(operator.mul)

    @staticmethod
    def parts(x, count):
        """`count` equal parts of the last axis, as views."""
        return np.split(x, count, axis=-1)

    @staticmethod
    def join(*parts):
        """The parts one after the other along the last axis."""
        return np.concatenate(parts, axis=-1)

    @staticmethod
    def stacked(parts):
        """The rows of all parts, one after the other; a single part as it is."""
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    @staticmethod
    def linear(x, weight, bias=None):
        """x weightᵀ + bias."""
        return x @ weight.T if bias is None else x @ weight.T + bias

    @staticmethod
    def sigmoid(x):
        with np.errstate(over="ignore"):  # exp of a very negative gate is inf, and 1 / inf the 0 that it should be
            return 1 / (1 + np.exp(-x))

    @staticmethod
    def relu(x):
        return np.maximum(x, 0)

    @staticmethod
    def add_product(x, h, weight):
        """x + h weightᵀ."""
        return x + h @ weight.T

    @staticmethod
    def zeros(shape, like):
        return np.zeros(shape, like.dtype)

    @staticmethod
    def like(x, array):
        """A numpy `array` in the type of x, and where x is."""
        return np.asarray(array, x.dtype)

    @staticmethod
    def to_numpy(x):
        return x


class Torch:
    """The same operations on torch tensors; autograd sees through all of them."""

    add, multiply = staticmethod(operator.add), staticmethod(operator.mul)

    @staticmethod
    def parts(x, count):
        return x.chunk(count, dim=-1)

    @staticmethod
    def join(*parts):
        import torch

        return torch.cat(parts, dim=-1)

    @staticmethod
    def stacked(parts):
        import torch

        return parts[0] if len(parts) == 1 else torch.cat(parts)

    @staticmethod
    def linear(x, weight, bias=None):
        from torch.nn import functional

        return functional.linear(x, weight, bias)

    @staticmethod
    def tanh(x):
        return x.contiguous().tanh()  # PyTorch's is half as fast on a view with gaps

    @staticmethod
    def sigmoid(x):
        return x.sigmoid()

    @staticmethod
    def relu(x):
        return x.relu()

    @staticmethod
    def add_product(x, h, weight):
        return x.addmm(h, weight.t())

    @staticmethod
    def zeros(shape, like):
        return like.new_zeros(shape)

    @staticmethod
    def like(x, array):
        return x.new_tensor(np.asarray(array))

    @staticmethod
    def to_numpy(x):
        return x.detach().cpu().numpy()


class NumpyInPlace(Numpy):
    """The same for an x that may be overwritten."""

    @staticmethod
    def add_product(x, h, weight):
        return np.add(x, h @ weight.T, out=x)


class TorchInPlace(Torch):
    """The same for an x that may be overwritten."""

    @staticmethod
    def add_product(x, h, weight):
        return x.addmm_(h, weight.t())


class TorchBlock(TorchInPlace):
    """The same where nothing is differentiated, with all that a run keeps laid into one block of memory.

    Each step takes as many pieces as the one before, so that the values of a site lie at equal distances: together
    they are one view, and nothing is copied. One large block instead of hundreds of small ones also keeps the
    allocator from giving the memory back after each run and asking for it anew, which costs as much as the gates do.

    Args:
        like: a tensor of the type and device wanted.
        pieces: how many values there will be at most; memory that no value is laid into is never touched.
        shape: of each value, `[batch, unit]`.
    """

    def __init__(self, like, pieces: int, shape: tuple[int, int]):
        self._pieces = iter(like.new_empty((pieces, *shape)).unbind(0))

    def sigmoid(self, x):
        import torch

        return torch.sigmoid(x, out=next(self._pieces))

    def tanh(self, x):
        import torch

        return torch.tanh(x.contiguous(), out=next(self._pieces))

    def relu(self, x):
        import torch

        return torch.clamp_min(x, 0, out=next(self._pieces))

    def add(self, x, y):
        import torch

        return torch.add(x, y, out=next(self._pieces))

    def multiply(self, x, y):
        """x · y, over y, which is a piece already."""
        return y.mul_(x)


def library_of(array, in_place: bool = False) -> type[Numpy] | type[Torch]:
    """The operations for `array`'s kind; `in_place`: a step may write over the x it is given."""
    if isinstance(array, np.ndarray):
        return NumpyInPlace if in_place else Numpy
    return TorchInPlace if in_place else Torch
