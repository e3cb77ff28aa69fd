"""A study as files: `study.json`, and `study.html` with its tables and two figures."""

from math import isfinite
from pathlib import Path

from translate.files import write_atomic
from translate.lab.aggregate import Group
from translate.lab.statistics import Estimate
from translate.lab.study_results import StudyResults
from translate.report import style
from translate.report.marks import draw_interval, percent_axis, rows, share_axis

_LINES = ("-", "--", ":", "-.")
_COLOURS = {"lstm": style.ACCENT, "gru": style.MASCULINE, "rnn": style.FEMININE}
_MARKS = {"lstm": "o", "gru": "s", "rnn": "^"}


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
        forests={group.kind.name: _picture(_forest(group), f"claims-{group.kind.name}") for group in results.groups},
        by_distance=_picture(_distance(results.groups), "distance"),
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
    return list(dict.fromkeys(name for table in tables for name in table))


def _picture(made, name: str) -> str:
    """The figure for the inside of the page; its title is in the page already."""
    return style.inline(style.svg(made, name, "The same numbers stand in the table."), name)


def _forest(group: Group):
    """Each claim whose number is a share: every seed a small mark, their mean with its interval above them."""
    claims = [claim for claim in group.claims if claim.estimate.is_share and claim.estimate.n]
    with style.drawing():
        made, ax = style.figure(60 + 26 * max(len(claims), 1))
        rows(ax, [claim.name for claim in claims])
        for row, claim in enumerate(claims):
            values = [one.estimate.value for one in claim.by_seed if one.estimate]
            ax.plot(values, [row + 0.2] * len(values), "|", color=style.MUTED, markersize=7)
            draw_interval(ax, claim.estimate, row - 0.1, style.ACCENT, "o", horizontal=True)
        share_axis(ax)
    return made


def _distance(groups: list[Group]):
    """Agreement against the distance from the noun, a line for each kind but the neutral twins."""
    groups = [group for group in groups if not group.kind.neutral and group.by_distance]
    sizes = sorted({group.kind.hidden for group in groups})
    with style.drawing():
        made, ax = style.figure(230)
        names = _names(group.by_distance for group in groups)
        for group in groups:
            kind = group.kind
            values = [group.by_distance.get(name) for name in names]
            at = [place for place, value in enumerate(values) if value and value.n]
            means, low, high = zip(*((values[i].value, values[i].low, values[i].high) for i in at), strict=True)
            colour, line = _COLOURS[kind.cell], _LINES[sizes.index(kind.hidden) % len(_LINES)]
            ax.fill_between(at, low, high, color=colour, alpha=0.15, linewidth=0)
            ax.plot(at, means, color=colour, linestyle=line, marker=_MARKS[kind.cell], label=kind.name)
        ax.set_xticks(range(len(names)), names)
        ax.set_xlabel("words from the noun")
        ax.set_ylabel("words that agree")
        percent_axis(ax.yaxis)
        if groups:
            ax.legend()
    return made
