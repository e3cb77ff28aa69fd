"""Is it contained in its clause? What else changes when a gender is exchanged."""

from collections.abc import Sequence
from dataclasses import replace

from translate.lab.experiments.intervening.parts import Effect
from translate.lab.statistics.estimate import Estimate
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure, make
from translate.report.figures.exchange import alone, by_moment
from translate.report.names import capital, part_name
from translate.report.picture.marks import CONTROL, FINDING, Panel, panels
from translate.report.picture.style import Drawn
from translate.report.tables import Table, cell

KEY = {"other clause's agreeing words": CONTROL.at(-0.15), "any other word": FINDING.at(0.15)}


def contained(results: Results) -> Figure | None:
    """What each transplant turned in the other clause, and how often anything else changed."""
    shown = [
        (title, [(other, effect) for effect in effects if (other := effect.other) is not None])
        for title, effects in by_moment(results)
    ]
    shown = [(title, effects) for title, effects in shown if effects]
    if not shown:
        return None
    body = [
        [
            f"{title}; {part_name(effect.part)}",
            *map(cell, (other, _changed(effect))),
            f"{other.n:,}",
            f"{effect.sentences:,}",
        ]
        for title, effects in shown
        for other, effect in effects
    ]
    return make(
        "contained",
        [(title, [effect for _, effect in effects]) for title, effects in shown],
        Table(("where; part", "other clause turned", "rest changed", "words", "sentences"), body),
        lambda _: _draw(shown),
        first=(first := alone([effect for _, effect in shown[0][1]])),
        called=capital(part_name(first.part)),
    )


def _changed(effect: Effect) -> Estimate:
    """The share of sentences in which the rest did change."""
    rest = effect.rest
    return replace(rest, value=1 - rest.value, low=1 - rest.high, high=1 - rest.low)


def _draw(shown: Sequence[tuple[str, Sequence[tuple[Estimate, Effect]]]]) -> Drawn:
    highest = max(max(other.high, _changed(effect).high) for _, effects in shown for other, effect in effects)
    high = max(0.22, min(1.02, highest + 0.02))
    drawn = []
    for title, effects in shown:
        rows = [
            (part_name(effect.part), list(zip((other, _changed(effect)), KEY.values(), strict=True)))
            for other, effect in effects
        ]
        drawn.append(Panel(title, rows, high=high))
    return panels(drawn, 21, 70, KEY, label="share that turns, or changes")
