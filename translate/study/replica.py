"""One replica of a study: a folder with a model and its report, and how far it has come.

All that is known of a replica stands in its files, so that it does not matter who made them, on which machine, or how
often that was interrupted.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

from translate.errors import TranslateError, UsageError
from translate.files import read_text
from translate.lab.verdicts.results import FORMAT
from translate.model.config import CELLS
from translate.training.recipe import Recipe


@dataclass(frozen=True, order=True)
class Kind:
    """What replicas have in common that differ in nothing but their seed. neutral: the twin without agreement."""

    neutral: bool
    cell: str
    hidden: int

    @property
    def name(self) -> str:
        return f"{'neutral-' if self.neutral else ''}{self.cell}-{self.hidden}"


_NAME = re.compile(rf"(neutral-)?({'|'.join(CELLS)})-(\d+)-(\d+)")


@dataclass(frozen=True, order=True)
class Replica:
    """The replica of one kind and training seed in the folder `study`."""

    study: Path
    kind: Kind
    seed: int

    @property
    def name(self) -> str:
        return f"{self.kind.name}-{self.seed}"

    @property
    def folder(self) -> Path:
        return self.study / self.name

    @property
    def model(self) -> Path:
        """The model, as `translate train --out` writes it."""
        return self.folder / "model"

    @property
    def report(self) -> Path:
        """The report, as `translate probe --out` writes it."""
        return self.folder / "report"

    @property
    def is_trained(self) -> bool:
        """Whether the training has come to its end: it writes its metrics last."""
        return all((self.model / name).is_file() for name in ("metrics.json", "weights.safetensors"))

    @property
    def is_probed(self) -> bool:
        """Whether there is a whole report of this very model, in the form that is written today."""
        if not self.is_trained or not (self.report / "results.json").is_file():
            return False
        weights = hashlib.sha256((self.model / "weights.safetensors").read_bytes()).hexdigest()
        try:
            found = self.results()
        except TranslateError:
            return False
        return found["format"] == FORMAT and weights.startswith(found["about"]["model"])

    def results(self) -> dict:
        """The report's numbers. Raises `TranslateError` where they are damaged."""
        path = self.report / "results.json"
        try:
            found = json.loads(read_text(path, "results"))
            found["format"], found["about"]["model"]
            return found
        except (ValueError, KeyError, TypeError) as error:
            raise TranslateError(f"{path} is damaged; remove it, and the study probes the model again.") from error

    @property
    def steps(self) -> int:
        """The steps trained so far, as of the last look at the dev sentences."""
        log = self.model / "metrics.jsonl"
        looks = re.findall(r'^\{"step": (\d+), .*\}$', read_text(log), re.MULTILINE) if log.is_file() else []
        return int(looks[-1]) if looks else 0

    def check(self, recipe: Recipe, data: str) -> None:
        """Raise `UsageError` where what is there was made with another recipe or other sentences (`data`: their fingerprint)."""
        path = self.model / "recipe.toml"
        if path.is_file():
            changed = Recipe.parse(read_text(path, "recipe"), str(path)).differences(recipe)
            if changed:
                raise UsageError(
                    f"{self.name} in {self.study} was trained with another {changed[0]}; "
                    "go on with the recipe that it had, or choose another --out."
                )
        trained_on = self._data()
        if trained_on and trained_on != data:
            raise UsageError(
                f"{self.name} in {self.study} was trained on another corpus; go on with that one, or choose another --out."
            )

    def _data(self) -> str | None:
        """The fingerprint of what the model was trained on; None where its last state is not there to say."""
        from safetensors import SafetensorError, safe_open

        try:
            with safe_open(self.model / "last.safetensors", framework="numpy") as stored:
                return json.loads(stored.metadata()["progress"])["data"]
        except FileNotFoundError:
            return None
        except (OSError, SafetensorError, KeyError, TypeError, ValueError) as error:
            raise TranslateError(
                f"The state of {self.name} in {self.study} cannot be read; remove its folder."
            ) from error


def replicas_in(study: Path) -> list[Replica]:
    """The replicas that a study's folder holds, finished or not, in order."""
    found = []
    for path in study.iterdir() if study.is_dir() else ():
        name = _NAME.fullmatch(path.name)
        if name and path.is_dir():
            neutral, cell, hidden, seed = name.groups()
            found.append(Replica(study, Kind(bool(neutral), cell, int(hidden)), int(seed)))
    return sorted(found)
