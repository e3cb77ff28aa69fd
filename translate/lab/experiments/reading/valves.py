"""What do the gates of the units that carry the gender do around the second noun?

Misleads when a gate that opens is taken for a cause: every unit's gates move at a new noun. Beside the sentences whose
gender switches stand those where it stays, and beside the best units others drawn by lot (`RANDOM`). `clamps` holds the
gates to see what depends on them. The word at which the forget gate is said to close is chosen in sentences about
nouns for fitting (`CHOSEN`), and shown in others.
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
CHOSEN = "switch, nouns for fitting"
"""What the best units' forget gates do in sentences from which a word may be chosen."""


def valves(setup: Setup, ranking: Ranking) -> tuple[TimeCourse, ...]:
    """The mean gates of the best units around the second noun, where the gender switches and where it stays.

    Of sentences whose second noun is a test noun. Empty for a cell without gates.
    """
    pairs, best = setup.material.pairs("switch"), ranking.best(WATCHED)
    sites = [ranking.site.named(gate) for gate in GATES_OF[setup.config.cell]]
    every = two_nouns(pairs)
    sentences = [sentence for sentence in every if sentence.lemmas[1] in setup.split.test]
    fitting = [sentence for sentence in every if setup.split.fits(pairs[sentence.sentence])]
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
        for kind, units, some in ((CHOSEN, list(best), fitting), (RANDOM, drawn, sentences)):
            if site.name == "f" and units and some:
                mean = around_second(trace, site, some)[..., units].mean(-1)
                by_kind = courses_by_kind(mean, some, {kind: KINDS["switch"]}, setup.seed)
                courses.append(TimeCourse(site.name, site, kind, by_kind[kind]))
    return tuple(courses)
