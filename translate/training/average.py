"""The mean of the weights at the last looks at the dev sentences (Polyak & Juditsky 1992; Vaswani et al. 2017).

Until a run ends, its last weights wait in files beside the state, one a look. A look that is taken again after a crash
writes its file again with the same bytes, so that nothing else need be remembered.
"""

from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save
from torch import Tensor, nn

from translate.errors import TranslateError
from translate.files import write_atomic

_NAME = "average-{:010d}.safetensors"


def keep(folder: Path, model: nn.Module, step: int) -> None:
    """Write the weights of a look."""
    tensors = {name: value.detach().contiguous().cpu() for name, value in model.state_dict().items()}
    write_atomic(folder / _NAME.format(step), save(tensors))


def drop(folder: Path, last: int = 0) -> None:
    """Remove all but the `last` looks."""
    for path in _files(folder)[: -last or None]:
        path.unlink(missing_ok=True)


def mean(folder: Path, step: int, count: int) -> tuple[dict[str, Tensor], int]:
    """The mean of the last `count` looks up to `step`, in float32, and how many there were."""
    paths = [path for path in _files(folder) if path.name <= _NAME.format(step)][-count:]
    total: dict[str, Tensor] = {}
    try:
        for path in paths:
            for name, value in load_file(path).items():
                total[name] = total.get(name, torch.zeros(())) + value.double()
    except (OSError, SafetensorError) as error:
        raise TranslateError(f"The weights in {path} cannot be read ({error}); train with `overwrite`.") from error
    return {name: (value / len(paths)).float() for name, value in total.items()}, len(paths)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("average-*.safetensors"))
