"""Networks whose truth is known: their weights are written down (`weights.py`), and nothing is trained.

What a method of the laboratory says about them can be wrong, and then one sees it. They translate `language.py`
and are ordinary model folders: every command and every experiment takes them.
"""

import shutil
import tempfile
import weakref
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from translate.errors import UsageError
from translate.files import write_atomic
from translate.lab.experiments.setup import Setup
from translate.lab.planted.language import material
from translate.lab.planted.truths import TRUTHS, Truth
from translate.lab.planted.weights import units_of, weights_of
from translate.lab.sentences.lemmas import split_lemmas
from translate.lab.sentences.material import Material
from translate.model.checkpoint import WEIGHTS, Checkpoint, save_frame
from translate.model.config import ModelConfig
from translate.model.translator import Translator
from translate.tokenizer import Tokenizer

NAMES = tuple(TRUTHS)


@dataclass(frozen=True)
class Planted:
    """A planted network. units: the number of each unit by its name. truth: what every method must find."""

    name: str
    translator: Translator
    material: Material
    truth: Truth
    units: dict[str, int]

    def fewer(self, rounds: int) -> "Planted":
        """The same with fewer sentences: see `material`."""
        return replace(self, material=material(rounds, self.truth.returns))

    def setup(self, seed: int = 0) -> Setup:
        """The network and its sentences, ready for every experiment."""
        return Setup(self.translator, self.material, split_lemmas(self.material.pairs("switch"), seed), seed)


def names_and_descriptions() -> dict[str, str]:
    """What each planted network does, in a sentence."""
    return {name: truth.story for name, truth in TRUTHS.items()}


def make_planted(name: str, folder: Path | None = None) -> Planted:
    """Write the planted network `name` as a model folder and open it.

    folder: where; None: a temporary one that goes away with the translator. Raises `UsageError` for another name.
    """
    if name not in NAMES:
        raise UsageError(f"There is no planted network '{name}'; choose one of {', '.join(NAMES)}.")

    def weights(config: ModelConfig, source: Tokenizer, target: Tokenizer) -> dict:
        return weights_of(name, config, source, target)

    return made(name, weights, folder)


def made(
    name: str,
    weights: Callable[[ModelConfig, Tokenizer, Tokenizer], dict],
    folder: Path | None = None,
    attention: str = "",
) -> Planted:
    """A network with the units of the planted network `name`, and with these weights of its shape and words."""
    temporary, folder = folder is None, folder or Path(tempfile.mkdtemp(prefix=f"translate-{name}-"))
    language = material(returns=TRUTHS[name].returns)
    pairs = language.pairs("switch")
    source = Tokenizer.train([" ".join(pair.source) for pair in pairs], "word", english=True)
    target = Tokenizer.train([pair.target_text for pair in pairs], "word")
    units = units_of(name)
    embedding = max(len(source), len(target))
    config = ModelConfig(len(source), len(target), hidden=len(units), embedding=embedding, attention=attention)
    _save(folder, config, source, target, weights(config, source, target))
    translator = Translator(Checkpoint(folder, config, source, target), "numpy")
    if temporary:
        weakref.finalize(translator, shutil.rmtree, folder, ignore_errors=True)
    return Planted(name, translator, language, TRUTHS[name], units)


def _save(folder: Path, config: ModelConfig, source: Tokenizer, target: Tokenizer, weights: dict) -> None:
    from safetensors.numpy import save

    folder.mkdir(parents=True, exist_ok=True)
    save_frame(folder, config, source, target)
    write_atomic(folder / WEIGHTS, save(weights))
