"""Are single units needed? The best ones are silenced over their clause, one by one, in sets and in pairs.

A unit can be silenced in three ways that say different things: set to 0, which may be a value that it never has; to its
mean; or to what it holds in another sentence, which stays natural (resampling). So all three are shown. The units were
chosen on some nouns; here the sentences are about others, and random units are the null.

Misleads when: two units hold the same gender and one of them suffices; then either may be lost alone. `Redundancy` is
what both together do beyond the sum.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from translate import lab
from translate.lab.editing.operation import Operation
from translate.lab.experiments.intervening.erasure import clause_steps
from translate.lab.experiments.intervening.tally import Tally, Trial
from translate.lab.experiments.reading.units import Ranking
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.minimal_pairs import Case, cases_after_noun
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.shown import Shown

COUNTS, DRAWS = (1, 3, 10), 3
PAIRED = 4
"""How many of the best units are tried in pairs."""
Kind = Literal["zero", "mean", "resample"]
KINDS: tuple[Kind, ...] = ("zero", "mean", "resample")
Units = tuple[int, ...]


@dataclass(frozen=True)
class Ablation:
    """What silencing a set of units does, from the step that has read the noun to the clause's last agreeing word.

    kind: "zero", "mean" or "resample". units: which; empty for random ones. count: how many. agreement: share of the
    clause's words that still agree. other: words of other clauses that turned. rest: sentences whose other words
    stayed. draws: of random units.
    """

    kind: Kind
    units: tuple[int, ...]
    count: int
    agreement: Estimate
    other: Estimate | None
    rest: Estimate
    draws: int = 1

    @property
    def is_random(self) -> bool:
        """Whether its units were drawn."""
        return not self.units


@dataclass(frozen=True)
class Redundancy:
    """Two units set to 0: the agreement lost with each alone and with both, and how much more that is than the sum."""

    units: tuple[int, int]
    single: tuple[Estimate, Estimate]
    both: Estimate
    beyond: Estimate


@dataclass(frozen=True)
class Ablations(Shown):
    """All sets at one site, and the pairs among the best. sentences: how many were translated each time."""

    site: str
    sets: tuple[Ablation, ...]
    pairs: tuple[Redundancy, ...]
    sentences: int

    def of(self, kind: Kind, count: int, random: bool = False) -> Ablation | None:
        """The best (or as many random) units silenced in one way."""
        return next((a for a in self.sets if (a.kind, a.count, a.is_random) == (kind, count, random)), None)


def ablation(setup: Setup, ranking: Ranking, counts: Sequence[int] = COUNTS) -> Ablations | None:
    """Silence the best units of a ranking, and random ones, in sentences about test nouns; None if there are none."""
    cases = [case for clause in (0, 1) for case in cases_after_noun(setup.switch, clause, setup.split.test)]
    trial = Trial.of(setup, cases)
    if not trial.cases:
        return None
    silencer = _Silencer(trial, ranking)
    return Ablations(ranking.site, silencer.sets(counts), silencer.pairs(), len(trial.cases))


class _Silencer:
    """The sentences, and what silenced units are set to."""

    def __init__(self, trial: Trial[Case], ranking: Ranking):
        setup = trial.setup
        self.trial, self.ranking, self.rng = trial, ranking, np.random.default_rng(setup.seed)
        held = setup.observed.rows(ranking.site, setup.fitting.labels["dec"])
        self.operations: dict[Kind, Operation] = {
            "zero": lab.Zero(),
            "mean": lab.Mean(held.mean(0)),
            "resample": lab.Resample(held, setup.seed),
        }

    def sets(self, counts: Sequence[int]) -> tuple[Ablation, ...]:
        """The best units and random ones of each count, silenced in each way."""
        wanted: list[tuple[Kind, Units, list[Units]]] = []  # the way, the best units if it is they, and the draws
        for count in counts:
            best = tuple(map(int, self.ranking.best(count)))
            random = [self.ranking.others(count, self.rng) for _ in range(DRAWS)]
            wanted += [(kind, units, draws) for kind in KINDS for units, draws in ((best, [best]), ((), random))]
        tallies = self._silenced([(kind, draws) for kind, _, draws in wanted])
        return tuple(
            Ablation(
                kind=kind,
                units=units,
                count=len(draws[0]),
                agreement=counted.kept,
                other=counted.other,
                rest=counted.rest,
                draws=len(draws),
            )
            for (kind, units, draws), counted in zip(wanted, tallies, strict=True)
        )

    def pairs(self) -> tuple[Redundancy, ...]:
        """What is lost with two of the best units set to 0, one by one and together."""
        best = [int(unit) for unit in self.ranking.best(PAIRED)]
        tried: list[Units] = [units for size in (1, 2) for units in combinations(best, size)]
        tallies = self._silenced([("zero", [units]) for units in tried])
        lost = {units: 1 - counted.kept_words for units, counted in zip(tried, tallies, strict=True)}
        mean = tallies[0].share

        return tuple(
            Redundancy(
                units=(one, other),
                single=(mean(lost[one,]), mean(lost[other,])),
                both=mean(lost[one, other]),
                beyond=mean(lost[one, other] - lost[one,] - lost[other,]),
            )
            for one, other in combinations(best, 2)
        )

    def _silenced(self, wanted: Sequence[tuple[Kind, Sequence[Units]]]) -> list[Tally]:
        """Counts of runs in which units are silenced: for each (way, draws of units)."""

        def runs(kind: Kind, units: Units) -> list[list[lab.Edit]]:
            operation = self.operations[kind]
            return [[lab.Edit(self.ranking.site, operation, clause_steps(case), units)] for case in self.trial.cases]

        return self.trial.count_each([[runs(kind, units) for units in draws] for kind, draws in wanted])
