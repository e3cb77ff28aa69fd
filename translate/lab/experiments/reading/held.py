"""Is the gender held until it is needed? The readout at words with nothing that tells the gender for a while before.

A word far from its noun proves nothing where agreeing words stand in between: each of them tells the gender again. So
the distance is counted from the last *telling* word (see `words_since_told`), on sentences that have long stretches
without one: those of the setup and the suites of long distances. Where there are too few such places, the distance was
*not tested*, and nothing is said.

Misleads when a network of random weights remembers as well (`untrained`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from translate.corpus.pair import SentencePair
from translate.lab.experiments.setup import Setup
from translate.lab.probes.probe import fit_column
from translate.lab.sentences.labels import Labels, label, words_since_told
from translate.lab.sentences.material import DISTANT, Material
from translate.lab.sentences.observed import Observed
from translate.lab.statistics.estimate import Estimate, nothing_measured
from translate.lab.statistics.resample import mean_over
from translate.lab.statistics.shown import Shown
from translate.lab.tracing.site import Site

FAR = 8
"""Words without one that tells the gender from which on it counts as held over a distance."""
_LAST, _FEWEST_NOUNS = 16, 3  # what is further away counts as this far; fewer noun pairs than that test nothing
NOUN, TOLD = "the noun", "the last telling word"


@dataclass(frozen=True)
class Held(Shown):
    """How well the readout, fitted once over all words, tells a gender that was last told some words back.

    by_distance: its accuracy by words since then ("0" is the first state that has read the telling word, the last one
    also counts what is beyond). far: from `FAR` words on; n = 0: not tested. untrained: the same for a probe of an
    untrained network. again: share of the far places whose next word agrees. counted_from: what the distance begins
    with (older results: the noun). nouns: how many noun pairs the far places are about.
    """

    site: str
    by_distance: dict[str, Estimate]
    far: Estimate
    untrained: Estimate
    again: Estimate
    counted_from: str = NOUN
    nouns: int = 0


def held(setup: Setup, site: str, far: int = FAR) -> Held:
    """The readout of `site` on test nouns, by the words since the last one that told the current gender."""
    pairs, side = [*setup.pairs, *setup.material.pairs(*DISTANT)], Site(site).side
    labels = label(pairs, side)
    labels = labels.where(np.isin(labels.lemma, list(setup.split.test)))
    since = _since(pairs, side, labels, setup.material)
    told = since >= 0
    labels, since = labels.where(told), since[told]
    right = (
        setup.readout.logit(site, _states(site, labels, setup.observed, lambda: setup.distant_at(site))) > 0
    ) == labels.feminine

    def mean(values: np.ndarray, rows: np.ndarray) -> Estimate:
        return mean_over(values[rows], labels.lemma[rows], "words", setup.seed)

    is_far, counted = since >= far, np.minimum(since, _LAST)
    nouns = len(set(labels.lemma[is_far]))
    none = nothing_measured("words")
    tested = nouns >= _FEWEST_NOUNS
    return Held(
        site=site,
        by_distance={str(n): mean(right, counted == n) for n in range(_LAST + 1) if (counted == n).any()},
        far=mean(right, is_far) if tested else none,
        untrained=_untrained(setup, site, labels.where(is_far)) if tested else none,
        again=mean(labels.agreeing, is_far) if tested else none,
        counted_from=TOLD,
        nouns=nouns,
    )


def _since(pairs: Sequence[SentencePair], side: str, labels: Labels, material: Material) -> np.ndarray:
    """Words since the gender was last told, `[row]`; -1 where it has not been told yet."""
    by_pair = [words_since_told(pair, side, material.told.get(pair.source)) for pair in pairs]
    places = zip(labels.sentence, labels.position, strict=True)
    return np.array([-1 if (words := by_pair[s][t]) is None else words for s, t in places], dtype=np.int64)


def _states(site: str, labels: Labels, near: Observed, distant: Callable[[], Observed]) -> np.ndarray:
    """The states beside the labels, `[row, unit]`: of the setup's sentences, and of those that follow them."""
    is_near = labels.sentence < len(near.pairs)
    rows = near.rows(site, labels.where(is_near))
    states = np.zeros((len(labels), rows.shape[-1]), np.float32)
    states[is_near] = rows
    if not is_near.all():
        others = labels.where(~is_near)
        states[~is_near] = distant().rows(site, replace(others, sentence=others.sentence - len(near.pairs)))
    return states


def _untrained(setup: Setup, site: str, labels: Labels) -> Estimate:
    """The accuracy of a probe of the untrained network, fitted on the same nouns as the readout."""
    fit = setup.fitting.labels[Site(site).side]
    untrained = setup.untrained_at(site)
    probe = fit_column(untrained.rows(site, fit), fit.feminine, fit.lemma, setup.seed)
    states = _states(site, labels, untrained, lambda: setup.untrained_distant_at(site))
    return mean_over(probe.right(states, labels.feminine), labels.lemma, "words", setup.seed)
