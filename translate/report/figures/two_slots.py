"""Is there a slot for the gender that is still to come? The two directions, and what turns when one is exchanged."""

from translate.lab.experiments.mechanism.slots import MOMENTS, Moment, What
from translate.lab.experiments.mechanism.two_slots import Exchanged, Shut, TwoSlots
from translate.lab.verdicts.results import Results
from translate.numerals import number
from translate.report.figure import Figure, make
from translate.report.names import percent_of, place_name
from translate.report.picture.marks import (
    CONTROL,
    DASHED,
    FATES,
    FINDING,
    Mark,
    Panel,
    colours,
    draw_course,
    fates,
    heading,
    legend,
)
from translate.report.picture.style import INK, MUTED, Axes, Drawn, drawing, figure
from translate.report.tables import Table, cell

KEY = {"words of the second clause": FINDING.at(-0.12), "words of the first clause": CONTROL.at(0.12)}
NAMES: dict[What, str] = {
    "coming": "coming",
    "current": "current",
    "both": "both",
    "coming apart": "coming, at right angles",
    "whole site, coming": "all of it, coming",
    "any direction": "random, as far",
    "as varied": "random, as varied",
}
SHOWN: Moment = MOMENTS[0]


def two_slots(results: Results) -> Figure | None:
    """The angle of the two directions, what turns with either, and where the new gender comes from."""
    result = results.two_slots
    coming, current = (result.of(SHOWN, what) for what in ("coming", "current")) if result else (None, None)
    if result is None or coming is None or current is None:
        return None
    random = result.of(SHOWN, "as varied")
    least = min((shut.count for shut in result.shut if shut.count), default=0)
    return make(
        "two-slots",
        result,
        Table(
            ("place, or what is exchanged", "1", "2", "3", "4"),
            [*_angles(result), *_exchanges(result), *_valves(result)],
        ),
        _draw,
        result=result,
        site=result.site,
        coming=coming,
        current=current,
        first=_first(current),
        crossed=_first(coming),
        random=random or coming,
        cosine=_middle(result),
        shut=_shut_in_words(result, least),
    )


def _first(exchanged: Exchanged) -> str:
    return "–" if exchanged.current is None else percent_of(exchanged.current)


def _middle(result: TwoSlots) -> str:
    """The smallest and the largest cosine while the first noun's gender is held, and how well each is found again."""
    held = [column for column, place in enumerate(result.places) if place.noun == 0 and place.offset >= 0]
    values = [result.cosine.value[column] for column in held]
    again = [min(result.again[name][column] for column in held) for name in ("current", "coming")]
    between = f"{number(min(values))} to {number(max(values))}"
    said = f"{between}; of each with itself on other nouns at least {number(min(again))}"
    if not result.angle:
        return said
    angle = result.angle[SHOWN]
    return f"{said}; of the two that are exchanged {number(angle.value)} [{number(angle.low)}, {number(angle.high)}]"


def _shut_in_words(result: TwoSlots, least: int) -> str:
    shut, moved = result.with_shut(least), result.with_shut(least, "coming")
    if not least or shut is None or moved is None:
        return "this cell has no memory valve to shut"
    return (
        f"with the memory valve shut in the best {least} units from the switch to the end, the new gender comes in "
        f"{percent_of(shut.new)} of the words; with the coming direction exchanged before, in {percent_of(moved.new)}"
    )


def _angles(result: TwoSlots) -> list[list[str]]:
    lines = [["place", "cosine", "95 % interval", "current again", "coming again"]]
    for column, place in enumerate(result.places):
        low, high = result.cosine.low[column], result.cosine.high[column]
        lines.append(
            [
                f"{('first', 'second')[place.noun]} noun {place_name(place.offset, '')}".strip(),
                number(result.cosine.value[column]),
                f"{number(low)} to {number(high)}",
                *(number(result.again[name][column]) for name in ("current", "coming")),
            ]
        )
    return lines


def _exchanges(result: TwoSlots) -> list[list[str]]:
    lines = [["exchanged", "second clause turned", "first clause turned", "rest unchanged", "draws"]]
    return lines + [
        [
            f"{each.moment}: {NAMES[each.what]}",
            *map(cell, (each.coming, each.current, each.rest)),
            str(each.draws),
        ]
        for each in result.exchanged
    ]


def _valves(result: TwoSlots) -> list[list[str]]:
    lines = [["memory valve", "old gender", "new gender", "right without a switch", "rest unchanged"]]
    return lines + [[_valve(shut), *map(cell, (shut.old, shut.new, shut.same, shut.rest))] for shut in result.shut]


def _valve(shut: Shut) -> str:
    """What was done to the memory valve, and what was exchanged before."""
    if shut.exchanged == "random units":
        return f"shut, {shut.count} random"
    name = f"shut, best {shut.count}" if shut.count else "open"
    return f"{name}; {NAMES[shut.exchanged]}" if shut.exchanged else name


def _draw(result: TwoSlots) -> Drawn:
    turned = [
        (NAMES[each.what], list(zip((each.coming, each.current), KEY.values(), strict=True)))
        for each in result.exchanged
        if each.moment == SHOWN
    ]
    heights = [170, 44 + 24 * len(turned), 44 + 22 * len(result.shut)][: 3 if result.shut else 2]
    with drawing():
        drawn, axes = figure(sum(heights) + 90, len(heights), squeeze=False, height_ratios=heights)
        _course(axes[0, 0], result)
        Panel(f"Words that turn; exchanged {SHOWN}", turned).draw(axes[1, 0])
        for ax in axes[2:, 0]:
            fates(ax, "Memory valve shut: words about the second noun", [(_valve(shut), shut) for shut in result.shut])
            colours(drawn, FATES, "outside lower left")
        legend(drawn, axes[1, 0], len(KEY), KEY)
    return drawn


def _course(ax: Axes, result: TwoSlots) -> None:
    """The cosine at each place, and what two fits of one direction have."""
    draw_course(ax, result.cosine, FINDING, "")
    for (_, values), mark in zip(
        result.again.items(), (Mark(INK, "", line=DASHED), Mark(MUTED, "", line=DASHED)), strict=True
    ):
        ax.plot(result.cosine.at, values, linestyle=mark.line, color=mark.colour)
    ticks = [column for column, place in enumerate(result.places) if place.offset % 2 == 0]
    ax.set_xticks(ticks, [place_name(result.places[t].offset, f"n{result.places[t].noun + 1}") for t in ticks])
    ax.set_ylim(-0.3, 1.05)
    heading(ax, "Cosine of the two directions, and of each with itself")
