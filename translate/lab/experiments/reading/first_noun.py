"""Is the gender of the *first* noun still there after the second one, and is it there in the same way?

Two probes answer different questions. One fitted anew at each word asks whether any direction still tells the first
noun's gender. One fitted inside the first clause and applied unchanged asks whether the place that held it then holds
it still; if after the switch that place tells the second noun's gender, it has been used again.
"""

from dataclasses import dataclass

import numpy as np

from translate.lab.experiments.setup import Setup
from translate.lab.probes.probe import Probe, fit_probe
from translate.lab.sentences.events import OFFSETS, WRITES, TwoNouns, around_second, two_nouns
from translate.lab.statistics.estimate import Course, Estimate
from translate.lab.statistics.resample import course_over, mean_over


@dataclass(frozen=True)
class FirstNoun:
    """Is the first noun's gender still there after the second noun?

    anew: accuracy of a probe for y1 fitted anew at each word. unchanged: accuracy for y1 of the one that was fitted
    in the first clause and applied as it is. unchanged_second: the same probe scored against y2.
    The three estimates are those of the words from the second noun's next one on, together.
    """

    site: str
    anew: Course
    unchanged: Course
    unchanged_second: Course
    after_anew: Estimate
    after_unchanged: Estimate
    after_second: Estimate


def first_noun(setup: Setup) -> FirstNoun:
    """Both probes at every word around the second noun, tested where the first noun is a test noun."""
    site, found = setup.memory, two_nouns(setup.pairs)
    states = around_second(setup.observed.trace, site, found)
    y1, y2 = (np.array([switch.kind[place] == "f" for switch in found]) for place in (0, 2))
    lemmas = np.array([switch.lemmas[0] for switch in found], dtype=object)
    fit = np.array([setup.fits[switch.sentence] for switch in found])
    test = np.isin(lemmas, list(setup.split.test))
    anew = np.full(states.shape[:2], np.nan)
    for column in range(len(OFFSETS)):
        x = states[:, column]
        there = ~np.isnan(x[:, 0])
        if (fit & there).sum() >= 20:
            probe = fit_probe(x[fit & there], y1[fit & there], lemmas[fit & there], setup.seed)
            anew[there, column] = probe.right(x[there], y1[there])
    probe = _of_first_clause(setup, site, [switch for switch, fine in zip(found, fit, strict=True) if fine])
    says = np.where(np.isnan(states[..., 0]), np.nan, probe.logit(np.nan_to_num(states)) > 0)
    unchanged, second = (np.where(np.isnan(says), np.nan, says == y[:, None]) for y in (y1, y2))
    after = [column for column, offset in enumerate(OFFSETS) if offset >= 0]

    def over(values: np.ndarray):
        rows, columns = np.nonzero(~np.isnan(values[test][:, after]))
        return mean_over(values[test][:, after][rows, columns], lemmas[test][rows], "words", setup.seed)

    def along(values: np.ndarray):
        return course_over(values[test], lemmas[test], OFFSETS, setup.seed)

    return FirstNoun(
        site, along(anew), along(unchanged), along(second), over(anew), over(unchanged), over(second)
    )  # fmt: skip


def _of_first_clause(setup: Setup, site: str, found: list[TwoNouns]) -> Probe:
    """A probe for y1 fitted on the words from the first noun to the last word that agrees with it."""
    rows = []
    for switch in found:
        pair = setup.pairs[switch.sentence]
        writes = switch.first.dec + WRITES
        last = max((word.position for word in pair.agreements if word.clause == 0), default=writes)
        rows += [(switch.sentence, t, switch.kind[0] == "f", switch.lemmas[0]) for t in range(writes, last + 1)]
    sentence, position, feminine, lemma = (np.array(column) for column in zip(*rows, strict=True))
    return fit_probe(setup.observed.trace[site].numpy()[sentence, position], feminine, lemma, setup.seed)
