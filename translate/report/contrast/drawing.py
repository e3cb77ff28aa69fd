"""The pictures of a contrast's report that the lesson's report has no like of, or has with the lesson's words."""

from collections.abc import Mapping, Sequence

from translate.lab.experiments.reading.first_noun import FirstNoun
from translate.lab.experiments.reading.held import FAR, Held
from translate.lab.experiments.reading.time_course import TimeCourse
from translate.lab.experiments.side_course import SideCourse
from translate.lab.sentences.side_names import SideNames
from translate.lab.statistics.estimate import Estimate
from translate.lab.tracing.site import Site
from translate.report.names import state_name
from translate.report.picture.marks import (
    CONTROL,
    DASHED,
    FINDING,
    INK,
    MUTED,
    Mark,
    draw_course,
    draw_interval,
    legend,
    level,
    percent_axis,
    words_axis,
)
from translate.report.picture.style import COLOUR, MARK, Axes, Drawn, drawing, figure
from translate.terms import SIDES

DOTTED = (0, (1, 1.4))
_FIRST, _SECOND, _READ = "the first that differs", "the second contrast's first", "read"


def draw_course_of(shown: Sequence[SideCourse], names: SideNames) -> Drawn:
    """Both sides' readings around the first word that differs, the decoder's memory above the encoder's."""
    called = {"m": names.one, "f": names.other}
    sites = list(dict.fromkeys(each.site for each in shown))
    with drawing():
        drawn, axes = figure(70 + 180 * len(sites), len(sites), squeeze=False, sharex=True, sharey=True)
        for ax, site in zip(axes[:, 0], sites, strict=True):
            for each in (each for each in shown if each.site == site):
                if each.untrained:
                    ax.plot(each.course.at, each.course.value, color=COLOUR[each.side], linestyle=DOTTED, linewidth=1.3)
                else:
                    draw_course(ax, each.course, Mark(COLOUR[each.side], MARK[each.side]), f"“{called[each.side]}”")
            _sides_axis(ax, names)
            ax.set_title(f"The {SIDES[Site(site).side]}’s {state_name(site)}")
            words_axis(ax, _FIRST, _READ)
        for ax in axes[:-1, 0]:
            ax.set_xlabel("")
        axes[0, 0].plot([], [], color=MUTED, linestyle=DOTTED, label="random weights")
        legend(drawn, axes[0, 0], 3, loc="outside upper center")
    return drawn


def draw_second(shown: Sequence[TimeCourse], names: SideNames) -> Drawn:
    """The reading around the second contrast's word, by what both say."""
    called = {"m": names.one, "f": names.other}
    with drawing():
        drawn, ax = figure(270)
        for course in shown:
            before, after = course.kind.split(">")
            changes = before != after
            mark = Mark(COLOUR[after], MARK[after], filled=changes, line="-" if changes else DASHED)
            draw_course(ax, course.course, mark, f"{called[before]} → {called[after]}")
        _sides_axis(ax, names)
        words_axis(ax, _SECOND, _READ)
        legend(drawn, ax, 2, loc="outside upper center")
    return drawn


def _sides_axis(ax: Axes, names: SideNames) -> None:
    level(ax, 0.5)
    ax.set_ylim(-0.04, 1.04)
    ax.set_yticks([0, 0.5, 1], [f"{names.one} 0", "0.5", f"{names.other} 1"])


def draw_first(result: FirstNoun) -> Drawn:
    """The first side by a probe fitted anew and by the first one's own, which is also scored by the second side."""
    with drawing():
        drawn, ax = figure(290)
        draw_course(ax, result.anew, FINDING, "first side, probe fitted anew")
        draw_course(ax, result.unchanged, Mark(INK, "o"), "first side, its own probe unchanged")
        draw_course(
            ax, result.unchanged_second, Mark(MUTED, "s", filled=False, line=DASHED), "second side, the same probe"
        )
        level(ax, 0.5)
        ax.set_ylim(-0.03, 1.04)
        percent_axis(ax.yaxis)
        ax.set_ylabel("sentences told rightly")
        words_axis(ax, _SECOND, _READ)
        legend(drawn, ax, 1)
    return drawn


def draw_held(shown: Sequence[Held], anew: Sequence[Mapping[str, Estimate]]) -> Drawn:
    """The reading by the words since the last one that differs, of both sides of the network.

    anew: of each, the same by probes that were fitted so many words after it.
    """
    marks = {"dec": FINDING.at(-0.12), "enc": CONTROL.at(0.12)}
    last = max((int(away) for result in shown for away in result.by_distance), default=FAR)
    with drawing():
        drawn, ax = figure(270)
        for result, fitted in zip(shown, anew, strict=True):
            side = Site(result.site).side
            for number, (away, share) in enumerate(result.by_distance.items()):
                label = None if number else SIDES[side]
                draw_interval(ax, share, int(away), marks[side], upright=True, label=label)
            at = [int(away) for away in fitted]
            ax.plot(at, [share.value for share in fitted.values()], color=marks[side].colour, linewidth=1, alpha=0.7)
            if result.untrained.n:
                level_at = [result.untrained.value] * 2
                ax.plot([FAR - 0.5, last + 0.5], level_at, color=marks[side].colour, linestyle=DASHED, linewidth=1.2)
        ax.plot([], [], color=MUTED, linestyle=DASHED, linewidth=1.2, label="random weights")
        ax.plot([], [], color=MUTED, linewidth=1, label="fitted anew there")
        level(ax, 0.5)
        ticks = range(0, last + 1, 2)
        ax.set_xticks(ticks, [f"{at}+" if at == last else str(at) for at in ticks])
        ax.set_ylim(0.3, 1.03)
        percent_axis(ax.yaxis)
        ax.set_ylabel("words whose side is told")
        ax.set_xlabel("words since the last one that differs")
        legend(drawn, ax, 2)
    return drawn
