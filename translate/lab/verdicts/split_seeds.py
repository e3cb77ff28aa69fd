"""Does a verdict depend on which nouns were for testing? The claims over several splits of them.

A claim that holds for one split and not for another is a claim about the nouns: it is undecided. *stored* is not asked
again: there each noun is held out in turn. Nor are the erasers, which take as long as all the rest.
"""

from collections.abc import Callable, Iterator, Sequence

from translate.lab.experiments.intervening.clamps import clamps
from translate.lab.experiments.intervening.necessity import necessity
from translate.lab.experiments.intervening.paths import paths
from translate.lab.experiments.intervening.residual import residual
from translate.lab.experiments.reading.accounts import accounts
from translate.lab.experiments.reading.first_noun import first_noun
from translate.lab.experiments.reading.held import held
from translate.lab.experiments.reading.time_course import time_courses
from translate.lab.experiments.reading.units import rank, units
from translate.lab.experiments.reading.valves import valves
from translate.lab.experiments.setup import OF_ALL_SPLITS, Setup
from translate.lab.tracing.site import DECODER_FIRST
from translate.lab.verdicts import claims, findings
from translate.lab.verdicts.bars import Outcome
from translate.lab.verdicts.claim import Claim
from translate.lab.verdicts.evidence import of_decoder, of_encoder
from translate.lab.verdicts.rules import judge
from translate.processes import for_each

SEEDS = range(12)


def claims_of_split(setup: Setup) -> Iterator[Claim]:
    """The claims about one split of the nouns. No direction is trained: the exchanges' is the difference of means."""
    for site in (setup.memory.on(side) for side in DECODER_FIRST):
        yield claims.held(held(setup, site))
        book = accounts(setup, site.side)
        if book is not None:
            yield claims.written(book)
            yield claims.erased(book)
    ranking, first = rank(setup), first_noun(setup)
    yield findings.units(units(setup, ranking))
    yield from findings.gates(valves(setup, ranking))
    yield findings.turns([course for course in time_courses(setup) if course.site == setup.memory])
    yield findings.first_noun(first)
    parts = {side: necessity(setup, ranking if side == "dec" else None, side) for side in DECODER_FIRST}
    for part in parts.values():
        if part is not None:
            yield claims.used(part)
            yield from claims.contained(part)
    clamped, ways = clamps(setup, ranking), paths(setup)
    if clamped is not None:
        yield from findings.held_valves(clamped, ways)
    rests = {side: residual(setup, side) for side in DECODER_FIRST}
    yield claims.forgotten(judge(of_decoder(ways, first, clamped, rests["dec"])))
    yield claims.forgotten(judge(of_encoder(parts["enc"], clamped, rests["enc"])))


def over_splits(
    setup: Setup, seeds: Sequence[int] = SEEDS, jobs: int = 1, progress: Callable[[str], None] = lambda stage: None
) -> dict[str, tuple[Outcome, ...]]:
    """The verdict of each of these claims, by its name, once for each seed of the split.

    jobs: how many splits are measured at a time (`for_each`). progress: told of each as it begins.
    """

    def verdicts(seed: int) -> list[tuple[str, Outcome]]:
        return [(claim.name, claim.verdict) for claim in claims_of_split(setup.with_split(seed))]

    progress("control: what other nouns for testing need")
    setup.at_hand(*OF_ALL_SPLITS)
    given: dict[str, list[Outcome]] = {}
    for found in for_each(verdicts, seeds, jobs, lambda seed: progress(f"control: other nouns for testing, {seed}")):
        for name, verdict in found:
            given.setdefault(name, []).append(verdict)
    return {name: tuple(of_seeds) for name, of_seeds in given.items()}
