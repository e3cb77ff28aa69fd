"""The figures of what turns words: by which way, in which part of the memory, where and when, and what else changes."""

from translate.lab.experiments.intervening.attention import Attention
from translate.lab.experiments.intervening.attention import Way as LookWay
from translate.lab.experiments.intervening.necessity import Part
from translate.lab.experiments.intervening.paths import Way
from translate.lab.experiments.mechanism.causal_map import What
from translate.lab.statistics.estimate import Estimate
from translate.lab.tracing.site import Site
from translate.lab.verdicts.contrast_claims import in_words_of_a_contrast
from translate.lab.verdicts.contrast_findings import ContrastFindings
from translate.report.contrast.making import looks_back, make
from translate.report.figure import Figure
from translate.report.figures.causal_map import draw_map, map_lines, most
from translate.report.figures.necessity import FINDINGS
from translate.report.names import part_name, percent_of, place_name
from translate.report.picture.marks import CONTROL, FINDING, Mark, Panel, panels
from translate.report.tables import Table, cell, estimates
from translate.terms import SIDES

TURNS = {"ought to turn them": FINDING, "all but a part, or a control: ought not": CONTROL}
LOOKS: dict[LookWay, str] = {
    "state": "the state handed over at the start",
    "bank": "what attention reads",
    "bank at noun": "… at the first differing word alone",
    "bank elsewhere": "… everywhere else",
    "state and bank": "both: the ceiling",
    "same state": "control: a state of the same side",
    "same bank": "control: reads a sentence of the same side",
    "cell": "the memory",
    "same cell": "control: a memory of the same side",
}
WAYS: dict[Way, str] = {
    "encoder": "the encoder's state",
    "against words": "… against the first words written",
    "words": "the first words written, against that state",
    "noun": "the first differing word, as it is read back",
    "before": "the decoder's state before that word",
    "after": "the decoder's state after that word",
    "held": "… against the next word written",
    "agreeing": "a later differing word, as it is read back",
}
"""What alone is the counterfactual's."""
_FEWEST = 8
"""A share of fewer words than these is not drawn in the map."""


def ways(found: ContrastFindings) -> Figure | None:
    """By which way the contrast comes to the words."""
    if found.start is not None:
        return _ways_of_attention(found, found.start)
    rows = [
        (WAYS[effect.name], [(effect.turned, FINDING), (effect.kept, CONTROL.at(0.15))])
        for effect in found.paths.effects
        if effect.clause == 0
    ]
    if not rows:
        return None
    key = {"follow it": FINDING, "follow all the rest": CONTROL}
    after = found.paths.of("held") or found.paths.of("after")
    title = "Which of the ways carries the contrast."
    if after is not None:
        title = f"The decoder's state alone turns {percent_of(after.turned)} of the words after the first that differs."
    return make(
        found,
        "ways",
        found.paths,
        estimates("follow it", [(name, marks[0][0]) for name, marks in rows]),
        lambda _: panels([Panel("", rows)], 26, 100, key, label="words that follow it"),
        title=title,
        legend="Diamonds: they follow it; circles: they follow all the rest.",
        counts=f"{found.paths.effects[0].sentences} pairs for testing",
        remark="",
    )


def _ways_of_attention(found: ContrastFindings, start: Attention) -> Figure:
    def rows(result: Attention) -> list[tuple[str, list[tuple[Estimate | None, Mark]]]]:
        shown = [looked for looked in result.ways if looked.way in LOOKS]
        return [
            (LOOKS[looked.way], [(looked.words.turned, CONTROL if looked.way.startswith("same") else FINDING)])
            for looked in shown
        ]

    parts = {"From the start on": rows(start)}
    if found.after is not None:
        parts["From one word after the first that differs on"] = [
            row for row in rows(found.after) if row[0] not in (LOOKS["state"], LOOKS["state and bank"])
        ]
    shares = [(f"{title}: {name}", marks[0][0]) for title, shown in parts.items() for name, marks in shown]
    most_of = start.gaze["all"].most
    looks = ", ".join(f"“{word.replace('▁', '')}” {100 * share:.0f} %" for word, share in most_of.items())
    return make(
        found,
        "ways",
        {"start": start, "after": found.after},
        estimates("words that turn", shares),
        lambda _: panels(
            [Panel(title, shown) for title, shown in parts.items()],
            24,
            84,
            {"the other side": FINDING, "the same side": CONTROL},
        ),
        title="By which way the contrast comes to the words.",
        legend="Circles are controls: a sentence that is on the same side.",
        counts=f"{start.ways[0].sentences} pairs for testing. Writing them, attention looks most at {looks}",
        remark=looks_back(found),
    )


