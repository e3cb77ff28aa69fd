"""The encoder–decoder one step at a time, as a search, the laboratory and a prompt need it.

The same weights as `EncoderDecoder`, the same equations (`cells.py`), on numpy arrays or torch tensors. Word vectors
and their input projection are folded into one table per side (`word_table.py`), so that a step looks its projected
input up instead of computing it. Every quantity passes through the watcher `at(site, t, value) -> value` and can be
read and edited there; site names begin with `enc.` or `dec.`: `enc.l0.c`, `enc.l0.rev.c` of the direction that reads
from the end, `dec.l1.f_pre`, `dec.attention`.
"""

from collections.abc import Callable, Sequence
from copy import copy
from typing import TYPE_CHECKING

import numpy as np

from translate.model import cells
from translate.model.arrays import Array, library_of
from translate.model.attention import PADDING, AttentionWeights, Memory, attend
from translate.model.config import ModelConfig
from translate.model.word_table import word_table

if TYPE_CHECKING:
    from translate.model.encoder_decoder import EncoderDecoder

State = tuple[cells.State, ...]
"""What goes from step to step: for each layer (h, c), or (h,) of a GRU or RNN, each `[batch, unit]`.

With attention a `Memory` stands behind the layers; it stays the same from step to step.
"""

_Words = Callable[[int, int | np.ndarray], Array]
"""What the first `rows` rows are told at some position, the same or each its own: `[row, gates·unit]`."""


