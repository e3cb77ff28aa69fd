"""Where the data and the models are that travel with the package.

In a checkout they are the top-level folders `data/` and `models/`; a wheel carries them inside the package.
"""

from pathlib import Path

from translate.errors import TranslateError

LOOKED_INTO = "lesson"
"""The model that is looked into where none is named: the one that the lesson and the report are about."""

_SPEAKS = "full"
_WEIGHTS = "weights.safetensors"
_PACKAGE = Path(__file__).parent


def _root(name: str) -> Path:
    for candidate in (_PACKAGE / f"_{name}", _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise TranslateError(f"The installation is incomplete: its {name} folder is missing; install the package again.")


def data(name: str = "") -> Path:
    """The path of a data file or folder, e.g. `data("lexicon/nouns.tsv")`."""
    return _root("data") / name


def models(name: str = "") -> Path:
    """The path of a model folder that ships with the package, e.g. `models("lesson")`."""
    return _root("models") / name


def shipped_models() -> list[str]:
    """The names of the models that ship with the package."""
    return sorted(path.parent.name for path in models().glob(f"*/{_WEIGHTS}"))


def speaking_model() -> str:
    """The model that translates where none is named: the one that knows the whole grammar, once it is there."""
    return _SPEAKS if (models(_SPEAKS) / _WEIGHTS).is_file() else LOOKED_INTO
