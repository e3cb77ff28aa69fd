"""A study as files: `study.json`, and `study.html` with its tables and figures."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from translate.files import write_atomic
from translate.report.emergence import emergence, followed, name_of, steps_of
from translate.report.names import site_name
from translate.report.picture.files import inline, svg
from translate.report.picture.style import Drawn
from translate.report.rendering import render
from translate.report.study_figures import claim_name, claim_words, distance, forest, gradients, kind_name
from translate.study.aggregate import ClaimAcross, Group
from translate.study.results import StudyResults

GAINS = {
    "direct": "along the cell alone",
    "total": "through all paths",
    "score": "length of the gradient of the last agreeing word's log-odds, right form against the other",
    "loss": "length of the gradient of its loss",
}
"""What is measured of a nudge."""


def write_study(results: StudyResults, out: Path) -> Path:
    """Write both into the folder `out`, each in one step; returns the page's path.

    The same results give the same bytes.
    """
    write_atomic(out / "study.json", results.to_json())
    write_atomic(out / "study.html", page(results))
    return out / "study.html"


def page(results: StudyResults) -> str:
    """The HTML: it needs no other file, and no script."""
    groups = results.groups
    trained = followed(groups)
    return render(
        "study.html",
        results=results,
        groups=groups,
        headline=headline(results),
        claims=claims_table(groups),
        measures=_names(group.accuracy for group in groups),
        distances=_names(group.by_distance for group in groups),
        forests={group.kind.name: _picture(forest(group), f"claims-{group.kind.name}") for group in groups},
        numbers=_names(group.numbers for group in groups),
        by_distance=_picture(distance(groups), "distance"),
        longest=max((group.longest for group in groups), default=0),
        followed=trained,
        comings={each.kind.name: _picture(emergence(each, groups), f"emergence-{each.kind.name}") for each in trained},
        kind_name=kind_name,
        claim_name=claim_name,
        claim_words=claim_words,
        name_of=name_of,
        steps_of=steps_of,
        reached=max((course.at for group in groups for course in group.gradients), key=len, default=[]),
        gains=GAINS,
        site_name=site_name,
        reach=_picture(gradients(groups), "reach") if any(group.gradients for group in groups) else "",
    )


def headline(results: StudyResults) -> str:
    """What holds for every seed of the first kind, in a sentence; one model is called one model."""
    first = results.groups[0]
    number, seeds = len(first.claims), len(first.models)
    always = sum(claim.holds.value == 1 for claim in first.claims)
    if seeds == 1:
        return f"One model, {kind_name(first.kind)}: {always} of {number} claims hold for it."
    return f"{kind_name(first.kind)}: {always} of {number} claims hold for each of {seeds} seeds."


def claims_table(groups: Sequence[Group]) -> list[tuple[ClaimAcross, list[ClaimAcross | None]]]:
    """A row for each claim: one that has its name, and that of each group, None where a group has no such claim."""
    by_name = [{claim.name: claim for claim in group.claims} for group in groups]
    first = {name: claim for claims in reversed(by_name) for name, claim in claims.items()}
    return [(first[name], [claims.get(name) for claims in by_name]) for name in _names(by_name)]


def _names(tables: Iterable[Iterable[str]]) -> list[str]:
    """The names in several tables, each once, in order."""
    return list(dict.fromkeys(name for table in tables for name in table))


def _picture(drawn: Drawn, name: str) -> str:
    """The figure for the inside of the page; its title is in the page already."""
    return inline(svg(drawn, name, "The same numbers stand in the table."), name)
