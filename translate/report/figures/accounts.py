"""Who wrote the gender, and what took it away? The accounts of the cell along the direction of the gender."""

from collections.abc import Sequence

from translate.lab.experiments.reading.accounts import Accounts
from translate.lab.statistics.estimate import Course, Estimate
from translate.lab.verdicts.phrases import word_name
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure, make
from translate.report.names import interval, percent_of
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
from translate.terms import SIDES

BROUGHT = -10  # where the bar of what was there before the first word stands
BY_FORGETTING = "by the forget valve"
KEY = {
    "gone": FINDING.at(-0.2),
    BY_FORGETTING: Mark(INK, "v"),
    "by the memory valve": Mark(MUTED, "o", 0.2, filled=False),
}
HOLLOW = {"width": 0.7, "color": PAPER, "edgecolor": ACCENT, "linewidth": 1.4}
Summed = list[tuple[str, Estimate]]


def written(results: Results) -> Figure | None:
    """At which word the gender that is needed was written."""
    books = results.ledger
    if not books:
        return None
    shares = " and ".join(f"{percent_of(book.at_noun)} of the {SIDES[book.side]}'s" for book in books)
    summed = [(book, [("noun and its neighbours", book.at_noun), ("brought along", book.brought)]) for book in books]
    return make(
        "written",
        books,
        _table("words from the noun", {SIDES[book.side]: book.by_word for book in books}, summed),
        _draw_written,
        shares=shares,
        sides=_listed("at the noun and its two neighbours", [(book, book.at_noun) for book in books]),
        largest=max(book.conservation for book in books),
    )


def erased(results: Results) -> Figure | None:
    """What the forget gate took of the first gender and what was written over it, around the second noun."""
    books = results.ledger
    if not books:
        return None
    shown = {
        f"{SIDES[book.side]}, {name}": course
        for book in books
        for name, course in (("taken", book.erased), ("written", book.written))
    }
    forgets = books[0].by_forgetting.value > books[0].by_writing.value
    return make(
        "erased",
        books,
        _table("words from the second noun", shown, [(book, _lost(book)) for book in books]),
        _draw_erased,
        shares=" and ".join(f"{percent_of(book.gone)} of it from the {SIDES[book.side]}" for book in books),
        how="taken by the forget valve" if forgets else "written over by the memory valve",
        sides=_listed("gone", [(book, book.gone) for book in books]),
    )


def _listed(what: str, estimates: Sequence[tuple[Accounts, Estimate]]) -> str:
    return "; ".join(f"{SIDES[book.side]}: {what} {interval(estimate)}" for book, estimate in estimates)


def _table(head: str, shown: dict[str, Course], summed: Sequence[tuple[Accounts, Summed]]) -> Table:
    """The courses, and below them what was summed up, in the first of their columns."""
    table = courses(head, shown)
    blank = [""] * (len(table.columns) - 2)
    below = []
    for book, shares in summed:
        for name, share in shares:
            value, between, n = cells(share)
            below.append([f"{SIDES[book.side]}: {name}", f"{value} ({between}), {n}", *blank])
    return Table(table.columns, [*table.rows, *below])


def _lost(book: Accounts) -> Summed:
    summed = list(zip(KEY, (book.gone, book.by_forgetting, book.by_writing), strict=True))
    return summed + [(f"{BY_FORGETTING}, at {word_name(word)}", share) for word, share in book.forgotten_at.items()]


def _draw_written(books: Sequence[Accounts]) -> Drawn:
    with drawing():
        drawn, axes = figure(50 + 150 * len(books), len(books), squeeze=False, sharex=True, sharey=True)
        for ax, book in zip(axes[:, 0], books, strict=True):
            _draw_side(ax, book, book.by_word, "the noun", book is books[-1])
            if book.brought.value > 0.005:
                ax.bar(BROUGHT, book.brought.value, **HOLLOW)
                ax.plot([BROUGHT, BROUGHT], [book.brought.low, book.brought.high], color=INK, linewidth=1.4)
        last = axes[-1, 0]
        ticks, names = last.get_xticks(), [text.get_text() for text in last.get_xticklabels()]
        last.set_xticks([BROUGHT, *ticks], ["before", *names])
    return drawn


def _draw_erased(books: Sequence[Accounts]) -> Drawn:
    low = min(-0.05, *(book.by_writing.low for book in books))
    shown = []
    for book in books:
        sums = [(share, mark) for share, mark in zip(dict(_lost(book)).values(), KEY.values(), strict=False)]
        words = [(word_name(word), [(share, KEY[BY_FORGETTING])]) for word, share in book.forgotten_at.items()]
        shown.append(
            Panel(f"Gone of the first gender: {SIDES[book.side]}", [("in all", sums), *words], low=low, high=1.05)
        )
    with drawing():
        heights = [150] * len(books) + [54 + 22 * len(panel.rows) for panel in shown]
        drawn, axes = figure(sum(heights) + 90, len(heights), squeeze=False, height_ratios=heights)
        for ax, book in zip(axes[:, 0], books, strict=False):
            _draw_side(ax, book, book.erased, "the second noun", book is books[-1])
            ax.bar(book.written.at, book.written.value, **HOLLOW)
        for ax, panel in zip(axes[len(books) :, 0], shown, strict=True):
            panel.draw(ax)
        legend(drawn, axes[-1, 0], 3, KEY)
    return drawn


def _draw_side(ax: Axes, book: Accounts, course: Course, noun: str, is_last: bool) -> None:
    bars(ax, course, ACCENT)
    words_axis(ax, noun)
    if not is_last:
        ax.set_xlabel("")
    heading(ax, SIDES[book.side].capitalize())
    percent_axis(ax.yaxis)
