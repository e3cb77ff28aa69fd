"""The parts of a report that are measured each by itself: which, and for how thorough a report.

A part is asked of the model alone, so that parts may be measured in any order and beside each other. What one part
keeps for later (the states of an untrained network) goes when the part is done. What follows from several parts
together, such as a verdict, is concluded in `whole_report.py`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from translate.lab.experiments.intervening.ablation import ablation
from translate.lab.experiments.intervening.attention import attention
from translate.lab.experiments.intervening.clamps import COUNTS, clamps
from translate.lab.experiments.intervening.erasure import erasure
from translate.lab.experiments.intervening.exchange import decoder_exchange, encoder_exchange
from translate.lab.experiments.intervening.necessity import necessity
from translate.lab.experiments.intervening.neutral_twin import neutral_twin
from translate.lab.experiments.intervening.paths import paths
from translate.lab.experiments.intervening.residual import residual
from translate.lab.experiments.intervening.subspace import QUICK_STEPS, RANKS, STEPS, subspace
from translate.lab.experiments.mechanism.causal_map import causal_map
from translate.lab.experiments.mechanism.closing import closing
from translate.lab.experiments.mechanism.two_slots import two_slots
from translate.lab.experiments.reading.accounts import accounts
from translate.lab.experiments.reading.accuracy import accuracy
from translate.lab.experiments.reading.first_noun import first_noun
from translate.lab.experiments.reading.generalisation import generalisations
from translate.lab.experiments.reading.gradients import gradient_course
from translate.lab.experiments.reading.held import held
from translate.lab.experiments.reading.information import usable_information
from translate.lab.experiments.reading.online_code import online_code
from translate.lab.experiments.reading.pair import boy_girl
from translate.lab.experiments.reading.selectivity import selectivity
from translate.lab.experiments.reading.stored import readings
from translate.lab.experiments.reading.time_course import time_courses
from translate.lab.experiments.reading.units import Ranking, units
from translate.lab.experiments.reading.valves import valves
from translate.lab.experiments.setup import Setup
from translate.lab.tracing.site import DECODER_FIRST, Site, states

Found = TypeVar("Found")
Depth = Literal["quick", "default", "full"]
Measured = Mapping[str, Any]
"""Fields of `Results` by their names."""


@dataclass(frozen=True)
class Part:
    """A part of the report. stage: what is told as it begins. measure: its fields of `Results`, from a setup."""

    stage: str
    measure: Callable[[Setup], Measured]


def parts(setup: Setup, ranking: Ranking, depth: Depth, twin: Setup | None) -> list[Part]:
    """What a report of this depth consists of; what takes longest comes first, so that it is not waited for."""
    listed = [*_beyond_quick(ranking)] if depth != "quick" else []
    listed += [
        Part(
            "intervention: the smallest subspace that carries the gender, each part of the memory, and all but it",
            lambda setup: _subspaces(setup, ranking, depth),
        ),
        Part("reading: the current gender from c and h, and its controls", lambda setup: _read(setup, ranking)),
        Part("intervention: exchanging states, then translating freely", lambda setup: _exchanged(setup, ranking)),
        Part(
            "reading: what is left of the first gender after the second noun; amplifying it",
            lambda setup: {
                "first_noun": first_noun(setup),
                "residuals": _known(residual(setup, side) for side in DECODER_FIRST),
            },
        ),
        Part(
            "intervention: holding the valves while the first noun gives way to the second",
            lambda setup: {"clamps": clamps(setup, ranking, COUNTS)},
        ),
        Part(
            "reading: how long the gender is held",
            lambda setup: {"held": tuple(held(setup, site) for site in _memories(setup))},
        ),
        Part("ledger: at which word the gender is written and erased", lambda setup: _followed(setup, ranking)),
        Part("accuracy: translating the test suites", lambda setup: {"accuracy": accuracy(setup)}),
    ]
    if setup.config.attention:
        listed.append(
            Part(
                "intervention: cell and attention say different genders",
                lambda setup: {"attention": attention(setup)},
            )
        )
    if twin is not None:
        listed.append(
            Part(
                "control: the neutral twin, which was trained on a Czech without agreement",
                lambda _: {"twin": neutral_twin(copy(twin))},
            )
        )
    return listed


def _beyond_quick(ranking: Ranking) -> Iterator[Part]:
    """What takes longest, and what answers no claim."""
    yield Part("intervention: erasing the gender", lambda setup: {"erasure": erasure(setup)})
    yield Part("mechanism: every site at every step exchanged", lambda setup: {"causal_map": causal_map(setup)})
    yield Part(
        "mechanism: what closes the valves, and what comes of cutting it; the gender that is still to come",
        lambda setup: {"closing": closing(setup, ranking), "two_slots": two_slots(setup, ranking)},
    )
    yield Part("gradients: how far back the state is still felt", lambda setup: {"gradients": gradient_course(setup)})
    yield Part("intervention: silencing units", lambda setup: {"ablation": ablation(setup, ranking)})
    yield Part(
        "reading: description length, and at which word a probe of another word still reads",
        lambda setup: {
            "online_code": tuple(online_code(setup, site) for site in _memories(setup)),
            "generalisation": tuple(generalisations(setup, setup.memory)),
        },
    )


def _read(setup: Setup, ranking: Ranking) -> Measured:
    """What can be read, beside what can be read in an untrained network."""
    sites = _memories(setup)
    return {
        "readings": readings(setup),
        "selectivity": tuple(selectivity(setup, site) for site in sites),
        "information": tuple(usable_information(setup, site) for site in sites),
        "units": units(setup, ranking),
    }


def _followed(setup: Setup, ranking: Ranking) -> Measured:
    """The state word by word."""
    return {
        "courses": time_courses(setup),
        "gates": valves(setup, ranking),
        "pair": boy_girl(setup),
        "ledger": _known(accounts(setup, side) for side in DECODER_FIRST),
    }


def _exchanged(setup: Setup, ranking: Ranking) -> Measured:
    """What the translation does when whole states are exchanged."""
    return {
        "effects": decoder_exchange(setup, ranking),
        "encoder_effects": encoder_exchange(setup),
        "paths": paths(setup),
    }


def _subspaces(setup: Setup, ranking: Ranking, depth: Depth) -> Measured:
    """The smallest subspace of the memory, and what that direction alone does, and all but it."""
    ranks, steps = ((1,), QUICK_STEPS) if depth == "quick" else (RANKS, STEPS)
    names = states(setup.config) if depth == "full" else (setup.memory.name,)
    subspaces = _known(subspace(setup, ranks, steps, setup.memory.named(name)) for name in names)
    trained = subspaces[0].bases[0].basis[:, 0] if subspaces else None
    return {
        "subspaces": subspaces,
        "necessity": _known((necessity(setup, ranking, "dec", trained), necessity(setup, None, "enc"))),
    }


def _memories(setup: Setup) -> list[Site]:
    return [setup.memory.on(side) for side in DECODER_FIRST]


def _known(results: Iterable[Found | None]) -> tuple[Found, ...]:
    return tuple(result for result in results if result is not None)
