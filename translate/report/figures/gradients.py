"""How far back does a gradient reach? What arrives of a nudge of the state, by the words since."""

from collections.abc import Sequence
from functools import partial

from translate.lab.experiments.reading.gradients import Gradients
from translate.lab.statistics.estimate import Course
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure
from translate.report.marks import DASHED, draw_course, heading
from translate.report.style import ACCENT, INK, MUTED, drawing, figure
from translate.report.tables import courses, digits
from translate.report.words import SITES, capital, site_name, site_of

AGE = 8
"""The distance, in words, that the title tells of."""


def gradients(results: Results) -> Figure | None:
    """Gain along the cell alone and through all paths, for c and h of both sides."""
    found = results.gradients
    if not found:
        return None
    shown = {
        f"{site_name(one.site)}: {name}": course
        for one in found
        for name, course in _courses(one)
        if course is not None
    }
    first = found[0]
    return Figure(
        name="gradients",
        own_title=_title(found),
        how="A state is nudged a little at one word; the lines say how much of the nudge is left some words later, on "
        "a scale where each step down is a tenth. Flat: it is kept. Falling: it leaks away, and so would what is "
        "stored. Solid: through all paths; dashed: along the cell alone, as far as the forget valves let it.",
        counts=f"n = {first.sentences:,} sentences; those of {first.words:,} agreeing words stand in the JSON; "
        "shaded: 95 % interval over nouns.",
        data=found,
        table=courses("words since", shown, "0", digits),
        draw=partial(_draw, found),
        remark="A gradient is about small changes; what a large one does, the exchanges show.",
        refuted_by="A nudge of the memory that is gone before the agreeing word comes would mean that nothing can be "
        "held that far.",
        control="held",
        bears_on=("held-decoder", "held-encoder"),
    )


def _courses(one: Gradients) -> list[tuple[str, Course | None]]:
    return [("all paths", one.total), ("cell alone", one.direct)]


def _title(found: Sequence[Gradients]) -> str:
    side = found[0].site[:3]
    names = [site_of(found[0].site), *(f"its {SITES[one.site[-1]]}" for one in found[1:])]
    said = [
        f"{100 * one.total.value[one.total.at.index(AGE)]:.0f} % of a nudge of {name}"
        for name, one in zip(names, found, strict=True)
        if one.site.startswith(side) and one.total.n[one.total.at.index(AGE)]
    ]
    return (
        capital(f"{AGE} words later {' and '.join(said)} is left.")
        if said
        else "What is left of a nudge, by the words since."
    )


def _draw(found: Sequence[Gradients]):
    sides = list(dict.fromkeys(one.site[:3] for one in found))
    with drawing():
        made, axes = figure(60 + 190 * len(sides), len(sides), squeeze=False, sharex=True, sharey=True)
        for ax, side in zip(axes[:, 0], sides, strict=True):
            for one in (one for one in found if one.site.startswith(side)):
                state, is_cell = one.site[-1], one.site.endswith(".c")
                draw_course(
                    ax, one.total, ACCENT if is_cell else INK, "-", "D" if is_cell else "o", f"{state}, all paths"
                )
                if one.direct is not None:
                    draw_course(
                        ax, one.direct, ACCENT if is_cell else MUTED, DASHED, "s", f"{state}, cell alone", filled=False
                    )
            ax.set_yscale("log")
            ax.yaxis.set_major_formatter(lambda share, _: f"{100 * share:g} %")
            ax.yaxis.set_minor_formatter("")
            heading(ax, f"{SITES[side].capitalize()}: how much is left")
        least = min(low for one in found for low in one.total.low if low > 0)
        axes[0, 0].set_ylim(max(1e-4, least / 1.2), None)
        axes[-1, 0].set_xlabel("words since the nudge")
        made.legend(
            *axes[0, 0].get_legend_handles_labels(),
            loc="outside upper left",
            ncols=3,
            columnspacing=1.2,
            handletextpad=0.5,
        )
    return made
