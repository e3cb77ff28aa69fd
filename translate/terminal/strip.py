"""The strip under a translation: the gender that a readout finds in the network's memory, word by word."""

from collections.abc import Iterator

import numpy as np
from rich.text import Text

from translate.lab.demonstrations.answer import Answer
from translate.lab.probes.readout import Readout
from translate.terminal.columns import blocks, shortened
from translate.terminal.marks import STYLE, Glyphs

UNSURE = (0.4, 0.6)  # between these the readout has not decided
_LONGEST = 60  # words shown; a student has seen enough by then
_SIDES = {"enc": "reading", "dec": "writing"}

LEGEND = (
    "memory: the gender that the {state} holds at that word: m masculine, f feminine, ? neither; "
    "99 = 99 % sure; the taller the bar, the more feminine."
)
STATES = {"lstm": "cell state", "gru": "hidden state", "rnn": "hidden state"}


def strip(answer: Answer, readout: Readout, glyphs: Glyphs, width: int, sides=("enc", "dec")) -> Iterator[Text]:
    """The lines of the strip: under each word, the gender in memory once it was read, or when it was being chosen."""
    shown = False
    for side in sides:
        site = site_of(answer, side)
        words = (answer.read if side == "enc" else answer.written)[:_LONGEST]
        if site is None or site not in readout.sites:
            continue
        if shown:
            yield Text()
        shown = True
        cells = [cell(p, glyphs) for p in readout.p_feminine(site, answer.values[site][: len(words)])]
        yield from blocks([[Text(shortened(word)) for word in words], cells], width, [_SIDES[side], "memory"])


def site_of(answer: Answer, side: str) -> str | None:
    """Where a side's memory is: the cell state of its first layer, or the hidden state of a cell that has no other."""
    return next((s for s in (f"{side}.l0.c", f"{side}.l0.h") if s in answer.values), None)


def cell(p_feminine: float, glyphs: Glyphs) -> Text:
    """A probability as a bar, a letter and how sure it is in percent: `█ f 97`."""
    p = float(np.clip(p_feminine, 0, 1))
    gender = None if UNSURE[0] < p < UNSURE[1] else "f" if p >= 0.5 else "m"
    sure = min(round(100 * max(p, 1 - p)), 99)
    return Text(f"{glyphs.bar(p)} {gender or '?'} {sure}", style=STYLE[gender] or "dim")
