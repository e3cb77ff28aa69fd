"""Which single units tell the gender? Chosen on some nouns, shown on others.

Misleads when the units are judged on the nouns that they were chosen on: among a hundred units some separate any two
sets of sentences by chance; so the best unit of an untrained network, and others drawn by lot, stand beside. And a unit
that tells the gender may be used by nobody (the planted network "decoy").
"""

from dataclasses import dataclass, replace

import numpy as np

from translate.lab.experiments.setup import Setup
from translate.lab.probes.halves import Halves
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.resample import Groups, resample
from translate.lab.statistics.shown import Shown
from translate.lab.tracing.site import Site

_BEST, _DRAWN = 10, 5  # units that no random one may be of, and random ones
_NEAREST = 12  # so many units that vary most alike one is drawn from


@dataclass(frozen=True)
class Ranking:
    """The units of one site, ranked by how well each alone tells the gender.

    order `[unit]`: unit numbers, the best first, by the half that they were chosen on. chosen, shown `[unit]`: the AUC
    of each unit (in unit order) on that half and on the other one; above 0.5 = higher for feminine. effect `[unit]`:
    Cohen's d on the other half. spread `[unit]`: the standard deviation of each on the first half. n_chosen, n_shown:
    rows.
    """

    site: Site
    order: np.ndarray
    chosen: np.ndarray
    shown: np.ndarray
    effect: np.ndarray
    spread: np.ndarray
    n_chosen: int
    n_shown: int

    def best(self, k: int) -> np.ndarray:
        """The k units that were chosen."""
        return self.order[:k]

    def others(self, k: int, rng: np.random.Generator) -> tuple[int, ...]:
        """Random units to stand beside the k best: for each one that varies like it, and none of the ten best.

        A unit that hardly moves proves nothing by doing nothing. Fewer than k where the site has no more units.
        """
        free, drawn = list(self.order[max(k, _BEST) :]) or list(self.order[k:]), []
        for best in self.best(k)[: len(free)]:
            alike = np.argsort(np.abs(self.spread[free] - self.spread[best]), kind="stable")[:_NEAREST]
            drawn.append(int(free.pop(int(rng.choice(alike)))))
        return tuple(drawn)


@dataclass(frozen=True)
class Unit:
    """One unit: its AUC for the current gender on the nouns it was chosen on and on the others, and Cohen's d there."""

    unit: int
    chosen: float
    shown: float
    effect: float


@dataclass(frozen=True)
class Units(Shown):
    """The units of a site, best first as chosen on one half. best: AUC of the first on the other half, as max(A, 1-A).

    at_chance: units whose AUC on the other half lies between 0.4 and 0.6. Controls, as `best`: untrained: the best
    unit of an untrained network, chosen in the same way. random: the mean of units drawn by lot, none of the ten best.
    """

    site: str
    ranked: list[Unit]
    best: Estimate
    at_chance: int
    n_chosen: int
    n_shown: int
    untrained: Estimate | None = None
    random: Estimate | None = None


def rank(setup: Setup, site: str | None = None) -> Ranking:
    """The units of a state (default: the decoder's memory), ranked on nouns for fitting and measured on test nouns."""
    words = setup.halves(site or setup.memory)
    return rank_units(site or setup.memory, words.fit_x, words.fit.feminine, words.test_x, words.test.feminine)


def rank_units(
    site: str, x: np.ndarray, feminine: np.ndarray, x_other: np.ndarray, feminine_other: np.ndarray
) -> Ranking:
    """Rank the units of a site on x `[n, unit]` and measure them on the other half, `x_other` `[m, unit]`."""
    chosen = auc(x, feminine)
    return Ranking(
        site=Site(site),
        order=np.argsort(-np.abs(chosen - 0.5), kind="stable"),
        chosen=chosen,
        shown=auc(x_other, feminine_other),
        effect=cohens_d(x_other, feminine_other),
        spread=x.std(0),
        n_chosen=len(x),
        n_shown=len(x_other),
    )


def units(setup: Setup, ranking: Ranking) -> Units:
    """The ranking as a result; the best unit's AUC with a bootstrap over nouns."""
    words, first = setup.halves(ranking.site), int(ranking.order[0])
    return Units(
        site=ranking.site,
        ranked=[
            Unit(int(unit), float(ranking.chosen[unit]), float(ranking.shown[unit]), float(ranking.effect[unit]))
            for unit in ranking.order
        ],
        best=separation(words.test_x[:, first], words.test.feminine, words.test.lemma, setup.seed),
        at_chance=int((np.abs(ranking.shown - 0.5) < 0.1).sum()),
        n_chosen=ranking.n_chosen,
        n_shown=ranking.n_shown,
        untrained=_best_of_untrained(setup, ranking.site),
        random=_of_random(setup, words, ranking),
    )


def _best_of_untrained(setup: Setup, site: Site) -> Estimate:
    words = setup.halves(site, setup.untrained_at(site).array(site))
    first = int(np.argmax(np.abs(auc(words.fit_x, words.fit.feminine) - 0.5)))
    return separation(words.test_x[:, first], words.test.feminine, words.test.lemma, setup.seed)


def _of_random(setup: Setup, words: Halves, ranking: Ranking) -> Estimate | None:
    """The mean over units drawn by lot, and of the ends of their intervals; None where all are among the best."""
    drawn, test = ranking.others(_DRAWN, np.random.default_rng(setup.seed)), words.test
    if not drawn:
        return None
    x = words.test_x
    each = [separation(x[:, unit], test.feminine, test.lemma, setup.seed) for unit in drawn]
    value, low, high = np.mean([(one.value, one.low, one.high) for one in each], axis=0).tolist()
    return replace(each[0], value=value, low=low, high=high)


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


def separation(x: np.ndarray, feminine: np.ndarray, lemmas: np.ndarray, seed: int) -> Estimate:
    """max(A, 1 - A) for the AUC of one unit, x `[n]`, with a bootstrap over noun pairs.

    The AUC is a share of pairs of rows, one of each gender. How many of them the feminine one wins is counted once for
    every two groups of rows; a draw weighs these counts.
    """
    groups = Groups.of(lemmas)
    f, m = (groups.sums(rows.astype(float)) for rows in (feminine, ~feminine))
    wins = np.zeros((len(groups), len(groups)))  # of the feminine rows of one group against the masculine of another
    for group in range(len(groups)):
        values = np.sort(x[~feminine & (groups.index == group)])
        below = (np.searchsorted(values, x, "left") + np.searchsorted(values, x, "right")) / 2
        wins[:, group] = groups.sums(np.where(feminine, below, 0.0))

    def larger(weights: np.ndarray) -> np.ndarray:
        area = ((weights @ wins) * weights).sum(-1) / ((weights @ f) * (weights @ m))
        return np.maximum(area, 1 - area)

    low, high = resample(len(groups), larger, seed)
    area = float(auc(x[:, None], feminine)[0])
    value = max(area, 1 - area)
    return Estimate(value, min(float(low), value), max(float(high), value), len(x), "words", groups.method, False)


def cohens_d(x: np.ndarray, feminine: np.ndarray) -> np.ndarray:
    """The difference of the two means in pooled standard deviations (Cohen 1988): x `[n, unit]` to `[unit]`."""
    a, b = x[feminine], x[~feminine]
    if len(a) < 2 or len(b) < 2:
        return np.zeros(x.shape[1])
    pooled = ((len(a) - 1) * a.var(0, ddof=1) + (len(b) - 1) * b.var(0, ddof=1)) / (len(a) + len(b) - 2)
    return (a.mean(0) - b.mean(0)) / np.sqrt(np.maximum(pooled, 1e-12))
