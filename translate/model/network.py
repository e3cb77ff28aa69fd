"""The encoder–decoder one step at a time, as a search, the laboratory and a prompt need it.

The same weights as `EncoderDecoder`, the same equations (`cells.py`), on numpy arrays or torch tensors. Word vectors
and their input projection are folded into one table per side, so that a step looks its projected input up instead
of computing it. Every quantity passes through the watcher `at(site, t, value) -> value` and can be read and edited
there; site names begin with `enc.` or `dec.`: `enc.l0.c`, `dec.l1.f_pre`.
"""

from collections.abc import Sequence
from copy import copy
from typing import TYPE_CHECKING

import numpy as np

from translate.model import cells
from translate.model.arrays import Array, library_of
from translate.model.config import ModelConfig

if TYPE_CHECKING:
    from translate.model.encoder_decoder import EncoderDecoder

State = tuple[cells.State, ...]
"""What goes from step to step: for each layer (h, c), or (h,) of a GRU or RNN, each `[batch, unit]`."""


class Network:
    """A trained encoder–decoder that can be watched, edited, started and stopped anywhere.

    Args:
        config: the shape of the model.
        weights: its parameters by the names that `EncoderDecoder` gives them, numpy arrays or torch tensors.
    """

    def __init__(self, config: ModelConfig, weights: dict):
        self.config = config
        self.at: cells.Watcher = cells.identity
        self.encoder = [_layer(config, weights, "encoder", layer) for layer in range(config.layers)]
        self.decoder = [_layer(config, weights, "decoder", layer) for layer in range(config.layers)]
        self._source = cells.project(weights["source_embedding.weight"], self.encoder[0])
        self._target = cells.project(weights["target_embedding.weight"], self.decoder[0])
        self._output, self._output_bias = weights["output.weight"], weights["output.bias"]
        self.lib, self._in_place = library_of(self._output), library_of(self._output, in_place=True)

    @classmethod
    def of(cls, module: "EncoderDecoder") -> "Network":
        """The network of an `EncoderDecoder`, sharing its parameters as they are now, outside autograd."""
        return cls(module.config, {name: value.detach() for name, value in module.state_dict().items()})

    def watched(self, at: cells.Watcher) -> "Network":
        """The same network with every quantity passing through `at(site, t, value)`; weights are shared.

        t is the word's position in the source as it is written, and the step of the translation (0 reads the start
        mark and writes the first word).
        """
        watched = copy(self)
        watched.at = at
        return watched

    def for_rows(self, rows: Sequence[int]) -> "Network":
        """The network itself, which treats all rows of a batch alike (see `Runnable`)."""
        return self

    @property
    def is_watched(self) -> bool:
        """Whether someone reads or edits, so that all rows of a batch must stay in their places."""
        return self.at is not cells.identity

    def encode(self, source: np.ndarray, lengths: np.ndarray | None = None) -> State:
        """Read `source`, ids `[batch, time]`; returns the state that the decoder starts from.

        lengths `[batch]`, falling, says how many words of each row are real where they differ (None: all are). A row
        takes no part in the computation once its sentence has ended, so that no padding reaches a state; a watcher
        then sees the rows that still read.
        """
        batch, time = source.shape
        lengths = np.full(batch, time) if lengths is None else lengths
        zeros = self.lib.zeros((batch, self.config.hidden), self._output)
        state: State = tuple(tuple(zeros for _ in cells.STATES[self.config.cell]) for _ in self.encoder)
        ended: list[State] = []
        for step in range(time):
            reading = int((lengths > step).sum())
            if reading < len(state[0][0]):
                ended.insert(0, self.select(state, slice(reading, None)))
                state = self.select(state, slice(reading))
            if self.config.reverse_source:
                words, t = source[np.arange(reading), lengths[:reading] - 1 - step], int(lengths[0]) - 1 - step
            else:
                words, t = source[:reading, step], step
            state = self._advance(self.encoder, self._source[words], state, "enc.", t)
        return tuple(
            tuple(self.lib.stacked(values) for values in zip(*layers, strict=True))
            for layers in zip(state, *ended, strict=True)
        )

    def step(self, state: State, words: np.ndarray, t: int = 0) -> tuple[np.ndarray, State]:
        """Feed the decoder `words` `[batch]`; returns the next word's logits `[batch, vocabulary]` and the state."""
        state = self._advance(self.decoder, self._target[words], state, "dec.", t)
        logits = self.lib.add_product(self._output_bias, state[-1][0], self._output)
        return self.lib.to_numpy(self.at("dec.logits", t, logits)), state

    def projected(self, side: str, words: np.ndarray) -> Array:
        """What `words` `[…]` add to the gates of the first layer of side "enc" or "dec", `[…, gates·unit]`."""
        return (self._source if side == "enc" else self._target)[words]

    def select(self, state: State, rows: np.ndarray | slice) -> State:
        """The state of some `rows` of the batch, in that order; a row may be taken more than once."""
        return tuple(tuple(value[rows] for value in layer) for layer in state)

    def _advance(self, layers: list[cells.Weights], x: Array, state: State, side: str, t: int) -> State:
        after: list[cells.State] = []
        for index, (weights, before) in enumerate(zip(layers, state, strict=True)):
            if index:
                x = cells.project(x, weights)
            at = cells.identity if not self.is_watched else cells.scoped(self.at, f"{side}l{index}.", t)
            now = cells.STEPS[weights.kind](x, before, weights, at, self._in_place)
            after.append(now)
            x = now[0]
        return tuple(after)


def _layer(config: ModelConfig, weights: dict, side: str, layer: int) -> cells.Weights:
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    return cells.Weights(config.cell, *(weights[f"{side}.{name}_l{layer}"] for name in names))
