"""Who wrote the gender, and what took it away? The accounts of the cell along the direction of the gender."""

from collections.abc import Sequence
from functools import partial

from translate.lab.experiments.reading.accounts import Accounts
from translate.lab.statistics.estimate import Course
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure
from translate.report.marks import draw_interval, heading, legend, noun_line, percent_axis, rows, words_axis
from translate.report.style import ACCENT, INK, MUTED, PAPER, drawing, figure
from translate.report.tables import Table, cells, courses
from translate.report.words import SITES, interval, percent_of

BROUGHT = -10  # where the bar of what was there before the first word stands


def written(results: Results) -> Figure | None:
    """At which word the gender that is needed was written."""
    found = results.ledger
    if not found:
        return None
    table = courses("words from the noun", {SITES[one.side]: one.by_word for one in found})
    rest = [
        [f"{SITES[one.side]}: {name}", *_padded(share, len(table.columns))]
        for one in found
        for name, share in (("noun and its neighbours", one.at_noun), ("brought along", one.brought))
    ]
    largest = max(one.conservation for one in found)
    return Figure(
        name="written",
        claims=("written-decoder", "written-encoder"),
        own_title=_title(found),
        how="Everything in the cell was written at some word, and the ledger adds up exactly. Each bar is the share of "
        "the gender, as it is when it is needed, that was written when that word was read (noun: the noun itself). "
        "The hollow bar was there before the first word.",
        counts="; ".join(
            f"{SITES[one.side]}: at the noun and its two neighbours {interval(one.at_noun)}" for one in found
        )
        + f"; lines: 95 % intervals over nouns. The ledger's largest error is {largest:.0e}.",
        data=found,
        table=Table(table.columns, [*table.rows, *rest]),
        draw=partial(_draw_written, found),
        remark="What the decoder's cell holds before its first word came from the encoder.",
        refuted_by="Shares spread evenly over all words would mean that the noun is not where the gender is written.",
        control="held",
    )


def _padded(share, columns: int) -> list[str]:
    value, between, n = cells(share)
    return [f"{value} ({between}), {n}", *[""] * (columns - 2)]


def _title(found: Sequence[Accounts]) -> str:
    said = " and ".join(f"{percent_of(one.at_noun)} of the {SITES[one.side]}'s" for one in found)
    return f"Of the gender that is needed later, {said} is written at the noun and its two neighbours."


def _draw_written(found: Sequence[Accounts]):
    with drawing():
        made, axes = figure(50 + 150 * len(found), len(found), squeeze=False, sharex=True, sharey=True)
        for ax, one in zip(axes[:, 0], found, strict=True):
            _bars(ax, one.by_word, ACCENT)
            noun_line(ax)
            words_axis(ax, "the noun")
            if one.brought.value > 0.005:
                ax.bar(BROUGHT, one.brought.value, 0.7, color=PAPER, edgecolor=ACCENT, linewidth=1.4)
                ax.plot([BROUGHT, BROUGHT], [one.brought.low, one.brought.high], color=INK, linewidth=1.4)
            heading(ax, SITES[one.side].capitalize())
            percent_axis(ax.yaxis)
        ticks, names = axes[-1, 0].get_xticks(), [text.get_text() for text in axes[-1, 0].get_xticklabels()]
        axes[-1, 0].set_xticks([BROUGHT, *ticks], ["before", *names])
        axes[-1, 0].set_xlabel("words from the noun, as they are read")
        for ax in axes[:-1, 0]:
            ax.set_xlabel("")
    return made


def _bars(ax, course: Course, colour: str) -> None:
    """A bar at each word, with its interval as a line."""
    ax.bar(course.at, course.value, 0.7, color=colour)
    for at, low, high in zip(course.at, course.low, course.high, strict=True):
        if high - low > 0.01:
            ax.plot([at, at], [low, high], color=INK, linewidth=1.2)


def erased(results: Results) -> Figure | None:
    """What the forget gate took of the first gender and what was written over it, around the second noun."""
    found = results.ledger
    if not found:
        return None
    table = courses(
        "words from the second noun",
        {
            f"{SITES[one.side]}, {name}": course
            for one in found
            for name, course in (("taken", one.erased), ("written", one.written))
        },
    )
    rest = [
        [f"{SITES[one.side]}: {name}", *_padded(share, len(table.columns))]
        for one in found
        for name, share in _lost(one)
    ]
    return Figure(
        name="erased",
        claims=("erased-decoder", "erased-encoder"),
        own_title=_lost_title(found),
        how="What becomes of the first noun's gender (100 %) around the second noun. Bars down: taken by the forget "
        "valve when that word is read. Hollow bars: written by the memory valve. Below: how much is gone once the "
        "second noun has been read, and by which valve.",
        counts="; ".join(f"{SITES[one.side]}: gone {interval(one.gone)}" for one in found)
        + "; lines: 95 % intervals over nouns.",
        data=found,
        table=Table(table.columns, [*table.rows, *rest]),
        draw=partial(_draw_erased, found),
        remark="The ledger says what took the value away, not whether the value was still needed; the clamps below "
        "ask that.",
        refuted_by="A loss by writing would mean that the old gender is overwritten, and none at all that it stays.",
        control="clamps",
        bears_on=("forgotten-decoder", "forgotten-encoder"),
    )


def _lost(one: Accounts) -> list[tuple[str, object]]:
    return [("gone", one.gone), ("by the forget valve", one.by_forgetting), ("by the memory valve", one.by_writing)]


def _lost_title(found: Sequence[Accounts]) -> str:
    said = " and ".join(f"{percent_of(one.gone)} of it from the {SITES[one.side]}" for one in found)
    first = found[0]
    how = (
        "taken by the forget valve"
        if first.by_forgetting.value > first.by_writing.value
        else "written over by the memory valve"
    )
    return f"Once the second noun has been read the first one's gender is gone, {said}, {how}."


def _draw_erased(found: Sequence[Accounts]):
    with drawing():
        heights = [150] * len(found) + [44 + 40 * len(found)]
        made, axes = figure(sum(heights) + 90, len(heights), squeeze=False, height_ratios=heights)
        for ax, one in zip(axes[:, 0], found, strict=False):
            _bars(ax, one.erased, ACCENT)
            ax.bar(one.written.at, one.written.value, 0.7, color=PAPER, edgecolor=ACCENT, linewidth=1.4)
            noun_line(ax)
            words_axis(ax)
            ax.set_xlabel("words from the second noun, as they are read" if one is found[-1] else "")
            heading(ax, SITES[one.side].capitalize())
            percent_axis(ax.yaxis)
        _draw_lost(axes[-1, 0], found)
        legend(made, axes[-1, 0], ncols=3)
    return made


def _draw_lost(ax, found: Sequence[Accounts]) -> None:
    shown = (
        ("gone", ACCENT, "D", -0.2, True),
        ("by the forget valve", INK, "v", 0.0, True),
        ("by the memory valve", MUTED, "o", 0.2, False),
    )
    for row, one in enumerate(found):
        for (name, colour, mark, shift, filled), (_, share) in zip(shown, _lost(one), strict=True):
            draw_interval(
                ax, share, row + shift, colour, mark, horizontal=True, filled=filled, label=None if row else name
            )
    rows(ax, [SITES[one.side] for one in found])
    heading(ax, "Gone of the first gender")
    ax.set_xlim(min(-0.05, *(one.by_writing.low for one in found)), 1.05)
    percent_axis(ax.xaxis)
