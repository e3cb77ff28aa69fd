"""How far a study is, read from its files again and again: the workers may be anywhere."""

import threading
from collections.abc import Callable, Sequence

from translate.study.plan import Job

_EVERY = 1.0  # seconds


class Watch:
    """While it is entered: tells each replica that becomes trained or probed, and how many steps have been trained.

    tell: called with a line for each finished stage. update: called with steps done, steps in all, and in words how many
    replicas are trained and probed.
    """

    def __init__(self, jobs: Sequence[Job], tell: Callable[[str], None], update: Callable[[int, int, str], None]):
        self.jobs, self.tell, self.update = jobs, tell, update
        self.seen = {job.replica: _stage(job) for job in jobs}
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._follow, daemon=True)

    def __enter__(self) -> "Watch":
        self.tell(self._count())
        self.thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.over.set()
        self.thread.join()
        self._look()

    def _follow(self) -> None:
        while not self.over.wait(_EVERY):
            self._look()

    def _look(self) -> None:
        for job in self.jobs:
            if self.seen[job.replica] == 2:
                continue
            before, now = self.seen[job.replica], _stage(job)
            self.seen[job.replica] = now
            for stage in _STAGES[before + 1 : now + 1]:
                self.tell(f"{job.replica.name}: {stage} ({self._count()})")
        done = sum(job.steps if self.seen[job.replica] else min(job.replica.steps, job.steps) for job in self.jobs)
        self.update(done, sum(job.steps for job in self.jobs), self._count())

    def _count(self) -> str:
        stages = list(self.seen.values())
        return f"of {len(stages)} replicas {sum(s >= 1 for s in stages)} trained, {sum(s >= 2 for s in stages)} probed"


_STAGES = ("begun", "trained", "probed")


def _stage(job: Job) -> int:
    """The index in `_STAGES` of what a replica has reached."""
    return 2 if job.replica.is_probed else int(job.replica.is_trained)
