"""What is exchanged or clamped, in types: nothing is looked up by a sentence, and only `words` make one."""

from dataclasses import dataclass
from typing import Literal

from translate.lab.sentences.minimal_pairs import Moment
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.shown import Shown

Kind = Literal[
    "whole state",
    "state",
    "best units",
    "all but best units",
    "trained direction",
    "all but trained direction",
    "difference of means",
    "all but difference of means",
    "random units",
    "random directions",
    "natural component",
    "same gender",
]

Gates = Literal["none", "forget open", "nothing written", "both", "matched forget"]
"""What is held: nothing, f = 1, i = 0, both of them, or f at what it is in the sentence without a switch."""


@dataclass(frozen=True)
class Exchange:
    """A part of the state that is exchanged.

    kind: all that a step hands on, one of its states, or some units or a direction of one, or all but these. states:
    which of the cell's states, the memory first: ("c", "h"). count: how many units; of natural components, which one;
    None: all.
    """

    kind: Kind
    states: tuple[str, ...]
    count: int | None = None

    @property
    def words(self) -> str:
        """How it is written: "(c, h)", "c alone", "best 3 of c", "all but best 3 of c", "trained direction of c"."""
        states = ", ".join(self.states)
        if self.kind == "whole state":
            return f"({states})"
        if self.kind in ("state", "same gender"):
            return f"{states} alone" if self.kind == "state" else f"{states} of the same gender"
        count = "" if self.count is None else f" {self.count}"
        return f"{self.kind.removesuffix(' units')}{count} of {states}"


@dataclass(frozen=True)
class Effect(Shown):
    """What an exchange did, over many sentences, on what the decoder then wrote freely.

    part: what was exchanged. moment: when. clause: whose noun has the other gender in the sentence that it came from.
    flipped: share of that clause's agreeing words that took the other gender. other: the same in the other clauses
    (None where they were written before the edit). rest: share of sentences in which every word that is neither of
    the clause's nouns nor agrees with them stayed as it was, in number and place. draws: of random units.
    """

    part: Exchange
    moment: Moment
    clause: int
    flipped: Estimate
    other: Estimate | None
    rest: Estimate
    sentences: int
    draws: int = 1


@dataclass(frozen=True)
class ClampedUnits:
    """On which units of the memory a clamp is set. count: how many of the best; None where all are meant."""

    kind: Literal["all units", "best units", "direction"]
    count: int | None = None

    @property
    def words(self) -> str:
        """How they are written: "all units", "best 3 of c", "the readout's direction"."""
        if self.kind == "best units":
            return f"best {self.count} of c"
        return "the readout's direction" if self.kind == "direction" else self.kind
