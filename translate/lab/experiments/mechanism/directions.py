"""Directions in which two genders differ, and random ones of the same strength to tell them from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from translate import lab
from translate.corpus.pair import SentencePair
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.minimal_pairs import Swap, find_swaps
from translate.lab.sentences.places import Place, places_of
from translate.lab.tracing.site import Site


@dataclass(frozen=True)
class Differences:
    """What a site of feminine sentences holds more than that of masculine ones: sums over minimal pairs.

    sums `[noun pair, clause, place, unit]`: the pairs differ in the noun of that clause alone. lemmas: the noun pairs.
    """

    sums: np.ndarray
    lemmas: list[str]

    @property
    def directions(self) -> np.ndarray:
        """The differences of the means, of length 1, `[clause, place, unit]`; 0 where there is none."""
        return normal(self.sums.sum(0))


def gender_differences(setup: Setup, sites: Sequence[Site], places: Sequence[Place]) -> dict[Site, Differences]:
    """The differences at each place, over the minimal pairs that probes may be fitted on; the reference is written."""
    column = {place: number for number, place in enumerate(places)}
    swaps = list(_fitting(setup))
    pairs = list({pair.source: pair for swap in swaps for pair in swap.sentences}.values())
    row = {pair.source: number for number, pair in enumerate(pairs)}
    run = lab.trace(setup.translator, pairs, pairs, [*sites], network=setup.network)
    lemmas = sorted({swap.lemma for swap in swaps})
    differences = {}
    for site in sites:
        width = setup.config.encoder_units if site.side == "enc" else setup.config.hidden
        sums = np.zeros((len(lemmas), 2, len(places), width))
        for swap in swaps:
            base, source = (run[site][row[pair.source]].numpy() for pair in swap.sentences)
            for step, place in enumerate(places_of(swap.base, site.side)):
                if place in column:
                    sums[lemmas.index(swap.lemma), swap.clause, column[place]] += source[step] - base[step]
        differences[site] = Differences(sums, lemmas)
    return differences


def normal(vectors: np.ndarray) -> np.ndarray:
    """Vectors `[…, unit]` of length 1; those of length 0 stay."""
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.divide(vectors, length, out=np.zeros(vectors.shape), where=length > 0)


def random_directions(units: int, count: int, rng: np.random.Generator) -> np.ndarray:
    """Directions of any sort, `[count, unit]`, of length 1."""
    return normal(rng.normal(size=(count, units)))


def directions_as_varied(states: np.ndarray, of: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    """Random directions along which `states` `[row, unit]` vary as much as along the first of `of` `[direction, unit]`.

    Each mixes two principal components of what is left of the states without all of `of`, one that varies more and one
    that varies less; where none varies more, it is the one that varies most. `[count, unit]`, of length 1.
    """
    centred = states - states.mean(0)
    wanted = float((centred @ of[0]).var())
    basis = np.linalg.svd(of, full_matrices=False)[2][np.linalg.svd(of, compute_uv=False) > 1e-8]
    left = centred - centred @ basis.T @ basis
    spread, components = np.linalg.svd(left, full_matrices=False)[1:]
    variance, components = (part[spread > 1e-6 * spread[0]] for part in (spread**2 / len(states), components))
    more, less = np.flatnonzero(variance >= wanted), np.flatnonzero(variance < wanted)
    if not len(more) or not len(less):
        return np.repeat(components[[0 if not len(more) else -1]], count, axis=0)
    drawn = []
    for _ in range(count):
        high, low = rng.choice(more), rng.choice(less)
        share = (wanted - variance[low]) / (variance[high] - variance[low])
        signs = rng.choice([-1, 1], 2)
        drawn.append(signs[0] * np.sqrt(share) * components[high] + signs[1] * np.sqrt(1 - share) * components[low])
    return np.array(drawn)


def _fitting(setup: Setup) -> Iterator[Swap]:
    """The minimal pairs that probes may be fitted on, of either clause, each once, the masculine first."""
    for clause in (0, 1):
        for swap in find_swaps(setup.switch, clause, "after noun"):
            if setup.split.fits(swap.base) and _genders(swap.base) < _genders(swap.source):
                yield swap


def _genders(pair: SentencePair) -> list[bool]:
    """Which controlling nouns are feminine, in the order of the sentence: of a minimal pair the masculine is less."""
    return [noun.gender == "f" for noun in pair.nouns if noun.role == "controller"]
