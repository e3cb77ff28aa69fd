"""`metrics.jsonl`: a line for each look at the dev sentences, in the order of the steps."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from translate.errors import TranslateError
from translate.files import read_text, write_atomic

NAME = "metrics.jsonl"


@dataclass(frozen=True)
class Report:
    """One look at a run: what the progress bar and `metrics.jsonl` show.

    `loss`: mean over the steps since the last look, in nats a word; `dev`: the dev metrics, empty between validations;
    `seconds`: from the start of the loop.
    """

    step: int
    steps: int
    loss: float
    tokens_per_second: float
    seconds: float
    dev: dict[str, float]

    def in_words(self) -> str:
        """ "step 20 of 60, loss 1.2345"; the dev metrics, where there are some, as they are called."""
        dev = "".join(f", {name.replace('_', ' ')} {value:.3f}" for name, value in self.dev.items())
        return f"step {self.step:,} of {self.steps:,}, loss {self.loss:.4f}{dev}"


def append(folder: Path, line: dict[str, Any]) -> None:
    """Add a line to the log in `folder`; it has a "step"."""
    try:
        with open(folder / NAME, "a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")
    except OSError as error:
        raise TranslateError(f"Cannot write {folder / NAME}: {error.strerror}.") from error


def cut(folder: Path, step: int) -> None:
    """Drop the looks after `step`, which will be taken again, and a line that is not whole."""
    if (folder / NAME).exists():
        lines = read_text(folder / NAME).splitlines(keepends=True)
        write_atomic(folder / NAME, "".join(line for line in lines if _step_of(line) <= step))


def _step_of(line: str) -> float:
    """The step of a line; infinite for one that was cut off (a full disk, a `kill -9`)."""
    try:
        return json.loads(line)["step"] if line.endswith("\n") else float("inf")
    except ValueError:
        return float("inf")
