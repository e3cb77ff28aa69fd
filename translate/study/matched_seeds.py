"""The units of several models of one shape, matched with each other: is what carries the gender the same in all?"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from translate.corpus.pair import SentencePair
from translate.lab.experiments.reading.units import rank_units
from translate.lab.sentences.lemmas import LemmaSplit, split_lemmas
from translate.lab.sentences.observed import Observed, observe
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.tests import benjamini_hochberg
from translate.lab.tracing.site import Site, states_of
from translate.study.unit_matching import carried, match, over_pairs

BEST = 10
"""How many units count as those that carry the gender."""


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
class _States:
    """What one model's site shows: x `[word, unit]` at words of test nouns; order: its units, best for the gender first."""

    x: np.ndarray
    order: np.ndarray


def match_seeds(models: Mapping[int, Path], pairs: list[SentencePair], best: int = BEST) -> list[MatchedSeeds]:
    """Match the models in the folders `models` (by seed) on the states in which they write `pairs`; one for each side.

    The states are the memory's, c or (without c) h of the last layer. The units are ranked on some nouns and matched on
    the others. Fewer than two models: nothing.
    """
    from translate.model.translator import Translator

    if len(models) < 2:
        return []
    translators = {seed: Translator.load(folder) for seed, folder in models.items()}
    first = next(iter(translators.values()))
    sites = [states_of(first.checkpoint.config, side)[0] for side in ("dec", "enc")]
    split = split_lemmas(pairs)
    states: dict[str, dict[int, _States]] = {site: {} for site in sites}
    for seed, translator in translators.items():
        observed = observe(translator, pairs, sites=sites)
        for site in sites:
            states[site][seed] = _states(observed, site, split)
    bare = [observe(first, pairs, network=_untrained(first, seed), sites=sites) for seed in (1, 2)]
    untrained = {site: match(*(_states(one, site, split).x for one in bare)).quality for site in sites}
    return [_matched(site, states[site], untrained[site], best) for site in sites]


def _states(observed: Observed, site: str, split: LemmaSplit) -> _States:
    labels = observed.labels[Site(site).side]
    fit, test = (labels.where(np.isin(labels.lemma, list(side))) for side in (split.train, split.test))
    x = observed.rows(site, test)
    ranking = rank_units(site, observed.rows(site, fit), fit.feminine, x, test.feminine)
    return _States(x, ranking.order)


def _untrained(translator, seed: int):
    import torch

    from translate.model.encoder_decoder import EncoderDecoder
    from translate.model.network import Network

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return Network.of(EncoderDecoder(translator.checkpoint.config).eval())


def _matched(site: str, states: dict[int, _States], untrained: float, best: int) -> MatchedSeeds:
    seeds = list(states)
    best = min(best, len(states[seeds[0]].order))
    quality, gender, shared = np.zeros((3, len(seeds), len(seeds)))
    any_pair, p, expected, units = [], [], 0.0, {int(unit): [] for unit in states[seeds[0]].order[:best]}
    for i, j in zip(*np.triu_indices(len(seeds), 1), strict=True):
        one, other = states[seeds[i]], states[seeds[j]]
        matching = match(one.x, other.x)
        found = carried(matching, one.order[:best], other.order[:best])
        quality[i, j] = quality[j, i] = matching.quality
        gender[i, j] = gender[j, i] = matching.r[one.order[:best]].mean()
        shared[i, j] = shared[j, i] = found.hits / best
        any_pair.append(matching.any_pair)
        p.append(found.p)
        expected = found.expected / best
        if i == 0:
            ranks = np.argsort(other.order)
            for unit, partners in units.items():
                partner = int(matching.partner[unit])
                partners.append(Partner(seeds[j], partner, float(matching.r[unit]), int(ranks[partner]) + 1))
    return MatchedSeeds(
        site, seeds, len(states[seeds[0]].x), best, over_pairs(quality, "pairs of models"),
        over_pairs(gender, "pairs of models"), float(np.mean(any_pair)), untrained,
        over_pairs(shared, "pairs of models", is_share=True), expected,
        float((benjamini_hochberg(np.array(p)) <= 0.05).mean()), units,
    )  # fmt: skip
