"""A recipe says everything that decides what a training run gives; the rest of the run is only execution.

Recipes are TOML with the sections `tokenizer`, `model` and `training`; what a recipe leaves out has the default
below. `override(["training.batch=64"])` (or just `batch=64`) changes a key. Unknown keys are errors.
"""

import difflib
import math
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import Field, asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import tomli_w

from translate.errors import UsageError
from translate.files import read_text
from translate.model.config import ATTENTIONS, CELLS, both_ways_problem
from translate.resources import data
from translate.tokenizer import KINDS

BEST_BY = ("auto", "exact_match", "chrf")


@dataclass(frozen=True)
class TokenizerRecipe:
    """`pieces`: word, unigram or bpe; `size`: pieces at most; `pretokenised`: tokens stand apart already."""

    pieces: str = "word"
    size: int = 8000
    pretokenised: bool = False


@dataclass(frozen=True)
class ModelRecipe:
    """What `ModelConfig` needs besides the vocabularies; see there."""

    cell: str = "lstm"
    layers: int = 1
    hidden: int = 128
    embedding: int = 64
    dropout: float = 0.0
    reverse_source: bool = False
    forget_bias: float = 4.0
    attention: str = ""
    bidirectional: bool = False
    recurrent_dropout: float = 0.0
    tied_embeddings: bool = False
    embedding_start: float = 1.0


@dataclass(frozen=True)
class TrainingRecipe:
    """How the weights are found.

    Attributes:
        seed: decides the first weights, the order of the batches and the dropout.
        steps: batches in all; the learning rate rises over `warmup` of them and then falls linearly to 0.
        batch: sentences a batch (all of one source length).
        curriculum: above 0, the first epoch goes from short sentences to long ones, each batch shifted at random by
            up to so many words.
        bucket: so many batches of one source length are drawn together and dealt out by target length, so that little
            of a batch is padding: a fifth less time where targets vary in length (0: each is drawn by itself).
        learning_rate, weight_decay, clip: of AdamW, and the largest gradient norm.
        validate_every: steps between two looks at the dev sentences, after each of which the state is saved.
        validate_from: the first step after which there is such a look.
        label_smoothing: share of the target that is spread over all words (0.1 is usual; 0: none).
        lean: compute the loss over the real words alone and a block of them at a time (`loss.py`), and give
            memory back on the way: a fraction of both where the vocabulary is large, and other last bits.
        best_by: what of the dev sentences decides which weights are kept: exact_match, chrf (of equal ones the lower
            loss), or auto (chrf on text of one's own, exact_match on a corpus of a grammar).
        patience: stop after so many looks in a row in which nothing that decides got better (0: never).
        average: the last weights are the mean of those at so many last looks at the dev sentences, if these are
            translated no worse by it than at the best single look (0: none).
        checkpoints: so many times on the way the weights are kept, each in a model folder of its own (`snapshots.py`),
            spaced logarithmically from a thousandth of the steps to the last (0: none).
        target: stop as soon as this share of the dev sentences is translated exactly (above 1: never).
        precision: float32, bfloat16, or auto (bfloat16 where this machine is measured to be faster at it).
        device: cpu, cuda, mps or auto. threads: CPU threads of a process, 0 for all (shared out to the processes); a
            second one makes a small model no faster, and much slower beside a neighbour.
        processes: so many train together, each on `batch` sentences of a step (`machine/group.py`).
    """

    seed: int = 1
    steps: int = 4000
    batch: int = 32
    curriculum: float = 0.0
    bucket: int = 0
    learning_rate: float = 0.006
    warmup: int = 100
    weight_decay: float = 0.01
    clip: float = 1.0
    validate_every: int = 200
    validate_from: int = 0
    label_smoothing: float = 0.0
    lean: bool = False
    best_by: str = "auto"
    patience: int = 0
    average: int = 0
    checkpoints: int = 0
    target: float = 2.0
    precision: str = "auto"
    device: str = "auto"
    threads: int = 1
    processes: int = 1


