"""What do the gates of the units that carry the gender do around the second noun?"""

from translate.lab.experiments.reading.time_course import TimeCourse
from translate.lab.experiments.setup import Setup
from translate.lab.probes.units import Ranking
from translate.lab.sentences.events import OFFSETS, around_second, two_nouns
from translate.lab.sentences.observed import observe
from translate.lab.statistics.resample import course_over

GATES = {"lstm": ("f", "i", "o"), "gru": ("z", "r"), "rnn": ()}
WATCHED = 3
"""How many of the best units the gates are shown for."""


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
