"""The network in float64: what its two float32 programs, PyTorch's and the page's, are both held to.

Two float32 programs owe each other no number of digits: each rounds in its own order, and PyTorch's order changes with
the processor. What the page owes is to be about as near to the exact values as PyTorch is.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import pytest

from translate.model import search
from translate.model.config import ModelConfig
from translate.model.network import Network
from translate.model.search import Hypothesis
from translate.model.translator import Translator

TIMES = 4
EPSILON = float(np.finfo(np.float32).eps)


def exact(config: ModelConfig, weights: Mapping[str, np.ndarray]) -> Network:
    """The network of these float32 weights that computes in float64."""
    return Network(config, {name: np.asarray(value, np.float64) for name, value in weights.items()})


class ExactTranslator(Translator):
    """A translator whose network computes in float64."""

    @cached_property
    def _exact(self) -> Network:
        return exact(self.checkpoint.config, self.checkpoint.numpy_weights())

    def network(self, sentences: int = 1) -> Network:
        return self._exact


def greedy(network: Network, ids: Sequence[int]) -> tuple[Hypothesis, dict[str, np.ndarray]]:
    """A sentence's greedy translation, and by site `[step, unit]` all that was computed, in the order of computing."""
    steps: dict[str, list[np.ndarray]] = {}

    def keep(site: str, t: int, value):
        steps.setdefault(site, []).append(network.lib.to_numpy(value)[0].astype(np.float64))
        return value

    (hypothesis,) = search.greedy(network.watched(keep), [list(ids)])
    return hypothesis, {site: np.stack(values) for site, values in steps.items()}


class Distances:
    """How far the page and PyTorch are from the exact values, by quantity: the most over all that came."""

    def __init__(self):
        self._page: dict[str, float] = {}
        self._pytorch: dict[str, float] = {}
        self._size: dict[str, float] = {}

    def add(self, name: str, page, pytorch, exact) -> None:
        """Compare numbers, or arrays of one shape, of a quantity."""
        page, pytorch, exact = (np.asarray(values, np.float64) for values in (page, pytorch, exact))
        assert page.shape == pytorch.shape == exact.shape, name
        for kept, values in ((self._page, page - exact), (self._pytorch, pytorch - exact), (self._size, exact)):
            kept[name] = max(kept.get(name, 0.0), float(np.abs(values).max(initial=0.0)))

    @property
    def names(self) -> set[str]:
        """What was compared."""
        return set(self._page)

    def check(self) -> None:
        """Fail where the page is further away than `TIMES` PyTorch's distance and a rounding of the largest value."""
        for name, distance in self._page.items():
            bar = TIMES * self._pytorch[name] + EPSILON * self._size[name]
            assert distance <= bar, (
                f"{name}: the page is {distance:.2g} from float64, PyTorch {self._pytorch[name]:.2g}"
            )


def shown(value: float, digits: int = 2):
    """What a number with so many decimals may say of `value`: one between two roundings may go either way."""
    return pytest.approx(value, rel=0, abs=0.5 * 10**-digits + 1e-4)
