"""What became of the gender: the verdict for each side, and the numbers that led there."""

from collections.abc import Sequence
from functools import partial

from translate.lab.verdicts.results import Results
from translate.lab.verdicts.rules import ERASED, NEVER, OPEN, OVERWRITTEN, UNUSED, USED, Verdict
from translate.report.figure import Figure
from translate.report.marks import rows
from translate.report.style import ACCENT, GRID, PAPER, drawing, figure
from translate.report.tables import Table, cells
from translate.report.words import capital

ORDER = (ERASED, OVERWRITTEN, UNUSED, USED, NEVER, OPEN)
NUMBERS = {
    "used": "turned by exchanging the state after its noun",
    "later": "turned by exchanging it after the second noun",
    "open_forget": "old gender with f = 1",
    "blocked": "old gender with i = 0",
    "both": "old gender with f = 1 and i = 0",
    "anew": "read by a probe fitted anew",
}


def verdicts(results: Results) -> Figure | None:
    """Which of six things became of each gender on each side."""
    found = results.verdicts
    if not found:
        return None
    body = [row for one in found for row in _rows(one)]
    numbers = sum(len(one.numbers) for one in found)
    return Figure(
        name="verdicts",
        claims=("forgotten-decoder", "forgotten-encoder"),
        own_title="; ".join(capital(f"{one.target} is {one.verdict} in the {one.side}") for one in found) + ".",
        how="A column for each gender and side, a row for each thing that may have become of it; the diamond is the "
        "verdict. A few rules are read from first to last, and one applies only if the whole 95 % interval is past "
        "its bar. The table has each rule with the numbers that decided.",
        counts=f"{len(found)} verdicts from {numbers} numbers; n and 95 % intervals stand in the table.",
        data=found,
        table=Table(("gender: what", "value", "95 % interval", "n"), body),
        draw=partial(_draw, found),
        remark=" ".join(f"{capital(one.side)}, {one.target}: {one.rule}. {one.otherwise}" for one in found),
        control="clamps",
        refuted_by=" ".join(dict.fromkeys(one.otherwise for one in found)),
    )


def _rows(one: Verdict) -> list[list[str]]:
    """The verdict and every number that was looked at."""
    name = f"{one.side}, {one.target}"
    numbers = [[f"{name}: {NUMBERS.get(key, key)}", *cells(number)] for key, number in one.numbers.items()]
    return [[f"{name}: {one.verdict}", "", "", ""], *numbers]


def _draw(found: Sequence[Verdict]):
    with drawing():
        made, ax = figure(80 + 24 * len(ORDER))
        for column, one in enumerate(found):
            for row, verdict in enumerate(ORDER):
                here = verdict == one.verdict
                ax.plot(
                    column,
                    row,
                    marker="D" if here else "o",
                    markersize=11 if here else 6,
                    color=ACCENT if here else GRID,
                    markerfacecolor=ACCENT if here else PAPER,
                    linestyle="",
                )
        rows(ax, ORDER)
        ax.set_xlim(-0.5, len(found) - 0.5)
        ax.xaxis.tick_top()
        one_target = len({one.target for one in found}) == 1
        ax.set_xticks(range(len(found)), [one.side if one_target else f"{one.side}:\n{one.target}" for one in found])
        ax.tick_params(length=0)
        ax.spines["bottom"].set_visible(False)
        ax.grid(False, axis="x")
    return made
