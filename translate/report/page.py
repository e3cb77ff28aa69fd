"""The page: one HTML file without a script, which needs nothing but itself to be read."""

from collections.abc import Mapping, Sequence

from translate.lab.verdicts.claim import Claim
from translate.lab.verdicts.phrases import Side
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure
from translate.report.names import SEVEN, failed_first
from translate.report.page_states import page_states
from translate.report.rendering import render

_COLUMNS: tuple[Side, ...] = ("decoder", "encoder")


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
        questions=figures,
        pictures=pictures,
        sides=_COLUMNS,
        seven=overview(results),
        others=[claim for claim in results.claims if claim.id not in SEVEN],
        failed=failed_first(failed(results)),
        near=failed_controls(results),
        figure_of={name: figure.name for figure in reversed(drawn) for name in figure.text.claims},
        refutable={claim.name for claim in results.claims},
        explorer=explorer,
        states=page_states(results) if explorer else {},
        unclaimed=[figure for figure in drawn if not figure.shown(results)],
    )


def overview(results: Results) -> list[tuple[str, str, list[Claim | None]]]:
    """The seven claims in their order: id, in a few words, and the claim for each side (None: not measured)."""
    by_side = {(claim.id, claim.side): claim for claim in results.claims}
    return [(name, words, [by_side.get((name, side)) for side in _COLUMNS]) for name, words in SEVEN.items()]


def failed(results: Results) -> tuple[Claim, ...]:
    """The claims that did not hold or are undecided."""
    return tuple(claim for claim in results.claims if claim.verdict != "holds")


def failed_controls(results: Results) -> list[tuple[Claim, str]]:
    """Every control that came too near its claim, with the claim."""
    return [(claim, name) for claim in results.claims for name in claim.failed]
