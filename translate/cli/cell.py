"""`translate cell`: the walk of the lesson through one cell, word by word."""

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer


def cell(
    sentence: Annotated[str, typer.Argument(help="An English sentence.")],
    side: Annotated[str, typer.Option(help="encoder (reads the English) or decoder (writes the Czech).")] = "encoder",
    unit: Annotated[int | None, typer.Option(help="Look at this unit (default: the best one for the gender).")] = None,
    mean: Annotated[bool, typer.Option("--mean", help="Look at the mean of all units.")] = False,
    gender: Annotated[bool, typer.Option("--gender", help="Look along the direction that tells the gender.")] = False,
    layer: Annotated[int, typer.Option(help="Which layer, from 0.")] = 0,
    step: Annotated[bool, typer.Option("--step", help="Wait for Enter after each word.")] = False,
    formula: Annotated[bool, typer.Option("--formula", help="Show the formulas with each word's numbers.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    model: Annotated[Path | None, typer.Option(help="Model folder (default: the lesson's model).")] = None,
) -> None:
    """Walk through one cell, word by word: what each valve decides, and what becomes of the memory.

    The forget valve is the field's forget gate, the memory valve its input gate, the output valve its output gate, and
    the memory pipeline the cell state c.

    A valve is open above 2/3 and closed below 1/3. The memory is kept (forget valve open, memory valve closed), changed
    completely (closed, open), added to (both open) or cleared (both closed); with a valve half open it is between these.

    \b
    translate cell "I am a girl who likes to learn"
    translate cell "I am a girl who likes to learn" --side decoder --gender --step
    """
    from translate.errors import UsageError
    from translate.lab.demonstrations.walk import SIDES
    from translate.terminal.cell_view import as_json

    if side not in SIDES:
        raise UsageError(f"--side is encoder or decoder, not '{side}'.")
    if (unit is not None) + mean + gender > 1:
        raise UsageError("--unit, --mean and --gender exclude each other; look at one of them.")
    found, leans = _walked(model, sentence, SIDES[side], layer, "mean" if mean else "gender" if gender else unit)
    if json_:
        print(json.dumps(as_json(found), ensure_ascii=False))
    else:
        _show(found, leans, step, formula)


def _walked(model: Path | None, sentence: str, side: str, layer: int, look: int | str | None):
    """The walk, and which gender the unit speaks for where it was chosen for that; look: None for the best unit."""
    from threadpoolctl import threadpool_limits

    from translate.errors import UsageError
    from translate.lab.demonstrations.direction import GENDER, MEAN
    from translate.lab.demonstrations.walk import best_unit, walk
    from translate.lines import checked
    from translate.model.translator import Translator
    from translate.terminal.console import remark

    translator = Translator.load(model, "numpy")
    line, problems = checked(translator.source, os.fsencode(sentence))
    for problem in problems:
        remark(problem)
    if not line:
        raise UsageError("There is no sentence to walk through; write one in quotes.")
    readout, leans = _readout(translator, required=look == GENDER), None
    with threadpool_limits(1):
        if look is None and readout is None:
            look = MEAN
        elif look is None:
            look, leans = best_unit(translator, side, readout, layer)
        return walk(translator, line, side, look, layer, readout), leans


def _show(found, leans: str | None, step: bool, formula: bool) -> None:
    from translate.chat.session import Console
    from translate.terminal.cell_view import show, summary

    sys.stdout.reconfigure(errors="replace")
    console = Console(highlight=False, markup=False, emoji=False)
    waits = step and sys.stdin.isatty() and sys.stdout.isatty()
    show(found, console, formula, leans, _wait if waits else None)
    summary(found, console)


def _readout(translator, required: bool):
    """The model's readout; where it has none that is said, and an error only if it is `required`."""
    from translate.errors import TranslateError
    from translate.lab.probes.readout import readout_of
    from translate.terminal.console import remark

    try:
        return readout_of(translator)
    except TranslateError as error:
        if required:
            raise
        remark(str(error))
        return None


def _wait() -> bool:
    """Wait for Enter; False where the reader has gone (Ctrl-D)."""
    try:
        input("  Enter: the next word ")
    except EOFError:
        print()
        return False
    return True
