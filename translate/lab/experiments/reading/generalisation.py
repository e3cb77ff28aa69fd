"""Is the gender held in one way all along, or in another way at each word? Temporal generalisation.

A probe is fitted at one word (counted from the second noun) and tested at every word, which gives a matrix (King &
Dehaene 2014; for the states of a network Lakretz et al. 2021). A square of high accuracy is one code that is kept, a
mere diagonal is a code that changes from word to word, and where a probe for the current gender, fitted in the first
clause, is right in the second one too, the second noun's gender has taken the first one's place.

Misleads when a word's own gender is taken for a memory of it: words that agree tell their gender when they are read
back.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from translate.errors import UsageError
from translate.lab.experiments.setup import Setup
from translate.lab.probes.probe import FEW, fit_columns
from translate.lab.sentences.events import OFFSETS, TwoNouns, around_second, checked, two_nouns
from translate.lab.statistics.resample import Groups, resample
from translate.lab.statistics.shown import Shown
from translate.lab.tracing.positions import align
from translate.lab.tracing.site import Site

TARGETS = ("y1", "y2", "current")


@dataclass(frozen=True)
class Generalisation(Shown):
    """Accuracy of probes fitted at each word around the second noun and tested at each, on unseen nouns.

    target: whose gender is read: "y1" or "y2" (the first or the second noun's), or "current". offsets: words from the
    second noun. matrix: accuracy `[fit offset][test offset]`, NaN where there is nothing; low, high: its 95 %
    intervals, bootstrapped over noun pairs. n: words at each test offset.
    """

    site: str
    target: str
    offsets: list[int]
    matrix: list[list[float]]
    low: list[list[float]]
    high: list[list[float]]
    n: list[int]


def generalisation(setup: Setup, site: str, target: str) -> Generalisation:
    """The matrix of one target of `TARGETS`; see `generalisations`."""
    if target not in TARGETS:
        raise UsageError(f"There is no target '{target}'; choose one of {', '.join(TARGETS)}.")
    return generalisations(setup, site)[TARGETS.index(target)]


def generalisations(setup: Setup, site: str) -> tuple[Generalisation, ...]:
    """The matrices of all `TARGETS` at a site of the decoder, one after the other.

    The probes of an offset share its states and are fitted together, on the sentences whose nouns are all for fitting.
    They are tested where the noun whose gender is read is a test noun. Raises `UsageError` for a site of the encoder,
    whose words are not those that are counted here.
    """
    if Site(site).side != "dec":
        raise UsageError(f"Offsets are counted in the words that are written; {site} is not a site of the decoder.")
    sentences = checked(two_nouns(setup.pairs), setup.material.as_written)
    states = around_second(setup.observed.trace(site), site, sentences)
    present = ~np.isnan(states[..., 0])
    feminine, lemmas = targets(setup, sentences)
    right = np.full((len(TARGETS), len(sentences), len(OFFSETS), len(OFFSETS)), np.nan)
    for column, rows in enumerate((present & setup.may_fit(sentences)[:, None]).T):
        if rows.sum() >= FEW:
            labels, groups = feminine[:, rows, column].T, lemmas[:, rows, column].T
            probes = fit_columns(states[rows, column], labels, groups, seed=setup.seed)
            right[:, :, column] = (np.moveaxis(probes.logit(states), -1, 0) > 0) == feminine
    tested = present & np.isin(lemmas, list(setup.split.test))
    return tuple(
        _matrix(site, target, right[number], lemmas[number], tested[number], setup.seed)
        for number, target in enumerate(TARGETS)
    )


def targets(setup: Setup, sentences: Sequence[TwoNouns]) -> tuple[np.ndarray, np.ndarray]:
    """For each of `TARGETS`, whether its gender is feminine, and its noun pair: `[target, sentence, offset]`."""
    labels, grid = setup.observed.labels["dec"], setup.observed.array(setup.memory).shape[:2]
    current, lemma = np.zeros(grid), np.zeros(grid, dtype=object)
    current[labels.sentence, labels.position] = labels.feminine
    lemma[labels.sentence, labels.position] = labels.lemma
    rows, events = np.array([(each.sentence, each.second.dec) for each in sentences], dtype=int).reshape(-1, 2).T
    current, lemma = (align(values, rows, events, OFFSETS) for values in (current, lemma))
    genders = [_at_all_offsets([each.genders[noun] == "f" for each in sentences]) for noun in (0, 1)]
    pairs = [_at_all_offsets([each.lemmas[noun] for each in sentences]) for noun in (0, 1)]
    return np.stack([*genders, current == 1]), np.stack([*pairs, lemma]).astype(str)


def _at_all_offsets(values: Sequence[bool] | Sequence[str]) -> np.ndarray:
    """What is true of each sentence, `[sentence]`, beside each of its offsets, `[sentence, offset]`."""
    return np.repeat(np.array(values)[:, None], len(OFFSETS), axis=1)


def _matrix(
    site: str, target: str, right: np.ndarray, lemmas: np.ndarray, tested: np.ndarray, seed: int
) -> Generalisation:
    """right `[sentence, fit offset, test offset]`; lemmas and tested `[sentence, test offset]`."""
    groups, (sentence, offset) = Groups.of(lemmas[tested]), np.nonzero(tested)
    sums, counts = np.zeros((len(groups), *right.shape[1:])), np.zeros((len(groups), right.shape[2]))
    np.add.at(sums.swapaxes(1, 2), (groups.index, offset), right[sentence, :, offset])
    np.add.at(counts, (groups.index, offset), 1)

    def accuracies(weights: np.ndarray) -> np.ndarray:
        return np.tensordot(weights, sums, 1) / (weights @ counts)[..., None, :]

    with np.errstate(invalid="ignore"):
        matrix = sums.sum(0) / counts.sum(0)
    low, high = resample(len(groups), accuracies, seed)
    return Generalisation(
        site=site,
        target=target,
        offsets=list(OFFSETS),
        matrix=matrix.tolist(),
        low=low.tolist(),
        high=high.tolist(),
        n=counts.sum(0).astype(int).tolist(),
    )
