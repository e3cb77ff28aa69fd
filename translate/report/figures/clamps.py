"""Erased or overwritten? The gates are held while the first noun gives way to the second."""

from collections.abc import Sequence

from translate.lab.experiments.intervening.clamps import ALL, DIRECTION, Clamp, ClampAt, Clamps, best
from translate.lab.experiments.intervening.parts import ClampedUnits, Gates
from translate.lab.sentences.switch_words import NOUN
from translate.lab.statistics.estimate import nothing_measured
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure, make
from translate.report.names import HELD, percent_of, units_name
from translate.report.picture.marks import (
    CONTROL,
    FATES,
    FINDING,
    OTHER,
    Mark,
    Panel,
    colours,
    fates,
    panels,
)
from translate.report.picture.style import MUTED, Drawn, drawing, figure
from translate.report.tables import Table, cell
from translate.terms import SIDES

SHOWN = best(3)
MOMENTS: dict[Gates, tuple[Mark, Mark]] = {
    "forget open": (FINDING.at(-0.2), CONTROL.at(-0.2)),
    "nothing written": (OTHER.at(0.2), Mark(MUTED, "^", 0.2, filled=False)),
}
"""By gates: the mark of what comes back, and of the same where both nouns have one gender."""
KEY = {
    "forget valve open": FINDING,
    "open, both of one gender": CONTROL,
    "memory valve shut": OTHER,
    "shut, both of one gender": Mark(MUTED, "^", filled=False),
}
BACK: tuple[Gates, ...] = ("forget open", "nothing written", "both")
"""The clamps that may bring the old gender back."""


def clamps(results: Results) -> Figure | None:
    """Which gender the second clause takes when the gates are held over the switch."""
    result = results.clamps
    if not result:
        return None
    body = [
        [
            f"{SIDES[clamp.side]}, {clamp.units.words}: {HELD[clamp.gates]}{kind}",
            *map(cell, (clamp.old, clamp.new, clamp.neither, clamp.rest)),
            f"{clamp.old.n:,} {clamp.old.unit}",
        ]
        for kind, measured in (("", result.switch), ("; no switch", result.control))
        for clamp in measured
    ]
    own = _own_units(result.switch, "dec")
    back = [(gates, result.of("dec", gates, own)) for gates in BACK]
    return make(
        "clamps",
        result,
        Table(("held", "old gender", "new gender", "neither", "rest unchanged", "n"), body),
        _draw,
        result=result,
        free=result.of("dec", "none", ALL),
        units=units_name(own),
        shares=", ".join(f"{HELD[gates]} in {percent_of(clamp.old)}" for gates, clamp in back if clamp is not None),
    )


def moments(results: Results) -> Figure | None:
    """When the old gender comes back: the valves held at one word, up to the noun, to the end."""
    result = results.clamps
    if not result or not result.moments:
        return None
    body = [
        [
            f"{_when(clamp)}: {HELD[clamp.gates]}, {units_name(clamp.units)}",
            *map(cell, (clamp.old, clamp.alike, clamp.new, clamp.rest)),
            f"{clamp.old.n:,} {clamp.old.unit}",
        ]
        for clamp in result.moments
    ]
    opened, noun = result.at("forget open", "up to the noun"), result.at("forget open", "one word", NOUN)
    return make(
        "moments",
        result.moments,
        Table(("held", "old gender", "the same, one gender", "new gender", "rest unchanged", "n"), body),
        _draw_moments,
        units=units_name(result.moments[0].units),
        opened=opened.old if opened else nothing_measured("words"),
        alike=opened.alike if opened else nothing_measured("words"),
        noun=noun.old if noun else nothing_measured("words"),
    )


def _when(clamp: ClampAt) -> str:
    return clamp.word or clamp.span


def _draw_moments(shown: Sequence[ClampAt]) -> Drawn:
    """Rows by when; the units of the first clamp in the first panel, wider ones beside it in the second."""
    few = shown[0].units
    back = {
        when: [
            (share, mark)
            for clamp in shown
            if (_when(clamp), clamp.units) == (when, few) and clamp.gates in MOMENTS
            for share, mark in zip((clamp.old, clamp.alike), MOMENTS[clamp.gates], strict=True)
        ]
        for when in dict.fromkeys(map(_when, shown))
    }
    shut = [clamp for clamp in shown if clamp.gates == "nothing written" and clamp.span != "one word"]
    came = [(f"{_when(clamp)}, {units_name(clamp.units)}", [(clamp.new, MOMENTS[clamp.gates][0])]) for clamp in shut]
    both = [
        Panel("The old gender comes back, by when the valves are held", list(back.items())),
        Panel("The new gender comes all the same, memory valve shut", came),
    ]
    return panels(both, 26, 90, KEY)


def _own_units(measured: Sequence[Clamp], side: str) -> ClampedUnits:
    """The single units that are shown: those that the verdict looks at, or the largest set there is."""
    counted = [clamp.units for clamp in measured if clamp.side == side and clamp.units.count is not None]
    return SHOWN if SHOWN in counted else max(counted, key=lambda units: units.count or 0)


def _shown(result: Clamps) -> list[tuple[str, list[tuple[str, Clamp]]]]:
    """For each side: all units, then the largest set of the gender's own units; a title and named bars."""
    shown = []
    for side in dict.fromkeys(clamp.side for clamp in result.switch):
        own = _own_units(result.switch, side)
        for units, name in ((ALL, units_name(ALL)), (own, f"{units_name(own)} alone")):
            bars = [(HELD[gates], result.of(side, gates, units)) for gates in HELD]
            if units == own:
                bars.append(("one direction of c held", result.of(side, "both", DIRECTION)))
            given = [(label, clamp) for label, clamp in bars if clamp is not None]
            shown.append((f"{SIDES[side].capitalize()}: {name}", given))
    return shown


def _draw(result: Clamps) -> Drawn:
    shown = _shown(result)
    with drawing():
        heights = [44 + 22 * len(bars) for _, bars in shown]
        drawn, axes = figure(sum(heights) + 60, len(shown), squeeze=False, sharex=True, height_ratios=heights)
        for ax, (title, bars) in zip(axes[:, 0], shown, strict=True):
            fates(ax, title, bars)
        axes[-1, 0].set_xlabel("words that agree with the second noun")
        colours(drawn, FATES)
    return drawn
