"""When does the reading turn? The current gender as it is read around the second noun."""

from collections.abc import Sequence

from translate.lab.experiments.reading.time_course import TimeCourse
from translate.lab.tracing.site import Site
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure, make
from translate.report.names import genders, state_name
from translate.report.picture.marks import DASHED, Mark, draw_course, legend, level, words_axis
from translate.report.picture.style import COLOUR, MARK, Drawn, drawing, figure
from translate.report.tables import courses


def time_course(results: Results) -> Figure:
    """The current gender read around the second noun, by kind of sentence."""
    shown = results.courses
    lines = {f"{Site(course.site).name}, {genders(course.kind)}": course.course for course in shown}
    return make(
        "time-course",
        shown,
        courses("words from the second noun, as read", lines),
        _draw,
        most=max(max(course.course.n) for course in shown),
    )


def _draw(shown: Sequence[TimeCourse]) -> Drawn:
    sites = list(dict.fromkeys(course.site for course in shown))
    with drawing():
        drawn, axes = figure(60 + 195 * len(sites), len(sites), squeeze=False, sharex=True, sharey=True)
        for ax, site in zip(axes[:, 0], sites, strict=True):
            for course in shown:
                if course.site == site:
                    first, second = course.kind.split(">")
                    switch = first != second
                    mark = Mark(COLOUR[second], MARK[second], filled=switch, line="-" if switch else DASHED)
                    draw_course(ax, course.course, mark, genders(course.kind))
            level(ax, 0.5)
            ax.set_ylim(-0.04, 1.04)
            ax.set_yticks([0, 0.5, 1], ["masculine 0", "0.5", "feminine 1"])
            ax.set_title(f"Read from the {state_name(site)}")
            words_axis(ax)
        for ax in axes[:-1, 0]:
            ax.set_xlabel("")
        legend(drawn, axes[0, 0], 4, loc="outside upper center", columnspacing=1.0, handlelength=2.0)
    return drawn
