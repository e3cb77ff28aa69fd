"""The units of several models of one shape, matched with each other: is what carries the gender the same in all?

Two trainings of one recipe number their units at random, and the sign of a unit is as arbitrary as its number. So units
are matched by how alike they behave on the same words: one partner for each, so that the absolute correlations add up
to the most (Li et al. 2016, "Convergent learning"). A best matching always exists; what it is worth shows only beside
a chance one (`Matching.any_pair`) and beside that of two networks that have learnt nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np

from translate.corpus.pair import SentencePair
from translate.errors import TranslateError
from translate.lab.experiments.reading.units import rank_units
from translate.lab.experiments.setup import untrained
from translate.lab.sentences.lemmas import LemmaSplit, split_lemmas
from translate.lab.sentences.observed import Observed, observe
from translate.lab.statistics.estimate import NAN, Estimate, nothing_measured
from translate.lab.statistics.resample import resample
from translate.lab.statistics.tests import benjamini_hochberg
from translate.lab.tracing.site import DECODER_FIRST, Site, memory_site
from translate.model.network import Network
from translate.model.translator import Translator

BEST = 10
"""How many units count as those that carry the gender."""


@dataclass(frozen=True)
class Matching:
    """Units of one model matched with those of another.

    partner `[unit]`: the other model's unit for each of the first's. sign `[unit]`: 1, or -1 where the partner goes the
    other way. r `[unit]`: the absolute correlation of the two. any_pair: the mean absolute correlation of all pairs
    of units, which a matching at random would have.
    """

    partner: np.ndarray
    sign: np.ndarray
    r: np.ndarray
    any_pair: float

    @property
    def quality(self) -> float:
        """The mean absolute correlation of the matched units, from 0 to 1."""
        return float(self.r.mean())


@dataclass(frozen=True)
class Carried:
    """Whether chosen units of one model are matched with chosen units of the other.

    hits: how many of the first's are. expected: how many would be by chance.
    p: how often chance alone gives as many (hypergeometric, one-sided).
    """

    hits: int
    expected: float
    p: float


@dataclass(frozen=True)
class Partner:
    """A unit's partner in another model. rank: its place among that model's units by how well they tell the gender."""

    seed: int
    unit: int
    r: float
    rank: int


@dataclass(frozen=True)
class MatchedSeeds:
    """All pairs of models of one kind, matched unit by unit at one site, over the same words of test nouns.

    quality: mean absolute correlation of matched units. gender: the same for the units that carry the gender.
    any_pair: what a matching at random has. untrained: what the best matching of two untrained networks of the same
    shape has. carried: share of a model's `best` gender units whose partners are among the other's; by_chance: what
    chance gives. sure: share of the pairs in which that is more than chance (Benjamini–Hochberg, 5 %).
    units: for each of the first seed's gender units, best first, its partner in every other seed.
    """

    site: str
    seeds: list[int]
    words: int
    best: int
    quality: Estimate
    gender: Estimate
    any_pair: float
    untrained: float
    carried: Estimate
    by_chance: float
    sure: float
    units: dict[int, list[Partner]]


@dataclass(frozen=True)
class _Units:
    """What one model's site shows: x `[word, unit]` at words of test nouns; order: units, best for the gender first."""

    x: np.ndarray
    order: np.ndarray


def match_seeds(models: Mapping[int, Path], pairs: Sequence[SentencePair], best: int = BEST) -> list[MatchedSeeds]:
    """Match the models in the folders `models` (by seed) on the states in which they write `pairs`; one for each side.

    The states are the memory's of the last layer. The units are ranked on some nouns and matched on the others.
    Fewer than two models: nothing.
    """
    if len(models) < 2:
        return []
    translators = {seed: Translator.load(folder) for seed, folder in models.items()}
    first, split = next(iter(translators.values())), split_lemmas(pairs)
    config = first.checkpoint.config
    sites = [memory_site(config, side) for side in DECODER_FIRST]
    trained = {seed: _units(observe(translator, pairs, sites=sites), split) for seed, translator in translators.items()}
    networks = [Network.of(untrained(config, seed)) for seed in (1, 2)]
    bare = [_units(observe(first, pairs, network, sites), split) for network in networks]
    return [
        _matched(
            site,
            {seed: units[site] for seed, units in trained.items()},
            match(bare[0][site].x, bare[1][site].x).quality,
            best,
        )
        for site in sites
    ]


