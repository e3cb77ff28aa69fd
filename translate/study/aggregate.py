"""What holds across seeds: the reports of many replicas as one result.

Nothing is computed with models here. Whatever claims the reports make are counted and averaged by their ids, so that a
claim that is added to the report needs nothing here.
"""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from translate.files import read_text
from translate.lab.statistics.estimate import Course, Estimate, wilson
from translate.lab.statistics.resample import across_seeds
from translate.lab.verdicts.bars import HOLDS
from translate.lab.verdicts.results import Claim, Results
from translate.lab.verdicts.rules import ERASED
from translate.study.emergence import EmergenceAcross, emergence_across
from translate.study.key_numbers import key_numbers
from translate.study.replica import Kind, Replica, Stage
from translate.study.unit_matching import MatchedSeeds


@dataclass(frozen=True)
class SeedClaim:
    """A claim as one replica's report has it."""

    seed: int
    verdict: str
    statement: str
    estimate: Estimate


@dataclass(frozen=True)
class ClaimAcross:
    """One claim over the seeds of one kind.

    verdicts: how many seeds came to each. holds: the share of seeds for which it holds, with Wilson's interval over
    seeds. estimate: the mean of the number that it rests on (`across_seeds`). by_seed: what it is made of.
    """

    id: str
    side: str
    bar: str
    verdicts: dict[str, int]
    holds: Estimate
    estimate: Estimate
    by_seed: list[SeedClaim]

    @property
    def name(self) -> str:
        """ "stored, decoder"; a claim about the whole model has its id alone."""
        return self.id if self.side == "model" else f"{self.id}, {self.side}"


@dataclass(frozen=True)
class CourseAcross:
    """How far back a gradient reaches, averaged over seeds.

    site: of which state. what: which gain, a field of `Gradients`. estimates: one for each distance in `at`.
    """

    site: str
    what: str
    at: list[int]
    estimates: list[Estimate]

    @property
    def name(self) -> str:
        """ "dec.l0.c, total"."""
        return f"{self.site}, {self.what}"


@dataclass(frozen=True)
class Group:
    """All replicas of one kind.

    recipe: as the first seed's model has it, without the seed. models: the weights' hashes by seed. fates: by side and
    gender ("decoder, first gender"), how many seeds came to which verdict (erased, overwritten, …). story: the share of
    seeds whose decoder does what the lesson says: none of a twin that returns should; a neutral one has no such
    question. accuracy: agreement, exact match, and agreement by suite. by_distance: agreement by the distance of the
    word from its noun; beyond `longest` it is farther than in any sentence of the training. numbers: what models are
    compared by (`key_numbers`). units: matched with each other. emergence: of the seeds whose trainings were followed;
    None where there are none.
    """

    kind: Kind
    recipe: dict[str, dict[str, Any]]
    models: dict[int, str]
    claims: list[ClaimAcross]
    fates: dict[str, dict[str, int]]
    story: dict[str, Estimate]
    accuracy: dict[str, Estimate]
    by_distance: dict[str, Estimate]
    longest: int
    numbers: dict[str, Estimate]
    gradients: list[CourseAcross]
    units: list[MatchedSeeds]
    emergence: EmergenceAcross | None = None


def group(kind: Kind, replicas: Sequence[Replica], units: Sequence[MatchedSeeds] = ()) -> Group:
    """The reports of some replicas of one kind as one, seeds in order."""
    by_seed = {replica.seed: replica.results() for replica in replicas}
    reports = by_seed.values()
    right = [report.accuracy for report in reports]
    accuracy = _across({"agreement": part.agreement, "exact": part.exact, **part.by_suite} for part in right)
    return Group(
        kind=kind,
        recipe=_recipe(replicas[0]),
        models={seed: report.about.model for seed, report in by_seed.items()},
        claims=_claims(by_seed),
        fates=_fates(reports),
        story={} if kind.twin == "neutral" else _story(reports),
        accuracy={name: estimate for name, estimate in accuracy.items() if estimate.n},
        by_distance=_across(part.by_distance for part in right),
        longest=max(part.longest for part in right),
        numbers=_across(map(key_numbers, reports)),
        gradients=_gradients(reports),
        units=list(units),
        emergence=_emergence(replicas),
    )


