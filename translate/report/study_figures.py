"""The figures of a study's page: what holds for how many seeds, and the cells side by side."""

from collections.abc import Iterable

from translate.lab.statistics.estimate import Estimate
from translate.model.cells import STATES
from translate.report import style
from translate.report.marks import draw_interval, heading, percent_axis, rows, share_axis
from translate.report.words import SITES
from translate.study.aggregate import CourseAcross, Group

_LINES = ("-", "--", ":", "-.")
_COLOURS = {"lstm": style.ACCENT, "gru": style.MASCULINE, "rnn": style.FEMININE}
_MARKS = {"lstm": "o", "gru": "s", "rnn": "^"}
_LEAST = 1e-4  # what is left of a nudge below that is nothing


def forest(group: Group):
    """Each claim whose number is a share: every seed a small mark, their mean with its interval above them."""
    claims = [claim for claim in group.claims if claim.estimate.is_share and claim.estimate.n]
    with style.drawing():
        made, ax = style.figure(60 + 26 * max(len(claims), 1))
        rows(ax, [claim.name for claim in claims])
        for row, claim in enumerate(claims):
            values = [one.estimate.value for one in claim.by_seed if one.estimate]
            ax.plot(values, [row + 0.2] * len(values), "|", color=style.MUTED, markersize=7)
            draw_interval(ax, claim.estimate, row - 0.1, style.ACCENT, "o", horizontal=True)
        share_axis(ax)
    return made


def distance(groups: list[Group]):
    """Agreement against the distance from the noun, a line for each kind but the neutral twins.

    What is farther than any training sentence goes stands right of the upright line.
    """
    groups = [group for group in groups if not group.kind.neutral and group.by_distance]
    names = sorted({name for group in groups for name in group.by_distance}, key=int)
    longest = max((group.longest for group in groups), default=0)
    with style.drawing():
        made, ax = style.figure(240)
        for group in groups:
            _line(ax, group, groups, {int(name): estimate for name, estimate in group.by_distance.items()})
        if names and 0 < longest < int(names[-1]):
            ax.axvline(longest + 0.5, color=style.INK, linewidth=1)
            ax.annotate(
                "never\ntrained",
                (longest + 0.7, 0.02),
                xycoords=("data", "axes fraction"),
                fontsize=10,
                color=style.MUTED,
            )
        ax.set_xlabel("words from the noun")
        ax.set_ylabel("words that agree")
        percent_axis(ax.yaxis)
        if groups:
            ax.legend()
    return made


def gradients(groups: list[Group]):
    """What is left of a nudge of the memory, by the words since: encoder and decoder, a line for each kind."""
    groups = [group for group in groups if not group.kind.neutral and group.gradients]
    with style.drawing():
        made, axes = style.figure(380, 2, sharex=True, sharey=True)
        for ax, side in zip(axes, ("enc", "dec"), strict=True):
            for group in groups:
                course = memory_course(group, side)
                if course:
                    _line(ax, group, groups, dict(zip(course.at, course.estimates, strict=True)))
            ax.set_yscale("log")
            ax.yaxis.set_major_formatter(lambda share, _: f"{100 * share:g} %")
            ax.yaxis.set_minor_formatter("")
            heading(ax, f"{SITES[side].capitalize()}: what is left of a nudge")
        low = [
            e.low
            for group in groups
            for side in ("enc", "dec")
            if (c := memory_course(group, side))
            for e in c.estimates
        ]
        axes[0].set_ylim(max(_LEAST, min((value for value in low if value > 0), default=_LEAST) / 1.5), None)
        axes[-1].set_xlabel("words since the nudge")
        axes[0].legend()
    return made


def memory_course(group: Group, side: str) -> CourseAcross | None:
    """The total gain of what carries the memory: c, or h where the cell has no c."""
    state = STATES[group.kind.cell][-1]
    wanted = [
        course for course in group.gradients
        if course.what.startswith(f"{side}.") and course.what.split(",")[0].endswith(f".{state}") and course.what.endswith("total")
    ]  # fmt: skip
    return wanted[0] if wanted else None


def _line(ax, group: Group, groups: Iterable[Group], estimates: dict[int, Estimate]) -> None:
    """One kind's estimates over numbers of words."""
    kind, sizes = group.kind, sorted({group.kind.hidden for group in groups})
    at = [place for place in sorted(estimates) if estimates[place].n]
    means, low, high = zip(*((estimates[i].value, estimates[i].low, estimates[i].high) for i in at), strict=True)
    colour, line = _COLOURS[kind.cell], _LINES[sizes.index(kind.hidden) % len(_LINES)]
    ax.fill_between(at, low, high, color=colour, alpha=0.15, linewidth=0)
    ax.plot(at, means, color=colour, linestyle=line, marker=_MARKS[kind.cell], label=kind.name, markersize=4.5)
