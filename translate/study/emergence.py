"""How something comes to be, over seeds: the trainings of one kind at each of their checkpoints as one.

The steps are those of the recipe and so the same for all seeds. When a measure is half way, and how suddenly it came,
is found seed by seed: where seeds differ in the moment, their mean course rises slowly though each of them leaps.

What comes first is asked of pairs that are fixed beforehand: does a measure come before the words agree? To compare
each with the one that follows it in these very seeds would be to choose the order in the data that is to show it. The
direction is left out: that it ends where it ends is true by construction.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from translate.errors import TranslateError
from translate.lab.experiments.emergence import CONTROLS, Emergence
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.resample import across_seeds

THEN = "agreement, switch"
"""What the others are asked to come before."""
_BY_CONSTRUCTION = "direction"


@dataclass(frozen=True)
class MeasureAcross:
    """One measure over seeds.

    name: as `Emergence.courses` has it. control: whether it is one. course: its mean at each step. half: log10 of the
    step at which it is half way from its first value to its last; sudden: the log10 steps from a tenth to nine tenths
    of the way; of the `moved` seeds in which it moves at all.
    """

    name: str
    control: bool
    course: list[Estimate]
    half: Estimate
    sudden: Estimate
    moved: int


@dataclass(frozen=True)
class Lead:
    """By how many log10 steps `first` is half way before `then`, seed by seed; above 0 in all of its interval: it is.

    0.3 means that the steps have doubled meanwhile.
    """

    first: str
    then: str
    lead: Estimate

    @property
    def is_sure(self) -> bool:
        """Whether the order is more than chance."""
        return self.lead.n > 1 and self.lead.low > 0


@dataclass(frozen=True)
class EmergenceAcross:
    """What came first in the trainings of one kind, and how suddenly.

    measures: those that are no controls first, in the order in which they are half way. leads: each of them against
    `THEN`.
    """

    seeds: list[int]
    steps: list[int]
    measures: list[MeasureAcross]
    leads: list[Lead]

    @property
    def by_name(self) -> dict[str, MeasureAcross]:
        """The measures by their names."""
        return {measure.name: measure for measure in self.measures}


def emergence_across(trainings: Mapping[int, Emergence]) -> EmergenceAcross:
    """The trainings of some seeds as one. Raises `TranslateError` where they kept weights at other steps."""
    first, *others = trainings.values()
    if any(each.steps != first.steps for each in others):
        raise TranslateError("The trainings of a kind kept their weights at different steps; give all the same recipe.")
    halves = {name: _of_seeds(trainings, name, "half") for name in first.courses}
    measures = [
        MeasureAcross(
            name=name,
            control=name in CONTROLS,
            course=[across_seeds(list(of_seeds)) for of_seeds in _by_step(trainings, name)],
            half=_mean(halves[name]),
            sudden=_mean(_of_seeds(trainings, name, "sudden")),
            moved=len(halves[name]),
        )
        for name in first.courses
    ]
    measures.sort(key=lambda measure: (measure.control, not measure.moved, measure.half.value if measure.moved else 0))
    asked = [measure.name for measure in measures if measure.moved and not measure.control]
    asked = [name for name in asked if name not in (_BY_CONSTRUCTION, THEN)] if THEN in asked else []
    leads = [Lead(one, THEN, _mean(_differences(halves[one], halves[THEN]))) for one in asked]
    return EmergenceAcross(list(trainings), first.steps, measures, leads)


def _by_step(trainings: Mapping[int, Emergence], name: str) -> list[tuple[Estimate, ...]]:
    """What the seeds have of a measure, step by step."""
    return list(zip(*(each.courses[name] for each in trainings.values()), strict=True))


def _of_seeds(trainings: Mapping[int, Emergence], name: str, what: str) -> dict[int, float]:
    """A number of a measure's rise by seed, where it moves."""
    values = {seed: getattr(each.rises[name], what) for seed, each in trainings.items()}
    return {seed: value for seed, value in values.items() if value == value}


def _differences(first: Mapping[int, float], then: Mapping[int, float]) -> dict[int, float]:
    return {seed: then[seed] - first[seed] for seed in first if seed in then}


def _mean(of_seeds: Mapping[int, float]) -> Estimate:
    """The mean over seeds with Student's t; a seed has no interval of its own."""
    return across_seeds([Estimate(each, each, each, 1, "steps", "", is_share=False) for each in of_seeds.values()])
