"""Is the gender of the *first* noun still there after the second one, and is it there in the same way?

Three probes answer different questions. One fitted anew at each word asks whether any direction still tells the first
noun's gender. One fitted inside the first clause and applied unchanged asks whether the place that held it then holds
it still; if after the switch that place tells the second noun's gender, it has been used again. A small nonlinear one
asks whether the gender is there in a form that no straight line finds, as where the new one was written over it.

The new probes are fitted on thousands of sentences a word, more than all other experiments have (`Material.more`): a
probe of few rows finds nothing where there is something.

Misleads when "a new probe still finds it" is read as "it is still used": what is left over may serve nothing.
"""

from dataclasses import dataclass

import numpy as np

from translate.lab.experiments.setup import Setup
from translate.lab.probes.nonlinear import fit_curve
from translate.lab.probes.probe import FEW, Probe, fit_column
from translate.lab.sentences.events import OFFSETS, WRITES, TwoNouns, checked, two_nouns
from translate.lab.statistics.estimate import Course, Estimate
from translate.lab.statistics.resample import course_over, mean_over
from translate.lab.statistics.shown import Shown
from translate.lab.tracing.site import Site

_AFTER = np.array(OFFSETS) >= 0


@dataclass(frozen=True)
class FirstNoun(Shown):
    """Is the first noun's gender still there after the second noun?

    anew: accuracy of a probe for y1 fitted anew at each word. unchanged: accuracy for y1 of the one that was fitted
    in the first clause and applied as it is. unchanged_second: the same probe scored against y2.
    The four estimates are those of all words together whose state has seen the second noun; after_curved: accuracy of
    the nonlinear probe, fitted anew at each of them; None in older results. rows: that the new probes were fitted on at
    the first of these words (at later ones fewer sentences are left); 0 in older results.
    """

    site: str
    anew: Course
    unchanged: Course
    unchanged_second: Course
    after_anew: Estimate
    after_unchanged: Estimate
    after_second: Estimate
    after_curved: Estimate | None = None
    rows: int = 0


def first_noun(setup: Setup) -> FirstNoun:
    """Both probes at every word around the second noun, tested where the first noun is a test noun."""
    sentences = checked(two_nouns(setup.many), setup.material.as_written)
    site, states = setup.memory, setup.around_second
    present = ~np.isnan(states[..., 0])
    y1, y2 = (np.array([sentence.genders[noun] == "f" for sentence in sentences]) for noun in (0, 1))
    lemmas = np.array([sentence.lemmas[0] for sentence in sentences])
    fit = np.array([setup.split.fits(setup.many[each.sentence]) for each in sentences], dtype=bool)
    test = np.isin(lemmas, list(setup.split.test))
    anew = np.full(present.shape, np.nan)
    for column, rows in enumerate((present & fit[:, None]).T):
        if rows.sum() >= FEW:
            probe = fit_column(states[rows, column], y1[rows], lemmas[rows], setup.seed)
            anew[:, column] = (probe.logit(states[:, column]) > 0) == y1
    curved = _curved(states, present, y1, lemmas, fit, setup.seed)
    observed = [each for each, may in zip(sentences, fit, strict=True) if may and each.sentence < len(setup.pairs)]
    kept = _of_first_clause(setup, site, observed)
    is_feminine = kept.logit(states) > 0
    tested = present[test]
    anew, unchanged, second = (
        np.where(tested, right[test], np.nan)
        for right in (anew, is_feminine == y1[:, None], is_feminine == y2[:, None])
    )

    def mean(right: np.ndarray) -> Estimate:
        rows, columns = np.nonzero(~np.isnan(right) & _AFTER)
        return mean_over(right[rows, columns], lemmas[test][rows], "words", setup.seed)

    def course(right: np.ndarray) -> Course:
        return course_over(right, lemmas[test], OFFSETS, setup.seed)

    return FirstNoun(
        site=site,
        anew=course(anew),
        unchanged=course(unchanged),
        unchanged_second=course(second),
        after_anew=mean(anew),
        after_unchanged=mean(unchanged),
        after_second=mean(second),
        after_curved=mean(curved[test]),
        rows=int((present & fit[:, None])[:, OFFSETS.index(0)].sum()),
    )


def _curved(
    states: np.ndarray, present: np.ndarray, y1: np.ndarray, lemmas: np.ndarray, fit: np.ndarray, seed: int
) -> np.ndarray:
    """Whether a nonlinear probe for y1, fitted at a word, is right there: `[sentence, offset]`, NaN where not asked."""
    right = np.full(present.shape, np.nan)
    for column in np.flatnonzero(_AFTER):
        rows, asked = present[:, column] & fit, present[:, column]
        if rows.sum() >= FEW:
            probe = fit_curve(states[rows, column], y1[rows], lemmas[rows], seed)
            right[asked, column] = probe.right(states[asked, column], y1[asked])
    return right


def _of_first_clause(setup: Setup, site: Site, sentences: list[TwoNouns]) -> Probe:
    """A probe for y1 fitted on the words from the first noun to the last word that agrees with it."""
    rows = []
    for sentence in sentences:
        pair, writes = setup.pairs[sentence.sentence], sentence.first.dec + WRITES
        last = max((word.position for word in pair.agreements if word.clause == 0), default=writes)
        is_feminine, lemma = sentence.genders[0] == "f", sentence.lemmas[0]
        rows += [(sentence.sentence, t, is_feminine, lemma) for t in range(writes, last + 1)]
    numbers, positions, feminine, lemmas = (np.array(column) for column in zip(*rows, strict=True))
    return fit_column(setup.observed.array(site)[numbers, positions], feminine, lemmas, setup.seed)
