"""`translate lesson`: the guided tour in the terminal, from one weight to a sentence that breaks the network."""

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer


def lesson(
    step: Annotated[int | None, typer.Option(help="Only this step, from 1 to 9.")] = None,
    list_: Annotated[bool, typer.Option("--list", help="Print the steps' titles.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing and wait for nothing, as in a pipe.")] = False,
    try_: Annotated[
        list[str] | None, typer.Option("--try", help="Only judge this sentence (step 9); may be repeated.")
    ] = None,
    gallery: Annotated[bool, typer.Option("--gallery", help="Show the sentences that you found.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="Print the measured tour, or the gallery, as JSON.")] = False,
    model: Annotated[Path | None, typer.Option(help="Model folder (default: the lesson's model).")] = None,
) -> None:
    """The guided tour: nine steps from one weight to a sentence that breaks the network.

    Each asks for a prediction, then shows what was measured in the trained network, and says where that is not what the
    lesson says. A sentence whose translation does not agree, or in which a person is lost, goes into your gallery.

    \b
    translate lesson
    translate lesson --step 7 --yes
    translate lesson --try "I am a boy who likes to read, but my sister is a girl who likes to sing."
    """
    from translate.chat.session import Console
    from translate.errors import UsageError
    from translate.lesson.steps import steps
    from translate.terminal.lesson_view import Screen

    if step is not None and not 1 <= step <= len(steps()):
        raise UsageError(f"There is no step {step}; the tour has steps 1 to {len(steps())} (--list names them).")
    if list_ + gallery + bool(try_) + (step is not None) > 1:
        raise UsageError("--step, --list, --try and --gallery exclude each other; ask for one of them.")
    sys.stdout.reconfigure(errors="replace")
    asks = not (yes or json_) and sys.stdin.isatty() and sys.stdout.isatty()
    screen = Screen(Console(highlight=False, markup=False, emoji=False), asks)
    if list_:
        titles = [{"step": number, "id": one.id, "title": one.title} for number, one in enumerate(steps(), 1)]
        print(json.dumps(titles, ensure_ascii=False)) if json_ else screen.titles()
    elif gallery:
        _show_gallery(screen, json_)
    elif try_:
        _try(screen, _translator(model), try_, json_)
    elif json_:
        _print_answers(model, step)
    else:
        _tour(screen, _translator(model), step)


def _translator(model: Path | None):
    from translate.model.translator import Translator

    return Translator.load(model)


def _measured(translator):
    from translate.lab.demonstrations.word_gradient import shipped_rivals
    from translate.lesson.numbers import Measured
    from translate.lesson.tour import readout_or_none
    from translate.terminal.console import remark

    readout, reason = readout_or_none(translator)
    if reason:
        remark(reason)
    return Measured(translator, shipped_rivals(), readout)


def _tour(screen, translator, only: int | None) -> None:
    from threadpoolctl import threadpool_limits

    from translate.lesson.steps import steps

    with threadpool_limits(1):
        measured = _measured(translator)
        for number, step in enumerate(steps(), 1):
            if only in (None, number) and not screen.step(number, step, measured):
                screen.end()
                return
        if only in (None, len(steps())) and screen.asks:
            while sentence := screen.sentence():
                _judge(screen, translator, sentence)
    screen.end()


def _try(screen, translator, tried: list[str], as_json: bool) -> None:
    """Judge sentences; exit 1 where none of them could be judged, which has been said by then."""
    from dataclasses import asdict

    found = [_judge(screen, translator, sentence, quiet=as_json) for sentence in tried]
    if as_json:
        print(json.dumps([one and asdict(one) for one in found], ensure_ascii=False))
    if not any(found):
        raise typer.Exit(1)


def _judge(screen, translator, sentence: str, quiet: bool = False):
    """Judge one sentence of the learner's, and save it if it breaks the model; None where it cannot be judged."""
    from translate.errors import TranslateError
    from translate.lesson.gallery import broken, save, try_sentence
    from translate.lines import checked
    from translate.terminal.console import remark

    line, problems = checked(translator.source, os.fsencode(sentence))
    for problem in problems:
        remark(problem)
    if problems or not line:
        remark("A sentence counts if the model knows all of its words; try another one.")
        return None
    tried = try_sentence(translator, line)
    if not quiet:
        screen.tried(tried)
    if tried.judgement.breaks:
        try:
            is_new = save(broken(tried, translator.checkpoint.hash))
            remark(
                "It is in your gallery now (translate lesson --gallery)."
                if is_new
                else "It is in your gallery already."
            )
        except TranslateError as error:
            remark(str(error))
    return tried


def _show_gallery(screen, as_json: bool) -> None:
    from dataclasses import asdict

    from translate.lesson.gallery import gallery, gallery_file
    from translate.terminal.console import remark

    found = gallery()
    if as_json:
        print(json.dumps([asdict(one) for one in found], ensure_ascii=False))
    elif not found:
        remark("Your gallery is empty; `translate lesson --step 9` looks for a sentence that breaks the network.")
    else:
        screen.gallery(found)
        remark(f"kept in {gallery_file()}")


def _print_answers(model: Path | None, step: int | None) -> None:
    from threadpoolctl import threadpool_limits

    from translate.lesson.tour import answers

    with threadpool_limits(1):
        print(json.dumps(answers(_measured(_translator(model)), step), ensure_ascii=False))
