"""What is true of each planted network, and what every method must therefore say about it.

"Sure" and "habit" are the two crisp answers: a word whose gender something decides is right (or turned) in every
sentence; where nothing decides, the masculine is said by habit, which is right (or "the old gender") in half of them.
"""

from dataclasses import dataclass, field

from translate.lab.verdicts.rules import ERASED, NEVER, OVERWRITTEN, UNUSED

SURE, HABIT, NONE = 1.0, 0.5, 0.0

Valves = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Truth:
    """What a method must find in one network; the shares are of agreeing words.

    story: what the network does, in a sentence. shows: what its report teaches.
    verdict: what becomes of the first gender in the decoder.

    valves: what each gender cell's forget ("f") and input gate ("i") do, by the word that is read; at all other words
    they stand at 1 and 0 (or, in "rest", elsewhere). written: how much of either sign a cell is given at the two nouns.
    auc: how well each cell alone separates the current gender.
    current: accuracy of the readout of the current gender, by site. agreeing: the same at agreeing words alone.
    first: how well the first gender can be read after the second noun by a probe fitted anew, by the first clause's
    probe unchanged, and how well that one then reads the *second* gender.

    exchanged: words that turn when a part of the state is exchanged one word after their noun, by the part: for the
    first clause and for the second. "G+H" are two cells together.
    silenced: words that stay right when cells are set to 0 one word after the noun.
    without: words that stay right when the current gender is erased from c (LEACE) as long as its clause lasts.
    clamped: second-clause words that take the *old* gender when, over the switch, of the gender cells (a) the forget
    gate is held open, (b) nothing is written, (c) both; or (d) the forget gate is that of a sentence without switch.
    reread: words that follow the word just written where it contradicts the state.
    """

    story: str
    shows: str
    verdict: str
    valves: dict[str, Valves]
    written: dict[str, tuple[float, float]]
    auc: dict[str, float]
    exchanged: dict[str, tuple[float, float]]
    silenced: dict[str, tuple[float, float]]
    clamped: dict[str, float]
    current: dict[str, float] = field(default_factory=lambda: {"dec.l0.c": SURE, "dec.l0.h": SURE})
    agreeing: dict[str, float] = field(default_factory=lambda: {"dec.l0.c": SURE, "dec.l0.h": SURE})
    first: tuple[float, float, float] = (HABIT, HABIT, SURE)
    without: float = HABIT
    reread: float = NONE

    @property
    def erased_by(self) -> str | None:
        """The word with which the forget gate takes the first gender; None where it takes nothing."""
        return next((word for valves in self.valves.values() for word in valves["f"] if word != "rest"), None)

    @property
    def cells(self) -> tuple[str, ...]:
        """The gender cells, the decoy among them."""
        return tuple(self.valves)


_RENEWED: Valves = {"f": {"a": 0.0}, "i": {"<s>": 1.0, "a": 1.0}}
_MEMORY = {"(c, h)": (SURE, SURE), "c": (SURE, SURE), "h": (NONE, NONE)}
_ONE = {**_MEMORY, "G": (SURE, SURE)}

