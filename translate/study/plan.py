"""A study: one recipe trained with several seeds (cells, sizes), every model probed, in any order and on any machine.

The unit of replication is the seed. What is finished is known from the files alone (`replica.py`), and a training that
was interrupted goes on by its own state: so a study can be stopped or killed at any moment, and asked for again.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from translate.corpus.files import no_corpus
from translate.errors import TranslateError, UsageError
from translate.files import only_writer, read_text, writable_folder, write_atomic
from translate.model.config import CELLS
from translate.study.replica import TWINS, Kind, Replica, Stage, Twin
from translate.training.recipe import Recipe

CHECKPOINTS = 20
_OWN, _RETURNING = "lesson", "lesson-return"
"""The grammar of the lesson, and its sentences with those that come back to the first person."""


@dataclass(frozen=True)
class Request:
    """What a study consists of.

    out: its folder. corpus: a folder made by `translate corpus`; None: one of `pairs` training pairs is made in
    `out`/corpus. recipe: a name that ships or a file. settings: key=value as a recipe takes them; "rnn:key=value" is
    for one cell. cells, hidden, layers: empty for the recipe's own. bidirectional: each also with an encoder that reads
    both ways. twins: of each as well ("neutral", "return"). quick: probe with a third of the sentences.
    emergence: keep `CHECKPOINTS` weights of each training and measure them all.
    """

    out: Path
    seeds: tuple[int, ...]
    corpus: Path | None = None
    pairs: int = 160_000
    recipe: str = "lesson"
    settings: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    hidden: tuple[int, ...] = ()
    layers: tuple[int, ...] = ()
    bidirectional: bool = False
    twins: tuple[Twin, ...] = ()
    quick: bool = False
    emergence: bool = False

    @property
    def corpora(self) -> dict[Twin, Path]:
        """The folders of the study's corpus ("") and of its twins, whether they are asked for or not."""
        plain = self.corpus or self.out / "corpus"
        return {twin: (self.out / f"corpus-{twin}" if twin else plain).absolute() for twin in TWINS}

    def kinds(self) -> list[Kind]:
        """What is trained, the twins last."""
        own = Recipe.load(self.recipe).override(self._settings(None)).model
        kinds = product(
            ("", *self.twins),
            self.cells or (own.cell,),
            self.hidden or (own.hidden,),
            self.layers or (own.layers,),
            (own.bidirectional, self.bidirectional or own.bidirectional),
        )
        return list(dict.fromkeys(Kind(*kind) for kind in kinds))

    def settings_of(self, kind: Kind) -> tuple[str, ...]:
        """The settings for one kind of replica, its cell and its shape last."""
        shape = {"cell": kind.cell, "hidden": kind.hidden, "layers": kind.layers}
        shape |= {"bidirectional": str(kind.bidirectional).lower()}
        own = [f"model.{name}={value}" for name, value in shape.items()]
        kept = [f"training.checkpoints={CHECKPOINTS}"] * self.emergence
        return *kept, *self._settings(kind.cell), *own, "training.threads=1"

    def _settings(self, cell: str | None) -> list[str]:
        """The settings for all cells, and those for `cell`, in the order in which they were given."""
        chosen = []
        for setting in self.settings:
            name, colon, rest = setting.partition(":")
            if not (colon and name in CELLS):
                chosen.append(setting)
            elif name == cell:
                chosen.append(rest)
        return chosen


