"""How often a test may be wrong."""

import numpy as np
from scipy.stats import binom


def rate_is_at_most(p: np.ndarray, level: float) -> bool:
    """Whether as few of many p-values lie at or below `level` as there should be (once in 10,000 times not)."""
    return (p <= level).sum() <= binom.ppf(0.9999, len(p), level)
