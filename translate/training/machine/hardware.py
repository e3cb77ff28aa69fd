"""What the machine can do for a run: in which precision it computes, and whether the model has room."""

import os
import time

import torch

from translate.errors import TranslateError, UsageError
from translate.model.config import ModelConfig
from translate.model.encoder_decoder import EncoderDecoder

_WORTH_IT = 1.25  # how much faster bfloat16 must be; a narrow win would flip with the machine's noise


def check_memory(config: ModelConfig, device: torch.device) -> None:
    """Raise `TranslateError` for a model that this machine cannot hold while it is trained, before it fills the memory.

    Each parameter takes 16 bytes: itself, its gradient, and what AdamW remembers of it.
    """
    with torch.device("meta"):
        parameters = sum(p.numel() for p in EncoderDecoder(config).parameters())
    if device.type == "cpu" and hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        has = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        if 16 * parameters > has:
            raise TranslateError(
                f"To train {parameters:,} parameters takes {16 * parameters / 1e9:,.0f} GB of memory, and this machine "
                f"has {has / 1e9:,.0f}; make the model smaller (model.hidden, model.layers)."
            )


def pick_precision(name: str, device: torch.device, config: ModelConfig, batch: int) -> str:
    """`float32` or `bfloat16`.

    `auto` takes bfloat16 only where the processor computes in it natively *and* three training steps of this
    model's shape are measured to be at least a quarter faster; elsewhere it would be emulated and slow. The choice
    is written into the resolved recipe, so that a run and its continuation never differ.
    """
    if name == "float32" or (name == "auto" and not _has_bfloat16(device)):
        return "float32"
    if name == "bfloat16":
        if not _has_bfloat16(device):
            raise UsageError(f"This machine's {device.type} has no native bfloat16; use precision float32 or auto.")
        return name
    seconds = {precision: _seconds(precision, device, config, batch) for precision in ("float32", "bfloat16")}
    return "bfloat16" if seconds["float32"] > _WORTH_IT * seconds["bfloat16"] else "float32"


def autocast(precision: str, device: torch.device) -> torch.autocast:
    """The context in which a forward pass runs in `precision`; weights and loss stay float32."""
    return torch.autocast(device.type, torch.bfloat16, enabled=precision == "bfloat16")


def keep_few_kernels() -> None:
    """Let oneDNN keep few of the kernels that it makes, one a shape of a batch: half a gigabyte if it keeps 1,024.

    It must be told before it makes the first; the environment may say otherwise.
    """
    os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "16")


def _has_bfloat16(device: torch.device) -> bool:
    if device.type == "cuda":
        return torch.cuda.is_bf16_supported(including_emulation=False)
    return device.type == "cpu" and torch.ops.mkldnn._is_mkldnn_bf16_supported()


def _seconds(precision: str, device: torch.device, config: ModelConfig, batch: int) -> float:
    """Fastest of three training steps of 16 words, after one to warm up."""
    with torch.random.fork_rng(devices=[]):
        model = EncoderDecoder(config).to(device)
        words = torch.zeros(batch, 16, dtype=torch.int64, device=device) + 3
        best = float("inf")
        for _ in range(4):
            start = time.perf_counter()
            with autocast(precision, device):
                loss = model.loss(words, words, words)
            loss.backward()
            loss.item()
            best = min(best, time.perf_counter() - start)
    return best
