"""How a walk through a cell is drawn: taps, bars, the memory before and after, and the formulas on request."""

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from translate.lab.demonstrations.direction import GENDER, MEAN
from translate.lab.demonstrations.walk import BETWEEN, CLOSED, OPEN, Quantity, Step, Walk, openness
from translate.numerals import number, signed
from translate.records import plain
from translate.terminal.answer_view import OPENNESS_STYLE
from translate.terminal.cell_formulas import formulas
from translate.terminal.columns import shortened
from translate.terminal.marks import STYLE, percent_sure
from translate.terminal.screen import Screen, Signs, plain_table
from translate.terms import CELLS, GATES, GATES_OF, SIDES

_WIDE = 76  # columns: from here on there is room for everything
_MARGIN = 13  # columns of the labels
_INDENT = " " * 7  # of what is said below the memory


def show(walk: Walk, screen: Screen, formula: bool = False, leans: str | None = None, waits: bool = False) -> None:
    """Print the walk, a block for each word.

    leans: the gender ("m", "f") that a higher memory of this unit speaks for, if it is the one that tells it best.
    waits: whether a person presses Enter between two words; Ctrl-D then ends the walk.
    """
    for paragraph in _head(walk, leans, screen.signs):
        screen.say(paragraph)
    screen.gap()
    for step in walk.steps:
        screen.print(*block(walk, step, screen, formula))
        screen.gap()
        if waits and step is not walk.steps[-1] and screen.ask("  Enter: the next word ") is None:
            return


def summary(walk: Walk, screen: Screen) -> None:
    """A line for each word: the walk at a glance."""
    screen.print(Text("  The walk in short", "bold"))
    screen.print(table(walk, screen.signs))


def table(walk: Walk, signs: Signs) -> Table:
    """The table of `summary`: how each valve stood, the memory after the word, and which case that is."""
    table = plain_table("  " + ("word" if walk.side == "enc" else "read"))
    if walk.side == "dec":
        table.add_column("writes")
    for gate in GATES_OF[walk.kind]:
        table.add_column(GATES[gate].valve.removesuffix(" valve"), justify="right")
    table.add_column(walk.memory, justify="right")
    if walk.look == GENDER:
        table.add_column("gender")
    if walk.kind != "rnn":
        table.add_column("the memory is")
    for step in walk.steps:
        after = step.memory_after + walk.memory_bias
        row: list[str | Text] = [f"  {shortened(step.read)}"]
        row += [shortened(step.writes or "")] if walk.side == "dec" else []
        row += [f"{signs.taps[openness(valve.value)]} {valve.value:.2f}" for valve in step.valves.values()]
        row += [signs.shown(number(after))]
        row += [_gender(walk, after)] if walk.look == GENDER else []
        row += [] if step.case is None else [Text(step.case, "dim" if step.case == BETWEEN else "bold")]
        table.add_row(*row)
    return table


def as_json(walk: Walk) -> dict:
    """Everything for programs; `p_feminine` where the gender is looked at."""
    record = plain(walk) | {"memory": walk.memory, "open_above": OPEN, "closed_below": CLOSED}
    if walk.look == GENDER:
        for step, step_record in zip(walk.steps, record["steps"], strict=True):
            step_record["p_feminine"] = plain(walk.p_feminine(step.memory_after + walk.memory_bias))
    return record


# ----------------------------------------------------------------------------------------------------- the parts


def _head(walk: Walk, leans: str | None, signs: Signs) -> Iterator[Text]:
    yield Text(walk.sentence)
    yield Text(walk.translation, "bold")
    yield Text()
    layer = f", layer {walk.layer}" if walk.layer else ""
    yield Text(f"The {SIDES[walk.side]}'s {CELLS[walk.kind]}{layer}: {_look(walk, leans)}")
    yield Text(_story(walk, signs), "dim")


def _look(walk: Walk, leans: str | None) -> str:
    """Along what the cell is looked at."""
    if walk.look == GENDER:
        return (
            "along the direction that tells the gender. The memory is in log-odds: below 0 masculine, above 0 "
            "feminine. A valve is the mean over the units, each weighted as in that direction."
        )
    if walk.look == MEAN:
        return f"the mean of its {walk.units} units, which hides what single units do."
    unit = f"unit {walk.look} of {walk.units}"
    if leans is None:
        return f"{unit}."
    more = {"m": "masculine", "f": "feminine"}[leans]
    return f"{unit}, the one that weighs most in the gender read from the memory: the higher, the more {more}."


def _story(walk: Walk, signs: Signs) -> str:
    if walk.kind == "rnn":
        return "A plain RNN has no valves: at every word all of h is made anew from the word and the h before."
    taps = "  ".join(f"{signs.taps[name]} {name}" for name in ("open", "half", "closed"))
    inside = "c, h and the word x go in; c and h come out."
    if walk.kind == "gru":
        inside = (
            "A GRU has one valve for two: what its update valve does not keep is written, and it has no output valve; "
            "its memory is h."
        )
    return (
        f"Taps: {taps} (open above 2/3, closed below 1/3). {inside} "
        "At the right: what the word (with the bias) and h say to a valve, before that is squashed."
    )


