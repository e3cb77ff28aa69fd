"""The command line again in several processes of this machine, told of each other as torchrun would."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from types import FrameType

from translate.processes import die_with

_GRACE = 30.0  # seconds in which the first, which may be saving, can end by itself once another has ended badly


def launched() -> bool:
    """Whether this process is one of several already."""
    return "WORLD_SIZE" in os.environ


def leads() -> bool:
    """Whether this process is the only one, or the first, which speaks for all."""
    return os.environ.get("RANK", "0") == "0"


def launch(count: int) -> int:
    """Run this command in `count` processes; returns the exit code of the first, or of the first that failed.

    Ctrl-C and SIGTERM are passed on. The first process speaks; what another says is shown where it alone has failed.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    common = {"WORLD_SIZE": str(count), "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port)}
    with tempfile.TemporaryFile() as aside:
        processes: list[subprocess.Popen[bytes]] = []
        for rank in range(count):
            environment = {**os.environ, **common, "RANK": str(rank), "LOCAL_RANK": str(rank)}
            processes.append(
                subprocess.Popen(
                    [sys.executable, "-m", "translate", *sys.argv[1:]],
                    env=environment,
                    start_new_session=True,  # or a terminal's Ctrl-C would reach them twice
                    preexec_fn=partial(die_with, os.getpid()),
                    stdout=subprocess.DEVNULL if rank else None,
                    stderr=aside if rank else None,
                )
            )
        before = {number: signal.signal(number, _passed_on(processes)) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            code = _ended(processes)
        finally:
            for process in processes:
                process.kill()
            for number, handler in before.items():
                signal.signal(number, handler)
        if code and processes[0].returncode in (None, 0):
            aside.seek(0)
            sys.stderr.write(aside.read().decode("utf-8", "replace"))
    return code


def _passed_on(processes: "list[subprocess.Popen[bytes]]") -> Callable[[int, FrameType | None], None]:
    def note(number: int, frame: FrameType | None) -> None:
        for process in processes:
            process.send_signal(number)

    return note


def _ended(processes: "list[subprocess.Popen[bytes]]") -> int:
    """Wait until all have ended, or one has failed; the exit code of the first, or of another that failed."""
    first, *others = processes
    while first.poll() is None and not any(process.poll() for process in others):
        time.sleep(0.05)
    with suppress(subprocess.TimeoutExpired):
        first.wait(_GRACE)
    if first.returncode == 0:
        for process in others:
            process.wait()
    return next((abs(code) for code in (process.poll() for process in processes) if code), 0)
