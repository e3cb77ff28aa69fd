"""Single units that tell the gender: chosen on some nouns, shown on others.

Among a hundred units some separate any two sets of sentences by chance. So the units are ranked on one half of the
nouns, and what is reported is how well the chosen ones separate the other half.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Ranking:
    """The units of one site, ranked by how well each alone tells the gender.

    order `[unit]`: unit numbers, the best first, by the half that they were chosen on. chosen, shown `[unit]`: the AUC
    of each unit (in unit order) on that half and on the other one; above 0.5 = higher for feminine. effect `[unit]`:
    Cohen's d on the other half. n_chosen, n_shown: rows.
    """

    site: str
    order: np.ndarray
    chosen: np.ndarray
    shown: np.ndarray
    effect: np.ndarray
    n_chosen: int
    n_shown: int

    def best(self, k: int) -> np.ndarray:
        """The k units that were chosen."""
        return self.order[:k]


def auc(x: np.ndarray, feminine: np.ndarray) -> np.ndarray:
    """For each unit, the probability that a feminine row has the higher value: x `[n, unit]` to `[unit]`.

    The area under the ROC curve by ranks (Mann & Whitney 1947); ties count half. 0.5 where only one label occurs.
    """
    from scipy.stats import rankdata

    n_f = int(feminine.sum())
    n_m = len(feminine) - n_f
    if not n_f or not n_m:
        return np.full(x.shape[1], 0.5)
    ranks = rankdata(x, axis=0)
    return (ranks[feminine].sum(0) - n_f * (n_f + 1) / 2) / (n_f * n_m)


def cohens_d(x: np.ndarray, feminine: np.ndarray) -> np.ndarray:
    """The difference of the two means in pooled standard deviations (Cohen 1988): x `[n, unit]` to `[unit]`."""
    a, b = x[feminine], x[~feminine]
    if len(a) < 2 or len(b) < 2:
        return np.zeros(x.shape[1])
    pooled = ((len(a) - 1) * a.var(0, ddof=1) + (len(b) - 1) * b.var(0, ddof=1)) / (len(a) + len(b) - 2)
    return (a.mean(0) - b.mean(0)) / np.sqrt(np.maximum(pooled, 1e-12))


def rank_units(
    site: str, x: np.ndarray, feminine: np.ndarray, x_other: np.ndarray, feminine_other: np.ndarray
) -> Ranking:
    """Rank the units of a site on x `[n, unit]` and measure them on the other half, `x_other` `[m, unit]`."""
    chosen = auc(x, feminine)
    order = np.argsort(-np.abs(chosen - 0.5), kind="stable")
    shown = auc(x_other, feminine_other)
    return Ranking(site, order, chosen, shown, cohens_d(x_other, feminine_other), len(x), len(x_other))
