"""Erased or overwritten? The gates are held while the first noun gives way to the second."""

from collections.abc import Sequence
from functools import partial

from translate.lab.experiments.intervening.clamps import ALL, DIRECTION, Clamp, Clamps, best
from translate.lab.experiments.intervening.parts import ClampedUnits, Gates
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure
from translate.report.marks import heading, key, rows, share_axis, stacked
from translate.report.style import ACCENT, GRID, PAPER, drawing, figure
from translate.report.tables import Table, cell
from translate.report.words import SITES, interval, percent_of

GATES: dict[Gates, str] = {
    "none": "nothing held",
    "forget open": "(a) f = 1",
    "nothing written": "(b) i = 0",
    "both": "(c) f = 1, i = 0",
    "matched forget": "(d) f without switch",
}
SHOWN = best(3)
COLOURS = (("old gender", ACCENT), ("new gender", GRID), ("neither", PAPER))


def clamps(results: Results) -> Figure | None:
    """Which gender the second clause takes when the gates are held over the switch."""
    found = results.clamps
    if not found:
        return None
    body = [
        [
            f"{SITES[one.side]}, {one.units.words}: {GATES[one.gates]}{kind}",
            cell(one.old),
            cell(one.new),
            cell(one.neither),
            cell(one.rest),
            f"{one.old.n:,} {one.old.unit}",
        ]
        for kind, some in (("", found.switch), ("; no switch", found.control))
        for one in some
    ]
    plain = found.of("dec", "none", ALL)
    return Figure(
        name="clamps",
        own_title=_title(found),
        how="Each bar is what the words about the second noun become when the valves are held from the last word about "
        "the first noun to the second noun. Purple: the old gender has come back. If (a), forget valve held open, "
        "brings it back, the forget valve had erased it; if (b), memory valve held shut, does, it had been "
        "overwritten. The black line is the interval of the purple share.",
        counts=f"{found.switching:,} sentences that switch the gender, with test nouns; nothing held: old gender "
        f"{interval(plain.old)}.",
        data=found,
        table=Table(("held", "old gender", "new gender", "neither", "rest unchanged", "n"), body),
        draw=partial(_draw, found),
        remark="With all units held nothing of the new clause can be remembered either; so the same is done to the "
        "gender's own units alone.",
        refuted_by="An old gender that comes back under none of the clamps was lost before the switch, or is kept "
        "elsewhere.",
        control="first-noun",
        bears_on=("erased-decoder", "forgotten-decoder", "erased-encoder", "forgotten-encoder"),
    )


def _title(found: Clamps) -> str:
    """Which clamps bring the old gender back in the decoder."""
    units = _own_units(found.switch, "dec")
    back = {gates: found.of("dec", gates, units) for gates in ("forget open", "nothing written", "both")}
    said = ", ".join(f"{GATES[gates]} in {percent_of(one.old)}" for gates, one in back.items() if one is not None)
    name = units.words.replace("of c", "units")
    return f"Holding the valves of the {name} over the switch brings the old gender back: {said} of the words."


def _own_units(some: Sequence[Clamp], side: str) -> ClampedUnits:
    """The single units that are shown: those that the verdict looks at, or the largest set there is."""
    counted = [one for one in some if one.side == side and one.units.count is not None]
    return SHOWN if any(one.units == SHOWN for one in counted) else max(counted, key=lambda one: one.units.count).units


def _panels(found: Clamps) -> list[tuple[str, list[tuple[str, Clamp]]]]:
    """For each side: all units, then the largest set of the gender's own units; a title and named bars."""
    out = []
    for side in dict.fromkeys(one.side for one in found.switch):
        own = _own_units(found.switch, side)
        for units in (ALL, own):
            bars = [(GATES[gates], found.of(side, gates, units)) for gates in GATES]
            if units == own:
                bars.append(("one direction of c held", found.of(side, "both", DIRECTION)))
            name = units.words.replace("of c", "units alone")
            out.append(
                (f"{SITES[side].capitalize()}: {name}", [(label, one) for label, one in bars if one is not None])
            )
    return out


def _draw(found: Clamps):
    panels = _panels(found)
    with drawing():
        heights = [44 + 22 * len(bars) for _, bars in panels]
        made, axes = figure(sum(heights) + 60, len(panels), squeeze=False, sharex=True, height_ratios=heights)
        for ax, (title, bars) in zip(axes[:, 0], panels, strict=True):
            for row, (_, one) in enumerate(bars):
                stacked(
                    ax, row, list(zip((one.old, one.new, one.neither), (colour for _, colour in COLOURS), strict=True))
                )
            rows(ax, [label for label, _ in bars])
            heading(ax, title)
            share_axis(ax)
        axes[-1, 0].set_xlabel("words that agree with the second noun")
        key(made, COLOURS)
    return made
