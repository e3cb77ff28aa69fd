"""Weights kept on the way, so that one can see how what a model does has come to be.

The steps are spaced evenly in their logarithm, for most happens early: of 20 checkpoints of 32,000 steps the first is
that of step 32, each next one 1.44 times as far, and the last one that of the end. Each is a model folder of its own,
`checkpoints/step-0000032`, which every command takes. A run that is resumed writes those after its last state again,
with the same bytes.
"""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from translate.files import sweep
from translate.model.checkpoint import save_frame, save_weights
from translate.model.config import ModelConfig
from translate.tokenizer import Tokenizer

if TYPE_CHECKING:
    from torch import nn

FOLDER = "checkpoints"
FIRST = 1 / 1000
"""The share of the steps after which the first weights are kept."""


def steps_of(steps: int, count: int) -> list[int]:
    """The steps after which weights are kept, at most `count` of a run of `steps`; a step that comes twice is one.

    One alone is that of the end.
    """
    spaced = [round(steps * FIRST ** (1 - number / max(count - 1, 1))) for number in range(count)]
    return sorted({max(step, 1) for step in spaced[:-1]} | {steps}) if count else []


def keep(
    out: Path, model: "nn.Module", config: ModelConfig, tokenizers: tuple[Tokenizer, Tokenizer], step: int
) -> None:
    """Write the model as it is after `step` as a folder of its own in the training's folder `out`, the weights last."""
    folder = _folder(out, step)
    save_frame(folder, config, *tokenizers)
    save_weights(folder, model)


def kept(out: Path) -> dict[int, Path]:
    """The model folders that were kept of the training in `out` by their steps, in order; only those that are whole."""
    folders = {int(path.parent.name.removeprefix("step-")): path.parent for path in _weights(out)}
    return dict(sorted(folders.items()))


def drop(out: Path) -> None:
    """Remove what an earlier run has kept."""
    shutil.rmtree(out / FOLDER, ignore_errors=True)


def sweep_all(out: Path) -> None:
    """Remove what a killed process has left half written."""
    for folder in (out / FOLDER).glob("step-*"):
        sweep(folder)


def _folder(out: Path, step: int) -> Path:
    return out / FOLDER / f"step-{step:07d}"


def _weights(out: Path) -> list[Path]:
    return list((out / FOLDER).glob("step-*/weights.safetensors"))
