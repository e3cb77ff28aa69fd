"""Choosing at random so that the same seed gives the same sentences with any version of Python on any machine.

Only `Random.random()` is used, whose stream Python guarantees for a seed.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


def stream(seed: int, *names: object) -> Random:
    """A random stream of its own for each seed and names."""
    text = ":".join(map(str, (seed, *names)))
    return Random(int.from_bytes(hashlib.sha256(text.encode()).digest(), "big"))


def pick(rng: Random, items: Sequence[T]) -> T:
    """One of `items`, all equally likely."""
    return items[int(rng.random() * len(items))]


class Weighted(Generic[T]):
    """Items with weights: `draw(rng)` gives each in proportion to its weight."""

    __slots__ = ("_sums", "_total", "items")

    def __init__(self, weights: dict[T, float]) -> None:
        self.items = [item for item, weight in weights.items() if weight > 0]
        self._sums = list(accumulate(weights[item] for item in self.items))
        self._total = self._sums[-1]

    def draw(self, rng: Random) -> T:
        """One of the items."""
        return self.items[bisect_right(self._sums, rng.random() * self._total)]
