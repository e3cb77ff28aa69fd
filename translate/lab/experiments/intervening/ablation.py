"""Are single units needed? The best ones are silenced over their clause, one by one, in sets and in pairs.

A unit can be silenced in three ways that say different things: set to 0, which may be a value that it never has; to its
mean; or to what it holds in another sentence, which stays natural (resampling). So all three are shown. The units were
chosen on some nouns; here the sentences are about others, and random units are the null. Where two units hold the same
gender and one of them suffices, either may be lost alone: `redundancy` is what both together do beyond the sum.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from translate.lab.editing.edit import Edit
from translate.lab.editing.operation import Operation
from translate.lab.editing.operations import Mean, Resample, Zero
from translate.lab.experiments.intervening.erasure import clause_steps
from translate.lab.experiments.reading.units import Ranking
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.cases import Case, Own, Tally, read_after_noun, run_each
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.resample import mean_over

COUNTS, DRAWS = (1, 3, 10), 3
PAIRED = 4
"""How many of the best units are tried in pairs."""
KINDS = ("zero", "mean", "resample")


@dataclass(frozen=True)
class Ablation:
    """What silencing a set of units does, from the step that has read the noun to the clause's last agreeing word.

    kind: "zero", "mean" or "resample". units: which; empty for random ones. count: how many. agreement: share of the
    clause's words that still agree. other: words of other clauses that turned. rest: sentences whose other words
    stayed. draws: of random units.
    """

    kind: str
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
    """Two units set to 0: the agreement lost with each alone and with both, and how much more (or less) that is than the sum."""

    units: tuple[int, int]
    single: tuple[Estimate, Estimate]
    both: Estimate
    beyond: Estimate


@dataclass(frozen=True)
class Ablations:
    """All sets at one site, and the pairs among the best. sentences: how many were translated each time."""

    site: str
    sets: tuple[Ablation, ...]
    pairs: tuple[Redundancy, ...]
    sentences: int

    def of(self, kind: str, count: int, random: bool = False) -> Ablation | None:
        """The best (or as many random) units silenced in one way."""
        return next((a for a in self.sets if (a.kind, a.count, a.is_random) == (kind, count, random)), None)


def ablation(setup: Setup, ranking: Ranking, counts: Sequence[int] = COUNTS) -> Ablations | None:
    """Silence the best units of a ranking, and random ones, in sentences about test nouns; None if there are none."""
    suite = setup.material.suites.get("switch", [])
    cases = [case for clause in (0, 1) for case in read_after_noun(suite, clause, setup.split.test)]
    own = Own(setup.translator, (case.base for case in cases), setup.network)
    cases = [case for case in cases if own.in_place(case.base)]
    return _Silencer(setup, ranking, cases, own).results(counts) if cases else None


class _Silencer:
    """The sentences, and what silenced units are set to."""

    def __init__(self, setup: Setup, ranking: Ranking, cases: list[Case], own: Own):
        self.setup, self.ranking, self.cases, self.own = setup, ranking, cases, own
        held = setup.observed.rows(ranking.site, setup.fitting.labels["dec"])
        self.operations: dict[str, Operation] = {
            "zero": Zero(), "mean": Mean(held.mean(0)), "resample": Resample(held, setup.seed),
        }  # fmt: skip
        self.rng = np.random.default_rng(setup.seed)

    def results(self, counts: Sequence[int]) -> Ablations:
        wanted: list[tuple[str, tuple[int, ...], list[tuple[int, ...]]]] = []  # kind, the best units if any, the draws
        for count in counts:
            best = tuple(map(int, self.ranking.best(count)))
            random = self._random(count, max(counts))
            wanted += [(kind, units, draws) for kind in KINDS for units, draws in ((best, [best]), ((), random))]
        tallies = self._tallies([(kind, draws) for kind, _, draws in wanted])
        sets = tuple(_ablation(*one, counted) for one, counted in zip(wanted, tallies, strict=True))
        top = [int(unit) for unit in self.ranking.best(PAIRED)]
        some = [units for size in (1, 2) for units in combinations(top, size)]
        lost = [1 - counted.kept[:, 0] for counted in self._tallies([("zero", [units]) for units in some])]
        which = dict(zip(some, lost, strict=True))
        pairs = tuple(self._redundancy(pair, which) for pair in combinations(top, 2))
        return Ablations(self.ranking.site, sets, pairs, len(self.cases))

    def _random(self, count: int, best: int) -> list[tuple[int, ...]]:
        """Sets of units that are not among the best."""
        rest = self.ranking.order[best:]
        size = min(count, len(rest))
        return [tuple(map(int, self.rng.choice(rest, size, replace=False))) for _ in range(DRAWS)]

    def _tallies(self, wanted: Sequence[tuple[str, Sequence[tuple[int, ...]]]]) -> list[Tally]:
        """Counts of runs in which units are silenced: for each (kind, draws of units)."""
        sets = [
            [
                [[Edit(self.ranking.site, self.operations[kind], clause_steps(case), units)] for case in self.cases]
                for units in draws
            ]
            for kind, draws in wanted
        ]
        return run_each(self.setup.translator, self.setup.network, self.cases, self.own, sets, self.setup.seed)

    def _redundancy(self, pair: tuple[int, int], lost: dict[tuple[int, ...], np.ndarray]) -> Redundancy:
        """lost: for one and for both of the units, which judged words no longer agree, `[word]`."""
        lemmas = [case.lemma for case in self.cases for _ in case.judged]
        first, second, both = lost[pair[:1]], lost[pair[1:]], lost[pair]

        def mean(values: np.ndarray) -> Estimate:
            return mean_over(values, lemmas, "words", self.setup.seed)

        return Redundancy(pair, (mean(first), mean(second)), mean(both), mean(both - first - second))


def _ablation(kind: str, units: tuple[int, ...], draws: Sequence[tuple[int, ...]], counted: Tally) -> Ablation:
    return Ablation(kind, units, len(draws[0]), counted.share("kept"), counted.other, counted.unchanged, len(draws))
