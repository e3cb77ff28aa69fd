"""What do the gates of the units that carry the gender do around the second noun?

Misleads when a gate that opens is taken for a cause: every unit's gates move at a new noun. Beside the sentences whose
gender switches stand those where it stays, and beside the best units others drawn by lot (`RANDOM`). `clamps` holds the
gates to see what depends on them.
"""

import numpy as np

from translate import lab
from translate.lab.experiments.reading.time_course import TimeCourse, courses_by_kind
from translate.lab.experiments.reading.units import Ranking
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.events import around_second, two_nouns
from translate.terms import GATES_OF

WATCHED = 3
"""How many of the best units the gates are shown for."""
KINDS = {"switch": ("m>f", "f>m"), "same": ("m>m", "f>f")}
RANDOM, _DRAWN = "random units", 10
"""What the forget gates of other units do where the gender switches: as many as are drawn, none of the ten best."""


def valves(setup: Setup, ranking: Ranking) -> tuple[TimeCourse, ...]:
    """The mean gates of the best units around the second noun, where the gender switches and where it stays.

    Of sentences whose second noun is a test noun. Empty for a cell without gates.
    """
    pairs, best = setup.material.pairs("switch"), ranking.best(WATCHED)
    sites = [ranking.site.named(gate) for gate in GATES_OF[setup.config.cell]]
    sentences = [sentence for sentence in two_nouns(pairs) if sentence.lemmas[1] in setup.split.test]
    if not sites or not sentences:
        return ()
    trace = lab.trace(setup.translator, pairs, pairs, sites)
    courses = []
    for site in sorted(sites, key=trace.sites.index):
        mean = around_second(trace, site, sentences)[..., best].mean(-1)
        by_kind = courses_by_kind(mean, sentences, KINDS, setup.seed)
        courses += [TimeCourse(site.name, site, kind, course) for kind, course in by_kind.items()]
    drawn = list(ranking.others(_DRAWN, np.random.default_rng(setup.seed)))
    for site in sites:
        if site.name == "f" and drawn:
            mean = around_second(trace, site, sentences)[..., drawn].mean(-1)
            by_kind = courses_by_kind(mean, sentences, {RANDOM: KINDS["switch"]}, setup.seed)
            courses += [TimeCourse(site.name, site, kind, course) for kind, course in by_kind.items()]
    return tuple(courses)
