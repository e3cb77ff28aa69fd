"""How is it forgotten? What becomes of the first noun's gender after the second noun."""

from translate.lab.experiments.reading.first_noun import FirstNoun
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure, make
from translate.report.picture.marks import (
    DASHED,
    FINDING,
    INK,
    MUTED,
    Mark,
    draw_course,
    legend,
    level,
    percent_axis,
    words_axis,
)
from translate.report.picture.style import Drawn, drawing, figure
from translate.report.tables import courses


def first_noun(results: Results) -> Figure:
    """The first noun's gender, by a probe fitted anew and by the first clause's own."""
    result = results.first_noun
    shown = {
        "first noun, fitted anew": result.anew,
        "first noun, unchanged probe": result.unchanged,
        "second noun, unchanged probe": result.unchanged_second,
    }
    table = courses("words from the second noun, as read", shown)
    return make("first-noun", result, table, _draw, result=result)


def _draw(result: FirstNoun) -> Drawn:
    with drawing():
        drawn, ax = figure(290)
        draw_course(ax, result.anew, FINDING, "first noun, probe fitted anew")
        draw_course(ax, result.unchanged, Mark(INK, "o"), "first noun, first clause's probe")
        second = Mark(MUTED, "s", filled=False, line=DASHED)
        draw_course(ax, result.unchanged_second, second, "second noun, the same probe")
        level(ax, 0.5)
        ax.set_ylim(-0.03, 1.04)
        percent_axis(ax.yaxis)
        ax.set_ylabel("sentences read rightly")
        words_axis(ax)
        legend(drawn, ax, 1, columnspacing=2.0, handletextpad=0.8)
    return drawn
