"""What became of the gender? The verdict for each side, and the numbers that led there."""

from collections.abc import Sequence

from translate.lab.verdicts.results import Results
from translate.lab.verdicts.rules import BOTH, ERASED, LOST, NEVER, OVERWRITTEN, UNDECIDED, UNUSED, USED, Verdict
from translate.report.claims_table import control_name
from translate.report.figure import Figure, make
from translate.report.names import capital
from translate.report.picture.marks import rows
from translate.report.picture.style import ACCENT, GRID, PAPER, Drawn, drawing, figure
from translate.report.tables import ESTIMATE, Table, cells

ORDER = (ERASED, OVERWRITTEN, BOTH, LOST, UNUSED, USED, NEVER, UNDECIDED)


def verdicts(results: Results) -> Figure | None:
    """What became of each gender on each side, and how each question was answered."""
    shown = results.verdicts
    if not shown:
        return None
    return make(
        "verdicts",
        shown,
        Table(("gender: what", *ESTIMATE), [row for verdict in shown for row in _rows(verdict)]),
        _draw,
        fates="; ".join(capital(f"{verdict.target} is {verdict.verdict} in the {verdict.side}") for verdict in shown),
        verdicts=len(shown),
        numbers=sum(len(verdict.numbers) for verdict in shown),
        rules=" ".join(f"{capital(_name(verdict))}: {verdict.rule}. {verdict.otherwise}" for verdict in shown),
        otherwise=" ".join(dict.fromkeys(verdict.otherwise for verdict in shown)),
    )


def _name(verdict: Verdict) -> str:
    return f"{verdict.side}, {verdict.target}"


def _rows(verdict: Verdict) -> list[list[str]]:
    """The verdict and every number that was looked at."""
    name = _name(verdict)
    numbers = [[f"{name}: {control_name(key)}", *cells(number)] for key, number in verdict.numbers.items()]
    answers = [[f"{name}, {question}: {answer}", "", "", ""] for question, answer in verdict.answers.items()]
    return [[f"{name}: {verdict.verdict}", "", "", ""], *answers, *numbers]


def _draw(shown: Sequence[Verdict]) -> Drawn:
    is_it = {"marker": "D", "markersize": 11, "color": ACCENT}
    is_not = {"marker": "o", "markersize": 6, "color": GRID, "markerfacecolor": PAPER}
    with drawing():
        drawn, ax = figure(80 + 24 * len(ORDER))
        for column, verdict in enumerate(shown):
            for row, fate in enumerate(ORDER):
                ax.plot(column, row, linestyle="", **(is_it if fate == verdict.verdict else is_not))
        rows(ax, ORDER)
        ax.set_xlim(-0.5, len(shown) - 0.5)
        ax.xaxis.tick_top()
        same_target = len({verdict.target for verdict in shown}) == 1
        names = [verdict.side if same_target else f"{verdict.side}:\n{verdict.target}" for verdict in shown]
        ax.set_xticks(range(len(shown)), names)
        ax.tick_params(length=0)
        ax.spines["bottom"].set_visible(False)
        ax.grid(False, axis="x")
    return drawn
