"""The units that carry the gender."""

from dataclasses import dataclass

import numpy as np

from translate.lab.experiments.setup import Setup
from translate.lab.probes.units import Ranking, auc, rank_units
from translate.lab.statistics.estimate import Estimate
from translate.lab.tracing.site import Site


@dataclass(frozen=True)
class Unit:
    """One unit: its AUC for the current gender on the nouns it was chosen on and on the others, and Cohen's d there."""

    unit: int
    chosen: float
    shown: float
    effect: float


@dataclass(frozen=True)
class Units:
    """The units of a site, best first as chosen on one half. best: AUC of the first on the other half, as max(A, 1-A).

    at_chance: units whose AUC on the other half lies between 0.4 and 0.6.
    """

    site: str
    ranked: list[Unit]
    best: Estimate
    at_chance: int
    n_chosen: int
    n_shown: int


def rank(setup: Setup, site: str | None = None) -> Ranking:
    """The units of a state (default: the decoder's memory), ranked on the fitting nouns and measured on the test nouns."""
    site = site or setup.memory
    fit, test = setup.fitting.labels[Site(site).side], setup.tested(Site(site).side)
    return rank_units(
        site, setup.observed.rows(site, fit), fit.feminine, setup.observed.rows(site, test), test.feminine
    )


def units(setup: Setup, ranking: Ranking) -> Units:
    """The ranking as a result; the best unit's AUC with a bootstrap over nouns."""
    test = setup.tested("dec")
    first = int(ranking.order[0])
    x = setup.observed.rows(ranking.site, test)[:, [first]]
    ranked = [
        Unit(int(u), float(ranking.chosen[u]), float(ranking.shown[u]), float(ranking.effect[u])) for u in ranking.order
    ]
    return Units(
        ranking.site, ranked, _auc(x, test, setup.seed), int((np.abs(ranking.shown - 0.5) < 0.1).sum()),
        ranking.n_chosen, ranking.n_shown,
    )  # fmt: skip


def _auc(x: np.ndarray, labels, seed: int, draws: int = 200) -> Estimate:
    """max(A, 1-A) of one unit, bootstrapped over noun pairs."""
    rng, names = np.random.default_rng(seed), np.unique(labels.lemma.astype(str))
    rows_of = {name: np.flatnonzero(labels.lemma == name) for name in names}

    def separation(rows: np.ndarray) -> float:
        area = float(auc(x[rows], labels.feminine[rows])[0])
        return max(area, 1 - area)

    drawn = []
    for _ in range(draws):
        rows = np.concatenate([rows_of[name] for name in rng.choice(names, len(names))])
        drawn.append(separation(rng.choice(rows, min(len(rows), 2000), replace=False)))
    low, high = np.quantile(drawn, (0.025, 0.975))
    value = separation(np.arange(len(x)))
    method = f"bootstrap over {len(names)} noun pairs"
    return Estimate(value, float(min(low, value)), float(max(high, value)), len(x), "words", method, is_share=False)
