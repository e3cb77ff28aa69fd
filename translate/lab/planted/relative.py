"""A network whose second gender is held as a difference from the first: a change of the first one leaks.

It is the network "two-cells" (`weights.py`) but for what its cells mean. G holds y1 to the end and always says it. H
is given (y2 - y1) / 2 one word after the first noun, ±1 where the genders differ and 0 where they do not, and speaks in
the second clause, twice as loudly. So the second clause says y1 + (y2 - y1): its own gender, as long as both have heard
the same y1. H hears it from h. Where c alone is exchanged after the first noun, and h is restored, the second clause
turns as well, in every sentence about two people of one gender.
"""

import numpy as np

from translate.lab.planted.language import AND, WHICH
from translate.lab.planted.layers import BIG, FORM, FULL, Layer, Output
from translate.lab.planted.mechanisms import forms
from translate.lab.planted.networks import Planted, made
from translate.lab.planted.weights import units_of, weights_of
from translate.language.words import GENDERS
from translate.model.config import ModelConfig
from translate.tokenizer import START, Tokenizer


def make_relative() -> Planted:
    """The network; the truth that it carries is that of "two-cells", which is not its own."""
    return made("two-cells", _weights)


def _weights(config: ModelConfig, source: Tokenizer, target: Tokenizer) -> dict[str, np.ndarray]:
    weights, units = weights_of("two-cells", config, source, target), units_of("two-cells")
    decoder, output = Layer(weights, "decoder", units, target), Output(weights, units, target)
    decoder.word("i", "G", AND, -FULL)  # it takes no other gender, and keeps its own
    decoder.word("f", "G", AND, FULL)
    decoder.word("i", "H", START, -FULL)
    decoder.word("i", "H", AND, -FULL)
    decoder.word("f", "H", AND, FULL)
    decoder.unit("g", "H", "Y1", -2 * BIG)
    decoder.unit("g", "H", "G", -2 * BIG)
    for gender in GENDERS:
        for noun in forms(gender, agreement=False):
            decoder.word("o", "Y2", noun, FULL)  # H hears it one word later
        decoder.word("i", "H", WHICH[gender], FULL)
    decoder.bias("i", "H", -2 * BIG)
    decoder.unit("i", "H", "CLAUSE", -BIG)  # in the first clause alone: -2·BIG + 2·BIG ± 0.76·BIG
    decoder.bias("o", "H", -BIG)
    decoder.unit("o", "H", "CLAUSE", 2 * BIG)  # in the second clause alone: -BIG ± 1.5·BIG
    decoder.word("o", "H", AND, 2 * FULL)  # CLAUSE has not turned yet
    for gender, sign in zip(GENDERS, (-1, 1), strict=True):
        for word in forms(gender):
            output.says(word, "H", sign * FORM)
    return weights
