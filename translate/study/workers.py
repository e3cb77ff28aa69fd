"""Where the replicas of a study are made: in processes of this machine, or on a cluster; joblib hands them out."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import filelock

from translate.errors import TranslateError, UsageError
from translate.files import reason
from translate.study.plan import Job, Request, only_study, plan, recipes_of
from translate.study.progress import Watch

BACKENDS = ("loky", "dask")

_ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}


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
    workers: int,
    backend: str,
    scheduler: str | None,
    tell: Callable[[str], None],
    update: Callable[[int, int, str], None],
) -> list[Outcome]:
    """Make all replicas of a study that are missing, see `run`; what became of each that was not finished already.

    tell, update: see `Watch`. Raises `Stopped` after Ctrl-C, and what `recipes_of`, `plan` and `run` raise.
    """
    if backend not in BACKENDS:
        raise UsageError(f"--backend must be one of {', '.join(BACKENDS)}, not '{backend}'.")
    if (backend == "dask") != (scheduler is not None):
        raise UsageError("--backend dask and --scheduler ADDRESS go together; give both, or neither.")
    recipes = recipes_of(request)
    with only_study(request.out):
        jobs = plan(request, recipes, tell)
        outcomes = []
        try:
            with Watch(jobs, tell, update):
                for outcome in run([job for job in jobs if not job.replica.is_probed], workers, scheduler):
                    outcomes.append(outcome)
                    if outcome.reason:
                        tell(f"{outcome.name} failed: {outcome.reason}")
        except KeyboardInterrupt as error:
            done = sum(job.replica.is_probed for job in jobs)
            raise Stopped(f"Stopped with {done} of {len(jobs)} replicas finished; the same command goes on.") from error
    return outcomes


def run(jobs: Sequence[Job], workers: int, scheduler: str | None = None) -> Iterator[Outcome]:
    """Make the replicas and yield what became of each as it ends. One that fails stops no other.

    scheduler: the address of a dask cluster, whose workers must see the study's folder under the same path and have
    this package installed; it takes as many at a time as its workers have threads. None: `workers` processes here.
    Raises `UsageError` where dask is not installed, `TranslateError` where the cluster does not answer.
    """
    import joblib

    if not jobs:
        return
    workers = min(workers, len(jobs))
    # A worker process of ours must end with us; one of a cluster has a life of its own.
    parent = os.getpid() if scheduler is None and workers > 1 else None
    with _cluster(scheduler) if scheduler else joblib.parallel_config("loky", inner_max_num_threads=1):
        # No job waits inside a worker: the next is handed out when one has ended.
        parallel = joblib.Parallel(workers, return_as="generator_unordered", pre_dispatch="n_jobs", batch_size=1)
        yield from parallel(joblib.delayed(make)(job, parent) for job in jobs)


@contextmanager
def _cluster(scheduler: str) -> Iterator[None]:
    import joblib

    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError("--backend dask needs dask; install it with: pip install 'translate[dask]'.") from error
    try:
        client = Client(scheduler, timeout=10)
    except (OSError, ValueError) as error:
        raise TranslateError(
            f"No dask scheduler answers at {scheduler}; start it, or give another --scheduler."
        ) from error
    with client, joblib.parallel_config("dask", client=client):
        yield


def make(job: Job, parent: int | None = None) -> Outcome:
    """Train and probe one replica as far as that has not been done; this is what runs in a worker.

    A training of it that someone else has begun is waited for. parent: the process without which to stop.
    """
    if parent is not None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what a Ctrl-C means
    try:
        return _make(job, parent)
    except OSError as error:
        return Outcome(job.replica.name, f"{error.filename or 'The system'}: {reason(error)}")
    finally:
        if _orphaned(parent):
            os._exit(1)  # nobody is there to be told, or to hand out more


def _make(job: Job, parent: int | None) -> Outcome:
    replica = job.replica
    replica.model.mkdir(parents=True, exist_ok=True)
    for stage, arguments, is_done in (("train", job.train, "is_trained"), ("probe", job.probe, "is_probed")):
        if stage == "train":
            _wait_for_others(replica.model, parent)
        if getattr(replica, is_done):
            continue
        log = replica.folder / f"{stage}.log"
        code = _command(arguments, log, parent)
        if code:
            return Outcome(replica.name, _last_words(log) or f"translate {stage} ended with {code}")
    return Outcome(replica.name)


def _wait_for_others(model: Path, parent: int | None) -> None:
    while not _orphaned(parent):
        try:
            with filelock.FileLock(model / ".lock", timeout=0):
                return
        except filelock.Timeout:
            time.sleep(1)


def _command(arguments: Sequence[str], log: Path, parent: int | None) -> int:
    """Run `translate` with these arguments and what it says going to `log`; ends it where `parent` is no more."""
    with open(log, "wb") as said:
        child = subprocess.Popen(
            [sys.executable, "-m", "translate", *arguments],
            stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT, env=os.environ | _ONE_THREAD,
        )  # fmt: skip
        try:
            while True:
                try:
                    return child.wait(timeout=1)
                except subprocess.TimeoutExpired:
                    if _orphaned(parent):
                        child.terminate()  # a training saves its state
                        return child.wait()
        except BaseException:
            child.terminate()
            child.wait()
            raise


def _orphaned(parent: int | None) -> bool:
    return parent is not None and os.getppid() != parent


def _last_words(log: Path) -> str:
    """The sentence with which a command said why it failed."""
    said = [line for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    return said[-1].removeprefix("translate: ") if said else ""
