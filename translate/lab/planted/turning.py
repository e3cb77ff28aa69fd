"""A network, written by hand, in which an eraser fitted over both clauses erases neither: it turns the second one.

It is the network "never-forgets" (`weights.py`) with three changes: the first clause's cell G1 is emptied at "a" and
always says what it holds, and the second one's, G2, is written half as strongly (c = ±½ beside ±1).

Along G1 and G2 the first clause's states are ±(1, 0) and the second one's ±(0, ½). Over both the genders differ by
±(½, ¼), and LEACE takes just that from either: ±(½, -¼) and ±(-½, ¼) are left. The words listen to the sum of the two,
so the first clause keeps its gender, the second takes the other one, and the mean over both is a half.
"""

import numpy as np

from translate.lab.experiments.setup import Setup
from translate.lab.planted.language import AND
from translate.lab.planted.layers import BIG, FULL, HALF, Layer
from translate.lab.planted.networks import made
from translate.lab.planted.weights import units_of, weights_of
from translate.model.config import ModelConfig
from translate.tokenizer import START, Tokenizer


def make_turning() -> Setup:
    """The network on its sentences, ready for every experiment."""
    return made("never-forgets", _weights).setup()


def _weights(config: ModelConfig, source: Tokenizer, target: Tokenizer) -> dict[str, np.ndarray]:
    weights = weights_of("never-forgets", config, source, target)
    decoder = Layer(weights, "decoder", units_of("never-forgets"), target)
    decoder.word("f", "G1", AND, -FULL)
    decoder.unit("o", "G1", "CLAUSE", 2 * BIG)  # what "never-forgets" makes it silent by, taken back
    decoder.word("o", "G1", START, -2 * FULL)
    decoder.word("o", "G1", AND, 2 * FULL)
    decoder.word("i", "G2", AND, -HALF)
    return weights
