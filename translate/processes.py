"""Work that takes long: how far it is, and how it is shared out to several processes of this machine.

They are copies of this one, which have what it has computed.
"""

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from html import escape
from importlib import import_module
from typing import Any, TypeVar

from translate.errors import TranslateError

Item = TypeVar("Item")
Result = TypeVar("Result")

Stage = Callable[[str, int, int], None]
"""Told what is being done, and how many of how many are done; of 0: it is about to begin, and cannot be counted."""

_EVERY = 500  # items between two reports of a stage
_PR_SET_PDEATHSIG = 1  # prctl(2)
# What is shared out at the moment; a fork finds it here, and so nothing of it need be sent.
_shared: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []


def nobody(what: str, done: int, total: int) -> None:
    """The `Stage` that is shown to nobody."""


def counted(items: Iterable[Item], what: str, total: int, stage: Stage) -> Iterator[Item]:
    """The items, each as it is asked for, and now and then a report of how many have been."""
    for done, item in enumerate(items):
        if not done % _EVERY:
            stage(what, done, total)
        yield item


class NotebookBar:
    """How far work is, under the cell of a notebook that runs it; anywhere else nothing.

    what: what is being done.
    """

    def __init__(self, what: str):
        self.what, self._display = what, _display_of_notebook()
        self._handle: Any = None

    def __call__(self, text: str, done: int = 0, total: int = 0) -> None:
        """Show a text, and a bar where it is known how much of how much is done."""
        if self._display is None:
            return
        bar = f"<progress value='{done}' max='{total}'></progress> " if total else ""
        shown = {"text/html": f"{bar}<b>{escape(self.what)}</b> {escape(text)}", "text/plain": f"{self.what}: {text}"}
        if self._handle is None:
            self._handle = self._display(shown, raw=True, display_id=True)
        else:
            self._handle.update(shown, raw=True)


def _display_of_notebook() -> Callable[..., Any] | None:
    """What shows something under a cell, where a notebook's kernel runs this process."""
    if "ipykernel" not in sys.modules:
        return None
    shell = import_module("IPython").get_ipython()
    return import_module("IPython.display").display if getattr(shell, "kernel", None) else None


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def for_each(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    jobs: int = 1,
    begins: Callable[[Item], None] = lambda item: None,
) -> list[Result]:
    """`work(item)` for each item, in their order; up to `jobs` are made at a time, and `begins` is told of each here.

    Each process is a fork of this one, with one thread: what is at hand need not be sent or made again. Where forks are
    not safe (outside Linux, or where torch has a GPU in use) all is done here, and so it is for one job or one item.
    Whatever `work` raises is raised; `TranslateError` where a process was killed.
    """
    jobs = min(jobs, len(items))
    if jobs < 2 or not _may_fork():
        return [_here(work, item, begins) for item in items]
    _shared.append((work, items))
    give_memory_back()
    try:
        with pool_of(jobs, begin_worker, (os.getpid(),), "fork") as pool:
            return _shared_out(pool, items, jobs, begins)
    except BrokenProcessPool as error:
        raise TranslateError(
            "A process that shared the work was killed, perhaps for want of memory; try again with `jobs` 1."
        ) from error
    finally:
        _shared.pop()


def _may_fork() -> bool:
    torch = sys.modules.get("torch")
    return sys.platform == "linux" and not (torch is not None and torch.cuda.is_initialized())


def _here(work: Callable[[Item], Result], item: Item, begins: Callable[[Item], None]) -> Result:
    begins(item)
    return work(item)


def _shared_out(
    pool: ProcessPoolExecutor, items: Sequence[Item], jobs: int, begins: Callable[[Item], None]
) -> list[Any]:
    """Hand an item out whenever a process is free, so that it is told of when it begins."""
    results, waiting = [None] * len(items), deque(range(len(items)))
    running: dict[Future[Any], int] = {}
    while waiting or running:
        while waiting and len(running) < jobs:
            number = waiting.popleft()
            begins(items[number])
            running[pool.submit(_work, number)] = number
        for done in wait(running, return_when=FIRST_COMPLETED).done:
            results[running.pop(done)] = done.result()
    return results


@contextmanager
def pool_of(
    count: int, begin: Callable[..., None], arguments: tuple[Any, ...], method: str | None = None
) -> Iterator[ProcessPoolExecutor]:
    """A pool of `count` processes that a Ctrl-C finds whole, and that does not wait for what they are at.

    begin: called in each process with the `arguments`. method: how they are made, see `multiprocessing`.
    """
    others = set(multiprocessing.active_children())
    with ProcessPoolExecutor(count, multiprocessing.get_context(method), begin, arguments) as pool:
        with _signals_later():
            pool.submit(os.getpid)  # which begins them: one that is begun and not yet known would wait for ever
        try:
            yield pool
        except BaseException:
            for process in set(multiprocessing.active_children()) - others:
                process.kill()
            # One that was killed as it wrote leaves half a result, for the rest of which the pool would wait.
            pool._result_queue._writer.close()  # type: ignore[attr-defined]
            raise


@contextmanager
def _signals_later() -> Iterator[None]:
    """A Ctrl-C or a kill that comes within is heard at the end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = {
        number: signal.signal(number, lambda number, frame: came.append(number))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for heard in came:
            os.kill(os.getpid(), heard)


def begin_worker(parent: int) -> None:
    """A process that shares the work leaves a Ctrl-C to its parent, does not outlive it, and has one thread."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    die_with(parent)
    if "torch" in sys.modules:
        sys.modules["torch"].set_num_threads(1)


def die_with(parent: int) -> None:
    """Called in a new process: let it be killed when the process `parent`, which made it, ends (on Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def _work(number: int) -> Any:
    work, items = _shared[-1]
    try:
        return work(items[number])
    finally:
        give_memory_back()


def give_memory_back() -> None:
    """Give the system what is free: the C library keeps it, and each fork would begin with hundreds of megabytes."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc has it
    if trim is not None:
        trim(0)
