"""At which word does a state begin to tell which side of a contrast a sentence is on, and does it go on telling?

The readout of a contrast of one's own, fitted once over all words, at the words around the first one that differs: in
the encoder around the source's, in the decoder around the first word that the model writes otherwise. Both versions of
a sentence are followed, each by itself, and so is a network of random weights, with a readout of its own.

Before the first differing word has been read the two versions are the same to a state that reads forwards, and both
courses must agree there: that is no finding. In the decoder they may part before, for it has been told by the encoder.

Misleads when what the state goes on telling is taken for what is still needed, or, of a decoder that looks back at the
source, for what it remembers (see `attention`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from translate.corpus.pair import SentencePair
from translate.lab.experiments.setup import Setup
from translate.lab.probes.probe import fit_column
from translate.lab.sentences.events import Seen, controllers
from translate.lab.sentences.lemmas import noun_pair
from translate.lab.statistics.estimate import Course
from translate.lab.statistics.resample import course_over
from translate.lab.statistics.shown import Shown
from translate.lab.tracing.site import DECODER_FIRST, Site
from translate.lab.tracing.trace import Trace
from translate.language.words import GENDERS, Gender

OFFSETS = tuple(range(-3, 11))
"""Words from the first that differs; at 0 a state has just read it."""


@dataclass(frozen=True)
class SideCourse(Shown):
    """p(the second side) as it is read around the first differing word, for the sentences of one side.

    side: "m", of the first column, or "f". untrained: whether of the network of random weights.
    """

    site: str
    side: Gender
    untrained: bool
    course: Course


def side_courses(setup: Setup) -> tuple[SideCourse, ...]:
    """The courses of the memory of both sides of the network, of contrasts for testing; the decoder's come first."""
    first = {row: noun for row, pair in enumerate(setup.pairs) for noun in controllers(pair, 0)[:1]}
    tested = [row for row, noun in first.items() if noun_pair(noun.lemma) in setup.split.test]
    courses = []
    for part in DECODER_FIRST:
        site = setup.memory.on(part)
        events = [Seen.of(first[row]).on(part) for row in tested]
        for untrained in (False, True):
            p = _p(setup, site, events, tested, untrained)
            courses += [SideCourse(site, side, untrained, _of_side(setup, p, tested, side)) for side in GENDERS]
    return tuple(courses)


def _p(setup: Setup, site: Site, events: Sequence[int], rows: Sequence[int], untrained: bool) -> np.ndarray:
    """What is read at the offsets from each event, `[sentence, offset]`; NaN outside the sentence."""
    observed = setup.untrained_at(site) if untrained else setup.observed
    values = _aligned(observed.trace(site), site, events, rows)
    if not untrained:
        return setup.readout.p_feminine(site, values)
    labels = setup.fitting.labels[site.side]
    probe = fit_column(observed.rows(site, labels), labels.feminine, labels.lemma, setup.seed)
    return 1 / (1 + np.exp(-np.clip(probe.logit(values), -50, 50)))


def _aligned(trace: Trace, site: Site, events: Sequence[int], rows: Sequence[int]) -> np.ndarray:
    return trace.aligned(site, list(events), OFFSETS, list(rows)).numpy()


def _of_side(setup: Setup, p: np.ndarray, rows: Sequence[int], side: Gender) -> Course:
    """The mean over the sentences whose first contrast is on this side, with intervals over contrasts."""
    pairs: list[SentencePair] = [setup.pairs[row] for row in rows]
    chosen = np.array([controllers(pair, 0)[0].gender == side for pair in pairs], dtype=bool)
    lemmas = [
        noun_pair(controllers(pair, 0)[0].lemma) for pair, is_chosen in zip(pairs, chosen, strict=True) if is_chosen
    ]
    return course_over(p[chosen], lemmas, OFFSETS, setup.seed)
