"""Several processes that train one model together, each on its share of every batch (synchronous data parallelism).

The processes are told of each other as torchrun tells them, in the environment: RANK, WORLD_SIZE, LOCAL_RANK,
MASTER_ADDR and MASTER_PORT; `launch.py` does the same on one machine. Each has the whole model and takes every N-th row
of a batch that is N times as large. Gradients are weighted by the words of a share and summed, so that a step is that
of one process with the large batch, but for rounding and for the draws of the dropout. The first process alone looks
at the dev sentences and writes files.
"""

import os
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, TypeVar

import torch
from torch import Tensor

from translate.errors import TranslateError, UsageError
from translate.processes import processors

Told = TypeVar("Told")

_PATIENCE = timedelta(hours=2)  # while the first looks at the dev sentences the others wait


class Group:
    """The processes of a training, seen from one of them; of one process where nobody has started more.

    processes: as many as the recipe wants. Raises `UsageError` where another number of them was started.
    """

    def __init__(self, processes: int = 1):
        self.size, self.rank = (int(os.environ.get(name, alone)) for name, alone in (("WORLD_SIZE", 1), ("RANK", 0)))
        if processes not in (1, self.size):
            raise UsageError(
                f"training.processes is {processes}, but {self.size} started; start it with "
                f"`translate train --processes {processes}` or `torchrun --nproc-per-node {processes}`."
            )
        self._joined = False

    @property
    def leads(self) -> bool:
        """Whether this is the process that looks and writes."""
        return self.rank == 0

    def __enter__(self) -> "Group":
        if self.size > 1 and not torch.distributed.is_initialized():
            backend = "cpu:gloo,cuda:nccl" if torch.cuda.is_available() else "gloo"
            torch.distributed.init_process_group(backend, timeout=_PATIENCE)
            self._joined = True
        return self

    def __exit__(self, kind: object, error: BaseException | None, _: object) -> None:
        if not self._joined:
            return
        if isinstance(error, RuntimeError) and any(word in str(error) for word in ("gloo", "Connection", "NCCL")):
            raise TranslateError(
                "Another process of this training has ended; see what it said, and go on with `resume`."
            ) from error
        torch.distributed.destroy_process_group()

    def device(self, device: torch.device) -> torch.device:
        """The device of this process, where there are several."""
        if device.type == "cuda" and self.size > 1:
            device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", self.rank)) % torch.cuda.device_count())
            torch.cuda.set_device(device)
        return device

    def threads(self) -> int:
        """How many CPU threads are this process's share; 0, torch's own choice, where it is alone."""
        return 0 if self.size == 1 else max(1, processors() // int(os.environ.get("LOCAL_WORLD_SIZE", self.size)))

    def draw_apart(self, seed: int, step: int) -> None:
        """Let each process draw other dropout in each step, and a run that is resumed the same as one that is not."""
        if self.size > 1:
            torch.manual_seed((seed * 1_000_003 + step) * 1024 + self.rank)

    def share(self, batch: Iterable[Tensor]) -> list[Tensor]:
        """This process's rows of each part of a batch; there may be none in a small one."""
        return [part[self.rank :: self.size] for part in batch]

    def told(self, finds: Callable[[], Told]) -> Told:
        """What the first process finds, in all."""
        if self.size == 1:
            return finds()
        value: list[Any] = [finds() if self.leads else None]
        torch.distributed.broadcast_object_list(value, src=0, device=torch.device("cpu"))
        return value[0]

    def total(self, value: int) -> int:
        """The sum of what all say."""
        if self.size == 1:
            return value
        number = torch.tensor([value])
        torch.distributed.all_reduce(number)
        return int(number)

    def add_up(self, loss: Tensor, parameters: Iterable[torch.nn.Parameter]) -> Tensor:
        """Sum the gradients of all processes in each, and return the sum of their losses."""
        if self.size == 1:
            return loss
        parameters = list(parameters)
        gradients = [torch.zeros_like(p) if p.grad is None else p.grad for p in parameters]
        flat = torch.cat([loss.reshape(1), *(gradient.flatten() for gradient in gradients)])
        torch.distributed.all_reduce(flat)
        summed = flat[1:].split([p.numel() for p in parameters])
        for parameter, gradient in zip(parameters, summed, strict=True):
            parameter.grad = gradient.view_as(parameter)
        return flat[0]
