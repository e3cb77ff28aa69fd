"""How far a study is, read from its files again and again: the workers may be anywhere."""

import threading
from collections.abc import Callable, Sequence
from types import TracebackType

from translate.study.plan import Job
from translate.study.replica import Stage

_EVERY = 1.0  # seconds


class Watch:
    """While it is entered: tells each replica that becomes trained or probed, and how many steps have been trained.

    tell: called with a line for each finished stage. update: called with steps done, steps in all, and in words how
    many replicas are trained and probed.
    """

    def __init__(
        self, jobs: Sequence[Job], tell: Callable[[str], None], update: Callable[[int, int, str], None]
    ) -> None:
        self._jobs, self._tell, self._update = jobs, tell, update
        self._last = max((job.last for job in jobs), default=Stage.PROBED)
        self._stages = {job.replica: job.replica.stage for job in jobs}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)

    def __enter__(self) -> "Watch":
        self._tell(self._count())
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()
        self._look()

    def _follow(self) -> None:
        while not self._over.wait(_EVERY):
            self._look()

    def _look(self) -> None:
        for replica, before in self._stages.items():
            if before < self._last:
                self._stages[replica] = replica.stage
                for stage in range(before + 1, self._stages[replica] + 1):
                    self._tell(f"{replica.name}: {Stage(stage).name.lower()} ({self._count()})")
        self._update(sum(map(self._steps, self._jobs)), sum(job.steps for job in self._jobs), self._count())

    def _steps(self, job: Job) -> int:
        """How many of its steps a replica has been trained."""
        return job.steps if self._stages[job.replica] >= Stage.TRAINED else min(job.replica.steps, job.steps)

    def _count(self) -> str:
        counts = [
            f"{sum(reached >= stage for reached in self._stages.values())} {stage.name.lower()}"
            for stage in Stage
            if Stage.BEGUN < stage <= self._last
        ]
        return f"of {len(self._stages)} replicas {', '.join(counts)}"