def block(walk: Walk, step: Step, screen: Screen, formula: bool = False) -> Iterator[Text]:
    """The lines of one word: its title, and labels with what stands beside them."""
    title = f"  {step.position + 1}  {shortened(step.read)}"
    title += f"  {screen.signs.arrow} writes {shortened(step.writes)}" if step.writes else ""
    yield Text(screen.signs.shown(title), "bold")
    for label, text in _parts(walk, step, screen):
        yield from screen.lines(text, label=f"     {label}", margin=_MARGIN)
    for line in formulas(walk, step) if formula else ():
        yield from screen.lines(line, "dim", margin=_MARGIN)


def _parts(walk: Walk, step: Step, screen: Screen) -> Iterator[tuple[str, Text]]:
    """Labels and lines: what goes in, what the valves decide, the memory, and what comes out."""
    given = f"{walk.memory} {number(step.memory_before + walk.memory_bias)}"
    if walk.memory != "h":
        given += f"   h {number(step.hidden_before + walk.hidden_bias)}"
    yield "in", Text(f"{given}   x {shortened(step.read)}")
    gates = [gate for gate in GATES_OF[walk.kind] if gate != "o"]
    for place, gate in enumerate(gates, 1):
        yield f"step {place}", _valve(GATES[gate].valve, step.valves[gate], screen)
    yield ("", _candidate("candidate", step, screen)) if gates else ("step 1", _candidate("new state", step, screen))
    yield from _memory(walk, step, screen, f"step {max(len(gates), 1) + 1}")
    if "o" in step.valves:
        yield "step 4", _valve(GATES["o"].valve, step.valves["o"], screen)
        after, hidden = step.memory_after + walk.memory_bias, step.hidden_after + walk.hidden_bias
        yield "out", Text(f"c {number(after)}   h {number(hidden)}")


def _valve(name: str, quantity: Quantity, screen: Screen) -> Text:
    """A tap, a bar and the number."""
    stands, signs = openness(quantity.value), screen.signs
    style = OPENNESS_STYLE[stands]
    text = Text.assemble(f"{name:13}", (f"{signs.taps[stands]}  ", style))
    if screen.width >= _WIDE:
        full = round(8 * quantity.value)
        text.append(signs.full * full + signs.empty * (8 - full) + "  ", style)
    text.append(f"{quantity.value:.2f} {stands:6} ", style)
    return _with_pushes(text, quantity, screen)


def _candidate(name: str, step: Step, screen: Screen) -> Text:
    """What would be written: a number where a valve has its own, and no tap."""
    gap = " " * (14 if screen.width >= _WIDE else 4)
    return _with_pushes(Text(f"{name:13}{gap}{number(step.candidate.value):>6}        "), step.candidate, screen)


def _with_pushes(text: Text, quantity: Quantity, screen: Screen) -> Text:
    if screen.width >= _WIDE:
        text.append(f"word {signed(quantity.from_word)}, h {signed(quantity.from_hidden)}", "dim")
    return text


def _memory(walk: Walk, step: Step, screen: Screen, label: str) -> Iterator[tuple[str, Text]]:
    """The memory before and after on a scale, and in which of the cases it is."""
    bias = walk.memory_bias
    before, after = step.memory_before + bias, step.memory_after + bias
    largest = max(abs(value + bias) for each in walk.steps for value in (each.memory_before, each.memory_after)) or 1.0
    text = Text(f"memory {number(before):>6} ")
    text.append(_scale(before / largest, after / largest, screen), _gender_style(walk, after))
    text.append(f" {number(after):>6}")
    if walk.look == GENDER:
        text.append_text(Text.assemble("  ", _gender(walk, after)))
    yield label, text
    if step.erased is not None and step.written is not None and step.case is not None:
        flow = f"forgetting changes it by {signed(step.erased, 2)}, writing by {signed(step.written, 2)}"
        yield "", Text(_INDENT + flow, "dim")
        case = (step.case, "" if step.case == BETWEEN else "bold")
        yield "", Text.assemble(_INDENT, case, (f": {_why(walk, step)}", "dim"))


def _why(walk: Walk, step: Step) -> str:
    """How the valves stand that decide what becomes of the memory."""
    if walk.kind == "gru":
        return f"update valve {openness(step.valves['z'].value)}"
    forget, memory = (openness(step.valves[gate].value) for gate in "fi")
    if "half" in (forget, memory):
        return "a valve stands half open"
    return f"both valves {forget}" if forget == memory else f"forget valve {forget}, memory valve {memory}"


def _scale(before: float, after: float, screen: Screen) -> str:
    """A line from −1 to +1 with 0, where the memory was and where it is."""
    cells, signs = max(9, min(33, screen.width - 44)), screen.signs
    cells -= 1 - cells % 2  # odd, so that 0 has a place of its own
    line = [signs.line] * cells
    line[cells // 2] = signs.zero
    for value, sign in ((before, signs.before), (after, signs.after)):
        line[round((value + 1) / 2 * (cells - 1))] = sign
    return "".join(line)


def _gender(walk: Walk, log_odds: float) -> Text:
    """Which gender the memory says, and how sure it is."""
    p = walk.p_feminine(log_odds)
    return Text(f"{'f' if p >= 0.5 else 'm'} {percent_sure(p)} %", _gender_style(walk, log_odds))


def _gender_style(walk: Walk, value: float) -> str:
    return STYLE["f" if value >= 0 else "m"] if walk.look == GENDER else ""
