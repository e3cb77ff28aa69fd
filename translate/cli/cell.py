"""`translate cell`: the walk of the lesson through one cell, word by word."""

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from translate.cli.shared import JsonObject, ModelFolder, one_thread, readout_if_any, sentence_of

if TYPE_CHECKING:
    from translate.lab.demonstrations.walk import Walk
    from translate.model.translator import Translator


def cell(
    sentence: Annotated[str, typer.Argument(help="An English sentence.")],
    side: Annotated[str, typer.Option(help="encoder (reads the English) or decoder (writes the Czech).")] = "encoder",
    unit: Annotated[int | None, typer.Option(help="Look at this unit (default: the best one for the gender).")] = None,
    mean: Annotated[bool, typer.Option("--mean", help="Look at the mean of all units.")] = False,
    gender: Annotated[bool, typer.Option("--gender", help="Look along the direction that tells the gender.")] = False,
    layer: Annotated[int, typer.Option(help="Which layer, from 0.")] = 0,
    step: Annotated[bool, typer.Option("--step", help="Wait for Enter after each word.")] = False,
    formula: Annotated[bool, typer.Option("--formula", help="Show the formulas with each word's numbers.")] = False,
    json_: JsonObject = False,
    model: ModelFolder = None,
) -> None:
    """Walk through one cell, word by word: what each valve decides, and what becomes of the memory.

    The forget valve is the field's forget gate, the memory valve its input gate, the output valve its output gate, and
    the memory pipeline the cell state c.

    A valve is open above 2/3 and closed below 1/3. The memory is kept (forget valve open, memory valve closed), changed
    completely (closed, open), added to (both open) or cleared (both closed); with a valve half open it is between
    these.

    \b
    translate cell "I am a girl who likes to learn"
    translate cell "I am a girl who likes to learn" --side decoder --gender --step
    """
    one_thread()

    from translate.errors import UsageError
    from translate.model.translator import Translator
    from translate.terms import SIDES

    sides = {name: side for side, name in SIDES.items()}
    if side not in sides:
        raise UsageError(f"--side is encoder or decoder, not '{side}'.")
    if (unit is not None) + mean + gender > 1:
        raise UsageError("--unit, --mean and --gender exclude each other; look at one of them.")
    translator = Translator.load(model, "numpy")
    line = sentence_of(translator, sentence, "to walk through; write one in quotes.")
    walk, leans = _walk(translator, line, sides[side], layer, "mean" if mean else "gender" if gender else unit)

    from translate.terminal.cell_view import as_json, show, summary
    from translate.terminal.screen import Screen

    if json_:
        print(json.dumps(as_json(walk), ensure_ascii=False))
        return
    screen = Screen()
    show(walk, screen, formula, leans, waits=step and sys.stdin.isatty() and sys.stdout.isatty())
    summary(walk, screen)


def _walk(
    translator: "Translator", line: str, side: str, layer: int, look: int | str | None
) -> "tuple[Walk, str | None]":
    """The walk, and which gender the unit speaks for where it was chosen for that; look: None for the best unit."""
    from translate.lab.demonstrations.direction import GENDER, MEAN
    from translate.lab.demonstrations.walk import best_unit, walk
    from translate.lab.probes.readout import readout_of

    readout = readout_of(translator) if look == GENDER else readout_if_any(translator)
    leans = None
    if look is None:
        look, leans = best_unit(translator, side, readout, layer) if readout else (MEAN, None)
    return walk(translator, line, side, look, layer, readout), leans
