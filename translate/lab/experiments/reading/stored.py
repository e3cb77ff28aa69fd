"""Is the current gender in the states? The readout on nouns that it was not fitted on, and its controls.

Misleads when the number is read without its controls: words tell their own gender (`embedding`), a state of random
weights remembers some words (`untrained`), and what can be read may be used by nobody (see `intervening/`).
"""

from dataclasses import dataclass

import numpy as np

from translate.lab.experiments.setup import Setup
from translate.lab.probes.logistic import STRENGTHS
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.shown import Shown
from translate.lab.tracing.site import Site
from translate.tokenizer import START

SHUFFLES = 5


@dataclass(frozen=True)
class Reading(Shown):
    """How well one linear probe, fitted once over all words, reads the current gender at a site, on unseen nouns.

    probe: at every word. agreeing: at the agreeing words alone (decoder). The rest are controls at every word:
    shuffled: fitted to shuffled labels. untrained: the same architecture with random weights. embedding: of the word
    just read, without any state. majority: always the more frequent gender.
    """

    site: str
    probe: Estimate
    agreeing: Estimate | None
    shuffled: Estimate
    untrained: Estimate
    embedding: Estimate
    majority: Estimate


def readings(setup: Setup) -> tuple[Reading, ...]:
    """The readout's accuracy at every site of the setup, with its controls."""
    return tuple(stored(setup, site) for site in setup.sites)


def stored(setup: Setup, site: str) -> Reading:
    """The readout's accuracy at one site, with its controls."""
    side, words, right = Site(site).side, setup.halves(site), setup.is_read(site)
    untrained, embedded = (
        setup.halves(site, vectors) for vectors in (setup.untrained.array(site), _embeddings(setup, side))
    )
    chance = words.shuffled(SHUFFLES, strengths=STRENGTHS[2:3]).logit(words.test_x)
    is_often_feminine = words.fit.feminine.mean() > 0.5
    return Reading(
        site=site,
        probe=words.mean(right),
        agreeing=words.mean(right, words.test.agreeing) if side == "dec" else None,
        shuffled=words.mean(words.right(chance).mean(1)),
        untrained=words.mean(untrained.unseen()),
        embedding=words.mean(embedded.unseen()),
        majority=words.mean(words.test.feminine == is_often_feminine),
    )


def _embeddings(setup: Setup, side: str) -> np.ndarray:
    """The vector of the word that each step reads, `[sentence, time, embedding]`; zeros beyond the end."""
    weights = setup.translator.checkpoint.numpy_weights()
    if side == "enc":
        table = weights["source_embedding.weight"]
        ids = [setup.translator.source.ids(pair.source) for pair in setup.pairs]
    else:
        table = weights["target_embedding.weight"]
        ids = [[START, *setup.translator.target.ids(pair.target)] for pair in setup.pairs]
    vectors = np.zeros((len(ids), max(map(len, ids)), table.shape[1]), np.float32)
    for row, sentence in enumerate(ids):
        vectors[row, : len(sentence)] = table[sentence]
    return vectors
