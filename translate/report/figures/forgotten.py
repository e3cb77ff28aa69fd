"""How is it forgotten? What becomes of the first noun's gender after the second noun."""

from functools import partial

from translate.lab.experiments.reading.first_noun import FirstNoun
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure
from translate.report.marks import DASHED, draw_course, level, noun_line, percent_axis, words_axis
from translate.report.style import ACCENT, INK, MUTED, drawing, figure
from translate.report.tables import courses
from translate.report.words import interval


def first_noun(results: Results) -> Figure:
    """The first noun's gender, by a probe fitted anew and by the first clause's own."""
    found = results.first_noun
    table = courses(
        "words from the second noun",
        {
            "first noun, fitted anew": found.anew,
            "first noun, unchanged probe": found.unchanged,
            "second noun, unchanged probe": found.unchanged_second,
        },
    )
    return Figure(
        name="first-noun",
        claims=("first-noun",),
        own_title="What can be read of the first noun after the second.",
        how="Diamonds: a new probe at each word, asked for the first noun's gender. Circles: the probe that read it in "
        "the first clause, left as it is. Squares: the same answers, scored against the second noun. Half is guessing.",
        counts=f"Words after the second noun: anew {interval(found.after_anew)}, unchanged "
        f"{interval(found.after_unchanged)}, unchanged and scored by the second noun {interval(found.after_second)}.",
        data=found,
        table=table,
        draw=partial(_draw_first_noun, found),
        remark="A probe fitted anew may find traces that the decoder never looks at, so its accuracy does not show "
        "that the gender is remembered. And a low accuracy would not show that it was forgotten: it may be kept in a "
        "form that a straight line misses.",
    )


def _draw_first_noun(found: FirstNoun):
    with drawing():
        made, ax = figure(290)
        draw_course(ax, found.anew, ACCENT, "-", "D", "first noun, probe fitted anew")
        draw_course(ax, found.unchanged, INK, "-", "o", "first noun, first clause's probe")
        draw_course(ax, found.unchanged_second, MUTED, DASHED, "s", "second noun, the same probe", filled=False)
        level(ax, 0.5)
        ax.set_ylim(-0.03, 1.04)
        percent_axis(ax.yaxis)
        ax.set_ylabel("sentences read rightly")
        noun_line(ax)
        words_axis(ax)
        made.legend(*ax.get_legend_handles_labels(), loc="outside upper left", ncols=1)
    return made
