"""What is true of each planted network, and what every method must therefore say about it: `truths.toml`.

"Sure" and "habit" are the two crisp answers: a word whose gender something decides is right (or turned) in every
sentence; where nothing decides, the masculine is said by habit, which is right (or "the old gender") in half of them.
"""

from dataclasses import dataclass, field
from pathlib import Path

import msgspec

SURE, HABIT, NONE = 1.0, 0.5, 0.0
"""The shares that there are."""

Valves = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Truth:
    """What a method must find in one network; the shares are of agreeing words.

    story: what the network does, in a sentence. shows: what its report teaches.
    verdict: what becomes of the first gender in the decoder. returns: whether its sentences come back to the first
    noun. left: which share of the old value is still in the gender cells once the second noun has been read.
    moved: whether what is left of it then stands elsewhere than before.

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
    reread: words that follow the word just written where it contradicts the state, in the first clause and the second.
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
    reread: tuple[float, float] = (NONE, NONE)
    returns: bool = False
    left: float = NONE
    moved: bool = False

    @property
    def erased_by(self) -> str | None:
        """The word with which the forget gate takes the first gender; None where it takes nothing."""
        return next((word for valves in self.valves.values() for word in valves["f"] if word != "rest"), None)

    @property
    def cells(self) -> tuple[str, ...]:
        """The gender cells, the decoy among them."""
        return tuple(self.valves)


TRUTHS: dict[str, Truth] = msgspec.toml.decode(Path(__file__).with_suffix(".toml").read_bytes(), type=dict[str, Truth])
"""The truth about each network, by its name, in the order in which they are best met."""
