"""Fitting the readout of the current gender: one probe a site, over all words of many sentences."""

from collections.abc import Sequence

import numpy as np

from translate.corpus.pair import SentencePair
from translate.errors import TranslateError
from translate.lab.probes.probe import fit_probe
from translate.lab.probes.readout import Readout
from translate.lab.sentences.lemmas import LemmaSplit, split_lemmas
from translate.lab.sentences.observed import Observed, observe
from translate.model.translator import Translator


def fit_readout(
    translator: Translator,
    pairs: Sequence[SentencePair],
    seed: int = 0,
    split: LemmaSplit | None = None,
    most: int = 6000,
) -> Readout:
    """Fit the readout of a model's current gender, for c and h of every layer of both sides.

    pairs: annotated sentences; those with a noun kept for testing are left aside. seed: decides which nouns those are
    (unless `split` is given) and which rows are used. most: rows (words) used at most for a site.
    """
    split = split or split_lemmas(pairs, seed)
    fitting = [pair for pair in pairs if split.fits(pair)]
    if not fitting:
        raise TranslateError("No sentence is left to fit a readout on; give more sentences or more nouns.")
    observed = observe(translator, fitting)
    return fit_directions(observed, translator.checkpoint.hash, split, seed, most)


def fit_directions(observed: Observed, model: str, split: LemmaSplit, seed: int, most: int = 6000) -> Readout:
    """The readout of the current gender at every site of `observed`, whose labels must all be for fitting."""
    directions: dict[str, np.ndarray] = {}
    biases: dict[str, float] = {}
    for site in observed.sites:
        labels = observed.labels[site.side]
        probe = fit_probe(observed.rows(site, labels), labels.feminine, labels.lemma, seed, most)
        directions[site], biases[site] = probe.weight, probe.bias
    about = {"model": model, "seed": str(seed), "fitted_on": " ".join(sorted(split.train))}
    return Readout(directions, biases, about)
