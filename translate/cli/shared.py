"""What several commands do alike: common options, a sentence from the arguments, a readout if there is one."""

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from translate.resources import speaking_model

if TYPE_CHECKING:
    from translate.lab.probes.readout import Readout
    from translate.model.translator import Translator
    from translate.tokenizer import Tokenizer

ModelFolder = Annotated[Path | None, typer.Option(help="Model folder, or the name of a model (default: lesson).")]
SpeakingModel = Annotated[
    Path | None, typer.Option(help="Model folder, or the name of a model (default: the one that knows most).")
]
Device = Annotated[str, typer.Option(help="numpy, cpu, cuda, mps or auto.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit 1 if a word was unknown or a line was damaged.")]
JsonObject = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
JsonResults = Annotated[bool, typer.Option("--json", help="Print the results as JSON.")]


def command_line() -> str:
    """The command as it was typed, for what remembers how it was made."""
    return "translate " + shlex.join(sys.argv[1:])


def one_thread(torch: bool = True) -> None:
    """Tell numpy (and torch) to take one thread, unless the environment says otherwise; before they are imported.

    Sentence by sentence the products are small: a second thread gains nothing, and waits where anything else runs.
    """
    for library in ("OPENBLAS", "OMP") if torch else ("OPENBLAS",):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")


def speaker(model: Path | None) -> Path:
    """The model that was asked for, or the one that translates where none was; `one_thread` for numpy."""
    one_thread(torch=False)  # whole batches gain by more
    return model or Path(speaking_model())


def known_line(tokenizer: "Tokenizer", given: str) -> tuple[str, int]:
    """An argument as a line that can be translated, and how many troubles there were; each is told."""
    from translate.lines import argument, checked
    from translate.terminal.console import remark

    line, problems = checked(tokenizer, argument(given))
    for problem in problems:
        remark(problem)
    return line, len(problems)


def sentence_of(translator: "Translator", given: str, missing: str) -> str:
    """The sentence that was given, its unknown words named; raises `UsageError` where it is empty.

    missing: what is said then, behind "There is no sentence".
    """
    from translate.errors import UsageError

    line, _ = known_line(translator.source, given)
    if not line:
        raise UsageError(f"There is no sentence {missing}")
    return line


def readout_if_any(translator: "Translator") -> "Readout | None":
    """The model's readout of gender; where it has none, that is told."""
    from translate.errors import TranslateError
    from translate.lab.probes.readout import readout_of
    from translate.terminal.console import remark

    try:
        return readout_of(translator)
    except TranslateError as error:
        remark(str(error))
        return None
