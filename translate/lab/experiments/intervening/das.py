"""Distributed alignment search: the few directions of a state that a network's agreement follows.

Linear DAS (Geiger et al. 2024): a basis U `[unit, rank]`, UᵀU = I, is trained so that the exchange inside its subspace,
z′ = z_b + U Uᵀ(z_s − z_b), makes the base's run go on with the counterfactual's words. The network stays as it is.
For training alone the counterfactual's words are forced from the edit on; what a basis is worth is measured elsewhere
(`subspace.py`), on free-running output.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from translate import lab
from translate.lab.sentences.minimal_pairs import Swap
from translate.model import cells
from translate.tokenizer import END, PAD
from translate.training.optimizer import AdamW

LEARNING_RATE, BATCH = 0.2, 32


@dataclass(frozen=True)
class Examples:
    """Minimal pairs at the step of the edit, one row each.

    base, source `[row, unit]`: what the two runs hold at the site. states: the base's decoder states after that step,
    h and c of each layer, `[row, unit]`. shown `[row, unit]`: the base's output gate, by which an edited c becomes h;
    None where the site is h. words `[row, time]`: the counterfactual's words from the edit on, its end mark
    included, then padding.
    """

    site: str
    base: Tensor
    source: Tensor
    states: tuple[tuple[Tensor, ...], ...]
    shown: Tensor | None
    words: Tensor

    def __len__(self) -> int:
        return len(self.base)

    def rows(self, rows: Tensor) -> "Examples":
        """Some of the rows, as long as they need to be."""
        words = self.words[rows]
        return Examples(
            self.site, self.base[rows], self.source[rows],
            tuple(tuple(state[rows] for state in layer) for layer in self.states),
            None if self.shown is None else self.shown[rows],
            words[:, : int((words != PAD).sum(1).max())],
        )  # fmt: skip


def examples(
    translator, site: str, swaps: Sequence[Swap], texts: Sequence[tuple[Sequence[str], Sequence[str]]], network
) -> Examples:
    """What `swaps` hold at a decoder site when they are edited.

    texts: the tokens that base and source write, which they are made to read: as in a free run if they are its own.
    """
    config, rows, steps = network.config, np.arange(len(swaps)), np.array([swap.step for swap in swaps])
    pairs = [swap.base for swap in swaps] + [swap.source for swap in swaps]
    written = [base for base, _ in texts] + [source for _, source in texts]
    gate = site.removesuffix(".c") + ".o" if site.endswith(".c") else None
    names = [[f"dec.l{layer}.{state}" for state in cells.STATES[config.cell]] for layer in range(config.layers)]
    wanted = [name for layer in names for name in layer] + ([gate] if gate else [])
    trace = lab.trace(translator, [pair.source for pair in pairs], written, wanted, network=network)

    def held(name: str, offset: int = 0) -> Tensor:
        return trace[name][rows + offset, steps].contiguous()

    ids = [[*translator.target.ids(source), END][step:] for (_, source), step in zip(texts, steps, strict=True)]
    words = torch.full((len(ids), max(map(len, ids))), PAD)
    for row, some in enumerate(ids):
        words[row, : len(some)] = torch.tensor(some)
    states = tuple(tuple(held(name) for name in layer) for layer in names)
    return Examples(site, held(site), held(site, len(swaps)), states, held(gate) if gate else None, words)


def exchanged(base, source, basis):
    """z′ = z_b + U Uᵀ(z_s − z_b): base and source `[row, unit]`, basis U `[unit, rank]`."""
    return base + (source - base) @ basis @ basis.T


def forced_logits(module, some: Examples, edited: Tensor) -> Tensor:
    """The logits `[row, time, word]` that an `EncoderDecoder` gives `some.words` after its site is set to `edited`."""
    layer, states = int(some.site.split(".")[1][1:]), [list(states) for states in some.states]
    if some.shown is None:
        states[layer][0] = edited
    else:  # h = o ⊙ tanh(c) follows from the edit
        states[layer][:] = some.shown * edited.tanh(), edited
    stacked = tuple(torch.stack(values) for values in zip(*states, strict=True))
    read = module.target_embedding(some.words[:, :-1].t())
    hidden, _ = module.decoder(read, stacked if len(stacked) > 1 else stacked[0])
    return module.output(torch.cat([stacked[0][-1:], hidden])).transpose(0, 1)


def fit_basis(module, some: Examples, rank: int, steps: int, seed: int = 0) -> np.ndarray:
    """The basis U `[unit, rank]` that exchanges best: the least cross-entropy of the counterfactual's words.

    module: the frozen `EncoderDecoder`. steps: of Adam, on batches of `BATCH`, with a rate that falls to 0; U is the Q of
    a QR decomposition.
    """
    draw = torch.Generator().manual_seed(seed)
    free = torch.randn(some.base.shape[1], rank, generator=draw, requires_grad=True)
    adam = AdamW([free], weight_decay=0.0)
    for step in range(steps):
        batch = some.rows(torch.randperm(len(some), generator=draw)[:BATCH])
        edited = exchanged(batch.base, batch.source, torch.linalg.qr(free).Q)
        logits = forced_logits(module, batch, edited)
        loss = functional.cross_entropy(logits.flatten(0, 1), batch.words.flatten(), ignore_index=PAD)
        free.grad = torch.autograd.grad(loss, [free])[0].contiguous()  # the kernel takes both as laid out alike
        adam.step(LEARNING_RATE * (1 - step / steps))
    return torch.linalg.qr(free.detach()).Q.numpy()
