"""The few operations that the cells need, for torch tensors and for numpy arrays.

The equations of `cells.py` are written once and run on both: on torch where there are gradients, a GPU or large
batches, and on numpy where a single sentence should be translated sooner than torch is imported. torch is
not imported here before there is a tensor.
"""

from typing import Any

import numpy as np

Array = Any
"""A numpy array or a torch tensor; in one computation all are of one kind."""


class Numpy:
    """The operations on numpy arrays."""

    tanh = staticmethod(np.tanh)

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
    def add_product(x, h, weight, in_place=False):
        """x + h weightᵀ; `in_place` writes it over x."""
        return np.add(x, h @ weight.T, out=x if in_place else None)

    @staticmethod
    def zeros(shape, like):
        return np.zeros(shape, like.dtype)

    @staticmethod
    def to_numpy(x):
        return x


class Torch:
    """The same operations on torch tensors; autograd sees through all of them."""

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
    def add_product(x, h, weight, in_place=False):
        return x.addmm_(h, weight.t()) if in_place else x.addmm(h, weight.t())

    @staticmethod
    def zeros(shape, like):
        return like.new_zeros(shape)

    @staticmethod
    def to_numpy(x):
        return x.detach().cpu().numpy()


def library_of(array) -> type[Numpy] | type[Torch]:
    """The operations for `array`'s kind."""
    return Numpy if isinstance(array, np.ndarray) else Torch
