"""At which word is it written, and at which erased?"""

from collections.abc import Sequence
from functools import partial

from translate.lab.experiments.reading.time_course import TimeCourse
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure
from translate.report.marks import DASHED, draw_course, legend, noun_line, words_axis
from translate.report.style import ACCENT, INK, drawing, figure
from translate.report.tables import courses
from translate.report.words import VALVES, capital

KINDS = {"switch": "gender changes", "same": "gender stays"}


def gates(results: Results) -> Figure | None:
    """The valves of the best units around the second noun."""
    found = results.gates
    if not found:
        return None
    best = ", ".join(str(unit.unit) for unit in results.units.ranked[:3])
    most = max(max(c.course.n) for c in found)
    return Figure(
        name="gates",
        claims=("gates",),
        own_title="The valves of the units that tell the gender.",
        how="The mean valves of the three best units. A closed forget valve erases, an open memory valve writes, an "
        "open output valve shows what is stored. Solid: the second noun has the other gender; dashed: the same.",
        counts=f"Units {best}; up to {most:,} sentences of each kind at a word, with test nouns; shaded: 95 % "
        "interval over nouns.",
        data=found,
        table=courses("words from the noun", {f"{c.what}, {KINDS[c.kind]}": c.course for c in found}),
        draw=partial(_draw_gates, found),
        remark="That a valve closes when the gender changes is no proof that it closes because of it; the dashed line "
        "is the test.",
    )


def _draw_gates(found: Sequence[TimeCourse]):
    names = [name for name in VALVES if name in {course.what for course in found}]
    with drawing():
        made, axes = figure(60 + 145 * len(names), len(names), squeeze=False, sharex=True, sharey=True)
        for ax, name in zip(axes[:, 0], names, strict=True):
            for one in (one for one in found if one.what == name):
                switch = one.kind == "switch"
                draw_course(
                    ax,
                    one.course,
                    ACCENT if switch else INK,
                    "-" if switch else DASHED,
                    "D" if switch else "o",
                    KINDS[one.kind],
                    filled=switch,
                )
            ax.set_ylim(-0.04, 1.04)
            ax.set_yticks([0, 0.5, 1], ["closed 0", "0.5", "open 1"])
            ax.set_title(capital(VALVES[name]))
            noun_line(ax)
        words_axis(axes[-1, 0])
        legend(made, axes[0, 0], ncols=2)
    return made
