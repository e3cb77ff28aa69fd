"""The formulas of a cell with one word's numbers in them."""

from collections.abc import Iterator

from translate.lab.demonstrations.direction import GENDER, MEAN
from translate.lab.demonstrations.walk import Quantity, Step, Walk
from translate.numerals import number


def formulas(walk: Walk, step: Step) -> Iterator[str]:
    """A line for each formula. For a single unit every line is the whole truth, but for rounding.

    Along more than one unit the valves are means and only the memory's sum is exact, so only that is written out.
    """
    if walk.look in (GENDER, MEAN):
        yield from _along(walk, step)
    elif walk.kind == "rnn":
        yield f"h = tanh({_push(step.candidate)}) = {_n(step.memory_after)}"
    else:
        yield from {"lstm": _lstm, "gru": _gru}[walk.kind](step)


def _lstm(step: Step) -> Iterator[str]:
    f, i, o, g = (*(step.valves[gate] for gate in "fio"), step.candidate)
    yield f"f = sigmoid({_push(f)}) = {_n(f.value)}"
    yield f"i = sigmoid({_push(i)}) = {_n(i.value)}"
    yield f"g = tanh({_push(g)}) = {_n(g.value)}"
    kept, new = f"{_n(f.value)} × {_b(step.memory_before)}", f"{_n(i.value)} × {_b(g.value)}"
    yield f"c = f c + i g = {kept} + {new} = {_n(step.memory_after)}"
    yield f"o = sigmoid({_push(o)}) = {_n(o.value)}"
    yield f"h = o tanh(c) = {_n(o.value)} × tanh({_n(step.memory_after)}) = {_n(step.hidden_after)}"


def _gru(step: Step) -> Iterator[str]:
    z, r, n = step.valves["z"], step.valves["r"], step.candidate
    yield f"z = sigmoid({_push(z)}) = {_n(z.value)}"
    yield f"r = sigmoid({_push(r)}) = {_n(r.value)}"
    yield f"n = tanh({_push(n, 'r · h')}) = {_n(n.value)}"
    kept, new = f"{_n(z.value)} × {_b(step.memory_before)}", f"{_n(1 - z.value)} × {_b(n.value)}"
    yield f"h = z h + (1 − z) n = {kept} + {new} = {_n(step.memory_after)}"


def _along(walk: Walk, step: Step) -> Iterator[str]:
    name = walk.memory
    along = "u · " if walk.look == GENDER else "mean of "
    before, after = step.memory_before + walk.memory_bias, step.memory_after + walk.memory_bias
    if step.erased is None or step.written is None:
        yield f"{along}{name}: {_n(before)} before, {_n(after)} after; tanh stands between, nothing adds up"
        return
    kept, new = ("(f − 1) c", "i g") if walk.kind == "lstm" else ("(z − 1) h", "(1 − z) n")
    yield f"{along}{kept} = {_n(step.erased)}   {along}{new} = {_n(step.written)}"
    bias = " + bias" if walk.memory_bias else ""
    yield f"{along}{name}{bias} = {_n(before)} + {_b(step.erased)} + {_b(step.written)} = {_n(after)}"


def _push(quantity: Quantity, hidden: str = "h") -> str:
    return f"{_n(quantity.from_word)} from the word + {_b(quantity.from_hidden)} from {hidden}"


def _n(value: float) -> str:
    return number(value, 3)


def _b(value: float) -> str:
    """In brackets where it has a sign."""
    text = _n(value)
    return f"({text})" if text.startswith("−") else text
