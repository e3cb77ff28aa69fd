"""AdamW (Loshchilov & Hutter 2019) by torch's own fused kernel, without torch's optimiser class.

Making a `torch.optim.AdamW` imports torch's compiler, which takes longer than a short training's first thousand
sentences; the function behind it does not. A test holds both to the same bits.
"""

from collections.abc import Iterable

import torch
from torch.optim.adamw import adamw

_BETAS = (0.9, 0.98)
_EPSILON = 1e-8


class AdamW:
    """Decoupled weight decay Adam over `parameters`.

    `state` holds for each parameter its `step`, `exp_avg` and `exp_avg_sq`, as `torch.optim.AdamW` does.
    """

    def __init__(self, parameters: Iterable[torch.nn.Parameter], weight_decay: float):
        self.weight_decay = weight_decay
        self.state = {
            parameter: {
                "step": torch.zeros((), dtype=torch.float32, device=parameter.device),
                "exp_avg": torch.zeros_like(parameter, requires_grad=False),
                "exp_avg_sq": torch.zeros_like(parameter, requires_grad=False),
            }
            for parameter in parameters
        }

    def zero_grad(self) -> None:
        """Forget the gradients."""
        for parameter in self.state:
            parameter.grad = None

    @torch.no_grad()
    def step(self, rate: float) -> None:
        """Move every parameter by one step with the learning rate `rate`."""
        moving = [(p, s) for p, s in self.state.items() if p.grad is not None]
        adamw(
            [p for p, _ in moving],
            [p.grad for p, _ in moving],
            [s["exp_avg"] for _, s in moving],
            [s["exp_avg_sq"] for _, s in moving],
            [],
            [s["step"] for _, s in moving],
            fused=True,
            amsgrad=False,
            maximize=False,
            beta1=_BETAS[0],
            beta2=_BETAS[1],
            lr=rate,
            weight_decay=self.weight_decay,
            eps=_EPSILON,
        )