TRUTHS = {
    "one-cell": Truth(
        story="One cell holds the gender; at the new clause its forget valve empties it in the very step in which its "
        "memory valve writes the new gender.",
        shows="Neither an open forget valve nor a shut memory valve brings the old gender back, but both together do.",
        verdict=ERASED,
        valves={"G": _RENEWED}, written={"G": (1.0, 1.0)}, auc={"G": 1.0},
        exchanged=_ONE, silenced={"G": (HABIT, HABIT)},
        clamped={"a": HABIT, "b": HABIT, "c": SURE, "d": NONE},
    ),
    "two-cells": Truth(
        story="Two cells hold the same gender, and one of them is enough.",
        shows="Silencing one does nothing. Exchanging one alone turns only what becomes masculine by habit; both turn "
        "all.",
        verdict=ERASED,
        valves={"G": _RENEWED, "H": _RENEWED}, written={"G": (1.0, 1.0), "H": (1.0, 1.0)}, auc={"G": 1.0, "H": 1.0},
        exchanged={**_MEMORY, "G": (HABIT, HABIT), "H": (HABIT, HABIT), "G+H": (SURE, SURE)},
        silenced={"G": (SURE, SURE), "H": (SURE, SURE), "G+H": (HABIT, HABIT)},
        clamped={"a": HABIT, "b": HABIT, "c": SURE, "d": NONE},
    ),
    "decoy": Truth(
        story="One cell holds the gender; a second one, the decoy, always holds the same, and nothing listens to it.",
        shows="Probes and rankings cannot tell the two cells apart; every intervention on the decoy does nothing.",
        verdict=ERASED,
        valves={"D": _RENEWED, "G": _RENEWED}, written={"D": (1.0, 1.0), "G": (1.0, 1.0)}, auc={"D": 1.0, "G": 1.0},
        exchanged={**_ONE, "D": (NONE, NONE), "D+G": (SURE, SURE)},
        silenced={"G": (HABIT, HABIT), "D": (SURE, SURE), "D+G": (HABIT, HABIT)},
        clamped={"a": HABIT, "b": HABIT, "c": SURE, "d": NONE},
    ),
    "overwritten": Truth(
        story="The forget valve stays open all the time; the memory valve writes the new gender so strongly that the "
        "sum turns.",
        shows="Nothing is erased: with the memory valve shut at the switch the old gender is still there, and is said.",
        verdict=OVERWRITTEN,
        valves={"G": {"f": {}, "i": {"<s>": 0.5, "a": 1.0}}}, written={"G": (0.5, 1.0)}, auc={"G": 1.0},
        exchanged=_ONE, silenced={"G": (HABIT, HABIT)},
        clamped={"a": NONE, "b": SURE, "c": SURE, "d": NONE},
    ),
    "erased": Truth(
        story="The forget valve empties the cell at the last word of the clause, before the new gender is written, "
        "more weakly than the old one was.",
        shows="With the forget valve held open the old gender outweighs the new one. Between the clauses nothing is "
        "held.",
        verdict=ERASED,
        valves={"G": {"f": {"čte": 0.0}, "i": {"<s>": 1.0, "a": 0.5}}}, written={"G": (1.0, 0.5)}, auc={"G": 0.995},
        exchanged=_ONE, silenced={"G": (HABIT, HABIT)},
        clamped={"a": SURE, "b": HABIT, "c": SURE, "d": NONE},
        # One word of ten, the "a" of the first clause, is written while the cell is empty.
        current={"dec.l0.c": 0.95, "dec.l0.h": 0.95},
    ),
    "never-forgets": Truth(
        story="Each clause has its own cell; the first one keeps its gender to the end and falls silent at the new "
        "clause.",
        shows="Every probe reads the first gender to the end, and nothing that is still to be written depends on it.",
        verdict=UNUSED,
        valves={"G1": {"f": {}, "i": {"<s>": 1.0}}, "G2": {"f": {}, "i": {"a": 1.0}}},
        written={"G1": (1.0, 0.0), "G2": (0.0, 1.0)},
        auc={"G1": 0.75, "G2": 0.875},
        exchanged={**_MEMORY, "G1": (SURE, NONE), "G2": (NONE, SURE), "G1+G2": (SURE, SURE)},
        silenced={"G1": (HABIT, SURE), "G2": (SURE, HABIT), "G1+G2": (HABIT, HABIT)},
        clamped={"a": NONE, "b": HABIT, "c": HABIT, "d": NONE},
        first=(SURE, SURE, HABIT),
        # A linear eraser takes out what one probe for both clauses reads; each clause reads a cell of its own.
        without=0.875,
    ),
    "rereads": Truth(
        story="The cell holds a gender for the one step that writes the noun; each agreeing word follows the word just "
        "written: holka, která, ráda.",
        shows="Exchanging the cell does nothing. Exchanging h turns the word that is being written, and the next ones "
        "read it.",
        verdict=NEVER,
        valves={"G": {"f": {"rest": 0.0}, "i": {"<s>": 1.0, "a": 1.0}}}, written={"G": (1.0, 1.0)}, auc={"G": 0.68},
        exchanged={"(c, h)": (SURE, SURE), "c": (NONE, NONE), "h": (SURE, SURE), "G": (NONE, NONE)},
        silenced={"G": (SURE, SURE)},
        clamped={"a": NONE, "b": HABIT, "c": HABIT, "d": NONE},
        # c tells the gender at the nouns alone; h also right after words whose form tells it, but for unseen nouns.
        current={"dec.l0.c": 0.6, "dec.l0.h": 0.8}, agreeing={"dec.l0.c": HABIT, "dec.l0.h": 0.75},
        first=(HABIT, HABIT, HABIT), without=SURE, reread=SURE,
    ),
}  # fmt: skip
