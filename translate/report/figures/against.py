"""Against which controls? Each claim's number beside those that could have explained it."""

from functools import partial

from translate.lab.verdicts.results import Claim, Results
from translate.report.figure import Figure
from translate.report.marks import draw_interval, legend, rows, share_axis
from translate.report.style import ACCENT, INK, MUTED, PAPER, drawing, figure
from translate.report.tables import Table, cells

NULLS = ("stored", "held", "used")
"""The claims whose controls are the same number where the claim cannot be true; of the others they stand beside it."""


def against(results: Results) -> Figure | None:
    """The claims with the numbers that they must be above, those that came too near marked."""
    found = [claim for claim in results.claims if claim.id in NULLS and claim.controls]
    if not found:
        return None
    failed = sum(len(claim.failed) for claim in found)
    title = (
        "No control comes near the claim that it stands against."
        if not failed
        else (
            f"{failed} control{'s come' if failed > 1 else ' comes'} too near the claim that "
            f"{'they stand' if failed > 1 else 'it stands'} against."
        )
    )
    body = [
        [f"{claim.id}, {claim.side}: {name}", *cells(number), _role(claim, name)]
        for claim in found
        for name, number in {"measured": claim.estimate, **claim.controls}.items()
    ]
    return Figure(
        name="against",
        own_title=title,
        how="A row for each claim. The diamond is what was measured, the circles are its controls: the same number "
        "where the claim cannot be true. A cross is a control that reaches into the claim's interval.",
        counts=f"{len(found)} claims with {sum(len(claim.controls) for claim in found)} controls; lines: 95 % "
        "intervals; n stands in the table.",
        data=[claim.record() for claim in found],
        table=Table(("claim: number", "value", "95 % interval", "n", "role"), body),
        draw=partial(_draw, found),
        refuted_by="A cross refutes: the control explains as much as the claim does.",
        control="controls",
    )


def _role(claim: Claim, name: str) -> str:
    return "too near" if name in claim.failed else "claim" if name == "measured" else "control"


def _draw(found: list[Claim]):
    with drawing():
        made, ax = figure(80 + 30 * len(found))
        for row, claim in enumerate(found):
            for name, number in claim.controls.items():
                if name in claim.failed:
                    draw_interval(ax, number, row + 0.16, INK, "x", horizontal=True)
                else:
                    draw_interval(ax, number, row + 0.16, MUTED, "o", horizontal=True, filled=False)
            draw_interval(ax, claim.estimate, row - 0.16, ACCENT, "D", horizontal=True)
        rows(ax, [f"{claim.id}, {claim.side}" for claim in found])
        share_axis(ax)
        ax.plot([], [], marker="D", color=ACCENT, linestyle="", label="measured")
        ax.plot([], [], marker="o", color=MUTED, markerfacecolor=PAPER, linestyle="", label="control")
        ax.plot([], [], marker="x", color=INK, linestyle="", label="control that came too near")
        legend(made, ax, ncols=3)
    return made
