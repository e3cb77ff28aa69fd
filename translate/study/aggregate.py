"""What holds across seeds: the reports of many replicas as one result.

Nothing is computed with models here. Whatever claims the reports make are counted and averaged by their ids, so that a
claim that is added to the report needs nothing here.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from translate.files import read_text
from translate.lab.statistics.estimate import Estimate, wilson
from translate.lab.statistics.resample import across_seeds
from translate.lab.verdicts.rules import ERASED
from translate.study.key_numbers import key_numbers
from translate.study.replica import Kind, Replica

HOLDS = "holds"


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
    seeds. estimate: the mean of the number that it rests on (`bootstrap.across_seeds`). by_seed: what it is made of.
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
    """A course of the reports (gradient norms over distance), averaged over seeds: an estimate for each place `at`."""

    what: str
    at: list[int]
    estimates: list[Estimate]


@dataclass(frozen=True)
class Group:
    """All replicas of one kind.

    recipe: as the first seed's model has it, without the seed. models: the weights' hashes by seed. fates: by side and gender ("decoder, first gender"), how many seeds came to
    which verdict (erased, overwritten, …). story: the share of seeds whose decoder does what the lesson says.
    accuracy: agreement, exact match, and agreement by suite. by_distance: agreement
    by the distance of the word from its noun; beyond `longest` it is farther than in any training sentence. numbers: what models are compared by (`key_numbers`). units: the models matched unit by unit (`matched_seeds.MatchedSeeds`).
    """

    kind: Kind
    recipe: dict[str, dict]
    models: dict[int, str]
    claims: list[ClaimAcross]
    fates: dict[str, dict[str, int]]
    story: dict[str, Estimate]
    accuracy: dict[str, Estimate]
    by_distance: dict[str, Estimate]
    longest: int
    numbers: dict[str, Estimate]
    gradients: list[CourseAcross]
    units: list


def group(kind: Kind, replicas: Sequence[Replica], units: Sequence = ()) -> Group:
    """The reports of some replicas of one kind as one, seeds in order."""
    reports = {replica.seed: replica.results() for replica in replicas}
    accuracy = [report.get("accuracy", {}) for report in reports.values()]
    whole = {name: _across(part.get(name) for part in accuracy) for name in ("agreement", "exact")}
    suites = _across_each(part.get("by_suite", {}) for part in accuracy)
    return Group(
        kind,
        _recipe(replicas[0]),
        {seed: report["about"]["model"] for seed, report in reports.items()},
        _claims(reports),
        _fates(reports.values()),
        {} if kind.neutral else _story(reports.values()),
        {name: found for name, found in (whole | suites).items() if found.n},
        _across_each(part.get("by_distance", {}) for part in accuracy),
        max((part.get("longest") or 0 for part in accuracy), default=0),
        _across_each(map(key_numbers, reports.values())),
        _courses([report.get("gradients") or [] for report in reports.values()]),
        list(units),
    )


def _recipe(replica: Replica) -> dict[str, dict]:
    path = replica.model / "recipe.toml"
    recipe = tomllib.loads(read_text(path, "recipe")) if path.is_file() else {}
    return {name: {key: value for key, value in part.items() if key != "seed"} for name, part in recipe.items()}


def read_estimate(found: dict | None) -> Estimate | None:
    """An estimate from JSON: by itself, or flat within a claim (`estimate`, `interval`); None where there is none."""
    if not found or ("estimate" not in found and "value" not in found):
        return None
    if isinstance(found.get("estimate"), dict):
        return read_estimate(found["estimate"])
    value = found.get("value", found.get("estimate"))
    low, high = found.get("interval") or (found.get("low"), found.get("high"))
    numbers = [float("nan") if number is None else float(number) for number in (value, low, high)]
    known = found.get("n") or 0
    return Estimate(*numbers, known, found.get("unit", ""), found.get("method", ""), found.get("is_share", True))


def _claims(reports: dict[int, dict]) -> list[ClaimAcross]:
    """The claims in the order in which the reports have them."""
    found: dict[tuple[str, str], list[SeedClaim]] = {}
    bars: dict[tuple[str, str], str] = {}
    for seed, report in reports.items():
        for claim in report.get("claims", []):
            key = claim["id"], claim.get("side", "model")
            one = SeedClaim(seed, claim["verdict"], claim["statement"], read_estimate(claim))
            found.setdefault(key, []).append(one)
            bars.setdefault(key, claim.get("bar", ""))
    across = []
    for key, claims in found.items():
        verdicts = Counter(claim.verdict for claim in claims)
        estimate = across_seeds([claim.estimate for claim in claims if claim.estimate])
        holds = wilson(verdicts[HOLDS], len(claims), "seeds")
        across.append(ClaimAcross(*key, bars[key], dict(verdicts), holds, estimate, claims))
    return across


def _fates(reports: Iterable[dict]) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter] = {}
    for report in reports:
        for fate in report.get("verdicts") or []:
            counts.setdefault(f"{fate['side']}, {fate['target']}", Counter())[fate["verdict"]] += 1
    return {name: dict(counter) for name, counter in counts.items()}


def _story(reports: Iterable[dict]) -> dict[str, Estimate]:
    """Is the lesson's story true? That the forget valve erases the old gender, that the memory valve writes the new one.

    Of the decoder: everything that the encoder has read is still to be written, so that it may forget nothing. A seed
    counts as *erases* where the ledger and the verdict, which rests on the clamps, both say so. Empty where there is no
    ledger.
    """
    side = "decoder"
    found: dict[str, list[bool]] = {}
    for report in reports:
        known = {(claim["id"], claim.get("side")): claim["verdict"] == HOLDS for claim in report.get("claims", [])}
        fates = {fate["side"]: fate["verdict"] for fate in report.get("verdicts") or []}
        if ("erased", side) in known:
            erases = known["erased", side] and fates.get(side) == ERASED
            writes = known.get(("written", side), False)
            found.setdefault("the forget valve erases the old gender", []).append(erases)
            found.setdefault("the memory valve writes the gender at its noun", []).append(writes)
            found.setdefault("both", []).append(erases and writes)
    return {what: wilson(sum(true), len(true), "seeds") for what, true in found.items()}


def _across(estimates: Iterable[dict | None]) -> Estimate:
    return across_seeds([known for known in map(read_estimate, estimates) if known])


def _across_each(tables: Iterable[dict[str, dict]]) -> dict[str, Estimate]:
    """The same for each name in several tables, in the order of the first."""
    tables = list(tables)
    names = dict.fromkeys(name for table in tables for name in table)
    return {name: _across(table.get(name) for table in tables) for name in names}


def _courses(reports: list[list[dict]]) -> list[CourseAcross]:
    """Every course in some parts of the reports, averaged over the seeds that have it at the same places."""
    by_name: dict[str, list[dict]] = {}
    for parts in reports:
        for part in parts:
            label = [value for value in part.values() if isinstance(value, str)]
            for name, course in part.items():
                if isinstance(course, dict) and {"at", "value", "low", "high", "n"} <= course.keys():
                    by_name.setdefault(", ".join([*label, name]), []).append(course)
    return [_course(name, courses) for name, courses in by_name.items()]


def _course(name: str, courses: list[dict]) -> CourseAcross:
    places: dict[int, list[Estimate]] = {}
    for course in courses:
        for at, *numbers, n in zip(*(course[key] for key in ("at", "value", "low", "high", "n")), strict=True):
            numbers = [float("nan") if number is None else number for number in numbers]
            places.setdefault(at, []).append(Estimate(*numbers, n, "", "", is_share=False))
    at = sorted(places)
    return CourseAcross(name, at, [across_seeds(places[place]) for place in at])
