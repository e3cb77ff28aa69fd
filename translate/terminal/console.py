"""Talk on stderr: progress bars and remarks, while results go to stdout. Imports nothing heavy before it must."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

_PATIENCE = 2.0  # seconds without a word that nobody minds


def remark(message: str) -> None:
    """Tell the user something on stderr."""
    print(message, file=sys.stderr, flush=True)


def patient_remarks() -> Callable[[str], None]:
    """A `remark` that says something only once the wait is noticeable, and then not too often."""
    spoken = time.monotonic()

    def remark_if_long(message: str) -> None:
        nonlocal spoken
        if time.monotonic() - spoken > _PATIENCE:
            spoken = time.monotonic()
            remark(message)

    return remark_if_long


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
