"""One step of the decoder as an ONNX graph, by the open equations of `model/cells.py` and `model/attention.py`."""

import numpy as np
from onnx import ModelProto, TensorProto

from translate.export.graph import Graph, Value, as_library
from translate.model import cells
from translate.model.attention import PADDING, AttentionWeights, Memory, attend
from translate.model.config import ModelConfig
from translate.model.network import layer_weights


def decoder_step(config: ModelConfig, weights: dict[str, np.ndarray], gates: bool, facts: dict[str, str]) -> ModelProto:
    """The graph of one step; `gates`: with every quantity of the step as an output.

    Inputs: word `[batch]`, and all outputs of the encoder by their names. Outputs: logits `[batch, vocabulary]`, and
    next_h, of an LSTM also next_c, `[layer, batch, unit]`, which the next step takes as h and c.
    """
    graph = Graph(weights)
    sites: dict[str, Value] = {}
    word = graph.input("word", ("batch",), TensorProto.INT64)
    parts = cells.STATES[config.cell]
    state = [graph.input(part, (config.layers, "batch", config.hidden)) for part in parts]

    def watcher(prefix: str) -> cells.At:
        def at(site: str, value: Value) -> Value:
            sites[prefix + site] = value
            value.name = prefix + site
            return value

        return at

    x = graph.rows(weights["target_embedding.weight"], word)
    after = []
    for layer in range(config.layers):
        of_layer = layer_weights(config, weights, "decoder", f"l{layer}")
        before = tuple(part[layer] for part in state)
        at = watcher(f"dec.l{layer}.")
        after.append(cells.STEPS[config.cell](graph.project(x, of_layer), before, of_layer, at, as_library(graph)))
        x = after[-1][0]
    if config.attention:
        names = (f"attention.{name}.weight" for name in AttentionWeights._fields)
        attention = AttentionWeights(*(weights[name] for name in names))
        x = attend(x, _memory(graph, config), attention, as_library(graph), watcher("dec."))
    if config.tied_embeddings:
        x = graph.linear(x, weights["output.projection.weight"])
    output = weights["target_embedding.weight" if config.tied_embeddings else "output.weight"]
    graph.output("logits", graph.add_product(weights["output.bias"], x, output))
    for part, values in zip(parts, zip(*after, strict=True), strict=True):
        graph.output(f"next_{part}", graph.pile(values))
    for site, value in sites.items() if gates else ():
        graph.output(site, value)
    return graph.model("decoder_step", facts)


def _memory(graph: Graph, config: ModelConfig) -> Memory:
    """What attention looks at, and the scores' addend that keeps it from what is no word."""
    memory = graph.input("memory", ("batch", "source_time", config.hidden))
    mask = graph.input("mask", ("batch", "source_time"), TensorProto.BOOL)
    return Memory(memory, graph.where(mask, np.float32(0), np.float32(PADDING), mask.shape))
