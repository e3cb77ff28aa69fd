"""The whole state of a run in one file, so that it continues to the very same weights.

One file, replaced in one step: after a `kill -9` or a full disk it holds the last complete state and never a mix.
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import nn

from translate.errors import TranslateError
from translate.files import write_atomic
from translate.training.optimizer import AdamW

NAME = "last.safetensors"


@dataclass
class Progress:
    """Where a run stands: the hash of its data, batches done, and the best dev result so far with its step.

    averaged: of how many looks the best weights are the mean (0: they are those of one). best_dev: all dev metrics of
    the best weights. records, stale: the best value of each metric that decides, and for how many looks there was none.
    """

    data: str
    step: int = 0
    best: float = -1.0
    best_step: int = 0
    finished: bool = False
    averaged: int = 0
    best_dev: dict[str, float] = field(default_factory=dict)
    records: dict[str, float] = field(default_factory=dict)
    stale: int = 0


def save_state(folder: Path, model: nn.Module, optimizer: AdamW, progress: Progress) -> None:
    """Write weights, optimiser moments, the random generator and `progress` to `folder`."""
    tensors = {f"model.{name}": value for name, value in model.state_dict().items()}
    for name, moments in _moments(model, optimizer).items():
        tensors |= {f"optimizer.{name}.{key}": value for key, value in moments.items()}
    tensors["random.cpu"] = torch.get_rng_state()
    if torch.cuda.is_available():
        tensors["random.cuda"] = torch.cuda.get_rng_state()
    tensors = {name: value.detach().contiguous().cpu() for name, value in tensors.items()}
    write_atomic(folder / NAME, save(tensors, {"progress": json.dumps(asdict(progress))}))


def read_progress(folder: Path) -> Progress:
    """Where the run in `folder` stands."""
    try:
        with safe_open(folder / NAME, framework="pt") as stored:
            return Progress(**json.loads(stored.metadata()["progress"]))
    except (OSError, SafetensorError, KeyError, TypeError, ValueError) as error:
        raise _unreadable(folder) from error


def load_state(folder: Path, model: nn.Module, optimizer: AdamW) -> Progress:
    """Bring `model`, `optimizer` and the random generator back to the state in `folder`."""
    try:
        progress = read_progress(folder)
        with safe_open(folder / NAME, framework="pt") as stored:
            tensors = {name: stored.get_tensor(name) for name in stored.keys()}  # noqa: SIM118 (no dict)
        model.load_state_dict({name[6:]: value for name, value in tensors.items() if name.startswith("model.")})
        for name, parameter in model.named_parameters():
            start = f"optimizer.{name}."
            moments = {key[len(start) :]: value for key, value in tensors.items() if key.startswith(start)}
            optimizer.state[parameter] = {key: value.to(parameter.device) for key, value in moments.items()}
        torch.set_rng_state(tensors["random.cpu"])
        if "random.cuda" in tensors and torch.cuda.is_available():
            torch.cuda.set_rng_state(tensors["random.cuda"])
    except (OSError, SafetensorError, KeyError, TypeError, ValueError, RuntimeError) as error:
        raise _unreadable(folder) from error
    return progress


def _unreadable(folder: Path) -> TranslateError:
    return TranslateError(f"The state of the run in {folder / NAME} cannot be read; start it anew with `overwrite`.")


def _moments(model: nn.Module, optimizer: AdamW) -> dict[str, dict[str, torch.Tensor]]:
    names = {parameter: name for name, parameter in model.named_parameters()}
    return {names[parameter]: moments for parameter, moments in optimizer.state.items()}
