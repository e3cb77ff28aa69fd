"""A share of cases with its 95 % interval."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Any

_Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Proportion:
    """`successes` of `count` cases.

    The interval takes the cases as independent. Words of one sentence are not quite, so for shares of words it is
    somewhat too narrow.
    """

    successes: int
    count: int

    @property
    def value(self) -> float | None:
        """The share, from 0 to 1; None of no cases."""
        return self.successes / self.count if self.count else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval by Wilson (1927), without correction for continuity; None of no cases."""
        if not self.count:
            return None
        p, n, z2 = self.successes / self.count, self.count, _Z * _Z
        middle = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = _Z / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
        # The two ends are exact where all cases agree; rounding must not push them past 0 and 1.
        low = 0.0 if self.successes == 0 else max(0.0, middle - half)
        high = 1.0 if self.successes == n else min(1.0, middle + half)
        return low, high

    def to_json(self) -> dict[str, Any]:
        """The numbers as plain data; `value` and `interval` are null of no cases."""
        interval = self.interval
        return {
            "value": self.value,
            "interval": list(interval) if interval else None,
            "successes": self.successes,
            "count": self.count,
        }
