"""What the figures are made of: lines with bands, marks with intervals, and the axes they share."""

import math

from translate.lab.statistics import Course, Estimate
from translate.report.style import INK, PAPER


def draw_course(ax, course: Course, colour: str, line, mark: str, label: str, filled: bool = True) -> None:
    ax.fill_between(course.at, course.low, course.high, color=colour, alpha=0.15, linewidth=0)
    ax.plot(course.at, course.value, color=colour, linestyle=line, marker=mark, label=label, markersize=4.5,
            markerfacecolor=colour if filled else PAPER)  # fmt: skip


def draw_interval(
    ax, estimate: Estimate, at: float, colour: str, mark: str, horizontal=False, label=None, filled=True
) -> None:
    if not math.isfinite(estimate.value):
        return
    ends, places = [estimate.low, estimate.high], [at, at]
    ax.plot(*((ends, places) if horizontal else (places, ends)), color=colour, linewidth=1.6, solid_capstyle="butt")
    ax.plot(*((estimate.value, at) if horizontal else (at, estimate.value)), marker=mark, color=colour, linestyle="",
            markersize=6, label=label, markerfacecolor=colour if filled else PAPER)  # fmt: skip


def percent_axis(axis) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis.set_major_locator(MaxNLocator(5))
    axis.set_major_formatter(FuncFormatter(lambda share, _: f"{100 * share:.4g} %"))


def noun_line(ax) -> None:
    ax.axvline(0, color=INK, linewidth=1)


def words_axis(ax) -> None:
    """The words around the second noun."""
    """Where the second noun is written."""
    """Shares as percentages."""
    """A mark with a line through it, its interval; along x if `horizontal`. Nothing where nothing was measured."""
    """A line of means with its interval as a band."""
    first, last = (round(float(edge)) for edge in (ax.dataLim.x0, ax.dataLim.x1))
    ticks = list(range(first, last + 1))
    ax.set_xticks(ticks, ["noun" if t == 0 else f"{t:+d}".replace("-", "−") if t % 2 == 0 else "" for t in ticks])
    ax.set_xlabel("words from the second noun, as they are written")
