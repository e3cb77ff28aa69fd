"""Is the current gender in the states? A straight line on nouns that it was not fitted on, and its controls.

Every noun pair is held out in turn: one split of the nouns would say how well *its* test nouns are read, and which ones
these are decides what is found (*brother* and *sister* stand in a construction of their own, *my brother …*). So the
interval is over all noun pairs, and the numbers by construction stand beside the mean.

Misleads when the number is read without its controls: words tell their own gender (`embedding`), a state of random
weights remembers some words (`untrained`), and what can be read may be used by nobody (see `intervening/`).
"""

from dataclasses import dataclass, field

import numpy as np

from translate.lab.experiments.setup import Setup
from translate.lab.probes.halves import Folds
from translate.lab.probes.logistic import STRENGTHS
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.shown import Shown
from translate.lab.tracing.site import Site
from translate.tokenizer import START

SHUFFLES = 3  # in each fit
_FEWER = 2000  # words that controls are fitted on: what they read is far from what the probe does


@dataclass(frozen=True)
class Reading(Shown):
    """How well a linear probe, fitted once over all words, reads the current gender at a site, on unseen nouns.

    probe: at every word, each by a probe that was fitted without its noun. agreeing: at the agreeing words alone
    (decoder). by_construction: probe, by the construction of the clause that the noun stands in. by_noun: the share of
    each noun pair's words, when it was unseen. folds: fits that the pairs were held out from. The rest are controls at
    every word, held out in the same way: shuffled: fitted to shuffled labels. untrained: the same architecture with
    random weights. embedding: of the word just read, without any state. majority: always the more frequent gender.
    """

    site: str
    probe: Estimate
    agreeing: Estimate | None
    shuffled: Estimate
    untrained: Estimate
    embedding: Estimate
    majority: Estimate
    by_construction: dict[str, Estimate] = field(default_factory=dict)
    by_noun: dict[str, float] = field(default_factory=dict)
    folds: int = 1


def readings(setup: Setup) -> tuple[Reading, ...]:
    """The readout's accuracy at every site of the setup, with its controls."""
    return tuple(stored(setup, site) for site in setup.sites)


def stored(setup: Setup, site: str) -> Reading:
    """The accuracy at one site, every noun pair held out in turn, with its controls."""
    side, words = Site(site).side, setup.folds(site)
    right = words.unseen()
    untrained, embedded = (
        setup.folds(site, vectors).unseen(_FEWER)
        for vectors in (setup.untrained_at(site).array(site), _embeddings(setup, side))
    )
    constructions, lemmas = _constructions(setup, words), words.test.lemma
    return Reading(
        site=site,
        probe=words.mean(right),
        agreeing=words.mean(right, words.test.agreeing) if side == "dec" else None,
        shuffled=words.mean(words.shuffled(SHUFFLES, STRENGTHS[2:3])),
        untrained=words.mean(untrained),
        embedding=words.mean(embedded),
        majority=words.mean(words.majority()),
        by_construction={str(name): words.mean(right, constructions == name) for name in sorted(set(constructions))},
        by_noun={lemma: float(right[lemmas == lemma].mean()) for lemma in sorted(set(lemmas))},
        folds=len(words.parts),
    )


def _constructions(setup: Setup, words: Folds) -> np.ndarray:
    """The construction of the clause whose noun's gender is current, `[word]`."""
    places = zip(words.test.sentence, words.test.noun, strict=True)
    pairs = ((setup.pairs[sentence], noun) for sentence, noun in places)
    return np.array([pair.constructions[pair.nouns[noun].clause] for pair, noun in pairs])


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