def match(first: np.ndarray, second: np.ndarray) -> Matching:
    """Match the units of `first` `[row, unit]` with those of `second`, which has as many, one to one.

    Row by row both must stand beside the same word. Raises `TranslateError` for models of another size or other rows.
    """
    from scipy.optimize import linear_sum_assignment

    if first.shape[1] != second.shape[1]:
        raise TranslateError("Only models with equally many units can be matched unit by unit.")
    if len(first) != len(second):
        raise TranslateError("Units can be matched only on the same words: give both models the same sentences.")
    correlations = _standard(first).T @ _standard(second) / max(len(first), 1)
    units, partner = linear_sum_assignment(np.abs(correlations), maximize=True)
    matched = correlations[units, partner]
    return Matching(partner, np.where(matched < 0, -1, 1), np.abs(matched), float(np.abs(correlations).mean()))


def carried(matching: Matching, first: Iterable[int], second: Iterable[int]) -> Carried:
    """Do the units `first` of one model have their partners among the units `second` of the other?"""
    from scipy.stats import hypergeom

    chosen, wanted, units = list(first), list(second), len(matching.partner)
    hits = int(np.isin(matching.partner[chosen], wanted).sum())
    p = hypergeom.sf(hits - 1, units, len(wanted), len(chosen))
    return Carried(hits, len(chosen) * len(wanted) / units, float(p))


def over_pairs(values: np.ndarray, unit: str, is_share: bool = False) -> Estimate:
    """The mean of `values` `[model, model]` (symmetric) over pairs of models; the bootstrap draws models, not pairs.

    Pairs that share a model are not independent. A model that is drawn twice makes no pair with itself. Two models make
    one pair, which has no interval (NaN).
    """
    count = len(values)
    if count < 2:
        return nothing_measured(unit, is_share)
    apart = 1.0 - np.eye(count)

    def mean(weights: np.ndarray) -> np.ndarray:
        return ((weights @ (values * apart)) * weights).sum(1) / ((weights @ apart) * weights).sum(1)

    low, high = resample(count, mean, draws=2000) if count > 2 else (NAN, NAN)
    return Estimate(
        value=float(mean(np.ones((1, count)))[0]),
        low=float(low),
        high=float(high),
        n=count * (count - 1) // 2,
        unit=unit,
        method=f"bootstrap over {count} models",
        is_share=is_share,
    )


def _units(observed: Observed, split: LemmaSplit) -> dict[Site, _Units]:
    """A model's units at each site that was observed."""
    units = {}
    for site in observed.sites:
        labels = observed.labels[site.side]
        fit, test = (labels.where(np.isin(labels.lemma, list(nouns))) for nouns in (split.train, split.test))
        x = observed.rows(site, test)
        units[site] = _Units(x, rank_units(site, observed.rows(site, fit), fit.feminine, x, test.feminine).order)
    return units


def _matched(site: Site, models: Mapping[int, _Units], untrained_quality: float, best: int) -> MatchedSeeds:
    """All pairs of the models (by seed) at one site."""
    seeds, units = list(models), list(models.values())
    best = min(best, len(units[0].order))
    chosen = [model.order[:best] for model in units]
    matchings = {(i, j): match(units[i].x, units[j].x) for i, j in combinations(range(len(units)), 2)}
    shared = [carried(matching, chosen[i], chosen[j]) for (i, j), matching in matchings.items()]

    def over(values: Iterable[float], is_share: bool = False) -> Estimate:
        """A number of each pair of models, over all pairs."""
        table = np.zeros((len(units), len(units)))
        for (i, j), value in zip(matchings, values, strict=True):
            table[i, j] = table[j, i] = value
        return over_pairs(table, "pairs of models", is_share)

    def partner(unit: int, other: int) -> Partner:
        """The partner that a unit of the first model has in another one."""
        matching = matchings[0, other]
        number = int(matching.partner[unit])
        return Partner(seeds[other], number, float(matching.r[unit]), int(np.argsort(units[other].order)[number]) + 1)

    return MatchedSeeds(
        site=site,
        seeds=seeds,
        words=len(units[0].x),
        best=best,
        quality=over(matching.quality for matching in matchings.values()),
        gender=over(matching.r[chosen[i]].mean() for (i, _), matching in matchings.items()),
        any_pair=float(np.mean([matching.any_pair for matching in matchings.values()])),
        untrained=untrained_quality,
        carried=over((pair.hits / best for pair in shared), is_share=True),
        by_chance=shared[0].expected / best,
        sure=float((benjamini_hochberg(np.array([pair.p for pair in shared])) <= 0.05).mean()),
        units={int(unit): [partner(unit, other) for other in range(1, len(units))] for unit in chosen[0]},
    )


def _standard(x: np.ndarray) -> np.ndarray:
    """Each column with mean 0 and standard deviation 1; 0 where it does not move."""
    x = np.asarray(x, dtype=np.float64)
    x = x - x.mean(0)
    deviation = x.std(0)
    return np.divide(x, deviation, out=np.zeros_like(x), where=deviation > 1e-12)
