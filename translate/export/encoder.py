"""The encoder as an ONNX graph: it reads a whole batch of sentences, of unequal lengths.

Each layer is ONNX's own LSTM, GRU or RNN, of which every runtime has a fast one; where the gates are outputs, it is a
loop (Scan) of the open step of `model/cells.py`. Either ends each sentence at its length, so that no padding reaches a
state, and a layer that reads from the end begins at the last word of each.
"""

from typing import Any

import numpy as np
from onnx import ModelProto, TensorProto

from translate.export.graph import Graph, Value, as_library
from translate.model import cells
from translate.model.config import ModelConfig
from translate.model.network import layer_weights

Read = tuple[Value, list[Value]]
"""What a layer has read: h of each step `[source_time, batch, unit]`, and its last state, each part `[batch, unit]`."""

OPERATORS = {"lstm": "LSTM", "gru": "GRU", "rnn": "RNN"}
_BLOCKS = {"lstm": (0, 3, 1, 2), "gru": (1, 0, 2), "rnn": (0,)}
"""The gates in ONNX's order, i o f c and z r h, by their place in PyTorch's, i f g o and r z n."""


def encoder(config: ModelConfig, weights: dict[str, np.ndarray], gates: bool, facts: dict[str, str]) -> ModelProto:
    """The graph of the encoder; `gates`: with every quantity of every step as an output.

    Inputs: source `[batch, source_time]`, lengths `[batch]`. Outputs, the decoder's inputs of the same names: h, of an
    LSTM also c, `[layer, batch, unit]`, and with attention memory `[batch, source_time, unit]`, 0 beyond a sentence's
    end, and mask `[batch, source_time]`, true at its words.
    """
    graph = Graph(weights)
    source = graph.input("source", ("batch", "source_time"), TensorProto.INT64)
    lengths = graph.input("lengths", ("batch",), TensorProto.INT64)
    steps = graph.turned(graph.rows(weights["source_embedding.weight"], source), 1, 0, 2)
    mask = _mask(graph, source, lengths) if config.attention or gates else None
    last: list[list[Value]] = []
    seen: dict[str, Value] = {}
    for layer in range(config.layers):
        directions = _directions(config, weights, layer)
        if gates and mask is not None:
            steps, state = _by_steps(graph, directions, steps, mask, seen)
        else:
            steps, state = _at_once(graph, directions, steps, lengths)
        last.append(state)
    for name, values in zip(cells.STATES[config.cell], zip(*last, strict=True), strict=True):
        graph.output(name, graph.pile(values))
    if config.attention and mask is not None:
        graph.output("memory", graph.turned(steps, 1, 0, 2))
        graph.output("mask", mask)
    for site, value in seen.items():
        graph.output(site, graph.turned(value, 1, 0, 2))
    return graph.model("encoder", facts)


Direction = tuple[str, bool, cells.Weights]
"""One direction of a layer: the prefix of its sites, whether it reads from the end, its weights."""


def _directions(config: ModelConfig, weights: dict[str, np.ndarray], layer: int) -> list[Direction]:
    directions = [(f"enc.l{layer}.", config.reverse_source, layer_weights(config, weights, "encoder", f"l{layer}"))]
    if config.bidirectional:
        backward = layer_weights(config, weights, "encoder", f"l{layer}_reverse")
        directions.append((f"enc.l{layer}.rev.", True, backward))
    return directions


def _mask(graph: Graph, source: Value, lengths: Value) -> Value:
    """Where a word stands, `[batch, source_time]`."""
    shape = graph.node("Shape", source, shape=(2,), dtype=TensorProto.INT64)
    time = graph.node("Gather", shape, np.int64(1), shape=(), dtype=TensorProto.INT64)
    places = graph.node("Range", np.int64(0), time, np.int64(1), shape=("source_time",), dtype=TensorProto.INT64)
    return graph.node("Less", places, lengths[..., None], shape=source.shape, dtype=TensorProto.BOOL)