@dataclass(frozen=True)
class Job:
    """A replica and what decides how it is made.

    corpus: the folder whose sentences it is trained and probed on. recipe: a name that ships or a file.
    settings: of the recipe, key=value. quick: probe with a third of the sentences. steps: of the training.
    last: the stage with which it is finished.
    """

    replica: Replica
    corpus: Path
    recipe: str
    settings: tuple[str, ...]
    quick: bool
    steps: int
    last: Stage = Stage.PROBED

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left to do."""
        return self.replica.stage >= self.last


def only_study(out: Path) -> AbstractContextManager[None]:
    """Hold the folder of a study; raises `TranslateError` where another process does."""
    return only_writer(writable_folder(out), "study")


def recipes_of(request: Request) -> dict[Kind, Recipe]:
    """The recipe of each kind. Raises `UsageError` for a request that cannot be, before anything is written."""
    corpus = request.corpus
    if corpus and not (corpus / "corpus.json").is_file():
        raise no_corpus(corpus)
    return {kind: Recipe.load(request.recipe).override(request.settings_of(kind)) for kind in request.kinds()}


def plan(
    request: Request, recipes: Mapping[Kind, Recipe], tell: Callable[[str], None] = lambda stage: None
) -> list[Job]:
    """The jobs of a study with its `recipes_of`, seed by seed.

    Makes the corpora that are missing. Raises `UsageError` where the folder holds replicas of another recipe or corpus.
    """
    corpora = _corpora(request, tell)
    tell("looking at what is there")
    data = {twin: _fingerprint(corpus) for twin, corpus in corpora.items()}
    name = str(Path(request.recipe).absolute()) if Path(request.recipe).exists() else request.recipe
    jobs = []
    for seed, (kind, recipe) in product(request.seeds, recipes.items()):
        replica = Replica(request.out.absolute(), kind, seed)
        settings, steps = (*_kept(replica, recipe), *request.settings_of(kind)), recipe.training.steps
        replica.check(recipe.override([*_kept(replica, recipe), f"training.seed={seed}"]), data[kind.twin])
        last = Stage.FOLLOWED if request.emergence else Stage.PROBED
        jobs.append(Job(replica, corpora[kind.twin], name, settings, request.quick, steps, last))
    _remember(request, corpora[""])
    return jobs


def _kept(replica: Replica, recipe: Recipe) -> list[str]:
    """The setting for a training that keeps more on the way than is asked of it now: it stays the same training."""
    begun = replica.recipe
    more = begun is not None and begun.training.checkpoints and not recipe.training.checkpoints
    return [f"training.checkpoints={begun.training.checkpoints}"] if begun is not None and more else []


def _corpora(request: Request, tell: Callable[[str], None]) -> dict[Twin, Path]:
    """The corpora, made where they are missing; those of twins only if they are asked for."""
    from translate.corpus.splits import build
    from translate.evaluation.suite import FROZEN

    plain = request.corpora[""]
    if not (plain / "corpus.json").is_file():
        tell(f"making a corpus of {request.pairs:,} pairs")
        build(**FROZEN | {"pairs": request.pairs}, out=plain)
    about = _json(plain / "corpus.json")
    if not request.corpus and about["pairs"] != request.pairs:
        raise UsageError(
            f"The study in {request.out} has a corpus of {about['pairs']:,} pairs; "
            "ask for as many, or choose another `out`."
        )
    if "return" in request.twins and about["grammar"] != _OWN:
        raise UsageError(f"Only a corpus of the grammar {_OWN} has a twin that returns, not one of {about['grammar']}.")
    corpora = {twin: path for twin, path in request.corpora.items() if twin in ("", *request.twins)}
    for twin, path in corpora.items():
        if twin:
            _twin(twin, plain, about, path, tell)
    return corpora


def _twin(twin: Twin, plain: Path, about: Mapping[str, Any], path: Path, tell: Callable[[str], None]) -> None:
    """Make the twin of the corpus `plain`, which `about` describes, in the folder `path` where it is missing."""
    from translate.corpus.neutral import neutral_corpus
    from translate.corpus.splits import build

    described = _json(path / "corpus.json") if (path / "corpus.json").is_file() else {}
    if twin == "neutral":
        if not described or described.get("neutral_twin_of") != about.get("sha256"):
            tell("making the neutral twin of the corpus")
            neutral_corpus(plain, path)
        return
    wanted = {"grammar": _RETURNING, "pairs": about["pairs"], "seed": about["seed"]}
    if {name: described.get(name) for name in wanted} != wanted:
        tell("making a corpus that comes back to the first person")
        build(wanted["grammar"], wanted["pairs"], wanted["seed"], path)


def _json(path: Path) -> dict[str, Any]:
    try:
        return json.loads(read_text(path))
    except ValueError as error:
        raise TranslateError(f"{path} is damaged; remove it and what stands beside it, and begin again.") from error


def _fingerprint(corpus: Path) -> str:
    """Of what a training on this corpus is made from."""
    from translate.corpus.files import load_pairs
    from translate.corpus.parallel import read_parallel
    from translate.training.fingerprint import fingerprint

    dev = [(pair.source_text, pair.target_text) for pair in load_pairs(corpus / "dev.jsonl")]
    return fingerprint([*read_parallel(corpus / "train.tsv"), *dev])


def _remember(request: Request, corpus: Path) -> None:
    """Write down what all reports of the study have in common, or raise `UsageError` where that has changed."""
    path = request.out / "settings.json"
    wanted = {"corpus": hashlib.sha256((corpus / "corpus.json").read_bytes()).hexdigest(), "quick": request.quick}
    stored = _json(path) if path.is_file() else wanted
    differences = {"corpus": "with another corpus", "quick": f"with{'out' if request.quick else ''} `quick`"}
    for key, how in differences.items():
        if stored.get(key) != wanted[key]:
            raise UsageError(
                f"The study in {request.out} was made {how}; go on as it was begun, or choose another `out`."
            )
    write_atomic(path, json.dumps(wanted, indent=2) + "\n")
