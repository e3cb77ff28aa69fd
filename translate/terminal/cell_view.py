"""How a walk through a cell is drawn: taps, bars, the memory before and after, and the formulas on request."""

from collections.abc import Callable, Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from translate.lab.demonstrations.direction import GENDER, MEAN
from translate.lab.demonstrations.walk import (
    ADDED,
    BETWEEN,
    CHANGED,
    CLEARED,
    CLOSED,
    KEPT,
    OPEN,
    VALVES,
    Quantity,
    Step,
    Walk,
    openness,
)
from translate.lab.verdicts.plain import plain
from translate.terminal.cell_formulas import formulas
from translate.terminal.cell_signs import Signs, number, scale, shown, signed, signs_of
from translate.terminal.columns import shortened
from translate.terminal.marks import STYLE

_WIDE, _WIDEST = 76, 100  # columns: from the first on there is room for everything, more than the second is not used
_MARGIN = 13  # columns of the labels
_NAMES = {
    "f": "forget valve", "i": "memory valve", "o": "output valve", "z": "update valve", "r": "reset valve",
}  # fmt: skip
_CASES = {
    KEPT: "forget valve open, memory valve closed",
    CHANGED: "forget valve closed, memory valve open",
    ADDED: "both valves open",
    CLEARED: "both valves closed",
    BETWEEN: "a valve stands half open",
}
_SIDES = {"enc": "encoder", "dec": "decoder"}
_CELLS = {"lstm": "LSTM", "gru": "GRU", "rnn": "plain RNN"}


def show(
    walk: Walk,
    console: Console,
    formula: bool = False,
    leans: str | None = None,
    wait: Callable[[], bool] | None = None,
) -> None:
    """Print the walk, a block for each word.

    leans: the gender ("m", "f") that a higher memory of this unit speaks for, if it is the one that tells it best.
    wait: is called between two words, and ends the walk by False.
    """
    width, signs = min(console.width, _WIDEST), signs_of(console)
    for paragraph in _head(walk, leans, signs):
        for line in _lines(console, "", paragraph, width, 2):
            console.print(line, width=width)
    console.print()
    for step in walk.steps:
        for line in block(walk, step, console, width, formula):
            console.print(line, width=width)
        console.print()
        if wait and step is not walk.steps[-1] and not wait():
            return


def summary(walk: Walk, console: Console) -> None:
    """A line for each word: the walk at a glance."""
    console.print(Text("  The walk in short", "bold"))
    console.print(table(walk, console), width=min(console.width, _WIDEST))


def table(walk: Walk, console: Console) -> Table:
    """The table of `summary`: how each valve stood, the memory after the word, and which case that is."""
    signs = signs_of(console)
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    table.add_column("  " + ("word" if walk.side == "enc" else "read"))
    if walk.side == "dec":
        table.add_column("writes")
    for site in VALVES[walk.kind]:
        table.add_column(_NAMES[site].removesuffix(" valve"), justify="right")
    table.add_column(walk.memory, justify="right")
    if walk.look == GENDER:
        table.add_column("gender")
    if walk.kind != "rnn":
        table.add_column("the memory is")
    for step in walk.steps:
        row = [f"  {shortened(step.read)}"]
        row += [shortened(step.writes or "")] if walk.side == "dec" else []
        row += [f"{signs.taps[openness(v.value)]} {v.value:.2f}" for v in step.valves.values()]
        row += [shown(console, number(step.memory_after + walk.memory_bias))]
        row += [_gender(walk, step.memory_after + walk.memory_bias)] if walk.look == GENDER else []
        row += [] if step.case is None else [Text(step.case, "dim" if step.case == BETWEEN else "bold")]
        table.add_row(*row)
    return table


def as_json(walk: Walk) -> dict:
    """Everything for programs; `p_feminine` where the gender is looked at."""
    found = plain(walk) | {"memory": walk.memory, "open_above": OPEN, "closed_below": CLOSED}
    if walk.look == GENDER:
        for step, record in zip(walk.steps, found["steps"], strict=True):
            record["p_feminine"] = plain(walk.p_feminine(step.memory_after + walk.memory_bias))
    return found


# ----------------------------------------------------------------------------------------------------- the parts


def _head(walk: Walk, leans: str | None, signs: Signs) -> Iterator[Text]:
    yield Text(walk.sentence)
    yield Text(walk.translation, "bold")
    yield Text()
    cell, of = f"{_SIDES[walk.side]}'s {_CELLS[walk.kind]}", f" of {walk.units}"
    layer = f", layer {walk.layer}" if walk.layer else ""
    if walk.look == GENDER:
        what = "along the direction that tells the gender. The memory is in log-odds: below 0 masculine, above 0 "
        what += "feminine. A valve is the mean over the units, each weighted as in that direction."
    elif walk.look == MEAN:
        what = f"the mean of its {walk.units} units, which hides what single units do."
    else:
        what = f"unit {walk.look}{of}"
        if leans:
            more = {"m": "masculine", "f": "feminine"}[leans]
            what += f", the one that weighs most in the gender read from the memory: the higher, the more {more}"
        what += "."
    yield Text(f"The {cell}{layer}: {what}")
    yield Text(_story(walk, signs), "dim")


def _story(walk: Walk, signs: Signs) -> str:
    if walk.kind == "rnn":
        return "A plain RNN has no valves: at every word all of h is made anew from the word and the h before."
    taps = "  ".join(f"{signs.taps[name]} {name}" for name in ("open", "half", "closed"))
    said = f"Taps: {taps} (open above 2/3, closed below 1/3). "
    if walk.kind == "gru":
        said += "A GRU has one valve for two: what its update valve does not keep is written, and it has no output "
        said += "valve; its memory is h. "
    else:
        said += "c, h and the word x go in; c and h come out. "
    return said + "At the right: what the word (with the bias) and h say to a valve, before that is squashed."


