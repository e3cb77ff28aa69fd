"""When do two time courses differ? One test for the whole course instead of one for each word.

Neighbouring words are alike, so a test for each would be many tests of one thing. Here words that differ are joined to
clusters, and a cluster is compared with the largest that chance makes (Maris & Oostenveld 2007). What is tested is
whether the courses differ somewhere; that a cluster *begins* at a certain word is not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from translate.errors import TranslateError
from translate.lab.statistics.tests import group_means


@dataclass(frozen=True)
class Cluster:
    """Neighbouring positions at which a difference goes the same way.

    first, last: its positions, both included. mass: the sum of their t, negative where the difference is.
    p: how often chance alone makes a cluster as massive anywhere in the course.
    """

    first: int
    last: int
    mass: float
    p: float


def cluster_permutation(
    first: np.ndarray,
    second: np.ndarray | None = None,
    at: Sequence[int] | None = None,
    groups: Sequence | None = None,
    seed: int = 0,
    draws: int = 2000,
    alpha: float = 0.05,
) -> list[Cluster]:
    """The clusters in which `first` `[item, position]` differs from `second` (the same items), or from 0 without it.

    at: the positions' names (default: 0, 1, …). groups: rows that belong together (one noun's sentences) are averaged
    to one item. alpha: a position joins a cluster where its own two-sided t test falls below it; that decides how the
    clusters look and not how sure they are. NaN: not there; a position with fewer than two items joins nothing.

    Chance is made by turning the sign of whole items, at random `draws` times; p counts the measured course among them,
    so that it is never below 1 / (draws + 1) (Phipson & Smyth 2010). Returned in the order of their positions.
    Raises `TranslateError` where the two are not of one shape.
    """
    from scipy.stats import t as student

    values = np.array(first, dtype=np.float64)
    if second is not None:
        if values.shape != np.shape(second):
            raise TranslateError("Two conditions can be compared item by item only if they have the same shape.")
        values = values - np.asarray(second, dtype=np.float64)
    if groups is not None:
        values = group_means(values, groups)
    present = ~np.isnan(values)
    values[~present] = 0.0
    count = present.sum(0)
    threshold = np.where(count > 1, student.ppf(1 - alpha / 2, np.maximum(count - 1, 1)), np.inf)
    signs = np.random.default_rng(seed).choice((-1.0, 1.0), size=(draws, len(values)))
    largest = _largest(_t(signs @ values, values, count), threshold)
    at = list(range(values.shape[1])) if at is None else list(at)
    clusters = []
    for start, stop, mass in _clusters(_t(values.sum(0), values, count), threshold):
        p = (1 + np.sum(largest >= abs(mass) * (1 - 1e-12))) / (draws + 1)
        clusters.append(Cluster(at[start], at[stop - 1], mass, float(p)))
    return clusters


def _t(sums: np.ndarray, values: np.ndarray, count: np.ndarray) -> np.ndarray:
    """Student's t of means that have these `sums` `[…, position]`; the squares do not change with the signs."""
    count = np.maximum(count, 2)
    squares = (values**2).sum(0)
    rest = np.maximum(squares - sums**2 / count, 1e-12 * squares + 1e-300)  # 0 where all items are alike
    return sums / np.sqrt(count * rest / (count - 1))


def _clusters(t: np.ndarray, threshold: np.ndarray) -> list[tuple[int, int, float]]:
    """Start, stop and mass of each run of positions past the threshold on one side; t `[position]`."""
    side = np.sign(t) * (np.abs(t) > threshold)
    edges = [0, *(np.flatnonzero(np.diff(side)) + 1).tolist(), len(t)]
    return [(a, b, float(t[a:b].sum())) for a, b in pairwise(edges) if a < b and side[a]]


def _largest(t: np.ndarray, threshold: np.ndarray) -> np.ndarray:
    """The mass of the largest cluster in each row of t `[draw, position]`; 0 where there is none."""
    past = np.abs(t) > threshold
    best, mass, side = np.zeros((3, len(t)))
    for position in range(t.shape[1]):
        sign = np.sign(t[:, position]) * past[:, position]
        mass = np.where(sign == side, mass, 0.0) + np.abs(t[:, position])
        mass = np.where(sign == 0, 0.0, mass)
        side = sign
        best = np.maximum(best, mass)
    return best
