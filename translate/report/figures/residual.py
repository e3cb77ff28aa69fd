"""What is left of the first gender, and does any word turn when it is made larger, or exchanged?"""

from collections.abc import Iterator, Sequence

from translate.lab.experiments.intervening.residual import EXCHANGED, Along, Amplified, Residual
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure, make
from translate.report.names import capital, site_name
from translate.report.picture.marks import CONTROL, FINDING, OTHER, Panel, panels
from translate.report.picture.style import Drawn
from translate.report.tables import Table, cell

ALONGS: dict[Along, str] = {
    "direction": "along its direction",
    "whole": "as a whole",
    "random directions": "along random directions",
    "same genders": "towards the same genders",
}
KEY = {"words to come": FINDING, "words that come back to noun 1": OTHER, "control": CONTROL}


def residual(results: Results) -> Figure | None:
    """What each factor turned, along the direction, as a whole, and along random directions."""
    shown = results.residuals
    if not shown:
        return None
    body = [
        [
            f"{site_name(rest.site)}: {_name(way)}",
            *map(cell, (way.turned, way.returning, way.rest)),
            f"{way.turned.n:,}",
        ]
        for rest in shown
        for way in rest.ways
    ]
    first = shown[0]
    amplified, random = (first.of(8, along) for along in ("direction", "random directions"))
    turned = "could not be asked"
    if amplified and random:
        turned = f"× 8 it turns {amplified.turned.percent()}, as much of random directions {random.turned.percent()}"
    return make(
        "residual",
        shown,
        Table(("changed", "turned", "of those that come back", "rest unchanged", "words"), body),
        _draw,
        left=first.left,
        turned=turned,
        sentences=first.all,
        switching=first.switching,
    )


def _name(way: Amplified) -> str:
    factor = "exchanged" if way.factor == EXCHANGED else f"× {way.factor}"
    return f"{factor}, {ALONGS[way.along]}"


def _draw(shown: Sequence[Residual]) -> Drawn:
    drawn = [Panel(capital(site_name(rest.site)), list(_rows(rest))) for rest in shown]
    return panels(drawn, 22, 70, KEY, columns=2, label="words that take the other gender")


def _rows(rest: Residual) -> Iterator[tuple[str, list]]:
    for way in rest.ways:
        mark = CONTROL if way.along in ("random directions", "same genders") else FINDING
        yield _name(way), [(way.turned, mark.at(-0.12)), (way.returning, OTHER.at(0.16))]
