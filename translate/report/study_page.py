"""A study as files: `study.json`, and `study.html` with its tables and two figures."""

from math import isfinite
from pathlib import Path

from translate.files import write_atomic
from translate.lab.statistics.estimate import Estimate
from translate.report import style
from translate.report.study_figures import distance, forest, gradients
from translate.study.aggregate import Group
from translate.study.results import StudyResults


def write_study(results: StudyResults, out: Path) -> Path:
    """Write both into the folder `out`, each in one step; returns the page's path. The same results give the same bytes."""
    write_atomic(out / "study.json", results.to_json())
    write_atomic(out / "study.html", page(results))
    return out / "study.html"


def page(results: StudyResults) -> str:
    """The HTML: it needs no other file, and no script."""
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    environment = Environment(
        loader=PackageLoader("translate.report", "templates"),
        autoescape=select_autoescape(["html"]), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["text"] = text
    return environment.get_template("study.html").render(
        results=results, groups=results.groups, headline=headline(results), claims=claims_table(results.groups),
        measures=_names(group.accuracy for group in results.groups),
        distances=_names(group.by_distance for group in results.groups),
        forests={group.kind.name: _picture(forest(group), f"claims-{group.kind.name}") for group in results.groups},
        numbers=_names(group.numbers for group in results.groups), by_distance=_picture(distance(results.groups), "distance"),
        longest=max((group.longest for group in results.groups), default=0),
        reach=_picture(gradients(results.groups), "reach") if any(group.gradients for group in results.groups) else "",
    )  # fmt: skip


def headline(results: StudyResults) -> str:
    """What holds for every seed of the first kind, in a sentence; one model is called one model."""
    first = results.groups[0]
    number, seeds = len(first.claims), len(first.models)
    always = sum(claim.holds.value == 1 for claim in first.claims)
    if seeds == 1:
        return f"One model, {first.kind.name}: {always} of {number} claims hold for it."
    return f"{first.kind.name}: {always} of {number} claims hold for each of {seeds} seeds."


def text(estimate: Estimate) -> str:
    """An estimate as people read it: without an interval where there is none, a dash where nothing was measured."""
    if not estimate.n:
        return "–"
    return estimate.text() if isfinite(estimate.low) else estimate.text().split(" (")[0]


def claims_table(groups: list[Group]) -> list[tuple[str, list]]:
    """A row for each claim: its name, and the claim of each group, None where a group has no such claim."""
    names = _names({claim.name: claim for claim in group.claims} for group in groups)
    by_name = [{claim.name: claim for claim in group.claims} for group in groups]
    return [(name, [claims.get(name) for claims in by_name]) for name in names]


def _names(tables) -> list[str]:
    """The names in several tables, each once, in order."""
    return list(dict.fromkeys(name for table in tables for name in table))


def _picture(made, name: str) -> str:
    """The figure for the inside of the page; its title is in the page already."""
    return style.inline(style.svg(made, name, "The same numbers stand in the table."), name)
