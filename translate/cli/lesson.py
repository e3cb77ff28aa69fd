"""`translate lesson`: the guided tour in the terminal, from one weight to a sentence that breaks the network."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from translate.cli.shared import ModelFolder, one_thread, readout_if_any

if TYPE_CHECKING:
    from translate.lesson.measured import Measured
    from translate.terminal.lesson.view import LessonScreen


def lesson(
    step: Annotated[int | None, typer.Option(help="Only this step, from 1 to 9.")] = None,
    list_: Annotated[bool, typer.Option("--list", help="Print the steps' titles.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing and wait for nothing, as in a pipe.")] = False,
    try_: Annotated[
        list[str] | None, typer.Option("--try", help="Only judge this sentence (step 9); may be repeated.")
    ] = None,
    gallery: Annotated[bool, typer.Option("--gallery", help="Show the sentences that you found.")] = False,
    sheet: Annotated[
        Path | None, typer.Option(help="Write the tour for paper to this HTML file: questions, and apart the answers.")
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print the measured tour, or the gallery, as JSON.")] = False,
    model: ModelFolder = None,
) -> None:
    """The guided tour: nine steps from one weight to a sentence that breaks the network.

    Each asks for a prediction, then shows what was measured in the trained network, and says where that is not what the
    lesson says. A sentence whose translation does not agree, or in which a person is lost, goes into your gallery.

    \b
    translate lesson
    translate lesson --step 7 --yes
    translate lesson --sheet lesson.html
    translate lesson --try "I am a boy who likes to read, but my sister is a girl who likes to sing."
    """
    one_thread()

    from translate.errors import UsageError
    from translate.lesson.steps import steps
    from translate.terminal.lesson.view import LessonScreen

    if step is not None and not 1 <= step <= len(steps()):
        raise UsageError(f"There is no step {step}; the tour has steps 1 to {len(steps())} (--list names them).")
    if list_ + gallery + bool(try_) + (step is not None) + (sheet is not None) > 1:
        raise UsageError("--step, --list, --try, --gallery and --sheet exclude each other; ask for one of them.")
    screen = LessonScreen(asks=not (yes or json_) and sys.stdin.isatty() and sys.stdout.isatty())
    if list_:
        titles = [{"step": number, "id": each.id, "title": each.title} for number, each in enumerate(steps(), 1)]
        print(json.dumps(titles, ensure_ascii=False)) if json_ else screen.titles()
    elif gallery:
        _show_gallery(screen, json_)
    elif sheet is not None:
        _write_sheet(sheet, model)
    elif try_:
        _try(screen, model, try_, json_)
    else:
        _tour(screen, model, step, json_)


def _tour(screen: "LessonScreen", model: Path | None, only: int | None, as_json: bool) -> None:
    from translate.lesson.tour import answers

    measured = _measured(model)
    if as_json:
        print(json.dumps(answers(measured, only), ensure_ascii=False))
    else:
        screen.tour(measured, only)


def _write_sheet(path: Path, model: Path | None) -> None:
    from translate.cli.shared import command_line
    from translate.files import write_atomic
    from translate.lesson.sheet import sheet
    from translate.terminal.console import remark

    measured = _measured(model)
    remark("lesson: measuring the nine steps")
    path = path / "lesson.html" if path.is_dir() else path
    write_atomic(path, sheet(measured, command_line()))
    print(path)


def _measured(model: Path | None) -> "Measured":
    from translate.lab.demonstrations.word_gradient import shipped_rivals
    from translate.lesson.measured import Measured
    from translate.model.translator import Translator

    translator = Translator.load(model)
    return Measured(translator, shipped_rivals(), readout_if_any(translator))


def _try(screen: "LessonScreen", model: Path | None, sentences: list[str], as_json: bool) -> None:
    """Judge sentences; exit 1 where none of them could be judged, which has been said by then."""
    from dataclasses import asdict

    from translate.model.translator import Translator

    translator = Translator.load(model)
    judged = [screen.judge(translator, sentence, quiet=as_json) for sentence in sentences]
    if as_json:
        print(json.dumps([tried and asdict(tried) for tried in judged], ensure_ascii=False))
    if not any(judged):
        raise typer.Exit(1)


def _show_gallery(screen: "LessonScreen", as_json: bool) -> None:
    from dataclasses import asdict

    from translate.lesson.gallery import gallery, gallery_file
    from translate.terminal.console import remark

    entries = gallery()
    if as_json:
        print(json.dumps([asdict(entry) for entry in entries], ensure_ascii=False))
    elif not entries:
        remark("Your gallery is empty; `translate lesson --step 9` looks for a sentence that breaks the network.")
    else:
        screen.gallery(entries)
        remark(f"kept in {gallery_file()}")
