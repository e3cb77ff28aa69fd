"""Is the gender held until it is needed? The readout at the words far from the noun.

Misleads when the words between tell the gender themselves, which needs no memory: their share stands beside (`again`),
and what a network of random weights remembers as well (`untrained`).
"""

from dataclasses import dataclass

import numpy as np

from translate.lab.experiments.setup import Setup
from translate.lab.sentences.labels import Labels
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.shown import Shown
from translate.lab.tracing.site import Site

FAR = 8
"""Words from the noun from which on a gender counts as held over a distance."""
_LAST = 16  # what is further away counts as this far


@dataclass(frozen=True)
class Held(Shown):
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
    words, right = setup.halves(site), setup.is_read(site)
    away = _distance(setup, Site(site).side, words.test)
    far, counted = away >= FAR, np.minimum(away, _LAST)
    untrained = setup.halves(site, setup.untrained.array(site))
    return Held(
        site=site,
        by_distance={str(n): words.mean(right, counted == n) for n in range(_LAST + 1) if (counted == n).any()},
        far=words.mean(right, far),
        untrained=words.mean(untrained.unseen(), far),
        again=words.mean(words.test.agreeing, far),
    )


def _distance(setup: Setup, side: str, labels: Labels) -> np.ndarray:
    """Words since the noun whose gender is current, `[row]`; below 0 where a word agrees with a noun still to come.

    In the decoder 0 is the step that writes the noun, and 1 the first state that has seen it.
    """
    nouns = (setup.pairs[sentence].nouns[noun] for sentence, noun in zip(labels.sentence, labels.noun, strict=True))
    places = [noun.source if side == "enc" else noun.target for noun in nouns]
    return labels.position - np.array(places, dtype=np.int64)
