"""What the figures are made of: panels of marks with intervals, lines with bands, stacked bars, and their axes."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from translate.lab.statistics.estimate import Course, Estimate
from translate.numerals import minus
from translate.report.names import place_name
from translate.report.picture.style import ACCENT, GRID, INK, MUTED, PAPER, Axes, Axis, Drawn, drawing, figure

DASHED = (0, (2, 1.6))


@dataclass(frozen=True)
class Mark:
    """How a series looks. shape: matplotlib's letter. shift: how far beside its row it stands. line: of a course."""

    colour: str
    shape: str
    shift: float = 0.0
    filled: bool = True
    line: Any = "-"

    def at(self, shift: float) -> "Mark":
        """The same mark that far beside its row."""
        return replace(self, shift=shift)

    @property
    def look(self) -> dict[str, Any]:
        """What matplotlib calls it."""
        return {"color": self.colour, "marker": self.shape, "markerfacecolor": self.colour if self.filled else PAPER}


FINDING, CONTROL, OTHER = Mark(ACCENT, "D"), Mark(INK, "o", filled=False), Mark(MUTED, "^")
"""What was found, what it must be told from, and a further number."""

Rows = Sequence[tuple[str, Sequence[tuple[Estimate | None, Mark]]]]
"""Names of rows, and the marks in each."""


@dataclass(frozen=True)
class Panel:
    """Rows of marks along x.

    title: over them; none: the figure has but this panel. level: where a line says what means nothing. low, high: where
    the axis of shares begins and ends; None where the numbers are no shares.
    """

    title: str
    rows: Rows
    level: float | None = None
    low: float | None = -0.02
    high: float = 1.02

    def draw(self, ax: Axes) -> None:
        """Draw it."""
        for place, (_, marks) in enumerate(self.rows):
            for estimate, mark in marks:
                draw_interval(ax, estimate, place, mark)
        rows(ax, [name for name, _ in self.rows])
        if self.title:
            heading(ax, self.title)
        if self.level is not None:
            level(ax, self.level, upright=True)
        if self.low is not None:
            ax.set_xlim(self.low, self.high)
            percent_axis(ax.xaxis)


def panels(
    shown: Sequence[Panel],
    height: float,
    more: float,
    key: Mapping[str, Mark] | None = None,
    columns: int = 2,
    label: str = "",
    sharex: bool = True,
) -> Drawn:
    """Panels below each other: `height` points a row, 44 for a title, `more` for what stands around them.

    key: what each mark means, above the panels in so many columns. label: of the x axis.
    """
    heights = [(44 if panel.title else 0) + height * len(panel.rows) for panel in shown]
    with drawing():
        drawn, axes = figure(sum(heights) + more, len(shown), squeeze=False, sharex=sharex, height_ratios=heights)
        for ax, panel in zip(axes[:, 0], shown, strict=True):
            panel.draw(ax)
        if label:  # under the whole figure: under the axes alone a long one would not fit
            drawn.supxlabel(label, fontsize=11)
        if key:
            legend(drawn, axes[0, 0], columns, key)
    return drawn


def multiples(shown: Sequence[tuple[str, Sequence[Panel]]], height: float, label: str) -> Drawn:
    """Small multiples: a row of panels for each title, side by side, with the names of their rows once, at the left.

    The panels of one row have the same rows, `height` points each. label: of the x axis.
    """
    heights = [30 + height * len(panels[0].rows) for _, panels in shown]
    columns = max(len(panels) for _, panels in shown)
    with drawing():
        options: dict[str, Any] = {"squeeze": False, "sharex": True, "height_ratios": heights}
        drawn, axes = figure(sum(heights) + 50 + 24 * len(shown), len(shown), columns, **options)
        for of_row, (title, panels) in zip(axes, shown, strict=True):
            heading(of_row[0], title, 19)
            for ax in of_row[len(panels) :]:
                ax.set_visible(False)
            for column, (ax, panel) in enumerate(zip(of_row, panels, strict=False)):
                replace(panel, title="").draw(ax)
                ax.set_title(f"\n{panel.title}", fontsize=9.5)  # the first line is the heading's
                ax.set_xticks([0, 0.5, 1], ["0", "50", "100 %"], fontsize=9)
                ax.tick_params(labelleft=column == 0, labelbottom=True)
        drawn.supxlabel(label, fontsize=11)
    return drawn


def draw_course(ax: Axes, course: Course, mark: Mark, label: str) -> None:
    """A line of means with its interval as a band."""
    ax.fill_between(course.at, course.low, course.high, color=mark.colour, alpha=0.15, linewidth=0)
    ax.plot(course.at, course.value, linestyle=mark.line, label=label, markersize=4.5, **mark.look)


def draw_interval(
    ax: Axes, estimate: Estimate | None, at: float, mark: Mark, upright: bool = False, label: str | None = None
) -> None:
    """A mark beside `at` with its interval, a line along x or `upright`; nothing where nothing was measured."""
    if estimate is None or not math.isfinite(estimate.value):
        return
    at += mark.shift
    ends, point = ([estimate.low, estimate.high], [at, at]), ([estimate.value], [at])
    if upright:
        ends, point = ends[::-1], point[::-1]
    ax.plot(*ends, color=mark.colour, linewidth=1.6, solid_capstyle="butt")
    ax.plot(*point, linestyle="", label=label, markersize=6, **mark.look)


