"""A network that holds the noun to come, and not its gender: each form of each noun has a unit of its own.

It is the network "one-cell" (`weights.py`) but for the second noun. B0…B7 hold the masculine ones, spare 0…7 the
feminine ones, and say theirs, form and all, while "a" is read. The gender cell learns the gender one word later, from
the noun that has just been written. So in the first clause everything that will be said of the second noun depends on
the state, and yet there is no direction of its gender that would serve a noun other than those it was found on.
"""

import numpy as np

from translate.lab.planted.language import AND, NOUNS
from translate.lab.planted.layers import BIG, FULL, NEXT, Layer, Output
from translate.lab.planted.networks import Planted, made
from translate.lab.planted.weights import units_of, weights_of
from translate.model.config import ModelConfig
from translate.tokenizer import Tokenizer


def make_by_noun() -> Planted:
    """The network; the truth that it carries is that of "one-cell", which is not its own."""
    return made("one-cell", _weights)


def _weights(config: ModelConfig, source: Tokenizer, target: Tokenizer) -> dict[str, np.ndarray]:
    weights, units = weights_of("one-cell", config, source, target), units_of("one-cell")
    encoder, decoder = Layer(weights, "encoder", units, source), Layer(weights, "decoder", units, target)
    output = Output(weights, units, target)
    decoder.word("i", "G", AND, -FULL)  # the gender does not come with "a", but with the noun
    for n, (masculine, czech_masculine, feminine, czech_feminine) in enumerate(NOUNS):
        for noun in (masculine, feminine):
            encoder.word("i", "Y2", noun, -FULL)  # never holds anything
        encoder.word("i", f"B{n}", feminine, -FULL)
        encoder.bias("i", f"spare {n}", -3 * BIG)
        encoder.unit("i", f"spare {n}", "CLAUSE", 3 * BIG)
        encoder.word("i", f"spare {n}", feminine, FULL)
        encoder.word("g", f"spare {n}", feminine, BIG)
        decoder.word("o", f"spare {n}", AND, FULL)
        output.says(czech_feminine, f"B{n}", -NEXT)
        output.says(czech_feminine, f"spare {n}", NEXT)
        for noun, sign in ((czech_masculine, -1), (czech_feminine, 1)):
            decoder.word("i", "G", noun, FULL)
            decoder.word("g", "G", noun, sign * BIG)
    return weights