@dataclass(frozen=True)
class Recipe:
    """All of a run's settings; `load` reads them, `to_toml` writes them beside the model."""

    tokenizer: TokenizerRecipe = field(default_factory=TokenizerRecipe)
    model: ModelRecipe = field(default_factory=ModelRecipe)
    training: TrainingRecipe = field(default_factory=TrainingRecipe)

    @classmethod
    def load(cls, name: str | Path) -> "Recipe":
        """Read a recipe by its path, or by the name of one that ships (`lesson`)."""
        path = Path(name)
        shipped = data("recipes")
        if not path.suffix and not path.exists():
            path = shipped / f"{name}.toml"
        if not path.exists():
            known = ", ".join(sorted(p.stem for p in shipped.glob("*.toml")))
            raise UsageError(f"There is no recipe '{name}'; give a .toml file or one of: {known}.")
        return cls.parse(read_text(path, "recipe"), str(path))

    @classmethod
    def parse(cls, text: str, where: str = "the recipe") -> "Recipe":
        """Build a recipe from TOML; raises `UsageError` naming `where` and the key that is wrong."""
        try:
            values = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise UsageError(f"{where} is not TOML: {error}.") from error
        recipe = cls()
        for section, keys in values.items():
            if not isinstance(keys, dict):
                raise UsageError(f"{where}: '{section}' stands outside a section; put it under {_sections()}.")
            if not keys and section not in cls.__dataclass_fields__:  # with keys, the first of them is named below
                raise UsageError(f"{where}: there is no section [{section}]; there are {_sections()}.")
            for key, value in keys.items():
                recipe = recipe.with_value(f"{section}.{key}", value, where)
        return recipe.checked(where)

    def override(self, settings: Iterable[str]) -> "Recipe":
        """Apply settings of the form key=value, as they come from a command line."""
        recipe = self
        for setting in settings:
            key, equals, value = setting.partition("=")
            if not equals:
                raise UsageError(f"`settings` takes key=value, not '{setting}'.")
            recipe = recipe.with_value(key.strip(), value.strip(), "`settings`")
        return recipe.checked("`settings`")

    def with_value(self, key: str, value: object, where: str = "the recipe") -> "Recipe":
        """The recipe with one key changed; `key` is `section.name`, or a bare name that only one section has."""
        names = {f"{s.name}.{f.name}": (s.name, f) for s in fields(self) for f in fields(getattr(self, s.name))}
        full = key if key in names else next((n for n in names if n.split(".")[1] == key), None)
        if full is None:
            candidates = [*names, *(n.split(".")[1] for n in names)]
            near = difflib.get_close_matches(key, candidates, n=1, cutoff=0.0)[0]
            raise UsageError(f"{where}: there is no key '{key}'; did you mean '{near}'?")
        section, spec = names[full]
        changed = replace(getattr(self, section), **{spec.name: _typed(spec, value, full, where)})
        return replace(self, **{section: changed})

    def checked(self, where: str) -> "Recipe":
        """Return the recipe, or raise `UsageError` for the first value that cannot be."""
        for rule, problem in _rules(self):
            if not rule:
                raise UsageError(f"{where}: {problem}.")
        return self

    def differences(self, other: "Recipe") -> list[str]:
        """The keys in which `other` asks for something else; its `auto` accepts any choice made for it."""
        ours, theirs = asdict(self), asdict(other)
        return [
            f"{section}.{key}"
            for section, values in ours.items()
            for key, value in values.items()
            if theirs[section][key] not in ("auto", value)
        ]

    def to_toml(self) -> str:
        """The whole recipe, defaults included."""
        return tomli_w.dumps(asdict(self))


def _rules(recipe: Recipe) -> Iterator[tuple[bool, str]]:
    """Each condition that must hold, with the sentence for when it does not."""
    pieces, model, run = recipe.tokenizer, recipe.model, recipe.training
    yield pieces.pieces in KINDS, f"tokenizer.pieces must be one of {', '.join(KINDS)}, not '{pieces.pieces}'"
    yield 8 <= pieces.size <= 1_000_000, f"tokenizer.size must lie between 8 and 1,000,000, not {pieces.size}"
    yield model.cell in CELLS, f"model.cell must be one of {', '.join(CELLS)}, not '{model.cell}'"
    for name in ("layers", "hidden", "embedding"):
        value = getattr(model, name)
        yield 1 <= value <= 65536, f"model.{name} must lie between 1 and 65536, not {value}"
    yield abs(model.forget_bias) <= 100, f"model.forget_bias must lie between -100 and 100, not {model.forget_bias}"
    yield model.attention in ATTENTIONS, f"model.attention must be luong or none, not '{model.attention}'"
    problem = both_ways_problem(model.bidirectional, model.hidden, model.reverse_source)
    yield not problem, problem
    yield (
        0 < model.embedding_start <= 100,
        (f"model.embedding_start must lie between 0 and 100 (above 0), not {model.embedding_start}"),
    )
    for section, name in (("model", "dropout"), ("model", "recurrent_dropout"), ("training", "label_smoothing")):
        value = getattr(getattr(recipe, section), name)
        yield 0 <= value < 1, f"{section}.{name} must lie in [0, 1), not {value}"
    for name in ("steps", "batch", "validate_every"):
        value = getattr(run, name)
        yield 1 <= value < 2**31, f"training.{name} must lie between 1 and 2147483647, not {value}"
    whole = ("warmup", "weight_decay", "threads", "seed", "curriculum", "validate_from", "average", "bucket")
    for name in (*whole, "checkpoints", "patience"):
        yield getattr(run, name) >= 0, f"training.{name} must not be negative, not {getattr(run, name)}"
    for name in ("learning_rate", "clip", "target"):
        yield getattr(run, name) > 0, f"training.{name} must be above 0, not {getattr(run, name)}"
    yield run.seed < 2**32, f"training.seed must be below 4294967296, not {run.seed}"
    yield run.checkpoints <= 1000, f"training.checkpoints must be at most 1000, not {run.checkpoints}"
    yield run.threads <= 1024, f"training.threads must be at most 1024, not {run.threads}"
    yield 1 <= run.processes <= 1024, f"training.processes must lie between 1 and 1024, not {run.processes}"
    known = run.best_by in BEST_BY
    yield known, f"training.best_by must be one of {', '.join(BEST_BY)}, not '{run.best_by}'"
    known = run.precision in ("auto", "float32", "bfloat16")
    yield known, f"training.precision must be auto, float32 or bfloat16, not '{run.precision}'"


def _typed(spec: Field[Any], value: object, key: str, where: str) -> object:
    """`value` as the key's own type; text from a command line is read as a number or a truth value."""
    kind = spec.type
    assert isinstance(kind, type)
    if isinstance(value, str) and kind is not str:
        value = _read(kind, value)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    right_type = isinstance(value, kind) and isinstance(value, bool) == (kind is bool)
    if right_type and not (isinstance(value, float) and not math.isfinite(value)):
        return value
    names = {int: "a whole number", float: "a number", bool: "true or false", str: "text"}
    raise UsageError(f"{where}: {key} must be {names[kind]}, not {value!r}.")


def _read(kind: type, text: str) -> object:
    """`text` as a number or a truth value; unchanged where it is none."""
    if kind is bool:
        return {"true": True, "false": False}.get(text.lower(), text)
    try:
        return kind(text)
    except ValueError:
        return text


def _sections() -> str:
    return ", ".join(f"[{f.name}]" for f in fields(Recipe))
