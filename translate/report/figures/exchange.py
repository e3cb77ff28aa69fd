"""Is it used? What happens to the words when the state is exchanged."""

from collections.abc import Sequence

from translate.lab.experiments.intervening.parts import Effect
from translate.lab.statistics.estimate import Estimate
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure, make
from translate.report.names import CLAUSES, MOMENTS, part_name
from translate.report.picture.marks import FINDING, Panel, multiples
from translate.report.picture.style import Drawn
from translate.report.tables import Table, cell

Titled = list[tuple[str, list[Effect]]]
"""The effects of one side, clause and moment together, with a title."""


def exchange(results: Results) -> Figure | None:
    """What each transplant turned in its own clause, for the decoder and the encoder."""
    shown = by_moment(results)
    if not shown:
        return None
    body = [
        [
            f"{title}; {part_name(effect.part)}",
            *map(cell, (effect.flipped, effect.other, effect.rest)),
            f"{effect.flipped.n:,}",
            f"{effect.sentences:,}",
        ]
        for title, effects in shown
        for effect in effects
    ]
    heads = ("where; part", "turned in the clause", "turned in the other", "rest unchanged", "words", "sentences")
    return make(
        "effects",
        {"decoder": results.effects, "encoder": results.encoder_effects},
        Table(heads, body),
        lambda _: _draw(results),
        first=shown[0][1][0],
        alone=alone(shown[0][1]).flipped,
        draws=max(effect.draws for _, effects in shown for effect in effects),
    )


def alone(effects: Sequence[Effect]) -> Effect:
    """Of one moment's effects that of the memory alone: the whole state's where there is no other state."""
    return next((effect for effect in effects if effect.part.kind == "state"), effects[0])


def by_moment(results: Results) -> Titled:
    """What was exchanged, by side, clause and moment."""
    shown = []
    for effects, side in ((results.effects, ""), (results.encoder_effects, "Encoder: ")):
        for clause, moment in dict.fromkeys((effect.clause, effect.moment) for effect in effects):
            name = CLAUSES[clause].lower() if side else CLAUSES[clause]
            alike = [effect for effect in effects if (effect.clause, effect.moment) == (clause, moment)]
            shown.append((f"{side}{name}, {MOMENTS[moment]}", alike))
    return shown


def _draw(results: Results) -> Drawn:
    """The decoder's panels in one row, the encoder's below."""
    shown = [
        (title, _panels(effects))
        for title, effects in (("Decoder", results.effects), ("Encoder", results.encoder_effects))
    ]
    return multiples([each for each in shown if each[1]], 17, "agreeing words of that clause that turn")


def _panels(effects: Sequence[Effect]) -> list[Panel]:
    """One for each clause and moment, all with the same rows."""
    names = list(dict.fromkeys(part_name(effect.part) for effect in effects))
    turned: dict[str, dict[str, Estimate]] = {}
    for effect in effects:
        title = MOMENTS[effect.moment] if effect.moment == "start" else f"clause {effect.clause + 1}"
        turned.setdefault(title, {})[part_name(effect.part)] = effect.flipped
    return [Panel(title, [(name, [(of.get(name), FINDING)]) for name in names]) for title, of in turned.items()]
