"""Is it used? What happens to the words when the state is exchanged."""

from collections.abc import Sequence

from translate.lab.experiments.intervening.parts import Effect
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure, make
from translate.report.picture.marks import FINDING, Panel, panels
from translate.report.picture.style import Drawn
from translate.report.tables import Table, cell
from translate.report.words import CLAUSES, MOMENTS, part_name

Titled = list[tuple[str, list[Effect]]]
"""The effects of one side, clause and moment together, with a title."""


def exchange(results: Results) -> Figure | None:
    """What each transplant turned in its own clause, for the decoder and the encoder."""
    shown = by_moment(results)
    if not shown:
        return None
    body = [
        [
            f"{title}; {part_name(one.part)}",
            *map(cell, (one.flipped, one.other, one.rest)),
            f"{one.flipped.n:,}",
            f"{one.sentences:,}",
        ]
        for title, effects in shown
        for one in effects
    ]
    heads = ("where; part", "turned in the clause", "turned in the other", "rest unchanged", "words", "sentences")
    return make(
        "effects",
        {"decoder": results.effects, "encoder": results.encoder_effects},
        Table(heads, body),
        lambda _: _draw(shown),
        first=shown[0][1][0],
        draws=max(one.draws for _, effects in shown for one in effects),
    )


def by_moment(results: Results) -> Titled:
    """What was exchanged, by side, clause and moment."""
    shown = []
    for effects, side in ((results.effects, ""), (results.encoder_effects, "Encoder: ")):
        for clause, moment in dict.fromkeys((one.clause, one.moment) for one in effects):
            name = CLAUSES[clause].lower() if side else CLAUSES[clause]
            alike = [one for one in effects if (one.clause, one.moment) == (clause, moment)]
            shown.append((f"{side}{name}, {MOMENTS[moment]}", alike))
    return shown


def _draw(shown: Sequence[tuple[str, Sequence[Effect]]]) -> Drawn:
    drawn = [
        Panel(title, [(part_name(one.part), [(one.flipped, FINDING)]) for one in effects]) for title, effects in shown
    ]
    return panels(drawn, 19, 40, label="agreeing words of that clause that turn")