def _emergence(replicas: Iterable[Replica]) -> EmergenceAcross | None:
    trainings = {each.seed: each.emergence() for each in replicas if each.stage >= Stage.FOLLOWED}
    return emergence_across(trainings) if trainings else None


def _recipe(replica: Replica) -> dict[str, dict[str, Any]]:
    path = replica.model / "recipe.toml"
    recipe = tomllib.loads(read_text(path, "recipe")) if path.is_file() else {}
    return {name: {key: value for key, value in part.items() if key != "seed"} for name, part in recipe.items()}


def _across(tables: Iterable[Mapping[str, Estimate]]) -> dict[str, Estimate]:
    """Each number of several tables over the seeds that have it, in the order of the first table."""
    estimates = defaultdict(list)
    for table in tables:
        for name, estimate in table.items():
            estimates[name].append(estimate)
    return {name: across_seeds(of_seeds) for name, of_seeds in estimates.items()}


def _claims(by_seed: Mapping[int, Results]) -> list[ClaimAcross]:
    """The claims in the order in which the reports have them."""
    claims: dict[tuple[str, str], dict[int, Claim]] = defaultdict(dict)
    for seed, report in by_seed.items():
        for claim in report.claims:
            claims[claim.id, claim.side][seed] = claim
    return [_claim(id, side, of_seeds) for (id, side), of_seeds in claims.items()]


def _claim(id: str, side: str, by_seed: Mapping[int, Claim]) -> ClaimAcross:
    claims = list(by_seed.values())
    verdicts: Counter[str] = Counter(claim.verdict for claim in claims)
    return ClaimAcross(
        id=id,
        side=side,
        bar=claims[-1].bar,
        verdicts=dict(verdicts),
        holds=wilson(verdicts[HOLDS], len(claims), "seeds"),
        estimate=across_seeds([claim.estimate for claim in claims]),
        by_seed=[SeedClaim(seed, claim.verdict, claim.statement, claim.estimate) for seed, claim in by_seed.items()],
    )


def _fates(reports: Iterable[Results]) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for report in reports:
        for fate in report.verdicts:
            counts[f"{fate.side}, {fate.target}"][fate.verdict] += 1
    return {name: dict(counter) for name, counter in counts.items()}


def _story(reports: Collection[Results]) -> dict[str, Estimate]:
    """Is the lesson's story true: does the forget valve erase the old gender, the memory valve write the new one?

    Of the decoder: everything that the encoder has read is still to be written, so that it may forget nothing. A seed
    counts as *erases* where the ledger and the verdict, which rests on the clamps, both say so. Empty where there is no
    ledger.
    """
    erases, writes = [], []
    for report in reports:
        verdicts = {claim.id: claim.verdict for claim in report.claims if claim.side == "decoder"}
        if "erased" in verdicts:
            fates = [fate.verdict for fate in report.verdicts if fate.side == "decoder"]
            erases.append(verdicts["erased"] == HOLDS and fates[-1:] == [ERASED])
            writes.append(verdicts.get("written") == HOLDS)
    parts = {
        "the forget valve erases the old gender": erases,
        "the memory valve writes the gender at its noun": writes,
        "both": [erased and written for erased, written in zip(erases, writes, strict=True)],
    }
    return {what: wilson(sum(true), len(true), "seeds") for what, true in parts.items() if true}


def _gradients(reports: Iterable[Results]) -> list[CourseAcross]:
    """Every course of the gradients, at each distance over the seeds that have it."""
    courses: dict[tuple[str, str], dict[int, list[Estimate]]] = defaultdict(lambda: defaultdict(list))
    for report in reports:
        for felt in report.gradients:
            for field in fields(felt):
                course = getattr(felt, field.name)
                if isinstance(course, Course):
                    for at, estimate in zip(course.at, _estimates(course), strict=True):
                        courses[felt.site, field.name][at].append(estimate)
    return [
        CourseAcross(site, what, sorted(by_place), [across_seeds(by_place[at]) for at in sorted(by_place)])
        for (site, what), by_place in courses.items()
    ]


def _estimates(course: Course) -> list[Estimate]:
    points = zip(course.value, course.low, course.high, course.n, strict=True)
    return [Estimate(*point, unit="", method="", is_share=False) for point in points]
