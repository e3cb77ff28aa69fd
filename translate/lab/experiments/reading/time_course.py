"""When does the gender that the state tells change over? The readout around the second noun of switch sentences.

Misleads when the step at the noun is taken for the moment of forgetting: the readout tells which gender the state
speaks for, and a first gender that it no longer tells may still be there in another way (see `first_noun`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from translate.lab.experiments.setup import Setup
from translate.lab.sentences.events import OFFSETS, TwoNouns, around_second, checked, of_tested, two_nouns
from translate.lab.statistics.estimate import Course
from translate.lab.statistics.resample import course_over
from translate.lab.statistics.shown import Shown

KINDS = ("m>f", "f>m", "m>m", "f>f")


@dataclass(frozen=True)
class TimeCourse(Shown):
    """A mean over sentences at the words around the second noun (offset 0), for one kind of sentence.

    what: what is averaged ("p(feminine)", "f"). site. kind: "m>f" and so on, or "switch", "same".
    """

    what: str
    site: str
    kind: str
    course: Course


def time_courses(setup: Setup) -> tuple[TimeCourse, ...]:
    """p(feminine) read from the decoder's states around the second noun of switch sentences, by kind of switch."""
    # They come first among the setup's sentences.
    sentences = checked(two_nouns(setup.material.pairs("switch")), setup.material.as_written)
    tested = of_tested(sentences, setup.split.test)
    courses = []
    for site in setup.sites:
        if site.side == "dec":
            p = setup.readout.p_feminine(site, around_second(setup.observed.trace(site), site, sentences))
            p[~tested] = np.nan
            by_kind = courses_by_kind(p, sentences, {kind: (kind,) for kind in KINDS}, setup.seed)
            courses += [TimeCourse("p(feminine)", site, kind, course) for kind, course in by_kind.items()]
    return tuple(courses)


def courses_by_kind(
    values: np.ndarray, sentences: Sequence[TwoNouns], kinds: Mapping[str, Sequence[str]], seed: int
) -> dict[str, Course]:
    """The mean course of `values` `[sentence, offset]` for each of `kinds`, with intervals over second nouns.

    kinds: by name, the switches ("m>f") that are of this kind.
    """
    courses = {}
    for kind, switches in kinds.items():
        rows = [row for row, sentence in enumerate(sentences) if sentence.kind in switches]
        courses[kind] = course_over(values[rows], [sentences[row].lemmas[1] for row in rows], OFFSETS, seed)
    return courses
