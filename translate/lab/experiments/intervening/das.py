"""Which few directions of a state does a network's agreement follow? The search: distributed alignment search.

Linear DAS (Geiger et al. 2024): a basis U `[unit, rank]`, UᵀU = I, is trained so that the exchange inside its subspace,
z′ = z_b + U Uᵀ(z_s − z_b), makes the base's run go on with the counterfactual's words. The network stays as it is.
For training alone the counterfactual's words are forced from the edit on; what a basis is worth is measured elsewhere
(`subspace.py`), on free-running output.

Misleads when: it is believed without its controls. With enough directions some exchange works in any network.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from translate import lab
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.minimal_pairs import Swap
from translate.lab.tracing.site import Site
from translate.model import cells
from translate.model.encoder_decoder import EncoderDecoder
from translate.model.runnable import Runnable
from translate.tokenizer import END, PAD

LEARNING_RATE, BETAS, BATCH = 0.2, (0.9, 0.98), 32
Texts = Sequence[tuple[Sequence[str], Sequence[str]]]
"""For each minimal pair the tokens that base and source are made to write."""


@dataclass(frozen=True)
class Examples:
    """Minimal pairs at the step of the edit, one row each.

    base, source `[row, unit]`: what the two runs hold at the site. states: the base's decoder states after that step,
    h and c of each layer, `[row, unit]`. shown `[row, unit]`: the base's output gate, by which an edited c becomes h;
    None where the site is h. words `[row, time]`: the counterfactual's words from the edit on, its end mark
    included, then padding.
    """

    site: Site
    base: Tensor
    source: Tensor
    states: tuple[tuple[Tensor, ...], ...]
    shown: Tensor | None
    words: Tensor

    def __len__(self) -> int:
        return len(self.base)

    def rows(self, rows: Tensor) -> "Examples":
        """Some of the rows, as long as they need to be."""
        chosen = Examples(*(_rows(getattr(self, field.name), rows) for field in fields(self)))
        return replace(chosen, words=chosen.words[:, : int((chosen.words != PAD).sum(1).max())])

    def moved(self, matrix: Tensor | np.ndarray) -> Tensor:
        """z_b + (z_s − z_b) M for a matrix M `[unit, unit]`: `[row, unit]`."""
        return self.base + (self.source - self.base) @ torch.as_tensor(matrix, dtype=self.base.dtype)


def examples(setup: Setup, site: Site, swaps: Sequence[Swap], texts: Texts, network: Runnable) -> Examples:
    """What `swaps` hold at a decoder site when they are edited, read by `network`.

    texts: the words are forced, which is as in a free run if they are the network's own.
    """
    config, ids, count = network.config, setup.translator.target.ids, len(swaps)
    layers = [[Site.of("dec", layer, state) for state in cells.STATES[config.cell]] for layer in range(config.layers)]
    gate = site.named("o") if site.name == "c" else None
    wanted = [*(each for layer in layers for each in layer), *([gate] if gate else [])]
    pairs = [swap.base for swap in swaps] + [swap.source for swap in swaps]
    written = [base for base, _ in texts] + [source for _, source in texts]
    trace = lab.trace(setup.translator, [pair.source for pair in pairs], written, wanted, network=network)
    steps = [swap.place for swap in swaps]
    held = {each: trace.at(each, step=steps * 2) for each in wanted}
    ends = [torch.tensor([*ids(source), END][step:]) for (_, source), step in zip(texts, steps, strict=True)]
    return Examples(
        site=site,
        base=held[site][:count],
        source=held[site][count:],
        states=tuple(tuple(held[each][:count] for each in layer) for layer in layers),
        shown=held[gate][:count] if gate else None,
        words=torch.nn.utils.rnn.pad_sequence(ends, batch_first=True, padding_value=PAD),
    )


def forced_logits(module: EncoderDecoder, examples: Examples, edited: Tensor) -> Tensor:
    """The logits `[row, time, word]` that a module gives the examples' words after its site is set to `edited`."""
    states = [list(layer) for layer in examples.states]
    if examples.shown is None:
        states[examples.site.layer][0] = edited
    else:  # h = o ⊙ tanh(c) follows from the edit
        states[examples.site.layer][:] = examples.shown * edited.tanh(), edited
    stacked = tuple(torch.stack(values) for values in zip(*states, strict=True))
    read = module.target_embedding(examples.words[:, :-1].t())
    hidden, _ = module.decoder(read, stacked if len(stacked) > 1 else stacked[0])
    return module.output(torch.cat([stacked[0][-1:], hidden])).transpose(0, 1)


def fit_basis(module: EncoderDecoder, examples: Examples, rank: int, steps: int, seed: int = 0) -> np.ndarray:
    """The basis U `[unit, rank]` that exchanges best: the least cross-entropy of the counterfactual's words.

    module: frozen. steps: of Adam, on batches of `BATCH`, with a rate that falls to 0; U is the Q of a QR
    decomposition.
    """
    draw = torch.Generator().manual_seed(seed)
    free = torch.randn(examples.base.shape[1], rank, generator=draw, requires_grad=True)
    adam = torch.optim.Adam([free], LEARNING_RATE, BETAS)
    falling = torch.optim.lr_scheduler.LambdaLR(adam, lambda step: 1 - step / steps)
    for _ in range(steps):
        batch = examples.rows(torch.randperm(len(examples), generator=draw)[:BATCH])
        basis = torch.linalg.qr(free).Q
        edited = batch.base + (batch.source - batch.base) @ basis @ basis.T
        logits = forced_logits(module, batch, edited)
        loss = functional.cross_entropy(logits.flatten(0, 1), batch.words.flatten(), ignore_index=PAD)
        adam.zero_grad()
        loss.backward()
        adam.step()
        falling.step()
    return torch.linalg.qr(free.detach()).Q.numpy()


def _rows(value: Any, rows: Tensor) -> Any:
    """Some rows of what may be a tensor, or several."""
    if isinstance(value, tuple):
        return tuple(_rows(each, rows) for each in value)
    return value[rows] if isinstance(value, Tensor) else value
