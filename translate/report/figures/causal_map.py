"""Where, and when, does a change change the words? Sites by places, a heat map for each thing that is exchanged."""

import math
from collections.abc import Sequence

import numpy as np

from translate.lab.experiments.mechanism.causal_map import CausalMap, Cells, MapRow, What
from translate.lab.sentences.places import Place
from translate.lab.statistics.estimate import Estimate
from translate.lab.tracing.site import Site
from translate.lab.verdicts.results import Results
from translate.numerals import percent
from translate.report.figure import Figure, make
from translate.report.names import place_name
from translate.report.picture.marks import heading
from translate.report.picture.style import INK, Axes, Drawn, drawing, figure
from translate.report.picture.tint import colour_key, tinted
from translate.report.tables import Table
from translate.terms import SIDES

NAMES: dict[What, str] = {
    "whole site": "Whole site",
    "direction": "One direction of it",
    "best units": "The best units of it",
    "random units": "As many random units",
}
NOUNS = ("first noun", "second noun")
NOTHING = (0.5, 0.5, 0.5, 0.16)
"""The grey of cells where no word is left to turn, on a light page and on a dark one."""


def causal_map(results: Results) -> Figure | None:
    """What turns when a site is exchanged at a step, whole or in part, in its own clause and in the other."""
    result = results.causal_map
    if result is None or not result.rows:
        return None
    cell = Site(result.rows[0].site)
    return make(
        "causal-map",
        result,
        Table(("exchanged; what turns", *(_named(place) for place in result.places)), map_lines(result)),
        _draw,
        result=result,
        site=cell,
        pairs=sum(result.pairs),
        units=len(next(iter(result.units.values()))),
        direction=most(result, cell, "direction"),
        best=most(result, cell, "best units"),
        random=most(result, cell, "random units"),
    )


def most(result: CausalMap, site: str, what: What) -> Estimate:
    """The largest share of own words that an exchange at one place turns, with its interval there."""
    cells = [row.own for row in result.rows if (row.site, row.what) == (site, what)]
    shares = [
        Estimate(*each, unit="words", method="bootstrap over noun pairs")
        for row in cells
        for each in zip(row.value, row.low, row.high, row.n, strict=True)
        if each[-1]
    ]
    return max(shares, key=lambda share: share.value)


def map_lines(result: CausalMap, nouns: Sequence[str] = NOUNS) -> list[list[str]]:
    """The map as rows of text."""
    lines = []
    for row in result.rows:
        name = f"{NAMES[row.what]}, {SIDES[Site(row.site).side]} {Site(row.site).name}, {nouns[row.clause]}"
        others = [percent(share) if share == share else "–" for share in row.other]
        lines += [[f"{name}; own clause", *_shares(row.own)], [f"{name}; other clause", *others]]
    return lines


def _shares(cells: Cells) -> list[str]:
    """Each share with its interval, a dash where there is none."""
    columns = zip(cells.value, cells.low, cells.high, cells.n, strict=True)
    return [f"{percent(value)} ({percent(low)} to {percent(high)})" if n else "–" for value, low, high, n in columns]


def _named(place: Place) -> str:
    """The place as it stands in the table."""
    return f"{NOUNS[place.noun]} {'' if place.offset == 0 else place_name(place.offset)}".strip()


def _draw(result: CausalMap) -> Drawn:
    shown: list[tuple[str, What, bool]] = [(f"{name}: own clause", what, True) for what, name in NAMES.items()]
    shown.append(("Whole site: other clause", "whole site", False))
    return draw_map(result, shown, [f"{noun} exchanged" for noun in NOUNS])


def draw_map(
    result: CausalMap,
    shown: Sequence[tuple[str, What, bool]],
    columns: Sequence[str],
    events: Sequence[str] = ("n1", "n2"),
    least: int = 1,
) -> Drawn:
    """Heat maps below each other, a column for each noun.

    shown: of each map its title, what is exchanged, and whether the words of the noun's own clause are counted.
    columns: what stands below each column. events: what the axis calls offset 0 of each noun. least: a share of fewer
    words than that is not drawn.
    """
    count = len({row.site for row in result.rows})
    with drawing():
        height = (10 * count + 40) * len(shown) + 60
        drawn, axes = figure(height, len(shown), len(columns), squeeze=False, sharex=True, sharey=True)
        for place, (line, (title, what, is_own)) in enumerate(zip(axes, shown, strict=True)):
            for clause, ax in enumerate(line):
                rows = [row for row in result.rows if (row.what, row.clause) == (what, clause)]
                _tint(
                    ax,
                    f"{place}-{clause}",
                    result.places,
                    rows,
                    [_of_many(row.own, least) if is_own else row.other for row in rows],
                    events,
                )
            heading(line[0], title)
        for ax, below in zip(axes[-1], columns, strict=True):
            ax.set_xlabel(below)
        colour_key(drawn, 1, ("", "0 %", "100 %"))
    return drawn


def _of_many(cells: Cells, least: int) -> list[float]:
    return [share if n >= least else math.nan for share, n in zip(cells.value, cells.n, strict=True)]


def _tint(
    ax: Axes,
    name: str,
    places: Sequence[Place],
    rows: Sequence[MapRow],
    shares: Sequence[Sequence[float]],
    events: Sequence[str],
) -> None:
    """One heat map: a row for each site, a line between the sides and between the nouns' places."""
    if not rows:
        return
    values = np.array(shares, dtype=float)
    nothing = np.where(np.isnan(values)[..., None], NOTHING, 0.0)
    for image in (nothing, tinted(values, 1)):  # each with a name, or equal ones would have the same
        drawn = ax.imshow(image, aspect="auto", interpolation="nearest")
        drawn.set_gid(f"map-{name}-{len(ax.images)}")
    sites = [Site(row.site) for row in rows]
    ax.set_yticks(range(len(sites)), [f"{site.side} {site.name}" for site in sites], fontsize=8)
    ticks = [column for column, place in enumerate(places) if place.offset % (4 if len(places) > 12 else 2) == 0]
    ax.set_xticks(ticks, [place_name(places[tick].offset, events[places[tick].noun]) for tick in ticks], fontsize=8)
    for at in range(1, len(sites)):
        if sites[at].side != sites[at - 1].side:
            ax.axhline(at - 0.5, color=INK, linewidth=0.8)
    for column in range(1, len(places)):
        if places[column].noun != places[column - 1].noun:
            ax.axvline(column - 0.5, color=INK, linewidth=0.8)
    ax.grid(False)
    ax.tick_params(length=0)