def _at_once(graph: Graph, directions: list[Direction], steps: Value, lengths: Value) -> Read:
    """A layer by ONNX's operator, which takes both directions at once."""
    kind, units = directions[0][2].kind, directions[0][2].weight_hh.shape[1]

    def stacked(name: str) -> np.ndarray:
        blocks = [np.split(getattr(weights, name), len(_BLOCKS[kind])) for _, _, weights in directions]
        return np.stack([np.concatenate([parts[block] for block in _BLOCKS[kind]]) for parts in blocks])

    both = len(directions)
    time, batch, _ = steps.shape
    ends = graph.node("Cast", lengths, shape=lengths.shape, dtype=TensorProto.INT32, to=TensorProto.INT32)
    backward = "reverse" if directions[0][1] else "forward"
    options: dict[str, Any] = {"linear_before_reset": 1} if kind == "gru" else {}
    bias = np.concatenate([stacked("bias_ih"), stacked("bias_hh")], axis=1)
    hidden, *state = graph.nodes(
        OPERATORS[kind],
        *(steps, stacked("weight_ih"), stacked("weight_hh"), bias, ends),
        shapes=[(time, both, batch, units), *[(both, batch, units)] * len(cells.STATES[kind])],
        hidden_size=units,
        direction="bidirectional" if both > 1 else backward,
        **options,
    )
    return (
        graph.join(*(hidden[:, direction] for direction in range(both))),
        [graph.join(*(part[direction] for direction in range(both))) for part in state],
    )


def _by_steps(graph: Graph, directions: list[Direction], steps: Value, mask: Value, seen: dict[str, Value]) -> Read:
    """A layer step by step; every quantity goes into `seen` by its site, `[source_time, batch, unit]`."""
    hidden, states = [], []
    for prefix, backward, weights in directions:
        state, sites = _scan(graph, prefix, backward, weights, steps, graph.turned(mask, 1, 0)[..., None])
        hidden.append(sites["h"])
        states.append(state)
        seen.update({prefix + site: value for site, value in sites.items()})
    return graph.join(*hidden), [graph.join(*parts) for parts in zip(*states, strict=True)]


def _scan(
    graph: Graph, prefix: str, backward: bool, weights: cells.Weights, steps: Value, reading: Value
) -> tuple[list[Value], dict[str, Value]]:
    """One direction: its last state, and each quantity `[source_time, batch, unit]`, 0 beyond a sentence's end."""
    time, batch, width = steps.shape
    parts, units = cells.STATES[weights.kind], weights.weight_hh.shape[1]
    shape = (batch, units)
    body, sites = graph.inner(), {}
    before = tuple(body.input(f"{prefix}before.{part}", shape) for part in parts)
    x = body.input(f"{prefix}before.x", (batch, width))
    reads = body.input(f"{prefix}before.reads", (batch, 1), TensorProto.BOOL)

    def at(site: str, value: Value) -> Value:
        sites[site] = value
        return value

    after = cells.STEPS[weights.kind](body.project(x, weights), before, weights, at, as_library(body))
    for part, new, old in zip(parts, after, before, strict=True):
        body.output(f"{prefix}after.{part}", body.where(reads, new, old, shape))
    for site, value in sites.items():
        body.output(f"{prefix}now.{site}", body.where(reads, value, np.float32(0), shape))

    zeros = graph.node("Expand", np.zeros((1, units), np.float32), _batch_by(graph, reading, units), shape=shape)
    last = graph.nodes(
        "Scan",
        *(*[zeros] * len(parts), steps, reading),
        shapes=[*[shape] * len(parts), *[(time, *shape)] * len(sites)],
        body=body.body(f"{prefix}step"),
        num_scan_inputs=2,
        scan_input_directions=[int(backward)] * 2,
        scan_output_directions=[int(backward)] * len(sites),
    )
    return last[: len(parts)], dict(zip(sites, last[len(parts) :], strict=True))


def _batch_by(graph: Graph, reading: Value, units: int) -> Value:
    """The shape `[batch, units]`, as a value."""
    shape = graph.node("Shape", reading, shape=(3,), dtype=TensorProto.INT64)
    batch = graph.node("Gather", shape, np.array([1]), shape=(1,), dtype=TensorProto.INT64)
    return graph.node("Concat", batch, np.array([units]), shape=(2,), dtype=TensorProto.INT64, axis=0)
