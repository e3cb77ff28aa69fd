"""What depends on the encoder's state, and what on a gender after another one has come.

The encoder reads the base sentence; at one word its state is replaced by that of the same sentence about the other
gender, and everything after it, all that is written too, follows freely.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from translate import lab
from translate.lab.editing.edit import Edit
from translate.lab.editing.operations import From
from translate.lab.editing.transplant import Part
from translate.lab.experiments.intervening.exchange import DRAWS, effect, whole_state
from translate.lab.experiments.intervening.parts import Effect, Exchange
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.cases import Tally, run
from translate.lab.sentences.events import controllers
from translate.lab.sentences.minimal_pairs import Swap, find_swaps, usable
from translate.lab.statistics.estimate import Estimate
from translate.lab.tracing.site import states

_RANDOM = 10


def encoder_exchange(setup: Setup) -> tuple[Effect, ...]:
    """The whole state of the encoder, its halves and random units, exchanged one word after the noun of each clause."""
    names, rng = states(setup.config), np.random.default_rng(setup.seed)
    rest = _without_the_best(setup)
    draws = [tuple(map(int, rng.choice(rest, min(_RANDOM, len(rest)), replace=False))) for _ in range(DRAWS)]
    parts = [whole_state(setup.config)]
    if len(names) > 1:
        parts += [(Exchange("state", (name,)), [Part(name, (name,))]) for name in names]
    parts.append((Exchange("random units", names[:1], _RANDOM), [Part("random", names[:1], drawn) for drawn in draws]))
    found = []
    for clause in (0, 1):
        swaps = [replace(swap, step=-1) for swap in _swaps(setup, clause)]  # every word is written after the edit
        places = [controllers(swap.base, clause)[-1].source + 1 for swap in swaps]
        swaps, tallies = _exchanged(setup, swaps, places, "enc", [part for _, part in parts])
        if swaps:
            found += [effect(part, swaps, counted) for (part, _), counted in zip(parts, tallies, strict=True)]
    return tuple(found)


def still_used(setup: Setup, side: str) -> Estimate | None:
    """After the second noun, the share of words to come that turn when the first one's gender is exchanged.

    The whole state, one word after the second noun. In the decoder ("dec") those to come agree with the second noun,
    and one that turns would have taken the first one's gender. In the encoder ("enc") everything is still to come, and
    the first clause's words are counted. None where no sentence can be used.
    """
    judged = 0 if side == "enc" else 1
    swaps, places = [], []
    for swap in _swaps(setup, 0):
        second = controllers(swap.base, 1)
        if second:
            place = (second[-1].source if side == "enc" else second[-1].target) + 1
            swap = replace(swap, clause=judged, step=-1 if side == "enc" else place)
            if swap.judged:
                swaps.append(swap)
                places.append(place)
    _, tallies = _exchanged(setup, swaps, places, side, [[Part("whole", states(setup.config))]])
    return tallies[0].share() if tallies else None


def _without_the_best(setup: Setup) -> np.ndarray:
    """The units of the encoder's memory without the ten that carry most of the gender reading."""
    site = setup.memory.on("enc")
    spread = setup.fitting.rows(site, setup.fitting.labels["enc"]).std(0)
    return np.argsort(-np.abs(setup.readout.directions[site]) * spread, kind="stable")[_RANDOM:]


def _swaps(setup: Setup, clause: int) -> list[Swap]:
    suite = setup.material.suites.get("switch", [])
    return [swap for swap in find_swaps(suite, clause, "after noun") if swap.lemma in setup.split.test]


def _exchanged(
    setup: Setup, swaps: Sequence[Swap], places: Sequence[int], side: str, parts: Sequence[Sequence[Part]]
) -> tuple[list[Swap], list[Tally]]:
    """The swaps that can be used, and for each part (a list of draws) what came of exchanging it at `places`."""
    place_of = {id(swap): place for swap, place in zip(swaps, places, strict=True)}
    swaps, own = usable(setup.translator, swaps, setup.network)
    if not swaps:
        return [], []
    sources = list(dict.fromkeys(swap.source.source for swap in swaps))
    row = {source: number for number, source in enumerate(sources)}
    sites = [f"{side}.l{layer}.{state}" for layer in range(setup.config.layers) for state in states(setup.config)]
    trace = lab.trace(setup.translator, sources, sites=sites, network=setup.network)
    values = {site: trace[site].numpy() for site in sites}

    def edits(swap: Swap, part: Part) -> list[Edit]:
        other, place = row[swap.source.source], place_of[id(swap)]
        return [
            Edit(site, From(values[site][other]), place, part.units)
            for site in sites
            if site.split(".")[-1] in part.states
        ]

    tallies = []
    for draws in parts:
        runs = [[edits(swap, part) for swap in swaps] for part in draws]
        tallies.append(run(setup.translator, setup.network, swaps, own, runs, setup.seed))
    return swaps, tallies
