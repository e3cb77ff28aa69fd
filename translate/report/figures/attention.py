"""What does the cell still store when the decoder may look back? It and attention contradict each other."""

from collections.abc import Callable, Mapping

from translate.lab.experiments.intervening.attention import Attention, Looked, Turned, Way
from translate.lab.statistics.estimate import Estimate
from translate.lab.verdicts.results import Results
from translate.numerals import percent
from translate.report.figure import Figure, make
from translate.report.names import CLAUSES, LOOKS
from translate.report.picture.marks import CONTROL, FINDING, OTHER, Panel, Rows, panels
from translate.report.picture.style import Drawn
from translate.report.tables import Table, cell

KEY = {
    "the other gender; below: the memory; on the noun": FINDING,
    "the same gender; below: an even share": CONTROL.at(0.14),
    "what attention reads; on other nouns": OTHER.at(-0.14),
}
SAME: dict[Way, Way] = {"cell": "same cell", "bank": "same bank"}
"""The control of equal strength of a way."""
TURNS: tuple[Way, ...] = ("cell", "cell, h follows", "state", "bank", "bank at noun", "bank elsewhere", "cell and bank")
CUTS: tuple[Way, ...] = ("mean context", "no context", "same bank")


def attention(results: Results) -> Figure | None:
    """What the words follow where cell and attention say different genders, what a cut leaves, and where it looks."""
    result = results.attention
    first, bank, both = (result.of(way) if result else None for way in ("cell", "bank", "cell and bank"))
    if result is None or first is None or bank is None or both is None:
        return None
    body = [row for looked in result.ways for row in _rows(looked)]
    heads = (
        "what is exchanged or cut; which words",
        "turned",
        "right",
        "right of both",
        "other clause turned",
        "rest unchanged",
        "n",
    )
    return make(
        "attention",
        result,
        Table(heads, body + _gazes(result)),
        _draw,
        cell=first,
        bank=bank,
        both=both,
        most=_most(result),
    )


def _rows(looked: Looked) -> list[list[str]]:
    """All words of one way, and then those of each clause, kind and distance."""
    parts: dict[str, Turned] = {"all": looked.words}
    parts |= {CLAUSES[int(clause) - 1].lower(): of for clause, of in looked.by_clause.items()}
    parts |= looked.by_kind
    parts |= {f"{band} words from the noun": of for band, of in looked.by_distance.items()}
    rest = [cell(looked.other), cell(looked.rest)]
    return [
        [
            f"{LOOKS[looked.way]}; {name}",
            *map(cell, (of.turned, of.kept, of.own)),
            *(rest if name == "all" else ["–", "–"]),
            f"{of.turned.n:,} words",
        ]
        for name, of in parts.items()
    ]


def _gazes(result: Attention) -> list[list[str]]:
    """Where attention looks, in the same columns as far as they fit: a share stands where the words turned do."""
    return [
        [f"weight of attention {where}; {kind}", cell(share), "–", "–", "–", "–", f"{share.n:,} words"]
        for kind, gaze in result.gaze.items()
        for where, share in (("on the noun", gaze.noun), ("on other nouns", gaze.others), ("evenly", gaze.uniform))
    ] + [
        [
            f"weight of attention on “{word}”; {kind}",
            percent(share, places=2),
            "–",
            "–",
            "–",
            "–",
            f"{gaze.noun.n:,} words",
        ]
        for kind, gaze in result.gaze.items()
        for word, share in gaze.most.items()
    ]


def _most(result: Attention) -> str:
    """The English words that attention looks at most, kind by kind: "rad: likes 81 %, to 12 %"."""
    return "; ".join(
        f"{kind}: " + ", ".join(f"*{word}* {percent(share)}" for word, share in gaze.most.items())
        for kind, gaze in result.gaze.items()
        if kind != "all"
    )


def _draw(result: Attention) -> Drawn:
    finding, same, other = KEY.values()
    ways = {looked.way: looked for looked in result.ways}

    def turned(way: Way) -> Estimate | None:
        return ways[way].words.turned if way in ways else None

    turns = [
        (LOOKS[way], [(turned(way), finding), (turned(SAME[way]) if way in SAME else None, same)])
        for way in TURNS
        if way in ways
    ]
    cuts = [
        (LOOKS[way], [(ways[way].words.own, finding if way != "same bank" else same)]) for way in CUTS if way in ways
    ]
    gazes = [
        (kind, [(gaze.noun, finding), (gaze.uniform, same), (gaze.others, other)]) for kind, gaze in result.gaze.items()
    ]
    shown = [
        Panel("Words that turn, by what says the other gender", turns),
        Panel("With attention cut: their own form, of their two", cuts),
        Panel("Words that turn, by kind", _split(ways, lambda of: of.by_kind)),
        Panel("Words that turn, by distance from the noun", _split(ways, lambda of: of.by_distance)),
        Panel("Where attention looks as the word is written", gazes),
    ]
    return panels(shown, 23, 70, KEY, columns=1)


def _split(ways: Mapping[Way, Looked], part: Callable[[Looked], Mapping[str, Turned]]) -> Rows:
    """The words that turn with the memory alone, and with what attention reads alone, name by name."""
    by_cell, by_bank = part(ways["cell"]), part(ways["bank"])
    memory, _, looked = KEY.values()
    return [(name, [(by_cell[name].turned, memory), (by_bank[name].turned, looked)]) for name in by_cell]
