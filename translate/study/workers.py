"""Where the replicas of a study are made: in processes of this machine, or on a cluster; joblib hands them out.

Each stage of a replica (its training, its report) is a program in a process of its own, with one thread and a log file:
it can be killed at any moment, and what it leaves behind is whole. Which programs those are, whoever asks for the study
says (`Commands`): they are ordinary commands that anybody could type.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import filelock

from translate.errors import TranslateError, UsageError
from translate.files import reason
from translate.study.plan import Job, Request, only_study, plan, recipes_of
from translate.study.progress import Watch
from translate.study.replica import Replica, Stage

BACKENDS = ("loky", "dask")

_ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}


class Commands(NamedTuple):
    """What makes a replica: Python modules with their arguments, as `python -m` takes them.

    train: goes on with a training that was interrupted. probe: the report of the trained model. follow: the measures of
    its checkpoints; None: they are not asked for.
    """

    train: list[str]
    probe: list[str]
    follow: list[str] | None = None

    @property
    def stages(self) -> list[tuple[Stage, str, list[str]]]:
        """Which stage each of them reaches, and what it is called."""
        more = [(Stage.FOLLOWED, "follow", self.follow)] if self.follow is not None else []
        return [(Stage.TRAINED, "train", self.train), (Stage.PROBED, "probe", self.probe), *more]


@dataclass(frozen=True)
class Place:
    """Where replicas are made. Raises `UsageError` for a place that cannot be.

    workers: how many at a time. backend: "loky", processes of this machine, or "dask", a cluster, whose `scheduler` has
    this address; its workers must see the study's folder under the same path and have this package installed, and it
    takes as many replicas at a time as its workers have threads.
    """

    workers: int
    backend: str = "loky"
    scheduler: str | None = None

    def __post_init__(self) -> None:
        if self.backend not in BACKENDS:
            raise UsageError(f"`backend` must be one of {', '.join(BACKENDS)}, not '{self.backend}'.")
        if (self.backend == "dask") != (self.scheduler is not None):
            raise UsageError("`backend` dask and `scheduler` ADDRESS go together; give both, or neither.")


@dataclass(frozen=True)
class Outcome:
    """What became of a replica: `reason` says why it is not finished, None if it is."""

    name: str
    reason: str | None = None


class Stopped(TranslateError):
    """The study was interrupted; what is finished stays, and it can be continued."""

    exit_code = 130


def conduct(
    request: Request,
    commands: Callable[[Job], Commands],
    place: Place,
    tell: Callable[[str], None],
    update: Callable[[int, int, str], None],
) -> list[Outcome]:
    """Make all replicas of a study that are missing, see `run`; what became of each that was not finished already.

    tell, update: see `Watch`. Raises `Stopped` after Ctrl-C, and what `recipes_of`, `plan` and `make_all` raise.
    """
    recipes = recipes_of(request)
    with only_study(request.out):
        jobs = plan(request, recipes, tell)
        outcomes = []
        try:
            with Watch(jobs, tell, update):
                missing = {job.replica: commands(job) for job in jobs if not job.is_finished}
                for outcome in make_all(missing, place):
                    outcomes.append(outcome)
                    if outcome.reason:
                        tell(f"{outcome.name} failed: {outcome.reason}")
        except KeyboardInterrupt as error:
            done = sum(job.is_finished for job in jobs)
            raise Stopped(f"Stopped with {done} of {len(jobs)} replicas finished; the same command goes on.") from error
    return outcomes


def make_all(missing: dict[Replica, Commands], place: Place) -> Iterator[Outcome]:
    """Make replicas and yield what became of each as it ends. One that fails stops no other.

    Raises `UsageError` where dask is not installed, `TranslateError` where the cluster does not answer.
    """
    import joblib

    if not missing:
        return
    workers = min(place.workers, len(missing))
    # A worker process of ours must end with us; one of a cluster has a life of its own.
    parent = os.getpid() if place.scheduler is None and workers > 1 else None
    with _cluster(place.scheduler) if place.scheduler else joblib.parallel_config("loky", inner_max_num_threads=1):
        # No job waits inside a worker: the next is handed out when one has ended.
        parallel = joblib.Parallel(workers, return_as="generator_unordered", pre_dispatch="n_jobs", batch_size=1)
        yield from parallel(joblib.delayed(make)(replica, commands, parent) for replica, commands in missing.items())


@contextmanager
def _cluster(scheduler: str) -> Iterator[None]:
    import joblib

    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError("`backend` dask needs dask; install it with: pip install 'translate[dask]'.") from error
    try:
        client = Client(scheduler, timeout=10)
    except (OSError, ValueError) as error:
        raise TranslateError(
            f"No dask scheduler answers at {scheduler}; start it, or give another `scheduler`."
        ) from error
    with client, joblib.parallel_config("dask", client=client):
        yield


def make(replica: Replica, commands: Commands, parent: int | None = None) -> Outcome:
    """Train, probe and follow one replica as far as that has not been done; this is what runs in a worker.

    A training of it that someone else has begun is waited for. parent: the process without which to stop.
    """
    if parent is not None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what a Ctrl-C means
    try:
        return Outcome(replica.name, _why_not_made(replica, commands, parent))
    except OSError as error:
        return Outcome(replica.name, f"{error.filename or 'The system'}: {reason(error)}")
    finally:
        if _orphaned(parent):
            os._exit(1)  # nobody is there to be told, or to hand out more


def _why_not_made(replica: Replica, commands: Commands, parent: int | None) -> str | None:
    """Make a replica; why that failed, None where it did not."""
    replica.model.mkdir(parents=True, exist_ok=True)
    _wait_for_others(replica.model, parent)
    for stage, name, command in commands.stages:
        if replica.stage < stage:
            log = replica.folder / f"{name}.log"
            code = _run(command, log, parent)
            if code:
                return _last_words(log, command[0]) or f"{' '.join(command[:2])} ended with {code}"
    return None


def _wait_for_others(model: Path, parent: int | None) -> None:
    """Wait until nobody else is training in the folder `model`."""
    while not _orphaned(parent):
        try:
            with filelock.FileLock(model / ".lock", timeout=0):
                return
        except filelock.Timeout:
            time.sleep(1)


def _run(command: Sequence[str], log: Path, parent: int | None) -> int:
    """Run a Python module, all that it prints going to `log`, and return its exit code.

    It is ended where `parent` is no more, and where this process is interrupted.
    """
    with open(log, "wb") as output:
        child = subprocess.Popen(
            [sys.executable, "-m", *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=os.environ | _ONE_THREAD,
        )
        try:
            while True:
                try:
                    return child.wait(timeout=1)
                except subprocess.TimeoutExpired:
                    if _orphaned(parent):
                        return 1
        finally:
            if child.poll() is None:
                child.terminate()  # a training saves its state
                child.wait()


def _orphaned(parent: int | None) -> bool:
    return parent is not None and os.getppid() != parent


def _last_words(log: Path, module: str) -> str:
    """The sentence with which a command said why it failed, without its name before it."""
    lines = [line for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    return lines[-1].removeprefix(f"{module}: ") if lines else ""
