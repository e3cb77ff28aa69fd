"""Who wrote the gender, and what took it away? The accounts of the cell along the direction of the gender."""

from collections.abc import Sequence

from translate.lab.experiments.reading.accounts import Accounts
from translate.lab.statistics.estimate import Course, Estimate
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure, make
from translate.report.picture.marks import (
    FINDING,
    INK,
    MUTED,
    Mark,
    Panel,
    bars,
    heading,
    legend,
    percent_axis,
    words_axis,
)
from translate.report.picture.style import ACCENT, PAPER, Axes, Drawn, drawing, figure
from translate.report.tables import Table, cells, courses
from translate.report.words import interval, percent_of
from translate.terms import SIDES

BROUGHT = -10  # where the bar of what was there before the first word stands
KEY = {
    "gone": FINDING.at(-0.2),
    "by the forget valve": Mark(INK, "v"),
    "by the memory valve": Mark(MUTED, "o", 0.2, filled=False),
}
HOLLOW = {"width": 0.7, "color": PAPER, "edgecolor": ACCENT, "linewidth": 1.4}
Summed = list[tuple[str, Estimate]]


def written(results: Results) -> Figure | None:
    """At which word the gender that is needed was written."""
    sides = results.ledger
    if not sides:
        return None
    shares = " and ".join(f"{percent_of(one.at_noun)} of the {SIDES[one.side]}'s" for one in sides)
    summed = [(one, [("noun and its neighbours", one.at_noun), ("brought along", one.brought)]) for one in sides]
    return make(
        "written",
        sides,
        _table("words from the noun", {SIDES[one.side]: one.by_word for one in sides}, summed),
        _draw_written,
        shares=shares,
        sides=_listed("at the noun and its two neighbours", [(one, one.at_noun) for one in sides]),
        largest=max(one.conservation for one in sides),
    )


def erased(results: Results) -> Figure | None:
    """What the forget gate took of the first gender and what was written over it, around the second noun."""
    sides = results.ledger
    if not sides:
        return None
    shown = {
        f"{SIDES[one.side]}, {name}": course
        for one in sides
        for name, course in (("taken", one.erased), ("written", one.written))
    }
    forgets = sides[0].by_forgetting.value > sides[0].by_writing.value
    return make(
        "erased",
        sides,
        _table("words from the second noun", shown, [(one, _lost(one)) for one in sides]),
        _draw_erased,
        shares=" and ".join(f"{percent_of(one.gone)} of it from the {SIDES[one.side]}" for one in sides),
        how="taken by the forget valve" if forgets else "written over by the memory valve",
        sides=_listed("gone", [(one, one.gone) for one in sides]),
    )


def _listed(what: str, estimates: Sequence[tuple[Accounts, Estimate]]) -> str:
    return "; ".join(f"{SIDES[one.side]}: {what} {interval(estimate)}" for one, estimate in estimates)


def _table(head: str, shown: dict[str, Course], summed: Sequence[tuple[Accounts, Summed]]) -> Table:
    """The courses, and below them what was summed up, in the first of their columns."""
    table = courses(head, shown)
    blank = [""] * (len(table.columns) - 2)
    below = []
    for one, shares in summed:
        for name, share in shares:
            value, between, n = cells(share)
            below.append([f"{SIDES[one.side]}: {name}", f"{value} ({between}), {n}", *blank])
    return Table(table.columns, [*table.rows, *below])


def _lost(one: Accounts) -> Summed:
    return list(zip(KEY, (one.gone, one.by_forgetting, one.by_writing), strict=True))


def _draw_written(sides: Sequence[Accounts]) -> Drawn:
    with drawing():
        drawn, axes = figure(50 + 150 * len(sides), len(sides), squeeze=False, sharex=True, sharey=True)
        for ax, one in zip(axes[:, 0], sides, strict=True):
            _draw_side(ax, one, one.by_word, "the noun", one is sides[-1])
            if one.brought.value > 0.005:
                ax.bar(BROUGHT, one.brought.value, **HOLLOW)
                ax.plot([BROUGHT, BROUGHT], [one.brought.low, one.brought.high], color=INK, linewidth=1.4)
        last = axes[-1, 0]
        ticks, names = last.get_xticks(), [text.get_text() for text in last.get_xticklabels()]
        last.set_xticks([BROUGHT, *ticks], ["before", *names])
    return drawn


def _draw_erased(sides: Sequence[Accounts]) -> Drawn:
    lost = [(SIDES[one.side], [(share, KEY[name]) for name, share in _lost(one)]) for one in sides]
    low = min(-0.05, *(one.by_writing.low for one in sides))
    with drawing():
        heights = [150] * len(sides) + [44 + 40 * len(sides)]
        drawn, axes = figure(sum(heights) + 90, len(heights), squeeze=False, height_ratios=heights)
        for ax, one in zip(axes[:, 0], sides, strict=False):
            _draw_side(ax, one, one.erased, "the second noun", one is sides[-1])
            ax.bar(one.written.at, one.written.value, **HOLLOW)
        Panel("Gone of the first gender", lost, low=low, high=1.05).draw(axes[-1, 0])
        legend(drawn, axes[-1, 0], 3, KEY)
    return drawn


def _draw_side(ax: Axes, one: Accounts, course: Course, noun: str, is_last: bool) -> None:
    bars(ax, course, ACCENT)
    words_axis(ax, noun)
    if not is_last:
        ax.set_xlabel("")
    heading(ax, SIDES[one.side].capitalize())
    percent_axis(ax.yaxis)
