"""What the parts of a cell are called: the lesson's word and the field's term, for terminal, report and page alike."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Term:
    """A quantity of a cell.

    symbol: as in the equations ("f"). lesson: the lesson's word ("forget valve"); where it has none, the field's.
    field: the field's term ("forget gate"). opened: what happens where a gate stands open; "" for what is no gate.
    """

    symbol: str
    lesson: str
    field: str
    opened: str = ""

    @property
    def both(self) -> str:
        """ "forget valve (forget gate f)", or "update gate z" where both words are one."""
        return (
            f"{self.field} {self.symbol}"
            if self.lesson == self.field
            else f"{self.lesson} ({self.field} {self.symbol})"
        )

    @property
    def field_first(self) -> str:
        """ "forget gate (forget valve)", or "update gate" where both words are one."""
        return self.field if self.lesson == self.field else f"{self.field} ({self.lesson})"

    @property
    def valve(self) -> str:
        """What it is called where every gate is a valve: "forget valve", "update valve"."""
        return self.lesson.replace(" gate", " valve")


GATES = {
    "f": Term("f", "forget valve", "forget gate", "the memory is kept"),
    "i": Term("i", "memory valve", "input gate", "something new is written into it"),
    "o": Term("o", "output valve", "output gate", "it is shown to the rest of the network"),
    "z": Term("z", "update gate", "update gate", "the memory is kept"),
    "r": Term("r", "reset gate", "reset gate", "what is new builds on it"),
}
"""The gates by site, in the order of the lesson's walk. A plain RNN has none."""

GATES_OF = {"lstm": ("f", "i", "o"), "gru": ("z", "r"), "rnn": (), "rnn_relu": ()}
"""The gates of each kind of cell, in the order of the lesson's walk."""

STATES = {
    "c": Term("c", "memory pipeline", "cell state"),
    "h": Term("h", "hidden state", "hidden state"),
}

CANDIDATES = {
    "g": Term("g", "candidate", "candidate"),
    "n": Term("n", "candidate", "candidate"),
}

ATTENTION = {
    "attention": Term("a", "attention weights", "attention weights"),
    "context": Term("context", "context vector", "context vector"),
    "attentional": Term("h~", "attentional state", "attentional state"),
}
"""What a model with attention has besides."""

SIDES = {"enc": "encoder", "dec": "decoder"}
"""The two halves of the network, by the first part of a site's name."""

ACTIVITIES = {"enc": "reading", "dec": "writing"}
"""What each half does."""

CELLS = {"lstm": "LSTM", "gru": "GRU", "rnn": "plain RNN", "rnn_relu": "plain RNN"}

GENDERS = {"m": "masculine", "f": "feminine"}


@cache
def glossary() -> dict[str, str]:
    """By term of the grammar, of the network and of its measures: what it means, in one or two plain sentences."""
    import tomllib

    return tomllib.loads(Path(__file__).with_name("glossary.toml").read_text(encoding="utf-8"))
