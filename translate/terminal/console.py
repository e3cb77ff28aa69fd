"""Talk on stderr: progress bars and remarks; results go to stdout and never pass through here."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


def remark(message: str) -> None:
    """Tell the user something on stderr."""
    print(message, file=sys.stderr, flush=True)


def rounded(number: float) -> float:
    """`number` to four places, a zero without a sign."""
    return round(number, 4) + 0.0


def stderr_console():
    """A rich console on stderr; plain when it is no terminal or NO_COLOR is set."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)


@contextmanager
def progress_bar(what: str, *columns: str) -> Iterator:
    """A progress bar on stderr with further text `columns`, each a field of the task; silent when no terminal.

    Yields `update(done, total, **fields)`.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    texts = [TextColumn("{task.fields[" + column + "]}") for column in columns]
    with Progress(
        TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), *texts, console=stderr_console(),
        disable=not sys.stderr.isatty(), transient=False,
    ) as progress:  # fmt: skip
        task = progress.add_task(what, total=None, **dict.fromkeys(columns, ""))
        yield lambda done, total, **fields: progress.update(task, completed=done, total=total, **fields)
