"""What do the valves do around the second noun? Those of the units that tell the gender."""

from collections.abc import Sequence

from translate.lab.experiments.reading.time_course import TimeCourse
from translate.lab.experiments.reading.valves import RANDOM
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure, make
from translate.report.names import capital
from translate.report.picture.marks import DASHED, FINDING, INK, Mark, draw_course, legend, words_axis
from translate.report.picture.style import MUTED, Drawn, drawing, figure
from translate.report.tables import courses
from translate.terms import GATES

DOTTED = (0, (1, 1.5))
KINDS = {"switch": "gender changes", "same": "gender stays", RANDOM: "gender changes, random units"}
MARKS = {
    "switch": FINDING,
    "same": Mark(INK, "o", filled=False, line=DASHED),
    RANDOM: Mark(MUTED, "^", line=DOTTED),
}


def valves(results: Results) -> Figure | None:
    """The valves of the best units around the second noun."""
    shown = tuple(course for course in results.gates if course.kind in KINDS)
    if not shown:
        return None
    lines = {f"{course.what}, {KINDS[course.kind]}": course.course for course in shown}
    return make(
        "gates",
        shown,
        courses("words from the second noun, as read", lines),
        _draw,
        best=", ".join(str(unit.unit) for unit in results.units.ranked[:3]),
        most=max(max(course.course.n) for course in shown),
    )


def _draw(shown: Sequence[TimeCourse]) -> Drawn:
    names = [name for name in GATES if name in {course.what for course in shown}]
    with drawing():
        drawn, axes = figure(60 + 145 * len(names), len(names), squeeze=False, sharex=True, sharey=True)
        for ax, name in zip(axes[:, 0], names, strict=True):
            for course in (course for course in shown if course.what == name):
                draw_course(ax, course.course, MARKS[course.kind], KINDS[course.kind])
            ax.set_ylim(-0.04, 1.04)
            ax.set_yticks([0, 0.5, 1], ["closed 0", "0.5", "open 1"])
            ax.set_title(capital(GATES[name].both))
            words_axis(ax)
            if name != names[-1]:
                ax.set_xlabel("")
        legend(drawn, axes[0, 0], 2)
    return drawn
