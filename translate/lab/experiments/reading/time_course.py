"""When does the gender that the state tells turn? The readout around the second noun of switch sentences."""

from dataclasses import dataclass

import numpy as np

from translate.lab.experiments.setup import Setup
from translate.lab.sentences.events import OFFSETS, around_second, of_tested, two_nouns
from translate.lab.statistics.estimate import Course
from translate.lab.statistics.resample import course_over

KINDS = ("m>f", "f>m", "m>m", "f>f")


@dataclass(frozen=True)
class TimeCourse:
    """A mean over sentences at the words around the second noun (offset 0), for one kind of sentence.

    what: what is averaged ("p(feminine)", "f"). site. kind: "m>f" and so on, or "switch", "same".
    """

    what: str
    site: str
    kind: str
    course: Course


def time_courses(setup: Setup) -> tuple[TimeCourse, ...]:
    """p(feminine) read from the decoder's states around the second noun of switch sentences, by kind of switch."""
    count = len(setup.material.pairs("switch"))  # they come first among the setup's sentences
    found = two_nouns(setup.pairs[:count])
    tested = of_tested(found, setup.split.test)
    courses = []
    for site in (site for site in setup.sites if site.side == "dec"):
        states = around_second(setup.observed.trace, site, found)
        p = setup.readout.p_feminine(site, states)
        p[~tested] = np.nan
        for kind in KINDS:
            rows = [row for row, switch in enumerate(found) if switch.kind == kind]
            lemmas = [found[row].lemmas[1] for row in rows]
            courses.append(TimeCourse("p(feminine)", site, kind, course_over(p[rows], lemmas, OFFSETS, setup.seed)))
    return tuple(courses)
