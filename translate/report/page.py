"""The page: one HTML file without a script, which needs nothing but itself to be read."""

from translate.lab.verdicts.results import Claim, Results
from translate.report.figure import Figure
from translate.report.page_states import page_states
from translate.report.words import MARKS, SEVEN, failed_first, interval

SIDES = ("decoder", "encoder")


def page(
    results: Results, found: dict[str, list[Figure]], pictures: dict[str, str], explorer: str | None = None
) -> str:
    """The HTML. found: the figures by question. pictures: each figure's SVG by name, ready to stand in a page.

    explorer: where the explorer's page lies; None: the report stands alone.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    environment = Environment(
        loader=PackageLoader("translate.report", "templates"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["interval"] = interval
    drawn = [figure for made in found.values() for figure in made]
    return environment.get_template("report.html").render(
        results=results,
        about=results.about,
        questions=found,
        pictures=pictures,
        marks=MARKS,
        sides=SIDES,
        seven=overview(results),
        others=[claim for claim in results.claims if claim.id not in SEVEN],
        failed=failed_first(failed(results)),
        near=failed_controls(results),
        figure_of={name: figure.name for figure in reversed(drawn) for name in figure.claims},
        refutable={claim.name for claim in results.claims},
        explorer=explorer,
        states=page_states(results) if explorer else {},
        unclaimed=[figure for figure in drawn if not figure.shown(results)],
    )


def overview(results: Results) -> list[tuple[str, str, list[Claim | None]]]:
    """The seven claims in their order: id, in a few words, and the claim for each side (None: not measured)."""
    by = {(claim.id, claim.side): claim for claim in results.claims}
    return [(name, words, [by.get((name, side)) for side in SIDES]) for name, words in SEVEN.items()]


def failed(results: Results) -> tuple[Claim, ...]:
    """The claims that did not hold or are undecided."""
    return tuple(claim for claim in results.claims if claim.verdict != "holds")


def failed_controls(results: Results) -> list[tuple[Claim, str]]:
    """Every control that came too near its claim, with the claim."""
    return [(claim, name) for claim in results.claims for name in claim.failed]