def used(found: ContrastFindings) -> Figure | None:
    """What each part of the memory turns, its complement, and the controls."""
    sides = {of.side: of.parts.parts for of in found.sides if of.parts}
    if not sides:
        return None
    panes = [
        Panel(
            SIDES[side].capitalize(),
            [(_name(part), [(part.turned, FINDING if _is_finding(part) else CONTROL)]) for part in parts],
        )
        for side, parts in sides.items()
    ]
    return make(
        found,
        "used",
        [of.parts for of in found.sides],
        _part_table(_parts(found)),
        lambda _: panels(panes, 22, 76, TURNS, columns=1, label="words that turn"),
        counts=_part_counts(found),
    )


def contained(found: ContrastFindings) -> Figure | None:
    """What becomes of all else where a part is exchanged that ought to turn its own words."""
    parts = [(side, part) for side, part in _parts(found) if _is_finding(part)]
    if not parts:
        return None
    crossed = any(part.other is not None for _, part in parts)
    key = {
        "its own words turn": FINDING.at(-0.15),
        ("the other contrast's words turn" if crossed else "sentences whose rest all stays"): CONTROL.at(0.15),
    }
    rows = [
        (
            f"{SIDES[side]}: {_name(part)}",
            list(zip((part.turned, part.other if crossed else part.rest), key.values(), strict=True)),
        )
        for side, part in parts
    ]
    how = (
        "Diamonds ought to lie at the right, circles at the left: the exchange turns its own contrast's words and not "
        "the other one's."
        if crossed
        else "Diamonds ought to lie at the right, and circles too: the exchange turns the words that depend on the "
        "contrast, and not one other word of the sentence."
    )
    return make(
        found,
        "contained",
        [of.parts for of in found.sides],
        _part_table(parts),
        lambda _: panels([Panel("", rows)], 28, 100, key, columns=1),
        how=how,
        counts=_part_counts(found),
    )


def causes(found: ContrastFindings) -> Figure | None:
    """Every site at every step."""
    result = found.causes
    if result is None or not result.rows:
        return None
    nouns = ["first contrast", "second contrast"][: 2 if result.pairs[1] else 1]
    names = [
        f"{'' if len(nouns) == 1 else f'{place.noun + 1}: '}{place_name(place.offset, 'read')}"
        for place in result.places
    ]
    first = Site(result.rows[0].site)
    shown: list[tuple[str, What, bool]] = [
        ("The whole of it", "whole site", True),
        ("One direction", "direction", True),
    ]
    shown += [("The best three units", "best units", True), ("Control: three random units", "random units", True)]
    labels = ["words from the first that differs, as read"] if len(nouns) == 1 else nouns
    return make(
        found,
        "causes",
        result,
        Table(("exchanged; what turns", *names), map_lines(result, nouns)),
        lambda result: draw_map(result, shown, labels, ("read", "read"), _FEWEST),
        site=first,
        most=most(result, first, "whole site"),
        direction=most(result, first, "direction"),
        random=most(result, first, "random units"),
        pairs=sum(result.pairs),
        counterfactuals=result.counterfactuals,
    )


def _parts(found: ContrastFindings) -> list[tuple[str, Part]]:
    return [(of.side, part) for of in found.sides if of.parts for part in of.parts.parts]


def _is_finding(part: Part) -> bool:
    return part.part.kind in FINDINGS


def _name(part: Part) -> str:
    return in_words_of_a_contrast(part_name(part.part))


def _part_table(parts: list[tuple[str, Part]]) -> Table:
    heads = ("part", "turned", "the other contrast turned", "rest unchanged", "words")
    body = [
        [f"{SIDES[side]}: {_name(part)}", *map(cell, (part.turned, part.other, part.rest)), f"{part.turned.n:,}"]
        for side, part in parts
    ]
    return Table(heads, body)


def _part_counts(found: ContrastFindings) -> str:
    return "; ".join(f"{SIDES[of.side]}: {of.parts.sentences} pairs for testing" for of in found.sides if of.parts)
