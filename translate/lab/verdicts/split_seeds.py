"""Does a verdict depend on which nouns were for testing? The claims that rest on reading, over several splits of them.

A claim that holds for one split and not for another is a claim about the nouns: it is undecided.
"""

from collections.abc import Iterable, Iterator

from translate.lab.experiments.reading.accounts import accounts
from translate.lab.experiments.reading.first_noun import first_noun
from translate.lab.experiments.reading.held import held
from translate.lab.experiments.reading.stored import stored
from translate.lab.experiments.reading.time_course import time_courses
from translate.lab.experiments.reading.units import rank, units
from translate.lab.experiments.reading.valves import valves
from translate.lab.experiments.setup import Setup
from translate.lab.tracing.site import DECODER_FIRST
from translate.lab.verdicts import claims, findings
from translate.lab.verdicts.bars import UNDECIDED, Outcome
from translate.lab.verdicts.claim import Claim

SEEDS = range(12)


def reading_claims(setup: Setup) -> Iterator[Claim]:
    """The claims that need no intervention, for one split of the nouns."""
    for site in (setup.memory.on(side) for side in DECODER_FIRST):
        yield claims.stored(stored(setup, site))
        yield claims.held(held(setup, site))
        book = accounts(setup, site.side)
        if book is not None:
            yield claims.written(book)
            yield claims.erased(book)
    ranking = rank(setup)
    yield findings.units(units(setup, ranking))
    yield from findings.gates(valves(setup, ranking))
    yield findings.turns([course for course in time_courses(setup) if course.site == setup.memory])
    yield findings.first_noun(first_noun(setup))


def over_splits(setup: Setup, seeds: Iterable[int] = SEEDS) -> dict[str, tuple[Claim, ...]]:
    """Each of these claims, by its name, once for each seed of the split."""
    made: dict[str, list[Claim]] = {}
    for seed in seeds:
        for claim in reading_claims(setup.with_split(seed)):
            made.setdefault(claim.name, []).append(claim)
    return {name: tuple(of_seeds) for name, of_seeds in made.items()}


def settled(verdicts: Iterable[Outcome]) -> Outcome:
    """The verdict that all splits give, or undecided."""
    given = set(verdicts)
    return given.pop() if len(given) == 1 else UNDECIDED