def heading(ax: Axes, text: str, above: float = 8) -> None:
    """A title over a panel, so many points `above` it, that begins where the figure does, left of its rows' names."""
    ax.set_title(" ")  # keeps the room
    written = ax.annotate(
        text,
        (0.01, 1),
        (0, above),
        xycoords=("figure fraction", "axes fraction"),
        textcoords="offset points",
        fontsize=12,
    )
    written.set_in_layout(False)


def stacked(ax: Axes, row: float, parts: Sequence[tuple[Estimate, str]], height: float = 0.5) -> None:
    """Shares that add up to one as a bar along x, `parts` with their colours; a line is the first one's interval."""
    left = 0.0
    for share, colour in parts:
        if share.n:
            ax.barh(row, share.value, height, left=left, color=colour, edgecolor=MUTED, linewidth=0.8)
            left += share.value
    first = parts[0][0]
    if first.n:
        for colour, width in ((PAPER, 4), (INK, 1.6)):  # light around dark, to be seen on any bar
            ax.plot([first.low, first.high], [row, row], color=colour, linewidth=width, solid_capstyle="butt")


FATES = {"old gender": ACCENT, "new gender": GRID, "neither": PAPER}
"""What may become of a word about the second noun, with its colour."""


class Fate(Protocol):
    """Shares of words by what became of them."""

    @property
    def old(self) -> Estimate: ...
    @property
    def new(self) -> Estimate: ...
    @property
    def neither(self) -> Estimate: ...


def fates(ax: Axes, title: str, named: Sequence[tuple[str, Fate]]) -> None:
    """A bar for each name: how many words took the old gender, the new one, or neither."""
    for row, (_, fate) in enumerate(named):
        stacked(ax, row, list(zip((fate.old, fate.new, fate.neither), FATES.values(), strict=True)))
    rows(ax, [name for name, _ in named])
    heading(ax, title)
    share_axis(ax)


def bars(ax: Axes, course: Course, colour: str) -> None:
    """A bar at each word, with its interval as a line."""
    ax.bar(course.at, course.value, 0.7, color=colour)
    for at, low, high in zip(course.at, course.low, course.high, strict=True):
        if high - low > 0.01:
            ax.plot([at, at], [low, high], color=INK, linewidth=1.2)


def rows(ax: Axes, names: Iterable[str]) -> None:
    """Names down the left side, the first at the top."""
    names = list(names)
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(len(names) - 0.5, -0.5)


def percent_axis(axis: Axis) -> None:
    """Shares as percentages."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis.set_major_locator(MaxNLocator(5))
    axis.set_major_formatter(FuncFormatter(lambda share, _: minus(f"{100 * share:.4g}") + " %"))


def share_axis(ax: Axes) -> None:
    """Shares along x, from 0 to 100 %, with room for the marks at both ends."""
    ax.set_xlim(-0.02, 1.02)
    percent_axis(ax.xaxis)


def gain_axis(axis: Axis) -> None:
    """How much is left of a nudge, where each step down is a tenth."""
    axis.axes.set_yscale("log")
    axis.set_major_formatter(lambda share, _: f"{100 * share:g} %")
    axis.set_minor_formatter("")


def level(ax: Axes, at: float, upright: bool = False) -> None:
    """A thin line at a value that means something: chance, or nothing."""
    (ax.axvline if upright else ax.axhline)(at, color=MUTED, linewidth=0.8)


def words_axis(ax: Axes, noun: str = "the second noun", event: str = "noun") -> None:
    """The words around a noun, as they are read: at 0 the state has just read it, where a line stands and `event`."""
    ax.axvline(0, color=INK, linewidth=1, zorder=0.9)
    first, last = (round(float(edge)) for edge in (ax.dataLim.x0, ax.dataLim.x1))
    ticks = list(range(first, last + 1))
    ax.set_xticks(ticks, [place_name(tick, event) if tick % 2 == 0 else "" for tick in ticks])
    ax.set_xlabel(f"words from {noun}, as they are read")


def lowest(estimates: Iterable[Estimate], most: float = 0.9) -> float:
    """Where an axis begins that must show these: `most`, or the next lower tenth where they are lower."""
    return min(most, math.floor(10 * min((e.low for e in estimates if e.low == e.low), default=most)) / 10)


def legend(drawn: Drawn, ax: Axes, columns: int, key: Mapping[str, Mark] | None = None, **options: Any) -> None:
    """The legend above the panels: of what is labelled in one of them, or of `key`."""
    for label, mark in (key or {}).items():
        ax.plot([], [], linestyle="", label=label, **mark.look)
    handles, labels = ax.get_legend_handles_labels()
    usual: dict[str, Any] = {"columnspacing": 1.4, "handletextpad": 0.5, "loc": "outside upper left"}
    drawn.legend(handles, labels, ncols=columns, **usual | options)


def colours(drawn: Drawn, meanings: Mapping[str, str], where: str = "outside upper left") -> None:
    """The legend of `stacked` bars: what each colour means; where: as matplotlib says it."""
    from matplotlib.patches import Patch

    patches = [Patch(facecolor=colour, edgecolor=MUTED, label=label) for label, colour in meanings.items()]
    options: dict[str, Any] = {"loc": where, "ncols": len(patches), "columnspacing": 1.4, "handletextpad": 0.5}
    drawn.legend(handles=patches, **options)
