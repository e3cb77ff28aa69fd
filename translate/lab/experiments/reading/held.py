"""Is the gender held until it is needed? The readout at the words far from the noun."""

from dataclasses import dataclass

import numpy as np

from translate.lab.experiments.setup import Setup
from translate.lab.probes.probe import fit_probe
from translate.lab.sentences.labels import Labels
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.resample import mean_over
from translate.lab.tracing.site import Site

FAR = 8
"""Words from the noun from which on a gender counts as held over a distance."""
_LAST = 16  # what is further away counts as this far


@dataclass(frozen=True)
class Held:
    """How well the readout, fitted once over all words, tells the gender of a noun that lies some words back.

    by_distance: its accuracy by words since the noun ("0" is the noun itself, the last one also counts what is beyond).
    far: from `FAR` words on. untrained: the same for a probe of an untrained network. again: share of the words at
    the far places that tell the gender themselves (they agree), which a memory would not be needed for.
    """

    site: str
    by_distance: dict[str, Estimate]
    far: Estimate
    untrained: Estimate
    again: Estimate


def held(setup: Setup, site: str) -> Held:
    """The readout of `site` on test nouns, by distance from the noun whose gender is current."""
    side = Site(site).side
    test = setup.tested(side)
    away = _distance(setup, side, test)
    after, far = away >= 0, away >= FAR
    right = (setup.readout.logit(site, setup.observed.rows(site, test)) > 0) == test.feminine

    def share(values: np.ndarray, rows: np.ndarray) -> Estimate:
        return mean_over(values[rows], test.lemma[rows], "words", setup.seed)

    fit = setup.fitting.labels[side]
    twin = fit_probe(setup.untrained.rows(site, fit), fit.feminine, fit.lemma, setup.seed)
    by_distance = {}
    for distance in range(_LAST + 1):
        rows = after & (np.minimum(away, _LAST) == distance)
        if rows.any():
            by_distance[str(distance)] = share(right, rows)
    return Held(
        site, by_distance, share(right, far),
        untrained=share(twin.right(setup.untrained.rows(site, test), test.feminine), far),
        again=share(test.agreeing.astype(float), far),
    )  # fmt: skip


def _distance(setup: Setup, side: str, labels: Labels) -> np.ndarray:
    """Words since the noun whose gender is current, `[row]`; below 0 where a word agrees with a noun still to come.

    The decoder's state beside a word has not read that word yet, so that there one step more counts as reading it.
    """
    nouns = (setup.pairs[sentence].nouns[noun] for sentence, noun in zip(labels.sentence, labels.noun, strict=True))
    places = [noun.source if side == "enc" else noun.target for noun in nouns]
    return labels.position - np.array(places, dtype=np.int64)
