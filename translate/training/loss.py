"""The cross-entropy of a large vocabulary, some words at a time, so that their logits never stand in memory at once.

A batch of 64 sentences of 20 words has 10 million logits over 8,000 pieces. As one tensor they are written and read a
dozen times, in copies of 40 MB each. Here a block of them is; its gradient is at hand as soon as its loss is (the
softmax less the target) and takes the logits' own place, so that nothing is kept and nothing computed twice. The idea
is that of Liger's fused linear cross-entropy (Hsu et al. 2024), in plain torch.
"""

from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable
from torch.nn.functional import linear

from translate.model.encoder_decoder import EncoderDecoder, TiedOutput
from translate.tokenizer import PAD

_AT_ONCE = 2**21
"""Logits of a block: 8 MB."""


def lean_loss(
    model: EncoderDecoder, source: Tensor, target_in: Tensor, target_out: Tensor, smoothing: float = 0.0
) -> Tensor:
    """`EncoderDecoder.loss` over the real words alone, by blocks: the same but for rounding and the draw of dropout."""
    words = target_out.t().flatten()
    real = (words != PAD).nonzero()[:, 0]
    hidden = model.dropout(model.hidden(source, target_in).flatten(0, 1).index_select(0, real))
    weight = model.output.weight
    if isinstance(model.output, TiedOutput):
        hidden, weight = model.output.projection(hidden), model.target_embedding.weight
    return word_loss(hidden, weight, model.output.bias, words[real], smoothing)


def word_loss(hidden: Tensor, weight: Tensor, bias: Tensor, words: Tensor, smoothing: float = 0.0) -> Tensor:
    """Mean cross-entropy in nats a word of `words` `[word]`, whose logits are hidden · weightᵀ + bias.

    hidden: `[word, number]`. weight: `[vocabulary, number]`. bias: `[vocabulary]`. smoothing: the share ε of the target
    that is spread evenly over the vocabulary, as in `EncoderDecoder.loss`.
    """
    return _WordLoss.apply(hidden, weight, bias, words, smoothing, torch.is_grad_enabled())


class _WordLoss(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any, hidden: Tensor, weight: Tensor, bias: Tensor, words: Tensor, smoothing: float, learning: bool
    ) -> Tensor:
        device, loss = hidden.device.type, bias.new_zeros(())
        # Products in an autocast's precision, if there is one; sums in that of the weights.
        kind = torch.get_autocast_dtype(device) if torch.is_autocast_enabled(device) else weight.dtype
        gradients = [torch.zeros_like(part) for part in ((hidden, weight, bias) if learning else ())]
        with torch.autocast(device, enabled=False):
            matrix, addend = weight.to(kind), bias.to(kind)
            for first in range(0, len(words), _rows(bias)):
                rows = slice(first, first + _rows(bias))
                block = hidden[rows].to(kind)
                logits = linear(block, matrix, addend).to(weight.dtype)
                loss += _nats(logits, words[rows], smoothing)
                if learning:
                    error = logits.to(kind)
                    gradients[0][rows] = error @ matrix
                    gradients[1] += error.t() @ block
                    gradients[2] += logits.sum(0)
        ctx.count = max(len(words), 1)
        ctx.save_for_backward(*gradients)
        return loss / ctx.count

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, upstream: Tensor) -> tuple[Tensor | None, ...]:
        scale = upstream / ctx.count
        hidden, weight, bias = (gradient.mul_(scale) for gradient in ctx.saved_tensors)
        return hidden, weight, bias, None, None, None


def _rows(bias: Tensor) -> int:
    return max(16, _AT_ONCE // len(bias))


def _nats(logits: Tensor, words: Tensor, smoothing: float) -> Tensor:
    """The summed loss of `logits` `[word, vocabulary]`, in whose place its gradient stands afterwards."""
    right = words[:, None]
    largest = logits.amax(-1, keepdim=True)
    logits -= largest
    gain = (1 - smoothing) * logits.gather(1, right)[:, 0]
    if smoothing:
        gain += smoothing * logits.mean(-1)
    total = logits.exp_().sum(-1, keepdim=True)
    loss = (total.log()[:, 0] - gain).sum()
    logits /= total
    if smoothing:
        logits -= smoothing / logits.shape[1]
    logits.scatter_add_(1, right, logits.new_full(right.shape, smoothing - 1))
    return loss