class Network:
    """A trained encoder–decoder that can be watched, edited, started and stopped anywhere.

    Args:
        config: the shape of the model.
        weights: its parameters by the names that `EncoderDecoder` gives them, numpy arrays or torch tensors.
    """

    def __init__(self, config: ModelConfig, weights: dict):
        self.config = config
        self.at: cells.Watcher = cells.identity
        self.encoder = [layer_weights(config, weights, "encoder", f"l{layer}") for layer in range(config.layers)]
        self.decoder = [layer_weights(config, weights, "decoder", f"l{layer}") for layer in range(config.layers)]
        self._source = word_table(weights["source_embedding.weight"], self.encoder[0])
        self._target = word_table(weights["target_embedding.weight"], self.decoder[0])
        self._backward: list[cells.Weights] = []  # the layers that read the source from its end
        if config.bidirectional:
            self._backward = [layer_weights(config, weights, "encoder", f"l{n}_reverse") for n in range(config.layers)]
            self._source_backward = word_table(weights["source_embedding.weight"], self._backward[0])
        self._attention = None
        if config.attention:
            names = (f"attention.{name}.weight" for name in AttentionWeights._fields)
            self._attention = AttentionWeights(*(weights[name] for name in names))
        self._projection = weights["output.projection.weight"] if config.tied_embeddings else None
        self._output = weights["target_embedding.weight" if config.tied_embeddings else "output.weight"]
        self._output_bias = weights["output.bias"]
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
        if self.config.bidirectional:
            state, hidden = self._read_both_ways(source, lengths)
        else:
            layers = [(f"enc.l{index}.", weights) for index, weights in enumerate(self.encoder)]

            def words(rows: int, t: int | np.ndarray) -> Array:
                return self._source[source[np.arange(rows), t]]

            state, hidden = self._read(layers, words, lengths, time, self.config.reverse_source)
        if hidden is None:
            return state
        padding = np.where(np.arange(time) < lengths[:, None], 0.0, PADDING)
        return (*state, Memory(hidden, self.lib.like(hidden, padding)))

    def _read(
        self, layers: list[tuple[str, cells.Weights]], words: _Words, lengths: np.ndarray, time: int, backward: bool
    ) -> tuple[State, Array | None]:
        """Read in one direction: the last state of each layer, and where it is needed the last layer's h.

        That is `[batch, time, unit]`, 0 beyond a sentence's end. layers: with the prefix of their sites.
        """
        units = layers[0][1].weight_hh.shape[1]
        zeros = self.lib.zeros((len(lengths), units), self._output)
        state: State = tuple(tuple(zeros for _ in cells.STATES[self.config.cell]) for _ in layers)
        keeps = self._attention is not None or self.config.bidirectional
        hidden = self.lib.zeros((len(lengths), time, units), self._output) if keeps else None
        ended: list[State] = []
        for step in range(time):
            reading = int(np.count_nonzero(lengths > step))
            if reading < len(state[0][0]):
                ended.insert(0, self.select(state, slice(reading, None)))
                state = self.select(state, slice(reading))
            at, t = (lengths[:reading] - 1 - step, int(lengths[0]) - 1 - step) if backward else (step, step)
            state = self._advance(layers, words(reading, at), state, t)
            if hidden is not None:
                hidden[np.arange(reading), at] = state[-1][0]
        return tuple(
            tuple(self.lib.stacked(values) for values in zip(*layers, strict=True))
            for layers in zip(state, *ended, strict=True)
        ), hidden

    def _read_both_ways(self, source: np.ndarray, lengths: np.ndarray) -> tuple[State, Array]:
        """Layer by layer, for each needs what both directions of the one below say of a word.

        The states and h of the two directions stand side by side.
        """
        inputs = [self._source[source], self._source_backward[source]]  # `[batch, time, gates·unit]`
        states: list[cells.State] = []
        below: Array = None
        for index, both in enumerate(zip(self.encoder, self._backward, strict=True)):
            if below is not None:
                inputs = [cells.project(below, weights) for weights in both]
            last: list[cells.State] = []
            hidden: list[Array] = []
            for x, weights, mark in zip(inputs, both, ("", "rev."), strict=True):
                layer = [(f"enc.l{index}.{mark}", weights)]
                (state,), h = self._read(layer, _rows_of(x), lengths, source.shape[1], mark != "")
                last.append(state)
                hidden.append(h)
            states.append(tuple(self.lib.join(*pair) for pair in zip(*last, strict=True)))
            below = self.lib.join(*hidden)
        return tuple(states), below

    def step(self, state: State, words: np.ndarray, t: int = 0) -> tuple[np.ndarray, State]:
        """Feed the decoder `words` `[batch]`; returns the next word's logits `[batch, vocabulary]` and the state."""
        layers = [(f"dec.l{index}.", weights) for index, weights in enumerate(self.decoder)]
        after = self._advance(layers, self._target[words], state[: len(layers)], t)
        hidden = after[-1][0]
        if self._attention is not None:
            memory = Memory(*state[-1])
            at = cells.scoped(self.at, "dec.", t) if self.is_watched else cells.identity
            hidden = attend(hidden, memory, self._attention, self.lib, at)
            after = (*after, memory)
        if self._projection is not None:
            hidden = self.lib.linear(hidden, self._projection)
        logits = self.lib.add_product(self._output_bias, hidden, self._output)
        return self.lib.to_numpy(self.at("dec.logits", t, logits)), after

    def projected(self, side: str, words: np.ndarray) -> Array:
        """What `words` `[…]` add to the gates of the first layer of side "enc" or "dec", `[…, gates·unit]`."""
        return (self._source if side == "enc" else self._target)[words]

    def select(self, state: State, rows: np.ndarray | slice) -> State:
        """The state of some `rows` of the batch, in that order; a row may be taken more than once."""
        return tuple(tuple(value[rows] for value in layer) for layer in state)

    def _advance(self, layers: list[tuple[str, cells.Weights]], x: Array, state: State, t: int) -> State:
        """One step of a stack of layers, each with the prefix of its sites; x is what the first is told."""
        after: list[cells.State] = []
        for index, ((prefix, weights), before) in enumerate(zip(layers, state, strict=True)):
            if index:
                x = cells.project(x, weights)
            at = cells.identity if not self.is_watched else cells.scoped(self.at, prefix, t)
            now = cells.STEPS[weights.kind](x, before, weights, at, self._in_place)
            after.append(now)
            x = now[0]
        return tuple(after)


def _rows_of(x: Array) -> _Words:
    """What rows are told, from x `[batch, time, gates·unit]`."""
    return lambda rows, t: x[np.arange(rows), t]


def layer_weights(config: ModelConfig, weights: dict, side: str, layer: str) -> cells.Weights:
    """One layer's parameters; side "encoder" or "decoder", layer as torch names it: "l0", "l0_reverse"."""
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    return cells.Weights(config.cell, *(weights[f"{side}.{name}_{layer}"] for name in names))
