"""The state of a run: all of it comes back, and a file that is none is said."""

import pytest
import torch

from translate.errors import TranslateError
from translate.training.optimizer import AdamW
from translate.training.state import NAME, Progress, load_state, save_state


def begun() -> tuple[torch.nn.Module, AdamW]:
    """A module and its optimiser after one step."""
    module = torch.nn.Linear(3, 2)
    optimizer = AdamW(module.parameters(), weight_decay=0.1)
    module(torch.randn(4, 3)).sum().backward()
    optimizer.step(0.1)
    return module, optimizer


def test_weights_moments_chance_and_progress_come_back(tmp_path):
    torch.manual_seed(1)
    module, optimizer = begun()
    progress = Progress("data", step=7, best=0.5, best_step=6)
    save_state(tmp_path, module, optimizer, progress)
    drawn = torch.randn(3)
    other, others = begun()
    assert load_state(tmp_path, other, others) == progress
    assert torch.equal(torch.randn(3), drawn)
    for mine, its in zip(module.parameters(), other.parameters(), strict=True):
        assert torch.equal(mine, its)
        assert all(torch.equal(value, others.state[its][key]) for key, value in optimizer.state[mine].items())


@pytest.mark.parametrize("content", [None, b"", b"no tensors"])
def test_a_file_that_is_no_state_names_the_way_on(tmp_path, content):
    if content is not None:
        (tmp_path / NAME).write_bytes(content)
    with pytest.raises(TranslateError, match="start it anew with `overwrite`"):
        load_state(tmp_path, *begun())
