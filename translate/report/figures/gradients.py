"""How far back does a gradient reach? What arrives of a nudge of the state, by the words since."""

from collections.abc import Sequence

from translate.lab.experiments.reading.gradients import Gradients
from translate.lab.tracing.site import Site
from translate.lab.verdicts.results import Results
from translate.numerals import percent, significant
from translate.report.figure import Figure, make
from translate.report.names import capital, site_name, site_of, state_name
from translate.report.picture.marks import DASHED, FINDING, INK, MUTED, Mark, draw_course, gain_axis, heading, legend
from translate.report.picture.style import ACCENT, Drawn, drawing, figure
from translate.report.tables import courses
from translate.terms import SIDES

AGE = 8
"""The distance, in words, that the title tells of."""
MARKS = {
    "c": (FINDING, Mark(ACCENT, "s", filled=False, line=DASHED)),
    "h": (Mark(INK, "o"), Mark(MUTED, "s", filled=False, line=DASHED)),
}
"""How each state is drawn: through all paths, and along the cell alone."""


def gradients(results: Results) -> Figure | None:
    """Gain along the cell alone and through all paths, for c and h of both sides."""
    sites = results.gradients
    if not sites:
        return None
    shown = {
        f"{site_name(result.site)}: {name}": course
        for result in sites
        for name, course in (("all paths", result.total), ("cell alone", result.direct))
        if course is not None
    }
    table = courses("words since", shown, "0", significant)
    return make("gradients", sites, table, _draw, title=_title(sites), first=sites[0])


def _title(sites: Sequence[Gradients]) -> str:
    side = Site(sites[0].site).side
    left: list[str] = []
    for result in sites:
        place = result.total.at.index(AGE)
        if Site(result.site).side == side and result.total.n[place]:
            name = f"its {state_name(result.site)}" if left else site_of(result.site)
            left.append(f"{percent(result.total.value[place], 0)} of a nudge of {name}")
    if not left:
        return "What is left of a nudge, by the words since."
    return capital(f"{AGE} words later {' and '.join(left)} is left.")


def _draw(sites: Sequence[Gradients]) -> Drawn:
    sides = list(dict.fromkeys(Site(result.site).side for result in sites))
    with drawing():
        drawn, axes = figure(60 + 190 * len(sides), len(sides), squeeze=False, sharex=True, sharey=True)
        for ax, side in zip(axes[:, 0], sides, strict=True):
            for result in (result for result in sites if Site(result.site).side == side):
                state = Site(result.site).name
                total, direct = MARKS[state]
                draw_course(ax, result.total, total, f"{state}, all paths")
                if result.direct is not None:
                    draw_course(ax, result.direct, direct, f"{state}, cell alone")
            gain_axis(ax.yaxis)
            heading(ax, f"{SIDES[side].capitalize()}: how much is left")
        least = min(low for result in sites for low in result.total.low if low > 0)
        axes[0, 0].set_ylim(max(1e-4, least / 1.2), None)
        axes[-1, 0].set_xlabel("words since the nudge")
        legend(drawn, axes[0, 0], 3, columnspacing=1.2)
    return drawn