def block(walk: Walk, step: Step, console: Console, width: int, formula: bool = False) -> Iterator[Text]:
    """The lines of one word."""
    for label, line in _block(walk, step, signs_of(console), width, formula):
        yield from _lines(console, label, line, width)


def _block(walk: Walk, step: Step, signs: Signs, width: int, formula: bool) -> Iterator[tuple[str, Text]]:
    """One word: labels, and what stands beside them."""
    title = f"{step.position + 1}  {shortened(step.read)}"
    title += f"  {signs.arrow} writes {shortened(step.writes)}" if step.writes else ""
    yield title, Text()
    bias, memory = walk.memory_bias, walk.memory
    given = f"{memory} {number(step.memory_before + bias)}"
    if memory != "h":
        given += f"   h {number(step.hidden_before + walk.hidden_bias)}"
    yield "in", Text(f"{given}   x {shortened(step.read)}")
    for label, name, quantity in _decisions(walk, step):
        yield label, _valve(name, quantity, signs, width)
    yield from _memory(walk, step, signs, width)
    if "o" in step.valves:
        yield "step 4", _valve("output valve", step.valves["o"], signs, width)
        after, hidden = step.memory_after + bias, step.hidden_after + walk.hidden_bias
        yield "out", Text(f"c {number(after)}   h {number(hidden)}")
    if formula:
        yield from (("", Text(line, "dim")) for line in formulas(walk, step))


def _decisions(walk: Walk, step: Step) -> Iterator[tuple[str, str, Quantity]]:
    """What is decided before the memory changes: label, name and value."""
    if walk.kind == "lstm":
        yield "step 1", "forget valve", step.valves["f"]
        yield "step 2", "memory valve", step.valves["i"]
        yield "", "candidate", step.candidate
    elif walk.kind == "gru":
        yield "step 1", "update valve", step.valves["z"]
        yield "step 2", "reset valve", step.valves["r"]
        yield "", "candidate", step.candidate
    else:
        yield "step 1", "new state", step.candidate


def _valve(name: str, quantity: Quantity, signs: Signs, width: int) -> Text:
    """A tap, a bar and the number; the candidate is no tap."""
    text = Text(f"{name:13}")
    if name in ("candidate", "new state"):
        text.append(" " * (14 if width >= _WIDE else 4) + f"{number(quantity.value):>6}        ")
    else:
        said = openness(quantity.value)
        style = {"open": "bold", "half": "", "closed": "dim"}[said]
        full = round(8 * quantity.value)
        text.append(f"{signs.taps[said]}  ", style)
        if width >= _WIDE:
            text.append(signs.full * full + signs.empty * (8 - full) + "  ", style)
        text.append(f"{quantity.value:.2f} {said:6} ", style)
    if width >= _WIDE:
        text.append(f"word {signed(quantity.from_word)}, h {signed(quantity.from_hidden)}", "dim")
    return text


def _memory(walk: Walk, step: Step, signs: Signs, width: int) -> Iterator[tuple[str, Text]]:
    """The memory before and after on a scale, and in which of the cases it is."""
    bias = walk.memory_bias
    before, after = step.memory_before + bias, step.memory_after + bias
    largest = max(abs(value + bias) for one in walk.steps for value in (one.memory_before, one.memory_after)) or 1.0
    line = scale(before, after, largest, signs, max(9, min(33, width - 44)))
    text = Text(f"memory {number(before):>6} ")
    text.append(line, _gender_style(walk, after))
    text.append(f" {number(after):>6}")
    if walk.look == GENDER:
        text.append_text(Text.assemble("  ", _gender(walk, after)))
    yield "step 3" if walk.kind != "rnn" else "step 2", text
    if step.erased is not None:
        flow = f"       forgetting changes it by {signed(step.erased, 2)}, writing by {signed(step.written, 2)}"
        yield "", Text(flow, "dim")
        case = (step.case, "" if step.case == BETWEEN else "bold")
        yield "", Text.assemble("       ", case, (f": {_why(walk, step)}", "dim"))


def _why(walk: Walk, step: Step) -> str:
    if walk.kind == "gru":
        return f"update valve {openness(step.valves['z'].value)}"
    return _CASES[step.case]


def _gender(walk: Walk, log_odds: float) -> Text:
    """Which gender the memory says, and how sure it is."""
    p = walk.p_feminine(log_odds)
    said = f"{'f' if p >= 0.5 else 'm'} {min(round(100 * max(p, 1 - p)), 99)} %"
    return Text(said, _gender_style(walk, log_odds))


def _gender_style(walk: Walk, value: float) -> str:
    return STYLE["f" if value >= 0 else "m"] if walk.look == GENDER else ""


def _lines(console: Console, label: str, text: Text, width: int, margin: int = _MARGIN) -> Iterator[Text]:
    """A labelled line, wrapped beside its label; a label without text is the title of a word."""
    if label and not text:
        yield Text(shown(console, f"  {label}"), "bold")
        return
    text.plain = shown(console, text.plain)
    for place, line in enumerate(text.wrap(console, width - margin)):
        line.rstrip()
        start = f"{'' if place or not label else f'     {label}':{margin}}" if line else ""
        yield Text.assemble((start, "dim"), line)
