"""Does a verdict depend on which nouns were for testing? The claims that rest on reading, over several splits of them.

A claim that holds for one split and not for another is a claim about the nouns: it is undecided. *stored* is not asked
again: there each noun is held out in turn.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from translate.lab.experiments.reading.accounts import accounts
from translate.lab.experiments.reading.first_noun import FirstNoun, first_noun
from translate.lab.experiments.reading.held import held
from translate.lab.experiments.reading.time_course import time_courses
from translate.lab.experiments.reading.units import rank, units
from translate.lab.experiments.reading.valves import valves
from translate.lab.experiments.setup import Setup
from translate.lab.tracing.site import DECODER_FIRST
from translate.lab.verdicts import claims, findings
from translate.lab.verdicts.bars import Outcome
from translate.lab.verdicts.claim import Claim
from translate.lab.verdicts.rules import Evidence, Verdict, judge

SEEDS = range(12)


def reading_claims(setup: Setup, verdicts: Sequence[Verdict] = ()) -> Iterator[Claim]:
    """The claims that need no intervention, for one split of the nouns.

    verdicts: on a forgotten gender; the decoder's is judged again with what this split's probes read.
    """
    for site in (setup.memory.on(side) for side in DECODER_FIRST):
        yield claims.held(held(setup, site))
        book = accounts(setup, site.side)
        if book is not None:
            yield claims.written(book)
            yield claims.erased(book)
    ranking = rank(setup)
    yield findings.units(units(setup, ranking))
    yield from findings.gates(valves(setup, ranking))
    yield findings.turns([course for course in time_courses(setup) if course.site == setup.memory])
    first = first_noun(setup)
    yield findings.first_noun(first)
    yield from (
        claims.forgotten(judge(read_again(verdict, first))) for verdict in verdicts if verdict.side == "decoder"
    )


def read_again(verdict: Verdict, first: FirstNoun) -> Evidence:
    """What the decoder's `verdict` rests on, with other probes."""
    before = Evidence(verdict.side, verdict.target, **verdict.numbers)
    return replace(before, anew=first.after_anew, curved=first.after_curved, unchanged=first.after_unchanged)


def over_splits(
    setup: Setup, verdicts: Sequence[Verdict] = (), seeds: Iterable[int] = SEEDS
) -> dict[str, tuple[Outcome, ...]]:
    """The verdict of each of these claims, by its name, once for each seed of the split."""
    given: dict[str, list[Outcome]] = {}
    for seed in seeds:
        for claim in reading_claims(setup.with_split(seed), verdicts):
            given.setdefault(claim.name, []).append(claim.verdict)
    return {name: tuple(of_seeds) for name, of_seeds in given.items()}
