"""The units that carry the gender, and what their gates do around the second noun."""

import numpy as np

from translate.lab.experiments.setup import Setup
from translate.lab.probes.units import Ranking, auc, rank_units
from translate.lab.sentences.events import OFFSETS, around_second, two_nouns
from translate.lab.sentences.observed import observe
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.resample import course_over
from translate.lab.tracing.site import Site
from translate.lab.verdicts.results import TimeCourse, Unit, Units

GATES = {"lstm": ("f", "i", "o"), "gru": ("z", "r"), "rnn": ()}
WATCHED = 3
"""How many of the best units the gates are shown for."""


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


def gates(setup: Setup, ranking: Ranking) -> tuple[TimeCourse, ...]:
    """The mean gates of the best units around the second noun, where the gender switches and where it stays."""
    layer = ranking.site.rsplit(".", 1)[0]
    best = ranking.best(WATCHED)
    names = GATES[setup.config.cell]
    pairs = setup.material.pairs("switch")
    found = [switch for switch in two_nouns(pairs) if switch.lemmas[1] in setup.split.test]
    if not names or not found:
        return ()
    values = observe(setup.translator, pairs, sites=[f"{layer}.{gate}" for gate in names])
    courses = []
    for site in values.sites:
        mean = around_second(values.trace, site, found)[..., best].mean(-1)
        for kind, wanted in (("switch", ("m>f", "f>m")), ("same", ("m>m", "f>f"))):
            rows = [row for row, switch in enumerate(found) if switch.kind in wanted]
            lemmas = [found[row].lemmas[1] for row in rows]
            courses.append(
                TimeCourse(site.rsplit(".", 1)[1], site, kind, course_over(mean[rows], lemmas, OFFSETS, setup.seed))
            )
    return tuple(courses)
