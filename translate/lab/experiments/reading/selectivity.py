"""Does a probe read the gender, or could it have learnt any label of the noun? Selectivity (Hewitt & Liang 2019).

A control task gives each word type a label by lot and asks a probe of the same kind to read it from the same states.
Only what is stored by type can be read then. Selectivity is the accuracy of the task less that of the control task.

The *word type* here is the noun whose gender is current: kluk and holka are two. It is of the noun that gender is a
function, just as the control's label is, so both tasks are equally hard for a probe that recognises nouns. (The word
that the step has just read would be no such type: gender is no function of *čte* or *a*.) Half of the nouns of each
gender get either label, so that the control's label tells nothing about gender.

Both tasks are fitted on some sentences and tested on others **with the same nouns**, as in the paper: what a lot gave
to one noun cannot be known of another, so on unseen nouns a control is at chance by construction, and the difference
would be nothing but accuracy less 50 %. The strict test for a noun that was merely recognised is the accuracy on nouns
that the probe was not fitted on; it stands beside as `unseen`.

Misleads when it is low and that is taken for "no gender is stored": a state may hold the gender and recognise the noun.
"""

from dataclasses import dataclass

import numpy as np

from translate.lab.experiments.setup import Setup
from translate.lab.probes import examples
from translate.lab.probes.probe import fit_columns
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.resample import mean_over
from translate.lab.statistics.shown import Shown
from translate.lab.tracing.site import Site

DRAWS = 10
_FITTED = 0.6  # of the sentences


@dataclass(frozen=True)
class Selectivity(Shown):
    """How much better the current gender is read at a site than labels given to its nouns by lot.

    task, control: accuracy on other sentences about the same nouns. selectivity: their difference, paired by word.
    unseen: the task's accuracy on noun pairs that its probe was not fitted on. types: nouns. draws: of control labels,
    which are averaged.
    """

    site: str
    task: Estimate
    control: Estimate
    selectivity: Estimate
    unseen: Estimate
    types: int
    draws: int = DRAWS


def selectivity(setup: Setup, site: str) -> Selectivity:
    """The selectivity of the linear probe at a site of the setup ("dec.l0.c"), over all words."""
    labels = setup.observed.labels[Site(site).side]
    nouns = [setup.pairs[s].nouns[n].lemma for s, n in zip(labels.sentence, labels.noun, strict=True)]
    x = setup.observed.rows(site, labels)
    task, control, rows = compare(x, labels.feminine, np.array(nouns), labels.sentence, setup.seed)

    def share(right: np.ndarray) -> Estimate:
        return mean_over(right, labels.lemma[rows], "words", setup.seed)

    return Selectivity(
        site=site,
        task=share(task),
        control=share(control),
        selectivity=share(task - control),
        unseen=setup.halves(site).mean(setup.is_read(site)),
        types=len(set(nouns)),
    )


def compare(
    x: np.ndarray, feminine: np.ndarray, types: np.ndarray, sentences: np.ndarray, seed: int = 0, draws: int = DRAWS
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Both tasks on states x `[n, unit]`, for the label `feminine`, the word type and the sentence of each (`[n]`).

    Returns whether the task's probe is right and how often those of the control tasks are, at each row of the
    sentences for testing, and the numbers of these rows (all `[tested]`).
    """
    x, feminine, types, _ = examples.examples(x, feminine, types)
    sentences = examples.as_groups(sentences, x.shape)
    rng = np.random.default_rng(seed)
    names, kind = np.unique(types, return_inverse=True)
    gender = np.zeros(len(names), bool)
    gender[kind] = feminine
    lots = np.column_stack([control_labels(gender, rng) for _ in range(draws)])
    labels = np.column_stack([feminine, lots[kind]])
    shuffled = rng.permutation(np.unique(sentences))
    fit = np.isin(sentences, shuffled[: round(_FITTED * len(shuffled))])
    probes = fit_columns(x[fit], labels[fit], sentences[fit], seed=seed)
    right = probes.right(x[~fit], labels[~fit]).astype(float)
    return right[:, 0], right[:, 1:].mean(1), np.flatnonzero(~fit)


def control_labels(gender: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A label by lot for each word type, `[type]`: true for half of those of each gender `[type]`."""
    drawn = np.zeros(len(gender), bool)
    for types in (np.flatnonzero(gender), np.flatnonzero(~gender)):
        half = (len(types) + rng.integers(2)) // 2  # of an odd number the lot decides
        drawn[rng.permutation(types)[:half]] = True
    return drawn
