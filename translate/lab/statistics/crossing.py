"""When does something come to be, and how suddenly? A course over steps, from its first value to its last.

Misleads where a course goes up and down: the first time that it is half way counts. And a share that begins at chance
is half way between chance and its end, not at half of its end.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from translate.lab.statistics.estimate import NAN

MOVED = 0.1
"""A course that ends nearer than this to where it began has not moved: it has no half way."""


@dataclass(frozen=True)
class Rise:
    """How a course goes from its first value to its last, up or down.

    first, last: the two. half: log10 of the step at which it is half way. sudden: the log10 steps from a tenth of the
    way to nine tenths (0.3: the steps have doubled meanwhile). Both NaN where it has not moved.
    """

    first: float
    last: float
    half: float = NAN
    sudden: float = NAN


def rise(steps: Sequence[int], values: Sequence[float], moved: float = MOVED) -> Rise:
    """The rise of `values`, one for each of `steps`; NaN where nothing was measured, which is left out.

    Between two steps a course is taken to be straight over log10 of the step.
    """
    at, course = np.log10(np.asarray(steps, dtype=float)), np.asarray(values, dtype=float)
    at, course = at[~np.isnan(course)], course[~np.isnan(course)]
    if len(course) < 2:
        return Rise(NAN, NAN)
    first, last = float(course[0]), float(course[-1])
    if abs(last - first) < moved:
        return Rise(first, last)
    way = (course - first) / (last - first)
    tenth, half, most = (_reached(at, way, share) for share in (0.1, 0.5, 0.9))
    return Rise(first, last, half, most - tenth)


def _reached(at: np.ndarray, way: np.ndarray, share: float) -> float:
    """Where `way`, which begins at 0 and ends at 1, is for the first time as far as `share`."""
    place = int(np.argmax(way >= share))
    before, after = way[place - 1], way[place]
    return float(at[place - 1] + (at[place] - at[place - 1]) * (share - before) / (after - before))
