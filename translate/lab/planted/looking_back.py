"""Two networks with attention, written by hand: in one the cell alone carries the gender, in one attention alone.

Both are the network "one-cell" (`weights.py`) with attention, which looks evenly at all English words of the clause
that is being written:

    score_s = BIG · CLAUSE of the encoder at word s · CLAUSE of the decoder now

(before "and" the encoder's CLAUSE says 0, and the decoder's then says -1). The output hears
h~ = tanh(W_c [context; h]), in which every unit says -1, 0 or 1 as in h.

    cell        h~ takes nothing of the context: what attention reads is listened to by nobody.
    attention   The decoder's cell is never told a gender. In the encoder Y1 and Y2 say theirs at their nouns, so that
                the clause's gender is in the context, and from there in the unit G of h~.
"""

from typing import Literal

import numpy as np

from translate.lab.experiments.setup import Setup
from translate.lab.planted.language import NOUNS
from translate.lab.planted.layers import BIG, FULL, Layer
from translate.lab.planted.networks import made
from translate.lab.planted.weights import units_of, weights_of
from translate.model.config import ModelConfig
from translate.tokenizer import Tokenizer

Carrier = Literal["cell", "attention"]
"""What alone carries the gender to the words that agree."""


def make_looking_back(carrier: Carrier) -> Setup:
    """The network on its sentences, ready for every experiment."""

    def weights(config: ModelConfig, source: Tokenizer, target: Tokenizer) -> dict[str, np.ndarray]:
        return _weights(carrier, config, source, target)

    return made("one-cell", weights, attention="luong").setup()


def _weights(carrier: Carrier, config: ModelConfig, source: Tokenizer, target: Tokenizer) -> dict[str, np.ndarray]:
    weights, units = weights_of("one-cell", config, source, target), units_of("one-cell")
    clause, width = units["CLAUSE"], len(units)
    weights["attention.score.weight"][clause, clause] = BIG
    combine = weights["attention.combine.weight"]
    combine[:, width:] = BIG * np.eye(width)
    if carrier == "attention":
        combine[units["G"], width + units["G"]] = 0
        combine[units["G"], [units["Y1"], units["Y2"]]] = BIG
        _say_genders_at_their_nouns(Layer(weights, "encoder", units, source))
    return weights


def _say_genders_at_their_nouns(encoder: Layer) -> None:
    """Y1 at the first noun and Y2 at the second, and never as the decoder begins."""
    encoder.word("o", "Y1", "sleeps", -FULL)
    encoder.unit("o", "Y1", "CLAUSE", -2 * BIG)  # at the second noun: -BIG + 2·BIG - 1.5·BIG
    for masculine, _, feminine, _ in NOUNS:
        for word in (masculine, feminine):
            for unit in ("Y1", "Y2"):
                encoder.word("o", unit, word, FULL)
