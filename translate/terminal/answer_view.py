"""What went on while a sentence was translated: the strip of the memory under its words, and the table of valves."""

from collections.abc import Iterator, Sequence

import numpy as np
from rich.table import Table
from rich.text import Text

from translate.errors import UsageError
from translate.lab.demonstrations.answer import Answer
from translate.lab.demonstrations.walk import openness
from translate.lab.probes.readout import Readout
from translate.lab.tracing.site import memory_of
from translate.terminal.columns import blocks, shortened
from translate.terminal.marks import STYLE, percent_sure
from translate.terminal.screen import Screen, Signs, plain_table
from translate.terms import ACTIVITIES, GATES, STATES

UNSURE = (0.4, 0.6)  # between these the readout has not decided
OPENNESS_STYLE = {"open": "bold", "half": "", "closed": "dim"}
_LONGEST = 60  # words shown; a student has seen enough by then
_CARRIERS = 8  # units that are called the ones that carry gender

SIDE_OF = {ACTIVITIES[side]: side for side in ("dec", "enc")}
"""The halves of the network by what they do: writing, reading."""


def legend(cell: str) -> str:
    """What the strip means, for a kind of cell."""
    return (
        f"memory: the gender that the {STATES[memory_of(cell)].field} holds at that word: m masculine, f feminine, "
        "? neither; 99 = 99 % sure; the taller the bar, the more feminine."
    )


def strip(answer: Answer, readout: Readout, screen: Screen, sides: Sequence[str] = ("enc", "dec")) -> Iterator[Text]:
    """The lines of the strip: under each word, the gender in memory once it was read, or when it was being chosen."""
    readable = [side for side in sides if _is_readable(answer, side, readout)]
    for side in readable:
        if side != readable[0]:
            yield Text()
        words, site = _words(answer, side)[:_LONGEST], answer.memory_site(side)
        cells = [gender_cell(p, screen.signs) for p in readout.p_feminine(site, answer.values[site][: len(words)])]
        rows = [[Text(shortened(word)) for word in words], cells]
        yield from blocks(rows, screen.width, [ACTIVITIES[side], "memory"])


def gender_cell(p_feminine: float, signs: Signs) -> Text:
    """A probability as a bar, a letter and how sure it is in percent: `█ f 97`."""
    p = float(np.clip(p_feminine, 0, 1))
    gender = None if UNSURE[0] < p < UNSURE[1] else "f" if p >= 0.5 else "m"
    return Text(f"{signs.bar(p)} {gender or '?'} {percent_sure(p)}", style=STYLE[gender] or "dim")


def gender_units(answer: Answer, side: str, readout: Readout | None) -> np.ndarray | None:
    """The units by which the readout tells gender in this sentence, `[unit]`; None if it cannot be told.

    They are those whose share in its logit, |direction · state| averaged over the words, is the largest.
    """
    if readout is None or not _is_readable(answer, SIDE_OF[side], readout):
        return None
    site = answer.memory_site(SIDE_OF[side])
    shares = np.abs(answer.values[site] * readout.directions[site]).mean(0)
    return np.argsort(-shares, kind="stable")[:_CARRIERS]


def valves(answer: Answer, side: str, units: np.ndarray | None, signs: Signs) -> Table:
    """A table with a word a line and a valve a column: the mean over `units` (None: all) in the first layer.

    `side` is "writing" or "reading". Raises `UsageError` for a network without gates.
    """
    half = SIDE_OF[side]
    gates = gates_of(answer, half)
    table = plain_table(f"  {side}", *(GATES[gate].lesson for gate in gates), gap=3)
    columns = []
    for gate in gates:
        values = answer.values[f"{half}.l0.{gate}"]
        columns.append((values if units is None else values[:, units]).mean(-1))
    for word, *openings in zip(_words(answer, half), *columns, strict=True):
        table.add_row(f"  {shortened(word)}", *(_valve_cell(float(opening), signs) for opening in openings))
    return table


def gates_of(answer: Answer, side: str) -> list[str]:
    """The gates of a side; raises `UsageError` for a network without any."""
    gates = [gate for gate in GATES if f"{side}.l0.{gate}" in answer.values]
    if not gates and answer.values:
        raise UsageError("This network is a plain RNN: it has no valves. An LSTM has (model.cell = lstm).")
    return gates


def valves_explained(answer: Answer, side: str, units: np.ndarray | None) -> str:
    """What the table of the valves says, in words."""
    meanings = "; ".join(f"{GATES[g].lesson} open: {GATES[g].opened}" for g in gates_of(answer, SIDE_OF[side]))
    which = "all units"
    if units is not None:
        which = f"the {len(units)} units that weigh most in the gender read from the memory"
    return f"{meanings}. Each number is the mean over {which}: open above 2/3, closed below 1/3, half between."


def _is_readable(answer: Answer, side: str, readout: Readout) -> bool:
    site = answer.memory_site(side)
    return site in readout.sites and site in answer.values


def _words(answer: Answer, side: str) -> list[str]:
    return answer.written if side == "dec" else answer.read


def _valve_cell(value: float, signs: Signs) -> Text:
    stands = openness(value)
    return Text(f"{signs.bar(value)} {stands:6} {value:.2f}", style=OPENNESS_STYLE[stands])
