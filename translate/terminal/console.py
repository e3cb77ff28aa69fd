"""The standard streams made fit for use, and talk on stderr: progress bars and remarks, while results go to stdout.

Imports nothing heavy before it must.
"""

import codecs
import io
import os
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

_NARROWEST = 20  # columns: `screen.py`'s, which needs rich, as `--help` must not
_PATIENCE = 2.0  # seconds without a word that nobody minds


def open_streams() -> None:
    """Make them fit to be read and written, whatever comes: nothing that is printed fails, or loses a letter.

    A stream that is closed is /dev/null: its number must not go to the next file that is opened. Where nobody looks,
    in a file or a pipe, text is UTF-8; a terminal has its own encoding, and gets plain characters for those it lacks.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 (until the end)
    codecs.register_error(_plain.__name__, _plain)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors=_plain.__name__)
    for name in ("COLUMNS", "LINES"):
        if not os.environ.get(name, "").isdecimal() or not int(os.environ[name]):
            os.environ.pop(name, None)  # nothing fits on a screen of no width: take the terminal's own
    if "COLUMNS" in os.environ:
        os.environ["COLUMNS"] = str(max(int(os.environ["COLUMNS"]), _NARROWEST))


def _plain(error: UnicodeError) -> tuple[str, int]:
    """What is written for the characters that an encoding lacks: their plain spelling, their letter, or `?`."""
    from translate.terminal.screen import PLAIN

    if not isinstance(error, UnicodeEncodeError):
        raise error
    spelt = [PLAIN.spelling.get(c) or unicodedata.normalize("NFKD", c) for c in error.object[error.start : error.end]]
    letters = ("".join(filter(str.isascii, each)) or "?" for each in spelt)
    return "".join(letters), error.end


def remark(message: str) -> None:
    """Tell the user something on stderr."""
    print(message, file=sys.stderr, flush=True)


def patient_remarks(patience: float = _PATIENCE, longest: float = _PATIENCE) -> Callable[[str], None]:
    """A `remark` that says something only once the wait is noticeable, and then not too often.

    patience, longest: seconds before the first remark, and those that grow to lie between two.
    """
    spoken = time.monotonic()

    def remark_if_long(message: str) -> None:
        nonlocal spoken, patience
        if time.monotonic() - spoken > patience:
            spoken, patience = time.monotonic(), min(1.5 * patience, longest)
            remark(message)

    return remark_if_long


def stage_remarks(patience: float = _PATIENCE) -> Callable[[str, int, int], None]:
    """A `Stage` (`processes.py`) that tells on stderr how far work is and how long it still takes, if that is long."""
    from translate.numerals import duration

    begun: dict[str, tuple[float, int]] = {}
    patient = patient_remarks(patience, 30)

    def stage(what: str, done: int, total: int) -> None:
        if not total:
            remark(f"{what} …")
            return
        since, first = begun.setdefault(what, (time.monotonic(), done))
        taken = time.monotonic() - since
        left = taken / max(done - first, 1) * (total - done)
        if done > first and taken + left > patience:
            patient(f"{what}: {done:,} of {total:,}, about {duration(left)} left")

    return stage


def stderr_console() -> "Console":
    """A rich console on stderr; plain when it is no terminal or NO_COLOR is set."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)


@contextmanager
def progress_bar(what: str, *columns: str, transient: bool = False) -> Iterator[Callable[..., None]]:
    """A progress bar on stderr with further text `columns`, each a field of the task; silent when no terminal.

    transient: it disappears at the end. Yields `update(done, total, **fields)`.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    texts = [TextColumn("{task.fields[" + column + "]}") for column in columns]
    shown = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), *texts)
    with Progress(*shown, console=stderr_console(), disable=not sys.stderr.isatty(), transient=transient) as progress:
        fields: dict[str, Any] = dict.fromkeys(columns, "")
        task = progress.add_task(what, total=None, **fields)

        def update(done: int, total: int | None, **fields: Any) -> None:
            progress.update(task, completed=done, total=total, **fields)

        yield update
