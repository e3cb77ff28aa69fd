"""In which precision a run computes: never in one that the processor lacks, and the choice is not left open."""

import pytest
import torch

from translate.errors import UsageError
from translate.model.config import ModelConfig
from translate.training.machine import hardware

CPU, CONFIG = torch.device("cpu"), ModelConfig(9, 9, hidden=8, embedding=4)


def pick(name: str, monkeypatch, native: bool) -> str:
    monkeypatch.setattr(torch.ops.mkldnn, "_is_mkldnn_bf16_supported", lambda: native)
    return hardware.pick_precision(name, CPU, CONFIG, batch=2)


def test_what_is_asked_for_is_what_is_taken(monkeypatch):
    assert pick("float32", monkeypatch, native=True) == "float32"
    assert pick("bfloat16", monkeypatch, native=True) == "bfloat16"


def test_without_native_bfloat16_auto_is_float32_and_bfloat16_is_refused(monkeypatch):
    assert pick("auto", monkeypatch, native=False) == "float32"
    with pytest.raises(UsageError, match="no native bfloat16"):
        pick("bfloat16", monkeypatch, native=False)


@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
def test_autocast_computes_in_the_precision_that_was_picked(precision):
    with hardware.autocast(precision, CPU):
        product = torch.ones(2, 2) @ torch.ones(2, 2)
    assert product.dtype == getattr(torch, precision)
