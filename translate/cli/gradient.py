"""`translate gradient`: the lesson's first page, measured: vanishing, exploding, and the memory pipeline between."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from translate.cli.shared import JsonObject, ModelFolder, command_line, one_thread, sentence_of

if TYPE_CHECKING:
    from translate.lab.demonstrations.word_gradient import Rivals
    from translate.model.translator import Translator


def gradient(
    sentence: Annotated[str | None, typer.Argument(help="An English sentence, for the trained models.")] = None,
    w_rec: Annotated[str, typer.Option("--w-rec", help="Recurrent weights, with commas.")] = "0.9,1.0,1.1",
    length: Annotated[int, typer.Option(help="How many steps a nudge is followed.")] = 20,
    seed: Annotated[int, typer.Option(min=0, help="Of the untrained networks.")] = 0,
    out: Annotated[Path | None, typer.Option(help="Folder for gradient.html, its figures and gradient.json.")] = None,
    json_: JsonObject = False,
    model: ModelFolder = None,
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
    one_thread()

    from translate.files import writable_folder
    from translate.lab.demonstrations.vanishing import Page, check, measure_untrained
    from translate.terminal.gradient_view import show
    from translate.terminal.screen import Screen

    weights = _numbers(w_rec)
    check(weights, length)
    if out is not None:
        writable_folder(out)
    trained = _trained(model, rival, sentence)
    page = Page(measure_untrained(weights, length, seed), trained, command_line())
    written = None
    if out is not None:
        from translate.report.gradient_page import write

        written = write(page, out)
    if json_:
        print(json.dumps(page.record(), ensure_ascii=False))
        return
    show(page, Screen())
    if written is not None:
        print(written)


def _trained(model: Path | None, rival: list[Path] | None, sentence: str | None) -> "Rivals":
    """The trained models at one word of the sentence (None: the default one)."""
    from translate.lab.demonstrations.word_gradient import SENTENCE, rivals
    from translate.model.translator import Translator
    from translate.terminal.console import remark

    translator = Translator.load(model, "numpy")
    given = SENTENCE if sentence is None else sentence
    line = sentence_of(translator, given, "to look back through; write one in quotes, or none for the default.")
    others = _able(translator, line) if rival is None else [Translator.load(path, "numpy") for path in rival]
    named = [(other.checkpoint.folder.resolve().name, other) for other in others]
    found = rivals([(translator.checkpoint.folder.name, translator), *named], line)
    if not others:
        remark(
            "No rival is there to compare with that knows these words: `translate train --set cell=gru --out DIR`, "
            f"with the --corpus or --tsv of this model, makes one, and `{command_line()} --rival DIR` takes it."
        )
    return found


def _able(translator: "Translator", line: str) -> "list[Translator]":
    """Of the rivals that ship, those that can read the sentence and write its translation."""
    from translate.lab.demonstrations.word_gradient import shipped_rivals
    from translate.terminal.console import remark

    (text,) = translator.texts(line)
    rivals = shipped_rivals()
    able = {name: r for name, r in rivals.items() if not r.source.unknown(line) and not r.target.unknown(text)}
    if able and len(able) < len(rivals):
        left = ", ".join(rivals[name].checkpoint.folder.name for name in rivals if name not in able)
        remark(f"{left} does not know all of these words and is left out; --rival DIR names another.")
    return list(able.values())


def _numbers(text: str) -> list[float]:
    """The numbers in `text`, each once; raises `UsageError` for anything else."""
    from translate.errors import UsageError

    try:
        return list(dict.fromkeys(float(part) for part in text.split(",")))
    except ValueError as error:
        raise UsageError(f"--w-rec takes numbers with commas between them, 0.9,1.0,1.1, not '{text}'.") from error
