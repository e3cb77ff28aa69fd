"""Which part of the state the decoder uses: the report's interventions on switch sentences."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from translate.lab.editing.transplant import Part, Transplant, transplant
from translate.lab.experiments.intervening.parts import Effect, Exchange
from translate.lab.experiments.reading.units import Ranking
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.cases import Tally, tally
from translate.lab.sentences.minimal_pairs import Swap, find_swaps, usable
from translate.lab.tracing.site import states
from translate.model.config import ModelConfig

COUNTS = (1, 3, 10)
DRAWS = 5


def exchange(setup: Setup, ranking: Ranking) -> tuple[Effect, ...]:
    """Transplant the whole state, its halves, the best units and random ones; on sentences with test nouns alone.

    In the first clause at the sentence's start and one word after the noun; in the second one word after its noun.
    """
    suite = setup.material.suites.get("switch", [])
    parts, found = _parts(setup, ranking), []
    for clause, moment in ((0, "after noun"), (1, "after noun"), (0, "start")):
        swaps = [swap for swap in find_swaps(suite, clause, moment) if swap.lemma in setup.split.test]
        found += measure(setup.translator, swaps, parts, setup.seed, setup.network)
    return tuple(found)


def _parts(setup: Setup, ranking: Ranking) -> list[tuple[Exchange, list[Part]]]:
    """Named kinds of parts; random units are drawn from those that are not among the best."""
    rng, names = np.random.default_rng(setup.seed), states(setup.config)
    memory = (names[0],)
    parts = [whole_state(setup.config)]
    if len(names) > 1:
        parts += [(Exchange("state", (name,)), [Part(name, (name,))]) for name in names]
    layer = int(ranking.site.split(".")[1][1:])
    rest = ranking.order[max(COUNTS) :]
    for k in COUNTS:
        parts.append(
            (Exchange("best units", memory, k), [Part("best", memory, tuple(map(int, ranking.best(k))), layer)])
        )
    for k in COUNTS[1:]:
        draws = [tuple(map(int, rng.choice(rest, min(k, len(rest)), replace=False))) for _ in range(DRAWS)]
        parts.append((Exchange("random units", memory, k), [Part("random", memory, units, layer) for units in draws]))
    return parts


def whole_state(config: ModelConfig) -> tuple[Exchange, list[Part]]:
    """All that a step hands on."""
    names = states(config)
    return Exchange("whole state", names), [Part("whole", names)]


def effect(part: Exchange, swaps: Sequence[Swap], counted: Tally) -> Effect:
    """A count over `swaps`, all of one clause and moment, as an `Effect`."""
    return Effect(
        part=part,
        moment=swaps[0].moment,
        clause=swaps[0].clause,
        flipped=counted.share("turned"),
        other=counted.other,
        rest=counted.unchanged,
        sentences=len(swaps),
        draws=counted.turned.shape[1],
    )


def measure(
    translator, swaps: Sequence[Swap], parts: Sequence[tuple[Exchange, Sequence[Part]]], seed: int = 0, network=None
) -> list[Effect]:
    """The effect of each kind of part on `swaps`, which must all be of one clause and moment; none if none can be used.

    parts: (the kind, what counts as this kind: one part, or several random draws that are averaged).
    """
    network = network or translator.network(10_000)
    swaps, own = usable(translator, swaps, network)
    if not swaps:
        return []
    flat = [part for _, draws in parts for part in draws]
    written = _transplanted(translator, network, swaps, flat)
    effects, first = [], 0
    for part, draws in parts:
        counted = tally(swaps, own, written[first : first + len(draws)], seed)
        effects.append(effect(part, swaps, counted))
        first += len(draws)
    return effects


def _transplanted(translator, network, swaps: Sequence[Swap], parts: Sequence[Part]) -> list[list[list[str]]]:
    """What each swap's base writes with each part of the source's state put in: tokens by part and swap."""
    vocabulary = translator.target.vocabulary
    outputs: list[list[list[str]]] = [[[]] * len(swaps) for _ in parts]
    for rows in _by_length(swaps):
        base = np.array([translator.source.ids(swaps[row].base.source) for row in rows])
        source = np.array([translator.source.ids(swaps[row].source.source) for row in rows])
        edits = [Transplant(i, swaps[row].step, part) for part in parts for i, row in enumerate(rows)]
        written = iter(transplant(network, base, source, edits))
        for of_part in outputs:
            for row in rows:
                of_part[row] = [vocabulary[i] for i in next(written)]
    return outputs


def _by_length(swaps: Sequence[Swap]) -> list[list[int]]:
    by_length: dict[int, list[int]] = defaultdict(list)
    for row, swap in enumerate(swaps):
        by_length[len(swap.base.source)].append(row)
    return list(by_length.values())
