"""What closes the valve? The parts of the sum behind each gate, word by word, and what comes of cutting them."""

from translate.lab.experiments.mechanism.closing import Closing, Cut, Cutting, Told
from translate.lab.statistics.estimate import Course, Estimate
from translate.lab.verdicts.results import Results
from translate.numerals import number, percent
from translate.report.figure import Figure, make
from translate.report.names import genders, percent_of
from translate.report.picture.marks import (
    CONTROL,
    FATES,
    FINDING,
    OTHER,
    Mark,
    Panel,
    colours,
    fates,
    legend,
)
from translate.report.picture.style import Drawn, drawing, figure
from translate.report.tables import Table, cell
from translate.terms import GATES

PARTS: dict[str, Mark] = {
    "the word": FINDING.at(-0.18),
    "gender in h": CONTROL,
    "rest of h": OTHER.at(0.18),
}
NAMES: dict[Cutting, str] = {
    "word": "the word",
    "gender": "gender in h",
    "rest of h": "the rest of h",
    "all": "all three",
    "open": "gates held",
}
OPENS = {"f": "f", "i": "i", "f, i": "f and i"}


def closing(results: Results) -> Figure | None:
    """What the gates of the best units are told at the switch, and which of it keeps the old gender away."""
    result = results.closing
    if result is None:
        return None
    free, ceiling = result.of("f", "all"), result.of("f", "open")
    random = result.of("f", "all", is_random=True)
    if free is None or ceiling is None or random is None:
        return None
    heads = ("what; at which word, or what came of it", "1", "2", "3", "4", "5")
    return make(
        "closing",
        result,
        Table(heads, [*_accounts(result), *_cuts(result)]),
        _draw,
        result=result,
        units=len(result.units),
        closes=_closes(result),
        free=free,
        ceiling=ceiling,
        random=random,
        parts=", ".join(f"{NAMES[cut.cut]} {percent_of(cut.old)}" for cut in result.cuts if _is_part(cut)),
        loudest="; ".join(
            f"{GATES[gate].lesson}: " + ", ".join(f"unit {each.unit} {_interval(each.adds)}" for each in speakers)
            for gate, speakers in result.loudest.items()
        ),
    )


def _is_part(cut: Cut) -> bool:
    return cut.gates == "f" and not cut.is_random and cut.cut in ("word", "gender", "rest of h")


def _closes(result: Closing) -> str:
    """The word at which the forget gate of sentences that switch stands lowest, and what says most there."""
    of_f = [told for told in result.told if told.gate == "f" and told.kind[0] != told.kind[-1]]
    told, column = min(
        ((told, column) for told in of_f for column in range(len(told.words)) if told.open.n[column]),
        key=lambda at: at[0].open.value[at[1]],
    )
    parts = {"the word": told.word, "gender in h": told.gender, "the rest of h": told.rest}
    most = min(parts, key=lambda name: parts[name].value[column])
    return (
        f"it stands lowest at *{told.words[column]}* ({percent(told.open.value[column])} open), where {most} says most"
    )


def _accounts(result: Closing) -> list[list[str]]:
    lines = [["gate, kind, word", "gate open", "sum", "the word", "gender in h", "rest of h"]]
    for told in result.told:
        for column, word in enumerate(told.words):
            shown = (told.open, told.pre, told.word, told.gender, told.rest)
            lines.append([f"{told.gate}, {genders(told.kind)}, {word}", *(_value(course, column) for course in shown)])
    for gate, means in result.held.items():
        parts = [number(means[name]) for name in ("word", "gender", "rest of h")]
        lines.append([f"{gate}, while the gender is held", "–", number(sum(means.values())), *parts])
    return lines


def _value(course: Course, column: int) -> str:
    if not course.n[column]:
        return "–"
    return _range(course.value[column], course.low[column], course.high[column])


def _interval(estimate: Estimate) -> str:
    return _range(estimate.value, estimate.low, estimate.high)


def _range(value: float, low: float, high: float) -> str:
    return f"{number(value)} ({number(low)} to {number(high)})"


def _cuts(result: Closing) -> list[list[str]]:
    lines = [
        ["cut in; part; units", "old gender", "new gender", "rest unchanged", "right without a switch", "∏ f; most i"]
    ]
    return lines + [
        [
            f"{OPENS[cut.gates]}; {NAMES[cut.cut]}; {'random' if cut.is_random else 'best'}",
            *map(cell, (cut.old, cut.new, cut.rest, cut.same)),
            f"{_interval(cut.kept)}; {_interval(cut.let_in)}",
        ]
        for cut in result.cuts
    ]


def _draw(result: Closing) -> Drawn:
    shown = next(told.kind for told in result.told if told.kind[0] != told.kind[-1])
    accounts = [_account(told) for told in result.told if told.kind == shown]
    bars = [(gates, [cut for cut in result.cuts if cut.gates == gates]) for gates in OPENS]
    heights = [44 + 24 * len(panel.rows) for panel in accounts] + [44 + 22 * len(cuts) for _, cuts in bars]
    with drawing():
        drawn, axes = figure(sum(heights) + 110, len(heights), squeeze=False, height_ratios=heights)
        for ax, panel in zip(axes[:, 0], accounts, strict=False):
            panel.draw(ax)
        axes[len(accounts) - 1, 0].set_xlabel("added to the gate's sum, beyond what is usual")
        for ax, (gates, cuts) in zip(axes[len(accounts) :, 0], bars, strict=True):
            named = [(f"{NAMES[cut.cut]}{', random' if cut.is_random else ''}", cut) for cut in cuts]
            fates(ax, f"Cut in {OPENS[gates]}: words about the second noun", named)
        legend(drawn, axes[0, 0], len(PARTS), PARTS)
        colours(drawn, FATES, "outside lower left")
    return drawn


def _account(told: Told) -> Panel:
    """The parts of one gate's sum at each word."""
    parts = list(zip((told.word, told.gender, told.rest), PARTS.values(), strict=True))
    lines = [
        (word, [(_point(course, column), mark) for course, mark in parts]) for column, word in enumerate(told.words)
    ]
    return Panel(f"{GATES[told.gate].lesson.capitalize()} {told.gate}, {genders(told.kind)}", lines, 0.0, None)


def _point(course: Course, column: int) -> Estimate:
    values = (course.value[column], course.low[column], course.high[column], course.n[column])
    return Estimate(*values, unit="sentences", method="bootstrap over noun pairs", is_share=False)
