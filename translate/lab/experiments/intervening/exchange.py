"""Which part of the state the decoder uses: the report's interventions on switch sentences."""

import numpy as np

from translate.lab.editing.transplant import Part, states, whole_state
from translate.lab.experiments.setup import Setup
from translate.lab.probes.units import Ranking
from translate.lab.sentences.minimal_pairs import AFTER_NOUN, START_OF_SENTENCE, Effect, find_swaps, measure

COUNTS = (1, 3, 10)
DRAWS = 5


def exchange(setup: Setup, ranking: Ranking) -> tuple[Effect, ...]:
    """Transplant the whole state, its halves, the best units and random ones; on sentences with test nouns alone.

    In the first clause at the sentence's start and one word after the noun; in the second one word after its noun.
    """
    suite = setup.material.suites.get("switch", [])
    parts, found = _parts(setup, ranking), []
    for clause, moment in ((0, AFTER_NOUN), (1, AFTER_NOUN), (0, START_OF_SENTENCE)):
        swaps = [swap for swap in find_swaps(suite, clause, moment) if swap.lemma in setup.split.test]
        found += measure(setup.translator, swaps, parts, setup.seed, setup.network)
    return tuple(found)


def _parts(setup: Setup, ranking: Ranking) -> list[tuple[str, list[Part]]]:
    """Named kinds of parts; random units are drawn from those that are not among the best."""
    rng, names = np.random.default_rng(setup.seed), states(setup.config)
    memory = (names[0],)
    parts = [whole_state(setup.config)]
    if len(names) > 1:
        parts += [(f"{name} alone", [Part(name, (name,))]) for name in names]
    layer = int(ranking.site.split(".")[1][1:])
    rest = ranking.order[max(COUNTS) :]
    for k in COUNTS:
        parts.append((f"best {k} of {memory[0]}", [Part("best", memory, tuple(map(int, ranking.best(k))), layer)]))
    for k in COUNTS[1:]:
        draws = [tuple(map(int, rng.choice(rest, min(k, len(rest)), replace=False))) for _ in range(DRAWS)]
        parts.append((f"random {k} of {memory[0]}", [Part("random", memory, units, layer) for units in draws]))
    return parts
