"""Is the gender stored? Reading it, and what else could be read as well."""

import math
from functools import partial

from translate.lab.experiments.reading.stored import Reading
from translate.lab.experiments.reading.time_course import TimeCourse
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure
from translate.report.marks import (
    DASHED,
    draw_course,
    draw_interval,
    legend,
    level,
    noun_line,
    percent_axis,
    rows,
    words_axis,
)
from translate.report.style import ACCENT, COLOUR, INK, MARK, MUTED, drawing, figure
from translate.report.tables import courses, estimates
from translate.report.words import SITES, interval, site_name

CONTROLS = {
    "probe": ("probe on unseen nouns", ACCENT, "D"),
    "untrained": ("untrained network", INK, "o"),
    "embedding": ("the word's embedding", MUTED, "^"),
    "shuffled": ("shuffled labels", MUTED, "x"),
    "majority": ("always the same", MUTED, "|"),
}


def controls(results: Results) -> Figure:
    """The probe against what knows nothing of the gender or was never trained."""
    found = results.readings
    shares = {
        f"{site_name(reading.site)}: {label}": getattr(reading, name)
        for reading in found
        for name, label in (
            {name: it[0] for name, it in CONTROLS.items()} | {"agreeing": "the same, at agreeing words alone"}
        ).items()
    }
    return Figure(
        name="controls",
        claims=("stored-decoder", "stored-encoder"),
        own_title="How well the state tells the gender, and what else does.",
        how="The diamond is the probe on nouns it has never seen. A control that comes near it would mean that "
        "training or memory had nothing to do with it: the untrained network has the same architecture and random "
        "weights, the embedding is the word just read.",
        counts="; ".join(f"{site_name(reading.site)}: {interval(reading.probe)}" for reading in found)
        + f"; {found[0].probe.method}.",
        data=found,
        table=estimates("current gender read rightly", shares),
        draw=partial(_draw_controls, found),
    )


def _draw_controls(found: tuple[Reading, ...]):
    with drawing():
        made, ax = figure(130 + 46 * len(found))
        for row, reading in enumerate(found):
            for line, (name, (label, colour, mark)) in enumerate(CONTROLS.items()):
                draw_interval(
                    ax,
                    getattr(reading, name),
                    row + (line - 2) * 0.14,
                    colour,
                    mark,
                    horizontal=True,
                    label=label if row == 0 else None,
                )
        rows(ax, [site_name(r.site).replace(", ", ",\n") for r in found])
        lows = [getattr(reading, name).low for reading in found for name in CONTROLS]
        ax.set_xlim(max(0.0, min(0.4, math.floor(10 * min(lows)) / 10)), 1.02)
        level(ax, 0.5, upright=True)
        percent_axis(ax.xaxis)
        ax.set_xlabel("words whose current gender is read rightly")
        legend(made, ax, ncols=2)
    return made


def time_course(results: Results) -> Figure:
    """The current gender read around the second noun."""
    found = results.courses
    most = max(max(c.course.n) for c in found)
    return Figure(
        name="time-course",
        claims=("turns",),
        own_title="The reading around the second noun.",
        how="One straight line through the state, fitted once and never changed, says at each word: masculine (0) or "
        "feminine (1). Solid lines are sentences in which the gender changes at the second noun, dashed ones those in "
        "which it stays.",
        counts=f"Up to {most:,} sentences of each kind at a word, all with nouns that the probe was not fitted on; "
        "shaded: 95 % interval over nouns.",
        data=found,
        table=courses("words from the noun", {f"{c.site.split('.')[-1]}, {c.kind}": c.course for c in found}),
        draw=partial(_draw_time_course, found),
        remark="This is reading, not use: what can be read need not be what the decoder looks at.",
        control="controls",
    )


def _draw_time_course(found: tuple[TimeCourse, ...]):
    sites = list(dict.fromkeys(course.site for course in found))
    with drawing():
        made, axes = figure(60 + 195 * len(sites), len(sites), squeeze=False, sharex=True, sharey=True)
        for ax, site in zip(axes[:, 0], sites, strict=True):
            for one in found:
                if one.site == site:
                    _gender_line(ax, one)
            level(ax, 0.5)
            ax.set_ylim(-0.04, 1.04)
            ax.set_yticks([0, 0.5, 1], ["masculine 0", "0.5", "feminine 1"])
            ax.set_title(f"Read from the {SITES[site[-1]]}")
            noun_line(ax)
        words_axis(axes[-1, 0])
        made.legend(
            *axes[0, 0].get_legend_handles_labels(),
            loc="outside upper center",
            ncols=4,
            columnspacing=1.0,
            handlelength=2.0,
            handletextpad=0.5,
        )
    return made


def _gender_line(ax, found: TimeCourse) -> None:
    second = found.kind[-1]
    switch = found.kind[0] != second
    draw_course(
        ax,
        found.course,
        COLOUR[second],
        "-" if switch else DASHED,
        MARK[second],
        f"{found.kind[0]} → {second}",
        filled=switch,
    )
