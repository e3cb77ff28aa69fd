"""One replica of a study: a folder with a model and its report, and how far it has come.

All that is known of a replica stands in its files, so that it does not matter who made them, on which machine, or how
often that was interrupted.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Literal, get_args

from translate.errors import TranslateError, UsageError
from translate.files import read_text
from translate.lab.experiments.emergence import FORMAT as FORMAT_OF_EMERGENCE
from translate.lab.experiments.emergence import NAME as EMERGENCE
from translate.lab.experiments.emergence import Emergence
from translate.lab.verdicts.results import FORMAT, Results
from translate.model.config import CELLS
from translate.training.recipe import Recipe

Twin = Literal["", "neutral", "return"]
"""None; trained on Czech without agreement; trained on sentences that come back to the first person."""
TWINS: tuple[Twin, ...] = get_args(Twin)


@dataclass(frozen=True, order=True)
class Kind:
    """What replicas have in common that differ in nothing but their seed.

    twin: "neutral" never has to agree, so that it has no reason to carry a gender; "return" needs the first gender
    again after the second noun, so that it must not forget it. hidden, layers: units a layer, and layers.
    bidirectional: whether half of the encoder reads from the end.
    """

    twin: Twin = ""
    cell: str = "lstm"
    hidden: int = 128
    layers: int = 1
    bidirectional: bool = False

    @property
    def name(self) -> str:
        """As folders and tables call it: "lstm-128", "return-lstm-128", "lstm-128x2" (layers), "bi-lstm-128"."""
        before = f"{self.twin}-" * bool(self.twin) + "bi-" * self.bidirectional
        return f"{before}{self.cell}-{self.hidden}" + f"x{self.layers}" * (self.layers > 1)

    @property
    def shape(self) -> tuple[int, int, bool]:
        """What kinds of one cell differ in besides the twin: layers, units, and whether they read both ways."""
        return self.layers, self.hidden, self.bidirectional


_NAME = re.compile(rf"(?:(neutral|return)-)?(bi-)?({'|'.join(CELLS)})-(\d+)(?:x(\d+))?-(\d+)")


class Stage(IntEnum):
    """How far a replica has come."""

    BEGUN = 0
    TRAINED = 1
    PROBED = 2
    FOLLOWED = 3


@dataclass(frozen=True, order=True)
class Replica:
    """The replica of one kind and training seed in the folder `study`."""

    study: Path
    kind: Kind
    seed: int

    @property
    def name(self) -> str:
        """Its kind and seed, and its folder in the study: "lstm-128-1"."""
        return f"{self.kind.name}-{self.seed}"

    @property
    def folder(self) -> Path:
        """Where the model, the report and the logs of both are."""
        return self.study / self.name

    @property
    def model(self) -> Path:
        """The folder of the model."""
        return self.folder / "model"

    @property
    def report(self) -> Path:
        """The folder of the report."""
        return self.folder / "report"

    @property
    def stage(self) -> Stage:
        """What is finished. A training writes its metrics last; a report is of this very model, in today's form.

        So is what is measured of its checkpoints; that comes after the report.
        """
        weights = self.model / "weights.safetensors"
        if not (weights.is_file() and (self.model / "metrics.json").is_file()):
            return Stage.BEGUN
        model = hashlib.sha256(weights.read_bytes()).hexdigest()
        if not _is_of(model, self.report / "results.json", FORMAT):
            return Stage.TRAINED
        return Stage.FOLLOWED if _is_of(model, self.report / EMERGENCE, FORMAT_OF_EMERGENCE) else Stage.PROBED

    def results(self) -> Results:
        """The report's numbers. Raises `TranslateError` where they are damaged."""
        path = self.report / "results.json"
        remedy = "remove it, and the study probes the model again"
        return Results.from_json(read_text(path, "results"), str(path), remedy)

    def emergence(self) -> Emergence:
        """The training at each of its checkpoints. Raises `TranslateError` where that is damaged."""
        path = self.report / EMERGENCE
        return Emergence.from_json(read_text(path, "measures"), str(path))

    @property
    def steps(self) -> int:
        """The steps trained so far, as of the last look at the dev sentences."""
        log = self.model / "metrics.jsonl"
        looks = re.findall(r'^\{"step": (\d+), .*\}$', read_text(log), re.MULTILINE) if log.is_file() else []
        return int(looks[-1]) if looks else 0

    @property
    def recipe(self) -> Recipe | None:
        """The recipe of its training; None where that has not begun, or does not say."""
        path = self.model / "recipe.toml"
        return Recipe.parse(read_text(path, "recipe"), str(path)) if path.is_file() else None

    def check(self, recipe: Recipe, data: str) -> None:
        """Raise `UsageError` where the model was trained with another recipe, or on other sentences.

        data: the fingerprint of the sentences.
        """
        changed = self.recipe.differences(recipe) if self.recipe else []
        if changed:
            raise UsageError(
                f"{self.name} in {self.study} was trained with another {changed[0]}; "
                "go on with the recipe that it had, or choose another `out`."
            )
        if self._data() not in (None, data):
            raise UsageError(
                f"{self.name} in {self.study} was trained on another corpus; "
                "go on with that one, or choose another `out`."
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


def _is_of(model: str, path: Path, form: str) -> bool:
    """Whether a file of measurements has this form and is of the model with this hash, or with one that begins so."""
    try:
        record = json.loads(path.read_bytes())
        of = record["about"]["model"] if "about" in record else record["model"]
        return record["format"] == form and model.startswith(of)
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return False


def replicas_in(study: Path) -> list[Replica]:
    """The replicas that a study's folder holds, finished or not, in order."""
    replicas = []
    for path in study.iterdir() if study.is_dir() else ():
        name = _NAME.fullmatch(path.name)
        if name and path.is_dir():
            twin, both_ways, cell, hidden, layers, seed = name.groups()
            which = TWINS[TWINS.index(twin or "")]
            kind = Kind(which, cell, int(hidden), int(layers or 1), bool(both_ways))
            replicas.append(Replica(study, kind, int(seed)))
    return sorted(replicas)
