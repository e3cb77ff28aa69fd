"""The valves, word by word: how far each gate of the network stood open while it wrote."""

import numpy as np
from rich.table import Table
from rich.text import Text

from translate.errors import UsageError
from translate.lab.demonstrations.answer import Answer
from translate.lab.demonstrations.walk import openness
from translate.lab.probes.readout import Readout
from translate.terminal.columns import shortened
from translate.terminal.marks import Glyphs
from translate.terminal.strip import site_of

# The gates by site: what the lesson calls them and what happens where they are open. A plain RNN has none.
_GATES = {
    "f": ("forget valve", "the memory is kept"),
    "i": ("memory valve", "something new is written into it"),
    "o": ("output valve", "it is shown to the rest of the network"),
    "z": ("update gate", "the memory is kept"),
    "r": ("reset gate", "what is new builds on it"),
}
SIDES = {"writing": "dec", "reading": "enc"}
_CARRIERS = 8  # units that are called the ones that carry gender


def gender_units(answer: Answer, side: str, readout: Readout | None) -> np.ndarray | None:
    """The units by which the readout tells gender in this sentence, `[unit]`; None if it cannot be told.

    They are those whose share in its logit, |direction · state| averaged over the words, is the largest.
    """
    site = site_of(answer, SIDES[side])
    if readout is None or site not in readout.sites:
        return None
    shares = np.abs(answer.values[site] * readout.directions[site]).mean(0)
    return np.argsort(-shares, kind="stable")[:_CARRIERS]


def valves(answer: Answer, side: str, units: np.ndarray | None, glyphs: Glyphs) -> Table:
    """A table with a word a line and a valve a column: the mean over `units` (None: all) in the first layer.

    `side` is "writing" or "reading". Raises `UsageError` for a network without gates.
    """
    part = SIDES[side]
    words = answer.written if part == "dec" else answer.read
    means = {}
    for site in gates_of(answer, part):
        values = answer.values[f"{part}.l0.{site}"]
        means[site] = (values if units is None else values[:, units]).mean(-1)
    table = Table(box=None, padding=(0, 3, 0, 0), header_style="dim", pad_edge=False)
    table.add_column(f"  {side}")
    for site in means:
        table.add_column(_GATES[site][0])
    for t, word in enumerate(words):
        table.add_row(f"  {shortened(word)}", *(_cell(float(means[site][t]), glyphs) for site in means))
    return table


def gates_of(answer: Answer, part: str) -> list[str]:
    """The sites of the gates; raises `UsageError` for a network without any."""
    gates = [site for site in _GATES if f"{part}.l0.{site}" in answer.values]
    if not gates and answer.values:
        raise UsageError("This network is a plain RNN: it has no valves. An LSTM has (model.cell = lstm).")
    return gates


def explained(answer: Answer, side: str, units: np.ndarray | None) -> str:
    """What the table says, in words."""
    meanings = "; ".join(f"{_GATES[g][0]} open: {_GATES[g][1]}" for g in gates_of(answer, SIDES[side]))
    which = (
        "all units" if units is None else f"the {len(units)} units that weigh most in the gender read from the memory"
    )
    return f"{meanings}. Each number is the mean over {which}: open above 2/3, closed below 1/3, half between."


def _cell(value: float, glyphs: Glyphs) -> Text:
    said = openness(value)
    style = {"open": "bold", "half": "", "closed": "dim"}[said]
    return Text(f"{glyphs.bar(value)} {said:6} {value:.2f}", style=style)
