"""Is a part of the memory enough, and is it needed? Each part exchanged alone, and all but it."""

from collections.abc import Sequence

from translate.lab.experiments.intervening.necessity import Necessity, Part
from translate.lab.verdicts.claims import direction_of
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure, make
from translate.report.names import capital, part_name, site_name
from translate.report.picture.marks import CONTROL, FINDING, Panel, panels
from translate.report.picture.style import Drawn
from translate.report.tables import Table, cell
from translate.terms import GENDERS

KEY = {"should turn them": FINDING, "complement or control, should not": CONTROL}
FINDINGS = ("state", "trained direction", "difference of means", "best units")
"""The kinds of parts that are enough, if the words follow them."""


def necessity(results: Results) -> Figure | None:
    """What each part, its complement and the controls turned, clause by clause."""
    shown = results.necessity
    if not shown:
        return None
    groups = sorted({name for parts in shown for part in parts.parts for name in part.by_clause | part.by_gender})
    body = [
        [
            f"{site_name(parts.site)}: {part_name(part.part)}",
            *(cell((part.by_clause | part.by_gender).get(name)) for name in groups),
            *map(cell, (part.other, part.rest)),
            f"{part.turned.n:,}",
        ]
        for parts in shown
        for part in parts.parts
    ]
    heads = [_head(*name.split()) for name in groups]
    return make(
        "necessity",
        shown,
        Table(("part", *heads, "turned in the other clause", "rest unchanged", "words"), body),
        _draw,
        direction=(direction := direction_of(shown[0]))[0].turned,
        called=direction[2],
        sentences=shown[0].sentences,
        cosines=", ".join(f"{name} {cosine:.2f}" for name, cosine in shown[0].cosines.items()),
    )


def _head(clause: str, gender: str = "") -> str:
    return f"of these, {GENDERS[gender]} words" if gender else f"turned in clause {clause}"


def _draw(shown: Sequence[Necessity]) -> Drawn:
    drawn = [
        Panel(capital(site_name(parts.site)), [(part_name(part.part), _marks(part)) for part in parts.parts])
        for parts in shown
    ]
    return panels(drawn, 22, 70, KEY, label="words that turn, clause 1 above clause 2")


def _marks(part: Part) -> list:
    mark, shifts = FINDING if part.part.kind in FINDINGS else CONTROL, {"1": -0.17, "2": 0.17}
    return [(estimate, mark.at(shifts.get(clause, 0.0))) for clause, estimate in part.by_clause.items()]
