"""Temporal generalisation: is the gender held in one way all along, or in another way at each word?

A probe is fitted at one word (counted from the second noun) and tested at every word, which gives a matrix (King &
Dehaene 2014; for the states of a network Lakretz et al. 2021). A square of high accuracy is one code that is kept, a
mere diagonal is a code that changes from word to word, and where a probe for the current gender, fitted in the first
clause, is right in the second one too, the second noun's gender has taken the first one's place.
"""

from dataclasses import dataclass

import numpy as np

from translate.errors import UsageError
from translate.lab.experiments.setup import Setup
from translate.lab.probes.probe import fit_probes
from translate.lab.sentences.events import OFFSETS, TwoNouns, around_second, two_nouns

TARGETS = ("y1", "y2", "current")
_FEW = 20  # fewer rows than this fit no probe
_DRAWS = 1000


@dataclass(frozen=True)
class Generalisation:
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
    if not site.startswith("dec."):
        raise UsageError(f"Offsets are counted in the words that are written; {site} is not a site of the decoder.")
    found = two_nouns(setup.pairs)
    states = around_second(setup.observed.trace, site, found)
    there = ~np.isnan(states[..., 0])
    feminine, lemmas = targets(setup, found)
    fits = np.array([setup.fits[switch.sentence] for switch in found], dtype=bool)
    right = np.full((len(TARGETS), len(found), len(OFFSETS), len(OFFSETS)), np.nan)
    for column in range(len(OFFSETS)):
        rows = fits & there[:, column]
        if rows.sum() >= _FEW:
            labels, groups = feminine[:, rows, column].T, lemmas[:, rows, column].T
            probes = fit_probes(states[rows, column], labels, groups, seed=setup.seed)
            right[:, :, column] = (np.moveaxis(probes.logit(states), -1, 0) > 0) == feminine
    tested = there & np.isin(lemmas, list(setup.split.test))
    return tuple(
        _matrix(site, target, right[number], lemmas[number], tested[number], setup.seed)
        for number, target in enumerate(TARGETS)
    )


def targets(setup: Setup, found: list[TwoNouns]) -> tuple[np.ndarray, np.ndarray]:
    """For each of `TARGETS`, whether its gender is feminine, and its noun pair: `[target, switch, offset]`."""
    labels, grid = setup.observed.labels["dec"], tuple(setup.observed.trace[setup.memory].shape[:2])
    current, noun = np.zeros(grid, bool), np.zeros(grid, dtype=object)
    current[labels.sentence, labels.position] = labels.feminine
    noun[labels.sentence, labels.position] = labels.lemma
    sentence = np.array([[switch.sentence] for switch in found], dtype=int).reshape(-1, 1)
    at = np.array([[switch.second.dec] for switch in found], dtype=int).reshape(-1, 1) + np.array(OFFSETS)
    at = at.clip(0, grid[1] - 1)  # beyond the ends nothing is read
    kinds, pairs = ([pick(switch) for switch in found] for pick in (lambda s: s.kind, lambda s: s.lemmas))
    first, second = ([[kind[place] == "f"] * len(OFFSETS) for kind in kinds] for place in (0, 2))
    one, two = ([[pair[number]] * len(OFFSETS) for pair in pairs] for number in (0, 1))
    return np.stack([first, second, current[sentence, at]]), np.stack([one, two, noun[sentence, at]]).astype(str)


def _matrix(
    site: str, target: str, right: np.ndarray, lemmas: np.ndarray, tested: np.ndarray, seed: int
) -> Generalisation:
    """right `[switch, fit offset, test offset]`; lemmas and tested `[switch, test offset]`."""
    names, number = np.unique(lemmas[tested], return_inverse=True)
    switch, offset = np.nonzero(tested)
    sums, counts = np.zeros((len(names), *right.shape[1:])), np.zeros((len(names), right.shape[2]))
    np.add.at(sums.swapaxes(1, 2), (number, offset), right[switch, :, offset])
    np.add.at(counts, (number, offset), 1)
    drawn = np.random.default_rng(seed).multinomial(
        len(names), np.full(len(names), 1 / max(1, len(names))), size=_DRAWS
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        value = sums.sum(0) / counts.sum(0)
        means = np.einsum("dl,lij->dij", drawn, sums) / (drawn @ counts)[:, None]
    low, high = np.full((2, *value.shape), np.nan)
    some = ~np.isnan(value)
    low[some], high[some] = np.nanquantile(means[:, some], (0.025, 0.975), axis=0)
    return Generalisation(
        site, target, list(OFFSETS), value.tolist(), low.tolist(), high.tolist(), counts.sum(0).astype(int).tolist()
    )
