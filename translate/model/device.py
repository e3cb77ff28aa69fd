"""Which processor to compute on, and with how many threads."""

import torch

from translate.errors import UsageError


def pick_device(name: str = "auto") -> torch.device:
    """The device `name` stands for; `auto` is CUDA, then Apple's MPS, then the CPU."""
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
    try:
        device = torch.device(name)
        torch.zeros(1, device=device).item()  # a device that there is can also be read from
    except (RuntimeError, AssertionError, TypeError) as error:
        raise UsageError(f"The device '{name}' cannot be used here; choose cpu or auto.") from error
    return device


def use_threads(count: int) -> int:
    """Set the number of CPU threads (0: leave torch's choice) and return it."""
    if count:
        torch.set_num_threads(count)
    return torch.get_num_threads()
