"""The operations that the cells need, on torch tensors; autograd sees through all of them but those in place."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional


class Torch:
    """The operations of `arrays.Numpy`, on tensors."""

    def __init__(self, in_place: bool = False):
        self._in_place = in_place

    def add(self, x: Tensor, y: Tensor) -> Tensor:
        return x + y

    def multiply(self, x: Tensor, y: Tensor) -> Tensor:
        return x * y

    def linear(self, x: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
        return functional.linear(x, weight, bias)

    def add_product(self, x: Tensor, h: Tensor, weight: Tensor) -> Tensor:
        return x.addmm_(h, weight.t()) if self._in_place else x.addmm(h, weight.t())

    def sigmoid(self, x: Tensor) -> Tensor:
        return x.sigmoid()

    def tanh(self, x: Tensor) -> Tensor:
        return x.contiguous().tanh()  # PyTorch's is half as fast on a view with gaps

    def relu(self, x: Tensor) -> Tensor:
        return x.relu()

    def softmax(self, x: Tensor) -> Tensor:
        return x.softmax(-1)

    def parts(self, x: Tensor, count: int) -> Sequence[Tensor]:
        return x.chunk(count, dim=-1)

    def join(self, *parts: Tensor) -> Tensor:
        return torch.cat(parts, dim=-1)

    def stacked(self, parts: Sequence[Tensor]) -> Tensor:
        return parts[0] if len(parts) == 1 else torch.cat(list(parts))

    def zeros(self, shape: tuple[int, ...], like: Tensor) -> Tensor:
        return like.new_zeros(shape)

    def like(self, x: Tensor, array: np.ndarray) -> Tensor:
        return x.new_tensor(np.asarray(array))

    def copy(self, x: Tensor) -> Tensor:
        return x.clone()

    def to_numpy(self, x: Tensor) -> np.ndarray:
        return x.detach().cpu().numpy()


class TorchBlock(Torch):
    """The same in place, where nothing is differentiated, with all that a run keeps laid into one block of memory.

    Each step takes as many pieces as the one before, so that the values of a site lie at equal distances: together
    they are one view, and nothing is copied. One large block instead of hundreds of small ones also keeps the
    allocator from giving the memory back after each run and asking for it anew, which costs as much as the gates do.

    Args:
        like: a tensor of the type and device wanted.
        pieces: how many values there will be at most; memory that no value is laid into is never touched.
        shape: of each value, `[batch, unit]`.
    """

    def __init__(self, like: Tensor, pieces: int, shape: tuple[int, int]):
        super().__init__(in_place=True)
        self._pieces = iter(like.new_empty((pieces, *shape)).unbind(0))

    def add(self, x: Tensor, y: Tensor) -> Tensor:
        return torch.add(x, y, out=next(self._pieces))

    def multiply(self, x: Tensor, y: Tensor) -> Tensor:
        """x · y, over y, which is a piece already."""
        return y.mul_(x)

    def sigmoid(self, x: Tensor) -> Tensor:
        return torch.sigmoid(x, out=next(self._pieces))

    def tanh(self, x: Tensor) -> Tensor:
        return torch.tanh(x.contiguous(), out=next(self._pieces))

    def relu(self, x: Tensor) -> Tensor:
        return torch.clamp_min(x, 0, out=next(self._pieces))


TORCH = (Torch(), Torch(in_place=True))
