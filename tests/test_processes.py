"""Work shared out to processes: the same as done here, and what goes wrong is told."""

import os
import signal
import subprocess
import sys
import time

import pytest

from translate.errors import TranslateError, UsageError
from translate.processes import for_each, processors


def test_results_come_in_the_order_of_the_items_from_other_processes():
    begun: list[int] = []
    made = for_each(lambda n: (n * n, os.getpid()), range(7), jobs=3, begins=begun.append)
    assert [square for square, _ in made] == [n * n for n in range(7)] and begun == list(range(7))
    if sys.platform == "linux":
        assert os.getpid() not in {process for _, process in made} and len({process for _, process in made}) > 1


def test_one_job_is_done_here():
    assert for_each(lambda n: os.getpid(), [1, 2], jobs=1) == [os.getpid()] * 2
    assert for_each(lambda n: os.getpid(), [1], jobs=4) == [os.getpid()]
    assert for_each(str, [], jobs=4) == [] and processors() >= 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_an_item_raises_is_raised(jobs):
    def work(n: int) -> int:
        if n == 1:
            raise UsageError("Item 1 cannot be.")
        return n

    with pytest.raises(UsageError, match="Item 1 cannot be"):
        for_each(work, range(4), jobs)


@pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux alone")
def test_a_process_that_is_killed_is_told_of_and_the_next_work_is_done():
    with pytest.raises(TranslateError, match="was killed"):
        for_each(lambda n: os.kill(os.getpid(), signal.SIGKILL), range(2), jobs=2)
    assert for_each(lambda n: -n, range(3), jobs=2) == [0, -1, -2]


@pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux alone")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_forks_end_with_their_parent(end):
    program = (
        "import os, signal, time\nfrom translate.processes import for_each\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell's background jobs ignore it
        "def work(n):\n    os.write(1, f'{os.getpid()}\\n'.encode())\n    time.sleep(60)\n"
        "for_each(work, range(2), jobs=2)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as parent:
        forks = [int(parent.stdout.readline()) for _ in range(2)]
        parent.send_signal(end)
        parent.communicate(timeout=20)
    until = time.monotonic() + 20
    while time.monotonic() < until and any(map(_runs, forks)):
        time.sleep(0.05)
    assert not any(map(_runs, forks))


def _runs(process: int) -> bool:
    try:
        with open(f"/proc/{process}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
