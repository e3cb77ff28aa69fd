"""How a model comes to be: its measures against the step of its training, in words and as a figure."""

from collections.abc import Sequence
from dataclasses import dataclass

from translate.lab.experiments.emergence import Emergence
from translate.lab.statistics.crossing import Rise
from translate.lab.statistics.estimate import Course, Estimate
from translate.numerals import number, percent
from translate.report.picture.marks import DASHED, Mark, draw_course, heading, percent_axis
from translate.report.picture.style import ACCENT, FEMININE, INK, MASCULINE, MUTED, Drawn, drawing, figure
from translate.study.aggregate import Group
from translate.study.emergence import MeasureAcross

WORDS = {
    "decoder": "readout, decoder",
    "encoder": "readout, encoder",
    "direction": "direction: cosine with the last one",
    "boundary": "dropped at the clause boundary",
    "inside": "dropped inside the clause",
    "noun": "memory valve at a noun",
    "elsewhere": "memory valve elsewhere",
    "cell": "c alone exchanged: the word turns",
    "axis": "one direction exchanged: the word turns",
    "complement": "all but that direction: the word turns",
}
"""What each measure is called; the agreement's are called by their suites."""

_NEUTRAL = Mark(MUTED, "", line=(0, (1, 1.5)))


@dataclass(frozen=True)
class _Panel:
    """Measures that are drawn together, with their marks; those of a neutral twin beside them."""

    title: str
    measures: dict[str, Mark]


_PANELS = (
    _Panel("Can the gender be read?", {"decoder": Mark(ACCENT, "o"), "encoder": Mark(MASCULINE, "s")}),
    _Panel("Does it point the way of the end?", {"direction": Mark(ACCENT, "o")}),
    _Panel(
        "Do the valves move?",
        {
            "boundary": Mark(ACCENT, "o"),
            "inside": Mark(ACCENT, "", line=DASHED),
            "noun": Mark(FEMININE, "s"),
            "elsewhere": Mark(FEMININE, "", line=DASHED),
        },
    ),
    _Panel(
        "Does the word follow what is exchanged?",
        {"cell": Mark(ACCENT, "o"), "axis": Mark(MASCULINE, "s"), "complement": Mark(INK, "", line=DASHED)},
    ),
    _Panel("Do the words agree?", {"agreement, test": Mark(ACCENT, "o"), "agreement, switch": Mark(MASCULINE, "s")}),
)


def name_of(measure: str) -> str:
    """A measure as people read it."""
    return WORDS.get(measure, measure)


def step_of(half: float) -> str:
    """The step whose log10 is `half`, as people read it."""
    return f"{round(10**half):,}" if half == half else "–"


def steps_of(half: Estimate) -> str:
    """The same with its interval."""
    if not half.n:
        return "–"
    return step_of(half.value) + (f" ({step_of(half.low)}–{step_of(half.high)})" if half.n > 1 else "")


def lines(training: Emergence) -> list[str]:
    """What one training shows, a line for each measure in the order in which they are half way."""
    rises = sorted(training.rises.items(), key=lambda item: (item[1].half != item[1].half, item[1].half))
    return [f"{name_of(name):40} {_line(found, name == 'direction')}" for name, found in rises]


def _line(found: Rise, is_cosine: bool) -> str:
    first, last = (number(end, 2) if is_cosine else percent(end) for end in (found.first, found.last))
    if found.half != found.half:
        return f"{first} → {last}"
    return f"{first} → {last}, half way at step {step_of(found.half)}, within {number(found.sudden, 2)} decades"


def followed(groups: Sequence[Group]) -> list[Group]:
    """The groups whose trainings were followed, those of neutral twins left out: they stand beside the others."""
    return [group for group in groups if group.emergence and group.kind.twin != "neutral"]


def twin_of(group: Group, groups: Sequence[Group]) -> Group | None:
    """The neutral twin that was followed in the same way; None where there is none."""
    alike = (
        other
        for other in groups
        if other.emergence and other.kind.twin == "neutral" and _untwinned(other) == _untwinned(group)
    )
    return next(alike, None)


def _untwinned(group: Group) -> tuple[str, tuple[int, int, bool]]:
    return group.kind.cell, group.kind.shape


def emergence(group: Group, groups: Sequence[Group]) -> Drawn:
    """Each measure of a group's trainings against the step, over seeds with its interval; dotted: its neutral twin."""
    assert group.emergence is not None
    twin = twin_of(group, groups)
    beside = twin.emergence.by_name if twin and twin.emergence else {}
    measured = group.emergence.by_name
    shown = [panel for panel in _PANELS if any(name in measured for name in panel.measures)]
    with drawing():
        drawn, axes = figure(150 * len(shown), len(shown), squeeze=False, sharex=True)
        for ax, panel in zip(axes[:, 0], shown, strict=True):
            for name, mark in panel.measures.items():
                if name in measured:
                    short, _, _ = name_of(name).partition(":")  # the rest is the panel's title
                    draw_course(ax, _course(group.emergence.steps, measured[name]), mark, short)
            first = next(iter(panel.measures))  # a twin's line is that of the panel's first measure
            if first in beside and twin and twin.emergence:
                draw_course(ax, _course(twin.emergence.steps, beside[first]), _NEUTRAL, "that of the neutral twin")
            heading(ax, panel.title)
            ax.set_xscale("log")
            ax.legend(fontsize=8, loc="center left", bbox_to_anchor=(1.01, 0.5))  # beside: every corner has a curve
            if "direction" not in panel.measures:
                percent_axis(ax.yaxis)
        axes[-1, 0].set_xlabel("step of the training")
        axes[-1, 0].xaxis.set_major_formatter("{x:,.0f}")
    return drawn


def _course(steps: Sequence[int], measure: MeasureAcross) -> Course:
    course = measure.course
    return Course(
        at=list(steps),
        value=[each.value for each in course],
        low=[each.low for each in course],
        high=[each.high for each in course],
        n=[each.n for each in course],
    )
