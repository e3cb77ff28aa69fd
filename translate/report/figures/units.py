"""Where is it? The units that tell the gender, on the nouns they were chosen on and on others."""

from translate.lab.experiments.reading.units import Units
from translate.lab.statistics.estimate import Estimate
from translate.lab.verdicts.results import Results
from translate.numerals import number, signed
from translate.report.figure import Figure, make
from translate.report.picture.marks import CONTROL, Mark, draw_interval, legend, level, rows
from translate.report.picture.style import COLOUR, GRID, MARK, MUTED, PAPER, Drawn, drawing, figure
from translate.report.tables import Table

MOST, MOST_IN_TABLE = 12, 30
KEY = {
    "higher for feminine": Mark(COLOUR["f"], MARK["f"]),
    "higher for masculine": Mark(COLOUR["m"], MARK["m"]),
    "nouns chosen on": Mark(MUTED, "o", filled=False),
    "other nouns": Mark(MUTED, "o"),
}


def units(results: Results) -> Figure:
    """The best units as chosen on one half of the nouns, and the same units on the other half."""
    result = results.units
    body = [
        [f"unit {unit.unit}", number(unit.chosen, 3), number(unit.shown, 3), signed(unit.effect, 2)]
        for unit in result.ranked[:MOST_IN_TABLE]
    ]
    body += [
        [name, "", f"{number(share.value, 3)} ({number(share.low, 3)}–{number(share.high, 3)})", ""]
        for name, share in _controls(result).items()
    ]
    heads = (f"the {MOST_IN_TABLE} best", "AUC, nouns chosen on", "AUC, other nouns", "Cohen's d, other nouns")
    table = Table(heads, body)
    return make("units", result, table, _draw, result=result, number=len(result.ranked))


def _controls(result: Units) -> dict[str, Estimate]:
    measured = {"untrained, best": result.untrained, "random units": result.random}
    return {name: estimate for name, estimate in measured.items() if estimate is not None}


def _draw(result: Units) -> Drawn:
    best = result.ranked[:MOST]
    with drawing():
        drawn, ax = figure(110 + 22 * (len(best) + len(_controls(result))))
        for row, unit in enumerate(best):
            gender = "f" if unit.chosen > 0.5 else "m"
            chosen, shown = (area if gender == "f" else 1 - area for area in (unit.chosen, unit.shown))
            look = {"marker": MARK[gender], "color": COLOUR[gender], "linestyle": ""}
            ax.plot([chosen, shown], [row, row], color=GRID, linewidth=3, zorder=1)
            ax.plot(chosen, row, markerfacecolor=PAPER, **look)
            ax.plot(shown, row, **look)
        level(ax, 0.5, upright=True)
        for row, share in enumerate(_controls(result).values(), len(best)):
            draw_interval(ax, share, row, CONTROL)
        rows(ax, [*(f"unit {unit.unit}" for unit in best), *_controls(result)])
        ax.set_xlim(0.4, 1.02)
        drawn.supxlabel("AUC: 0.5 tells nothing, 1 separates the genders fully", fontsize=11)
        legend(drawn, ax, 2, KEY)
    return drawn
