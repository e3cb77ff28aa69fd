"""A model is a folder: weights, configuration, tokenizers, and beside them the recipe, the metrics and a card."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safetensors import SafetensorError

from translate.errors import TranslateError, UsageError
from translate.files import read_text, write_atomic
from translate.model.config import ModelConfig
from translate.resources import LOOKED_INTO, models, shipped_models
from translate.tokenizer import KINDS, Tokenizer

if TYPE_CHECKING:
    import numpy as np
    from torch import nn

    from translate.model.encoder_decoder import EncoderDecoder

WEIGHTS, CONFIG = "weights.safetensors", "config.json"


@dataclass(frozen=True)
class Checkpoint:
    """What a model folder holds, before anything of it is computed with."""

    folder: Path
    config: ModelConfig
    source: Tokenizer
    target: Tokenizer

    @cached_property
    def hash(self) -> str:
        """The first 12 hexadecimal digits of the weights' SHA-256: by it a result names its model."""
        return hashlib.sha256((self.folder / WEIGHTS).read_bytes()).hexdigest()[:12]

    @cached_property
    def metrics(self) -> dict:
        """The metrics written when the training ended; empty if it has not."""
        path = self.folder / "metrics.json"
        try:
            return json.loads(read_text(path)) if path.exists() else {}
        except ValueError as error:
            raise TranslateError(f"{path} is damaged; copy or train the model again.") from error

    def numpy_weights(self) -> "dict[str, np.ndarray]":
        """The weights by name as numpy arrays in float32; needs no torch."""
        from safetensors.numpy import load_file

        return {name: value.astype("float32", copy=False) for name, value in self._weights(load_file).items()}

    def module(self, device: str = "cpu") -> "EncoderDecoder":
        """The `EncoderDecoder` with its weights, in evaluation mode."""
        from safetensors.torch import load_file

        from translate.model.encoder_decoder import EncoderDecoder

        weights = {name: value.float() for name, value in self._weights(load_file).items()}
        module = EncoderDecoder(self.config)
        module.load_state_dict(weights)
        return module.to(device).eval()

    def _weights(self, load: Callable[[Path], dict[str, Any]]) -> dict[str, Any]:
        try:
            weights = load(self.folder / WEIGHTS)
        except (OSError, SafetensorError) as error:
            raise TranslateError(
                f"The weights in {self.folder / WEIGHTS} cannot be read ({error}); copy or train the model again."
            ) from error
        if {name: tuple(value.shape) for name, value in weights.items()} != self.config.shapes():
            raise TranslateError(
                f"The weights in {self.folder} do not fit its {CONFIG}; copy or train the model again."
            )
        return weights


def open_checkpoint(folder: str | Path | None = None) -> Checkpoint:
    """Read the model folder `folder`, or the lesson's model that ships with the package.

    `folder` may also be the name of a model that ships (`lesson`). Raises `UsageError` if it is no model folder and
    `TranslateError` if it is a broken one.
    """
    path = Path(LOOKED_INTO if folder is None else folder)
    if not (path / CONFIG).is_file() and (folder is None or str(path) in shipped_models()):
        path = models(path.name)
    if not path.exists():
        raise UsageError(f"{path} is not a model folder, nor a model that ships: {', '.join(shipped_models())}.")
    if not (path / CONFIG).is_file():
        raise UsageError(f"{path} is not a model folder (it has no {CONFIG}); give the `out` folder of a training.")
    frame = open_frame(path)
    if not (path / WEIGHTS).is_file():
        raise TranslateError(f"{path} has no {WEIGHTS}; its training has not reached a first validation yet.")
    return frame


def open_frame(path: Path) -> Checkpoint:
    """Read all of the model folder `path` but its weights, which need not be there yet."""
    text = read_text(path / CONFIG, "configuration")
    try:
        values = json.loads(text)
        tokenizer, config = values["tokenizer"], ModelConfig.from_dict(values["model"])
        kind, pretokenised = tokenizer["pieces"], tokenizer["pretokenised"]
        if kind not in KINDS or type(pretokenised) is not bool:
            raise ValueError("no such tokenizer")
    except TranslateError as error:
        raise TranslateError(f"{path / CONFIG} is no configuration of a model: {error}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise TranslateError(f"{path / CONFIG} is damaged; copy or train the model again.") from error
    source = Tokenizer.load(path / "source.model", kind, english=True, pretokenised=pretokenised)
    target = Tokenizer.load(path / "target.model", kind, pretokenised=pretokenised)
    if (len(source), len(target)) != (config.source_vocabulary, config.target_vocabulary):
        raise TranslateError(f"The tokenizers in {path} do not fit its {CONFIG}; copy or train the model again.")
    return Checkpoint(path, config, source, target)


def save_frame(folder: Path, config: ModelConfig, source: Tokenizer, target: Tokenizer) -> None:
    """Write all of a model but its weights, each file in one step."""
    values = {
        "model": config.to_dict(),
        "tokenizer": {"pieces": source.kind, "pretokenised": source.pretokenised},
    }
    write_atomic(folder / "source.model", source.serialised())
    write_atomic(folder / "target.model", target.serialised())
    write_atomic(folder / CONFIG, json.dumps(values, indent=2) + "\n")


def save_weights(folder: Path, module: "nn.Module") -> None:
    """Write the weights of `module` in one step."""
    from safetensors.torch import save

    tensors = {name: value.detach().contiguous().cpu() for name, value in module.state_dict().items()}
    write_atomic(folder / WEIGHTS, save(tensors))


def halve_weights(folder: Path) -> float:
    """Write the weights of a model folder anew in half precision (float16); returns the largest change of a weight.

    They are computed with in float32 all the same: half the bytes, the same speed. The model's hash becomes another.
    Raises `TranslateError` where a weight is beyond what float16 can hold.
    """
    import numpy as np
    from safetensors.numpy import save

    weights = open_checkpoint(folder).numpy_weights()
    with np.errstate(over="ignore"):
        halves = {name: value.astype(np.float16) for name, value in weights.items()}
    changes = [float(np.abs(halves[name].astype(np.float32) - value).max()) for name, value in weights.items()]
    if not np.isfinite(changes).all():
        raise TranslateError(f"A weight of {folder} is too large for half precision; leave it as it is.")
    write_atomic(folder / WEIGHTS, save(halves))
    return max(changes)
