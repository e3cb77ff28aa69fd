"""`translate chat`: a prompt to talk to a model, and to look inside while it answers."""

import sys
from pathlib import Path
from typing import Annotated

import typer


def chat(
    model: Annotated[Path | None, typer.Option(help="Model folder (default: the lesson's model).")] = None,
) -> None:
    """Talk to a model: translations with their genders, and what is in the memory word by word (:help)."""
    from translate.chat.session import Console, Session
    from translate.model.translator import Translator
    from translate.terminal.console import remark

    translator = Translator.load(model, "numpy")
    sys.stdout.reconfigure(errors="replace")
    console = Console(highlight=False, markup=False, emoji=False)
    session = Session(translator, _readout(translator), console, remark)
    if sys.stdin.isatty() and sys.stdout.isatty():
        _prompt(session)
    else:
        for line in sys.stdin.buffer:
            if not session.respond(line.rstrip(b"\r\n")):
                return
            sys.stdout.flush()


def _prompt(session) -> None:
    from translate.chat.prompt import prompt_session

    prompt = prompt_session(session.translator.source.words)
    session.greet()
    while True:
        try:
            typed = prompt.prompt()
        except EOFError:  # Ctrl-D
            return
        except KeyboardInterrupt:  # Ctrl-C drops the line
            if not prompt.default_buffer.text:
                print("(Ctrl-D or :quit leaves)")
            continue
        try:
            for line in typed.splitlines():  # several lines can be pasted at once
                # What the terminal could not decode comes as surrogates and must come out as damaged bytes.
                if not session.respond(line.encode("utf-8", "surrogatepass")):
                    return
        except KeyboardInterrupt:
            print("(stopped)")


def _readout(translator):
    from translate.errors import TranslateError
    from translate.lab.probes.readout import readout_of
    from translate.terminal.console import remark

    try:
        return readout_of(translator)
    except TranslateError as error:
        remark(str(error))
        return None
