"""Against which controls? Each claim's number beside those that could have explained it."""

from collections.abc import Sequence

from translate.lab.verdicts.claim import Claim
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure, make
from translate.report.picture.marks import FINDING, INK, MUTED, Mark, Panel, panels
from translate.report.picture.style import Drawn
from translate.report.tables import ESTIMATE, Table, cells

NULLS = ("stored", "held", "used")
"""The claims whose controls are the same number where the claim cannot be true; of the others they stand beside it."""
FOUND, FAR, NEAR = FINDING.at(-0.16), Mark(MUTED, "o", 0.16, filled=False), Mark(INK, "x", 0.16)
KEY = {"measured": FOUND, "control": FAR, "control that came too near": NEAR}


def against(results: Results) -> Figure | None:
    """The claims with the numbers that they must be above, those that came too near marked."""
    claims = [claim for claim in results.claims if claim.id in NULLS and claim.controls]
    if not claims:
        return None
    body = [
        [f"{claim.id}, {claim.side}: {name}", *cells(number), _role(claim, name)]
        for claim in claims
        for name, number in {"measured": claim.estimate, **claim.controls}.items()
    ]
    return make(
        "against",
        claims,
        Table(("claim: number", *ESTIMATE, "role"), body),
        _draw,
        title=_title(sum(len(claim.failed) for claim in claims)),
        claims=len(claims),
        controls=sum(len(claim.controls) for claim in claims),
    )


def _title(failed: int) -> str:
    if not failed:
        return "No control comes near the claim that it stands against."
    if failed == 1:
        return "1 control comes too near the claim that it stands against."
    return f"{failed} controls come too near the claim that they stand against."


def _role(claim: Claim, name: str) -> str:
    return "too near" if name in claim.failed else "claim" if name == "measured" else "control"


def _draw(claims: Sequence[Claim]) -> Drawn:
    rows = [
        (
            f"{claim.id}, {claim.side}",
            [
                *((number, NEAR if name in claim.failed else FAR) for name, number in claim.controls.items()),
                (claim.estimate, FOUND),
            ],
        )
        for claim in claims
    ]
    return panels([Panel("", rows)], 30, 80, KEY, columns=3)
