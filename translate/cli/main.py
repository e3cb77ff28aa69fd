"""The front door: which commands there are, and how every failure is told."""

import os
import signal
import sys
from importlib import import_module
from threading import Event, Timer
from types import FrameType
from typing import Annotated

import typer
from typer.exceptions import Abort, TyperException

from translate import __version__
from translate.cli.option_names import with_options
from translate.errors import TranslateError
from translate.terminal.console import open_streams

COMMANDS = {
    "text": "Translate sentences: one line out for each line in.",
    "chat": "Talk to a model, and see its memory word by word.",
    "score": "The log-probability of translations.",
    "corpus": "Make sentence pairs in which every word knows its noun.",
    "train": "Train a model; Ctrl-C stops it safely, --resume continues it.",
    "evaluate": "Translation quality, agreement and preference.",
    "probe": "Probe a model's memory for gender, and write a report.",
    "intervene": "Change what a network holds while it translates.",
    "study": "Train and probe replicas, and find out what holds.",
    "cell": "Walk through one cell, word by word.",
    "gradient": "How much of a nudge arrives, however far back.",
    "lesson": "The guided tour, from one weight to a whole network.",
    "explore": "Write one HTML file in which the model runs.",
    "export": "Write a model as ONNX, to run it anywhere.",
}
"""The commands in the order of the help, with its line on each; each is a file of this folder and a function in it."""
_STOPS = (signal.SIGINT, signal.SIGTERM)


def bare(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        print(__version__)
        raise typer.Exit()
    if context.invoked_subcommand is None:
        if sys.stdin.isatty() and sys.stdout.isatty():
            from translate.cli.chat import chat

            chat()
        else:
            from translate.cli.text import text

            text()


def _app(arguments: list[str]) -> typer.Typer:
    """The command line as far as these arguments need it: the file of a command is read only where it is named."""
    app = typer.Typer(
        name="translate",
        add_completion=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
        help="See an LSTM remember: English to Czech, with every gate in sight.",
        epilog="Without a command: a prompt in a terminal, a filter in a pipe. --debug shows tracebacks.",
    )
    app.callback(invoke_without_command=True)(bare)
    for name, line in COMMANDS.items():
        # Each file names its command's options and imports what the command needs only when it runs.
        command = getattr(import_module(f"translate.cli.{name}"), name) if name in arguments else lambda: None
        app.command(name, short_help=line)(command)
    return app


def main() -> None:
    """Run the command line; the exit code is 0, 1 (failure), 2 (usage) or 130 (Ctrl-C)."""
    open_streams()
    arguments, debug = _without_debug(sys.argv[1:])
    waiting = hear_ctrl_c()
    try:
        result = _app(arguments)(args=arguments, prog_name="translate", standalone_mode=False)
        sys.stdout.flush()
        code = result if isinstance(result, int) else 0
        if code == 130 or waiting.is_set():  # typer has turned a Ctrl-C into this number; it came at the very end
            code = _say("Stopped.", 130, debug)
    except (KeyboardInterrupt, Abort):
        code = _say("Stopped.", 130, debug)
    except (BrokenPipeError, SystemExit):  # typer makes the second of the first
        # The reader has gone (`| head`): not an error, and nothing more can be said on stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except TyperException as error:
        context = getattr(error, "ctx", None)
        where = context.command_path if context else "translate"
        code = _say(f"{error.format_message().rstrip('.')} (see {where} --help).", error.exit_code, debug)
    except TranslateError as error:
        code = _say(with_options(str(error)), error.exit_code, debug)
    except OSError as error:
        code = _say(f"{error.filename or 'The system'}: {(error.strerror or str(error)).lower()}.", 1, debug)
    except Exception as error:
        code = _say(_unforeseen(error), 1, debug)
    for number in _STOPS:
        signal.signal(number, signal.SIG_DFL)  # nobody is left to catch an exception
    sys.exit(code)


def hear_ctrl_c() -> Event:
    """Make KeyboardInterrupt of a Ctrl-C, but not within an import; returns an event that is set while one waits.

    There it would be lost: whoever tries a module that may be missing takes it for that, and goes on without it. A
    `kill` (SIGTERM) is the same to a command, or half-written files would be left lying about.
    """
    waiting = Event()

    def again(number: int) -> None:
        waiting.clear()
        os.kill(os.getpid(), number)

    def note(number: int, frame: FrameType | None) -> None:
        if not _importing(frame):
            raise KeyboardInterrupt
        waiting.set()
        later = Timer(0.02, again, (number,))
        later.daemon = True
        later.start()

    for number in _STOPS:
        signal.signal(number, note)
    return waiting


def _importing(frame: FrameType | None) -> bool:
    while frame and not frame.f_code.co_filename.startswith("<frozen importlib"):
        frame = frame.f_back
    return frame is not None


def _unforeseen(error: Exception) -> str:
    # torch tells of a full memory by a plain RuntimeError.
    if isinstance(error, MemoryError) or (isinstance(error, RuntimeError) and "memory" in str(error)):
        return "The memory is full; use a smaller batch, model or corpus."
    first_line = str(error).strip().partition("\n")[0]
    return f"Something unforeseen went wrong ({type(error).__name__}: {first_line}); --debug shows where."


def _without_debug(arguments: list[str]) -> tuple[list[str], bool]:
    """Take `--debug` out of the options, wherever it stands before a `--`."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    rest = arguments[len(options) :]
    return [a for a in options if a != "--debug"] + rest, "--debug" in options


def _say(message: str, code: int, debug: bool) -> int:
    if debug:
        import traceback

        traceback.print_exc()
    print(f"translate: {message}", file=sys.stderr)
    return code
