"""Is the current gender in the states? The readout on nouns that it was not fitted on, and its controls."""

from dataclasses import dataclass

import numpy as np

from translate.lab.experiments.setup import Setup
from translate.lab.probes.probe import STRENGTHS, fit_probe, fit_probes
from translate.lab.sentences.labels import Labels
from translate.lab.sentences.observed import Observed
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.resample import mean_over
from translate.lab.tracing.site import Site
from translate.tokenizer import START

SHUFFLES = 5
KINDS = ("m>f", "f>m", "m>m", "f>f")


@dataclass(frozen=True)
class Reading:
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
    return tuple(_reading(setup, site, setup.untrained) for site in setup.sites)


def _reading(setup: Setup, site: str, twin: Observed) -> Reading:
    side = Site(site).side
    fit, test = setup.fitting.labels[side], setup.tested(side)
    x, x_test = setup.fitting.rows(site, fit), setup.observed.rows(site, test)
    right = (setup.readout.logit(site, x_test) > 0) == test.feminine
    words = _embeddings(setup, side)
    often = fit.feminine.mean() > 0.5
    return Reading(
        site,
        probe=_estimate(right, test, setup.seed),
        agreeing=_estimate(right[test.agreeing], test.where(test.agreeing), setup.seed) if side == "dec" else None,
        shuffled=_estimate(_shuffled(x, fit, x_test, test, setup.seed), test, setup.seed),
        untrained=_control(setup, fit, test, lambda labels: twin.rows(site, labels)),
        embedding=_control(setup, fit, test, lambda labels: words[labels.sentence, labels.position]),
        majority=_estimate(test.feminine == often, test, setup.seed),
    )


def _shuffled(x: np.ndarray, fit: Labels, x_test: np.ndarray, test: Labels, seed: int) -> np.ndarray:
    """How often probes fitted to shuffled labels are right at each test row: the mean of several shuffles."""
    rng = np.random.default_rng(seed)
    labels = np.column_stack([rng.permutation(fit.feminine) for _ in range(SHUFFLES)])
    probes = fit_probes(x, labels, fit.lemma, seed=seed, strengths=(STRENGTHS[2],))
    return probes.right(x_test, test.feminine[:, None]).mean(1)


def _control(setup: Setup, fit: Labels, test: Labels, rows) -> Estimate:
    """Accuracy on the test nouns of a probe fitted to other vectors beside the same words."""
    probe = fit_probe(rows(fit), fit.feminine, fit.lemma, setup.seed)
    return _estimate(probe.right(rows(test), test.feminine), test, setup.seed)


def _estimate(right: np.ndarray, labels: Labels, seed: int) -> Estimate:
    return mean_over(right, labels.lemma, "words", seed)


def _embeddings(setup: Setup, side: str) -> np.ndarray:
    """The vector of the word that each step reads, `[sentence, time, embedding]`; zeros beyond the end."""
    weights = setup.translator.checkpoint.numpy_weights()
    table = weights["source_embedding.weight" if side == "enc" else "target_embedding.weight"]
    if side == "enc":
        ids = [setup.translator.source.ids(pair.source) for pair in setup.pairs]
    else:
        ids = [[START, *setup.translator.target.ids(pair.target)] for pair in setup.pairs]
    vectors = np.zeros((len(ids), max(map(len, ids)), table.shape[1]), np.float32)
    for row, sentence in enumerate(ids):
        vectors[row, : len(sentence)] = table[sentence]
    return vectors
