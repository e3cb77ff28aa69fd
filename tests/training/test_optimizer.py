"""Our AdamW is torch's, to the last bit."""

import pytest
import torch

from translate.training.optimizer import AdamW

pytestmark = pytest.mark.numerical


def test_it_takes_the_same_steps_as_torch_does():
    torch.manual_seed(0)
    ours, theirs = torch.nn.Linear(7, 5), torch.nn.Linear(7, 5)
    theirs.load_state_dict(ours.state_dict())
    optimizer = AdamW(ours.parameters(), weight_decay=0.03)
    reference = torch.optim.AdamW(theirs.parameters(), lr=0.0, betas=(0.9, 0.98), weight_decay=0.03, fused=True)
    for step in range(30):
        inputs, rate = torch.randn(4, 7), 0.1 / (step + 1)
        for group in reference.param_groups:
            group["lr"] = rate
        for model, each in ((ours, optimizer), (theirs, reference)):
            each.zero_grad()
            model(inputs).square().mean().backward()
        optimizer.step(rate)
        reference.step()
    for mine, other in zip(ours.parameters(), theirs.parameters(), strict=True):
        assert torch.equal(mine, other)
        assert torch.equal(optimizer.state[mine]["exp_avg_sq"], reference.state[other]["exp_avg_sq"])
