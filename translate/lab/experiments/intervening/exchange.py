"""Which part of the state does the translation follow? It is exchanged for that of the sentence about the other gender.

An interchange intervention (Geiger et al. 2021) on minimal pairs: the *base* sentence is about a boy, the *source*
sentence is the same about a girl. At one place of the base's run a part of its state is replaced by what the source's
run holds there; every later word is then the decoder's own. Nothing is forced: a forced *který* would tell the decoder
the gender again. The control are random units, as many as the best ones, or more.

Misleads when: the units of one run stand beside those of another in a combination that never occurs. And "c alone" may
mean two things: h is *restored* to what the base holds at that place, so that c and h are told apart, or it *follows*
from the edited c, as in any run of the cell. From the next step on everything follows from everything.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from translate import lab
from translate.lab.editing.network import Run
from translate.lab.editing.operation import Operation
from translate.lab.experiments.intervening.parts import Effect, Exchange
from translate.lab.experiments.intervening.tally import Tally, Trial
from translate.lab.experiments.reading.units import Ranking, rank
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.minimal_pairs import Moment, Swap, find_swaps
from translate.lab.tracing.site import Site, states, states_of
from translate.model.config import ModelConfig

Rest = Literal["restored", "follows"]
"""What becomes of the rest of the state at the place of the exchange."""
Held = Mapping[Site, Operation]
"""What a run holds, site by site, ready to be put into another."""

COUNTS, DRAWS = (1, 3, 10), 5
_RANDOM_IN_ENCODER = 10


@dataclass(frozen=True)
class Part:
    """Where a part of the state is: its sites, and which of their units (None: all), for each draw of random ones."""

    exchange: Exchange
    sites: tuple[Site, ...]
    draws: tuple[tuple[int, ...] | None, ...] = (None,)


def exchange(
    setup: Setup, swaps: Sequence[Swap], parts: Sequence[Part], side: str = "dec", rest: Rest = "restored"
) -> list[Effect]:
    """The effect of exchanging each part on `swaps`, which are all of one clause and moment.

    side: of the model, "dec" or "enc", on which the parts are. rest: of the state, see above. Swaps whose sentences the
    model does not translate well are left aside; without any there is no effect.
    """
    trial = Trial.of(setup, swaps)
    if not trial.cases:
        return []
    sentences = list(dict.fromkeys(pair.source for swap in trial.cases for pair in swap.sentences))
    sites = states_of(setup.config, side)
    trace = lab.trace(setup.translator, sentences, sites=sites, network=setup.network)
    held = {
        sentence: {site: lab.From(trace[site][row].numpy()) for site in sites} for row, sentence in enumerate(sentences)
    }

    def runs(part: Part, units: tuple[int, ...] | None) -> list[Run]:
        return [
            exchanged(part.sites, units, swap.place_at, held[swap.base.source], held[swap.source.source], rest)
            for swap in trial.cases
        ]

    tallies = trial.count_each([[runs(part, units) for units in part.draws] for part in parts])
    return [_effect(part, counted) for part, counted in zip(parts, tallies, strict=True)]


def exchanged(
    sites: Sequence[Site],
    units: tuple[int, ...] | None,
    place: int | Callable[[Site], int],
    base: Held,
    source: Held,
    rest: Rest,
) -> list[lab.Edit]:
    """One exchange: at `place`, or that of each site, the base's run gets what the source's holds in these units."""
    at = place if callable(place) else lambda _: place
    restored = [lab.Edit(site, base[site], at(site)) for site in base] if rest == "restored" else []
    return restored + [lab.Edit(site, source[site], at(site), units) for site in sites]


def state_parts(config: ModelConfig, side: str) -> list[Part]:
    """The whole state of a side, and then each of its states alone, if there are several."""
    names, sites = states(config), states_of(config, side)
    whole = Part(Exchange("whole state", names), tuple(sites))
    alone = [Part(Exchange("state", (name,)), tuple(site for site in sites if site.name == name)) for name in names]
    return [whole, *alone] if len(alone) > 1 else [whole]


def decoder_exchange(setup: Setup, ranking: Ranking) -> tuple[Effect, ...]:
    """The decoder's whole state, its halves, the best units and random ones, in sentences with test nouns.

    In the first clause at the sentence's start and one word after the noun; in the second one word after its noun.
    """
    site, rng = Site(ranking.site), np.random.default_rng(setup.seed)
    parts = state_parts(setup.config, "dec")
    for count in COUNTS:
        best = tuple(map(int, ranking.best(count)))
        parts.append(Part(Exchange("best units", (site.name,), count), (site,), (best,)))
    for count in COUNTS[1:]:
        parts.append(Part(Exchange("random units", (site.name,), count), (site,), _drawn(ranking, count, rng)))
    moments: tuple[tuple[int, Moment], ...] = ((0, "after noun"), (1, "after noun"), (0, "start"))
    swaps = [find_swaps(setup.switch, clause, moment, tested=setup.split.test) for clause, moment in moments]
    return tuple(effect for group in swaps for effect in exchange(setup, group, parts))


def encoder_exchange(setup: Setup) -> tuple[Effect, ...]:
    """The encoder's whole state, its halves and random units, exchanged one word after the noun of each clause."""
    memory, *_ = states(setup.config)
    parts = state_parts(setup.config, "enc")
    sites = tuple(site for site in states_of(setup.config, "enc") if site.name == memory)
    draws = _drawn(rank(setup, setup.memory.on("enc")), _RANDOM_IN_ENCODER, np.random.default_rng(setup.seed))
    parts.append(Part(Exchange("random units", (memory,), _RANDOM_IN_ENCODER), sites, draws))
    swaps = [find_swaps(setup.switch, clause, "after noun", "enc", setup.split.test) for clause in (0, 1)]
    return tuple(effect for group in swaps for effect in exchange(setup, group, parts, "enc", rest="follows"))


def _drawn(ranking: Ranking, count: int, rng: np.random.Generator) -> tuple[tuple[int, ...], ...]:
    """Sets of random units beside so many of the best."""
    return tuple(ranking.others(count, rng) for _ in range(DRAWS))


def _effect(part: Part, counted: Tally) -> Effect:
    swaps = counted.trial.cases
    return Effect(
        part=part.exchange,
        moment=swaps[0].moment,
        clause=swaps[0].clause,
        flipped=counted.turned,
        other=counted.other,
        rest=counted.rest,
        sentences=len(swaps),
        draws=len(part.draws),
    )
