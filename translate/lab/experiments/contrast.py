"""Any contrast in place of the lesson's: a setup for the experiments, and what is asked of no other sentences.

Misleads when a contrast is taken for one thing and is two: a man and a woman in a caption differ in gender, and in what
captions say of them. What else differs in the model's words stands in `changed`; the controls move as much as the
contrast does.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from translate.errors import UsageError
from translate.lab.experiments.setup import Setup
from translate.lab.probes.halves import Folds, Halves
from translate.lab.probes.probe import fit_column
from translate.lab.sentences.contrast import Contrast
from translate.lab.sentences.contrasted import Contrasted, contrasted
from translate.lab.sentences.labels import words_since_told
from translate.lab.sentences.lemmas import split_lemmas
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.resample import mean_over
from translate.lab.tracing.site import Site
from translate.model.translator import Translator

_LEAST = 4
"""So many different labels at least: some to fit on, others to test on."""
_FEW = 40
"""Fewer rows than these are too few to fit on, or to test on."""
_FURTHEST = 16


def contrast(
    translator: Translator,
    pairs: Sequence[Contrast | tuple[str, str]],
    seed: int = 0,
    origin: str = "your contrasts",
) -> tuple[Setup, Contrasted]:
    """A setup with which every experiment asks about a contrast of one's own, and what it was made of.

    pairs: sentences with their counterfactuals. Where the experiments speak of a gender, the first sentence's side is
    masculine ("m") and the other one's feminine ("f"), whatever they are about; where of a noun, the first word that
    the model writes otherwise. seed: of the split and of every other random choice. origin: where they come from.
    Raises `UsageError` where too few can be used, see `contrasted`.
    """
    found = contrasted(translator, [each if isinstance(each, Contrast) else Contrast(*each) for each in pairs], origin)
    sentences = found.material.pairs("switch")
    labels = {noun.lemma for pair in sentences for noun in pair.nouns}
    if len(labels) < _LEAST:
        raise UsageError(
            f"Of {len(pairs)} contrasts {len(found.used)} can be used, too few to fit on some and to test on others; "
            f"give {_LEAST} or more that the model translates in two ways."
        )
    return Setup(translator, found.material, split_lemmas(sentences, seed), seed), found


def across_words(setup: Setup, site: str, words: Mapping[str, str]) -> Estimate | None:
    """The accuracy of a probe of a site where the words that differ are others than all that it was fitted on.

    words: by the label of a contrast the words that differ (`Contrasted.words`). A probe of *man* and *woman* may have
    learnt these two words; if it reads *boy* and *girl* as well, it has learnt what they have in common. Each pair of
    words is held out in turn, as far as there are enough sentences with it, and without it; None where there are not.
    """
    labels, vectors = setup.observed.labels[Site(site).side], setup.observed.array(site)
    differing = np.array([words.get(lemma, lemma) for lemma in labels.lemma])
    parts = []
    for name in sorted(set(differing)):
        out = differing == name
        if min(out.sum(), (~out).sum()) >= _FEW:
            parts.append(Halves(vectors, labels.where(~out), labels.where(out), setup.seed))
    folds = Folds(tuple(parts))
    return folds.mean(folds.unseen()) if parts else None


def told_anew(setup: Setup, site: str) -> dict[str, Estimate]:
    """The accuracy of probes of a site by the words since the last one that differs, each fitted at one distance alone.

    The readout is one line for all words; a side that is kept further on in another place is found by these. On
    contrasts for testing; distances of which there are too few to fit on or to test on are left out.
    """
    side = Site(site).side
    labels, states = setup.observed.labels[side], setup.observed.rows(site, setup.observed.labels[side])
    told = setup.material.told
    since_of = [words_since_told(pair, side, told.get(pair.source)) for pair in setup.pairs]
    since = np.array([since_of[s][t] for s, t in zip(labels.sentence, labels.position, strict=True)], dtype=float)
    test, may_fit = np.isin(labels.lemma, list(setup.split.test)), setup.fits[labels.sentence]
    accuracies = {}
    for away in range(_FURTHEST + 1):
        fit, rows = may_fit & (since == away), test & (since == away)
        if min(fit.sum(), rows.sum()) >= _FEW:
            probe = fit_column(states[fit], labels.feminine[fit], labels.lemma[fit], setup.seed)
            right = probe.right(states[rows], labels.feminine[rows])
            accuracies[str(away)] = mean_over(right, labels.lemma[rows], "words", setup.seed)
    return accuracies
