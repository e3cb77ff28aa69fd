"""The page: one HTML file without a script, which needs nothing but itself to be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from translate.braces import read_texts
from translate.lab.verdicts.claim import Claim
from translate.lab.verdicts.results import Results
from translate.report.claims_table import control_name, lines
from translate.report.figure import Figure
from translate.report.names import failed_first
from translate.report.page_states import page_states
from translate.report.rendering import render


@dataclass(frozen=True)
class Section:
    """A numbered section. template: what stands before its figures; "" for nothing."""

    anchor: str
    title: str
    figures: Sequence[Figure] = ()
    template: str = ""


@dataclass(frozen=True)
class Reference:
    """A work that a report rests on. text: as it stands in the list. number: its place there."""

    text: str
    number: int = 0


def page(
    results: Results,
    figures: Mapping[str, Sequence[Figure]],
    pictures: Mapping[str, str],
    explorer: str | None = None,
) -> str:
    """The HTML. figures: by question. pictures: each figure's SVG by name, ready to stand in a page.

    explorer: where the explorer's page lies; None: the report stands alone.
    """
    drawn = [figure for answers in figures.values() for figure in answers]
    return render(
        "report.html",
        results=results,
        about=results.about,
        sections=sections(figures),
        number={figure.name: number for number, figure in enumerate(drawn, 1)},
        pictures=pictures,
        lines=lines(results),
        control_name=control_name,
        failed=failed_first(failed(results)),
        near=failed_controls(results),
        figure_of={name: figure.name for figure in reversed(drawn) for name in figure.text.claims},
        refutable={claim.name for claim in results.claims},
        cited=cited(drawn),
        explorer=explorer,
        states=page_states(results) if explorer else {},
        unclaimed=[figure for figure in drawn if not figure.shown(results)],
    )


def sections(figures: Mapping[str, Sequence[Figure]]) -> list[Section]:
    """What is read first, the time course; then the claims, the other questions, and how it was done."""
    asked = [Section(f"section-{number}", title, answers) for number, (title, answers) in enumerate(figures.items(), 1)]
    return [
        *asked[:1],
        Section("claims", "What is claimed, and what held", template="claims.html"),
        *asked[1:],
        Section("methods", "Methods", template="methods.html"),
        Section("references", "References", template="references.html"),
    ]


def cited(figures: Sequence[Figure]) -> dict[str, Reference]:
    """What these figures cite, by its key, numbered as it is cited first."""
    keys = dict.fromkeys(key for figure in figures for key in figure.text.cites)
    return {key: Reference(references()[key].text, number) for number, key in enumerate(keys, 1)}


@cache
def references() -> dict[str, Reference]:
    """All that may be cited, by its key: `references.toml`."""
    return read_texts("translate.report", "references.toml", Reference)


def failed(results: Results) -> tuple[Claim, ...]:
    """The claims that did not hold or are undecided."""
    return tuple(claim for claim in results.claims if claim.verdict != "holds")


def failed_controls(results: Results) -> list[tuple[Claim, str]]:
    """Every control that came too near its claim, with the claim."""
    return [(claim, name) for claim in results.claims for name in claim.failed]
