"""How far two programs that compute the same may be apart, on any machine.

Bits are promised on one machine only: another processor, or another number of threads, adds in another order. So an
identity is tested in float64, where rounding (1e-16) and mistakes lie far apart; and a float32 program is held to a
float64 run of the same weights, from which it may be a few times as far as PyTorch's own float32 is.
"""

from functools import cached_property

import numpy as np

from translate.model.network import Network
from translate.model.translator import Translator

FLOAT64 = 1e-10
"""The bar for two float64 programs: a million roundings of a number near 1, and far below any mistake."""


class Exact(Translator):
    """A translator that computes in float64, with the same weights; on numpy, or on torch where `device` is cpu."""

    def network(self, sentences: int = 1) -> Network:
        return self._exact

    @cached_property
    def _exact(self) -> Network:
        if self.device == "cpu":
            return Network.of(self.checkpoint.module().double())
        return in_float64(self.checkpoint.config, self.checkpoint.numpy_weights())


def in_float64(config, weights: dict) -> Network:
    """A network on numpy arrays that computes in float64."""
    return Network(config, {name: np.asarray(value, np.float64) for name, value in weights.items()})


def assert_as_near(ours, reference, exact, times: float = 8) -> None:
    """`ours` is at most `times` as far from `exact` (float64) as `reference`, another float32 program, is.

    Where the reference happens to hit the exact values, a rounding of the largest of them counts as its distance.
    """
    ours, reference, exact = (np.asarray(values, np.float64) for values in (ours, reference, exact))
    rounding = np.finfo(np.float32).eps * max(1.0, np.abs(exact).max())
    allowed = times * max(np.abs(reference - exact).max(), rounding)
    assert ours.shape == exact.shape and np.abs(ours - exact).max() <= allowed
