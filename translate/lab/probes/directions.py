"""Directions of a state, and those that they must be told from: as long, and along which states differ as much.

A random direction of a wide state is one along which hardly anything varies, and moving along it proves nothing. So a
control direction is drawn from the states' own components, and weighed so that the states' variance along it is that
along the direction that it stands beside; it is orthogonal to that one, or it would contain it. The natural components
themselves (the principal ones of the rest) are the directions along which most varies.
"""

from dataclasses import dataclass

import numpy as np

_STEEPEST, _HALVINGS = 12.0, 40


def unit(direction: np.ndarray) -> np.ndarray:
    """The direction `[unit]` with length 1; one without length stays as it is."""
    return direction / max(float(np.linalg.norm(direction)), 1e-12)


def difference_of_means(x: np.ndarray, feminine: np.ndarray) -> np.ndarray:
    """From the mean of the masculine rows of x `[n, unit]` to that of the feminine ones, with length 1."""
    return unit(x[feminine].mean(0) - x[~feminine].mean(0))


def without(x: np.ndarray, direction: np.ndarray) -> np.ndarray:
    """The rows of x `[n, unit]` with a direction `[unit]` of length 1 projected out."""
    return x - np.outer(x @ direction, direction)


@dataclass(frozen=True)
class Beside:
    """What stands beside a direction `[unit]` (of length 1) in states x `[n, unit]`.

    components `[unit, k]`: the principal components of what is orthogonal to it, the largest first. variances `[k]`:
    the variance along each. own: that along the direction itself.
    """

    direction: np.ndarray
    components: np.ndarray
    variances: np.ndarray
    own: float

    @classmethod
    def of(cls, direction: np.ndarray, x: np.ndarray) -> "Beside":
        """The components of states `x` beside a direction."""
        centred = (x - x.mean(0)).astype(np.float64)
        along = centred @ direction
        _, sizes, rows = np.linalg.svd(centred - np.outer(along, direction), full_matrices=False)
        kept = sizes > 1e-6 * max(sizes.max(initial=0.0), 1e-12)
        return cls(direction, rows[kept].T, sizes[kept] ** 2 / len(x), float(along.var()))

    def variance(self, direction: np.ndarray) -> float:
        """The states' variance along another direction `[unit]`, orthogonal to this one."""
        return float(((self.components.T @ direction) ** 2) @ self.variances)

    def matched(self, rng: np.random.Generator) -> np.ndarray:
        """A random direction `[unit]` of length 1 with this one's variance, or with as much of it as there is.

        Normal in the components, each weighed by a power of its variance; the power is found by halving.
        """
        if not len(self.variances):
            return np.zeros_like(self.direction)
        drawn, relative = rng.standard_normal(len(self.variances)), np.log(self.variances / self.variances[0])
        low, high = -_STEEPEST, _STEEPEST
        for _ in range(_HALVINGS):
            power = (low + high) / 2
            direction = unit(self.components @ (drawn * np.exp(power * relative)))
            low, high = (power, high) if self.variance(direction) < self.own else (low, power)
        return direction
