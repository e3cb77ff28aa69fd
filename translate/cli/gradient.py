"""`translate gradient`: the lesson's first page, measured: vanishing, exploding, and the memory pipeline between."""

import json
import os
import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer


def gradient(
    sentence: Annotated[str | None, typer.Argument(help="An English sentence, for the trained models.")] = None,
    w_rec: Annotated[str, typer.Option("--w-rec", help="Recurrent weights, with commas.")] = "0.9,1.0,1.1",
    length: Annotated[int, typer.Option(help="How many steps a nudge is followed.")] = 20,
    seed: Annotated[int, typer.Option(min=0, help="Of the untrained networks.")] = 0,
    out: Annotated[Path | None, typer.Option(help="Folder for gradient.html, its figures and gradient.json.")] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    model: Annotated[Path | None, typer.Option(help="Model folder (default: the lesson's model).")] = None,
    rival: Annotated[
        list[Path] | None, typer.Option(help="Model to compare it with; may be repeated (default: those that ship).")
    ] = None,
) -> None:
    """How much of a nudge arrives: one weight, an Elman network, the LSTM's memory pipeline, and trained models.

    (1) dh_T/dh_t = W_rec^(T-t). (2) An Elman network whose recurrent matrix has that spectral radius, without and with
    tanh. (3) An untrained LSTM along its memory pipeline, its forget valves at bias 0, 1 and 3. (4) Trained models: the
    gradient of the loss at the last word that agrees, with respect to the state after each word before. (5) Why
    W_rec = 1 is the idea of the memory pipeline. All by autograd, beside the closed form where there is one.

    \b
    translate gradient
    translate gradient "I am a girl who likes to learn" --w-rec 0.5,1,1.5 --out gradient
    """
    from translate.files import writable_folder
    from translate.lab.demonstrations.vanishing import Page, check, untrained

    weights = _numbers(w_rec)
    check(weights, length)
    if out is not None:
        writable_folder(out)
    compared = _trained(model, rival, sentence)
    found = Page(untrained(weights, length, seed), compared, "translate " + shlex.join(sys.argv[1:]))
    _show(found, out, json_)


def _trained(model: Path | None, rival: list[Path] | None, sentence: str | None):
    """The trained models at one word of the sentence (None: the default one)."""
    from translate.errors import UsageError
    from translate.lab.demonstrations.word_gradient import SENTENCE, rivals
    from translate.lines import checked
    from translate.model.translator import Translator
    from translate.terminal.console import remark

    translator = Translator.load(model, "numpy")
    line, problems = checked(translator.source, os.fsencode(SENTENCE if sentence is None else sentence))
    for problem in problems:
        remark(problem)
    if not line:
        raise UsageError("There is no sentence to look back through; write one in quotes, or none for the default.")
    named = [(translator.checkpoint.folder.name, translator), *_rivals(rival)]
    if len(named) == 1:
        remark(
            "No rival is there to compare with: --rival DIR names one, and `translate train --corpus CORPUS --set "
            "cell=gru --out DIR` makes one."
        )
    return rivals(named, line)


def _show(found, out: Path | None, as_json: bool) -> None:
    """Write the files, if they are wanted, and print the numbers."""
    from translate.chat.session import Console
    from translate.terminal.gradient_view import show

    page = None
    if out is not None:
        from translate.report.gradient_page import write

        page = write(found, out)
    if as_json:
        print(json.dumps(found.record(), ensure_ascii=False))
        return
    sys.stdout.reconfigure(errors="replace")
    show(found, Console(highlight=False, markup=False, emoji=False))
    if page is not None:
        print(page)


def _numbers(said: str) -> list[float]:
    from translate.errors import UsageError

    found = []
    for part in said.split(","):
        try:
            found.append(float(part))
        except ValueError as error:
            raise UsageError(f"--w-rec takes numbers with commas between them, 0.9,1.0,1.1, not '{said}'.") from error
    return list(dict.fromkeys(found))


def _rivals(folders: list[Path] | None) -> list[tuple[str, object]]:
    """The models to compare with, by name: those that were asked for, or those that ship."""
    from translate.lab.demonstrations.word_gradient import shipped_rivals
    from translate.model.translator import Translator

    found = shipped_rivals().values() if folders is None else [Translator.load(path, "numpy") for path in folders]
    return [(one.checkpoint.folder.resolve().name, one) for one in found]
