"""Exported graphs in onnxruntime, as a program of one's own would run them."""

import numpy as np
import onnxruntime

from translate.export.decoder import decoder_step
from translate.export.encoder import encoder
from translate.model.config import ModelConfig
from translate.model.search import NEVER
from translate.tokenizer import END, PAD, START


def session(graph: bytes) -> onnxruntime.InferenceSession:
    """Two sessions of one thread each: several test processes share the cores."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(graph, options)


def padded(sources: list[list[int]], filler: int = PAD) -> tuple[np.ndarray, np.ndarray]:
    """Ids `[batch, source_time]` and lengths `[batch]`."""
    lengths = np.array([len(source) for source in sources])
    return np.array([[*source, *[filler] * (lengths.max() - len(source))] for source in sources]), lengths


class Exported:
    """The two graphs of a network, by name: what goes in, and all that comes out."""

    def __init__(self, encoder_graph: bytes, decoder_graph: bytes):
        self.encoder, self.decoder = session(encoder_graph), session(decoder_graph)

    @classmethod
    def of(cls, config: ModelConfig, weights: dict[str, np.ndarray], gates: bool = False) -> "Exported":
        return cls(*(graph(config, weights, gates, {}).SerializeToString() for graph in (encoder, decoder_step)))

    def encode(self, source: np.ndarray, lengths: np.ndarray) -> dict[str, np.ndarray]:
        return _run(self.encoder, {"source": source, "lengths": lengths})

    def step(self, state: dict[str, np.ndarray], word: np.ndarray) -> dict[str, np.ndarray]:
        """state: the encoder's outputs, or those with what the step before gave in place of theirs (`after`)."""
        names = [value.name for value in self.decoder.get_inputs()]
        return _run(self.decoder, {name: value for name, value in {**state, "word": word}.items() if name in names})

    def steps(self, source, lengths, target) -> list[dict[str, np.ndarray]]:
        """What each step gives where the decoder reads `target` `[batch, time]`."""
        state, given = self.encode(source, lengths), []
        for words in target.T:
            given.append(self.step(state, words))
            state = after(state, given[-1])
        return given

    def greedy(self, sources: list[list[int]]) -> list[list[int]]:
        source, lengths = padded(sources)
        state, words, written = self.encode(source, lengths), np.full(len(sources), START), []
        for _ in range(2 * max(lengths) + 20):
            step = self.step(state, words)
            state = after(state, step)
            step["logits"][:, NEVER] = -np.inf
            words = step["logits"].argmax(-1)
            written.append(words)
        rows = [row[: 2 * n + 20] for row, n in zip(np.stack(written, 1).tolist(), lengths, strict=True)]
        return [row[: [*row, END].index(END)] for row in rows]


def after(state: dict[str, np.ndarray], step: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {name: step.get(f"next_{name}", value) for name, value in state.items()}


def _run(session: onnxruntime.InferenceSession, feed: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    return dict(zip((value.name for value in session.get_outputs()), session.run(None, feed), strict=True))
