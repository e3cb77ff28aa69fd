"""What the figures are made of: lines with bands, marks with intervals, and the axes they share."""

import math
from collections.abc import Iterable, Sequence

from translate.lab.statistics.estimate import Course, Estimate
from translate.report.style import INK, MUTED, PAPER

DASHED = (0, (2, 1.6))


def draw_course(ax, course: Course, colour: str, line, mark: str, label: str, filled: bool = True) -> None:
    """A line of means with its interval as a band."""
    ax.fill_between(course.at, course.low, course.high, color=colour, alpha=0.15, linewidth=0)
    ax.plot(
        course.at,
        course.value,
        color=colour,
        linestyle=line,
        marker=mark,
        label=label,
        markersize=4.5,
        markerfacecolor=colour if filled else PAPER,
    )


def draw_interval(
    ax, estimate: Estimate | None, at: float, colour: str, mark: str, horizontal=False, label=None, filled=True
) -> None:
    """A mark with a line through it, its interval; along x if `horizontal`. Nothing where nothing was measured."""
    if estimate is None or not math.isfinite(estimate.value):
        return
    ends, places = [estimate.low, estimate.high], [at, at]
    ax.plot(*((ends, places) if horizontal else (places, ends)), color=colour, linewidth=1.6, solid_capstyle="butt")
    ax.plot(
        *((estimate.value, at) if horizontal else (at, estimate.value)),
        marker=mark,
        color=colour,
        linestyle="",
        markersize=6,
        label=label,
        markerfacecolor=colour if filled else PAPER,
    )


def heading(ax, text: str) -> None:
    """A title over a panel that begins where the figure does, left of the names of its rows."""
    ax.set_title(" ")  # keeps the room
    written = ax.annotate(
        text, (0.01, 1), (0, 8), xycoords=("figure fraction", "axes fraction"), textcoords="offset points", fontsize=12
    )
    written.set_in_layout(False)


def stacked(ax, row: float, parts: Sequence[tuple[Estimate, str]], height: float = 0.5) -> None:
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


def rows(ax, names: Iterable[str]) -> None:
    """Names down the left side, the first at the top."""
    names = list(names)
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(len(names) - 0.5, -0.5)


def percent_axis(axis) -> None:
    """Shares as percentages."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis.set_major_locator(MaxNLocator(5))
    axis.set_major_formatter(FuncFormatter(lambda share, _: f"{100 * share:.4g} %".replace("-", "−")))


def share_axis(ax) -> None:
    """Shares along x, from 0 to 100 %, with room for the marks at both ends."""
    ax.set_xlim(-0.02, 1.02)
    percent_axis(ax.xaxis)


def level(ax, at: float, upright: bool = False) -> None:
    """A thin line at a value that means something: chance, or nothing."""
    (ax.axvline if upright else ax.axhline)(at, color=MUTED, linewidth=0.8)


def noun_line(ax) -> None:
    """Where the noun is, behind everything else."""
    ax.axvline(0, color=INK, linewidth=1, zorder=0.9)


def words_axis(ax, noun: str = "the second noun") -> None:
    """The words around a noun."""
    first, last = (round(float(edge)) for edge in (ax.dataLim.x0, ax.dataLim.x1))
    ticks = list(range(first, last + 1))
    ax.set_xticks(ticks, ["noun" if t == 0 else f"{t:+d}".replace("-", "−") if t % 2 == 0 else "" for t in ticks])
    ax.set_xlabel(f"words from {noun}, as they are written")


def lowest(estimates: Iterable[Estimate], most: float = 0.9) -> float:
    """Where an axis begins that must show these: `most`, or the next lower tenth where they are lower."""
    return min(most, math.floor(10 * min((e.low for e in estimates if e.low == e.low), default=most)) / 10)


def legend(made, ax, **options) -> None:
    """The legend above the panels, told from one of them."""
    made.legend(
        *ax.get_legend_handles_labels(), loc="outside upper left", columnspacing=1.4, handletextpad=0.5, **options
    )


def key(made, colours: Iterable[tuple[str, str]]) -> None:
    """The legend of `stacked` bars: what each colour means."""
    from matplotlib.patches import Patch

    patches = [Patch(facecolor=colour, edgecolor=MUTED, label=label) for label, colour in colours]
    made.legend(handles=patches, loc="outside upper left", ncols=len(patches), columnspacing=1.4, handletextpad=0.5)
