"""Networks with random weights, in float64, and how the tests of edits run them."""

import numpy as np
import torch

from tests.arithmetic import in_float64
from translate.lab.editing.edit import Edit
from translate.lab.editing.network import EditedNetwork, Edits
from translate.model import search
from translate.model.config import ModelConfig
from translate.model.encoder_decoder import EncoderDecoder
from translate.model.network import Network
from translate.tokenizer import END, PAD, START, UNKNOWN

UNITS = 7
SOURCES = [[4, 5, 6, 7], [8, 4, 4], [6, 6, 8, 4, 5], [5], [7, 8, 4, 4], [4, 5, 6, 7]]
SEEDS = {("lstm", 1): 13, ("lstm", 2): 9, ("gru", 2): 2, ("rnn", 1): 12}  # with these, outputs differ and end soon
KINDS = [("lstm", 1, False), ("lstm", 2, True), ("gru", 2, False), ("rnn", 1, True)]


def make(kind="lstm", layers=1, reverse=False, numpy=True):
    torch.manual_seed(SEEDS[kind, layers])
    config = ModelConfig(9, 11, kind, layers, UNITS, embedding=5, reverse_source=reverse)
    module = EncoderDecoder(config).eval().double()
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.mul_(2)
        for parameter in (module.target_embedding.weight, module.output.weight):
            parameter.mul_(2)
        module.output.bias[END] += 1
        module.output.bias[[PAD, UNKNOWN, START]] = -99  # what a search never writes
    if numpy:
        return in_float64(module.config, module.state_dict())
    return Network.of(module)


def record(network, source) -> dict[str, np.ndarray]:
    """What one sentence's own free run holds at every site, `[time, unit]`, by position."""
    kept: dict[str, dict[int, np.ndarray]] = {}

    def keep(site, t, value):
        kept.setdefault(site, {})[t] = np.array(value[0])
        return value

    search.decode(network.watched(keep), np.array([source]))
    return {site: np.stack([steps[t] for t in sorted(steps)]) for site, steps in kept.items()}


def own(network) -> list[list[int]]:
    return tokens(search.greedy(network, SOURCES))


def tokens(hypotheses) -> list[list[int]]:
    return [hypothesis.tokens for hypothesis in hypotheses]


def begins(hypotheses) -> list[list[int]]:
    """Where a translation is cut depends on the sentence, which an edit does not change."""
    return [found[: search.longest(1)] for found in tokens(hypotheses)]


def one_by_one(network, edits: list[Edit], source) -> list[int]:
    """The same edits the plain way: a watcher around one sentence."""
    return tokens(search.decode(network.watched(Edits(edits)), np.array([source])))[0]


def orthonormal(rank: int) -> np.ndarray:
    return np.linalg.qr(np.random.default_rng(0).normal(size=(UNITS, rank)))[0]


def decode(network, sources, runs, prefix=(), beam=1, scores=False, at_once=4096):
    """What each edited run writes, as hypotheses."""
    edited = EditedNetwork(network, runs)
    if beam > 1:
        return [best for (best,) in search.beam(edited, sources, beam, prefix=prefix)]
    return search.greedy(edited, sources, prefix, scores, at_once)


def score(network, sources, runs, targets):
    """The given translations, scored in edited runs."""
    return search.score(EditedNetwork(network, runs), sources, targets)
