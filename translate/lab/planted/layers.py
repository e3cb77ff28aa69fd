"""An LSTM whose weights are set one by one: what adds how much to which sum of which unit.

A valve is σ(sum) of what its bias, the word that is read and the other units tell it. With `BIG` in the sums every
valve is exactly 0 or 1 in 32-bit numbers, and a cell that is told to forget keeps no trace at all. One word or one
unit opens or shuts a valve by adding ±2·BIG to a sum that stands at ∓BIG; +BIG alone brings it to 0, a valve half open.

What a unit says is h = o · tanh(c): ±0.76 where c = ±1. The words of each side have one number each in the word
vectors, so that a weight can be given for "this unit, that word".
"""

import numpy as np

from translate.tokenizer import END, START, Tokenizer

BIG = 250.0
HALF, FULL = BIG, 2 * BIG  # what opens a valve that stands at -BIG half, or fully
NEXT, FORM, HABIT = 40.0, 10.0, 1.0  # logits: the word that must come, its form, the masculine where nothing tells


class Layer:
    """An LSTM layer whose weights are set one by one: what adds how much to which sum of which unit.

    The sums are those of the valves "i", "f", "o" and of the candidate "g".
    """

    def __init__(self, weights: dict[str, np.ndarray], side: str, units: dict[str, int], words: Tokenizer):
        self.from_words, self.from_units, self.biases = (
            weights[f"{side}.{key}_l0"] for key in ("weight_ih", "weight_hh", "bias_ih")
        )
        self.units, self.id_of = units, _ids(words)

    def bias(self, gate: str, unit: str, value: float) -> None:
        """The sum begins with `value`."""
        self.biases[self._row(gate, unit)] = value

    def word(self, gate: str, unit: str, word: str | int, value: float) -> None:
        """While `word` (or a mark, by its id) is read, `value` is added."""
        self.from_words[self._row(gate, unit), self.id_of[word]] += value

    def unit(self, gate: str, unit: str, other: str, value: float) -> None:
        """`value` times what the unit `other` said one step before is added."""
        self.from_units[self._row(gate, unit), self.units[other]] += value

    def keep(self, unit: str) -> None:
        """The unit keeps what it has, lets nothing in and says nothing, until something is added."""
        for gate, value in (("i", -BIG), ("f", BIG), ("o", -BIG)):
            self.bias(gate, unit, value)

    def _row(self, gate: str, unit: str) -> int:
        return "ifgo".index(gate) * len(self.units) + self.units[unit]


class Output:
    """The weights from what the units say to the logits of the words."""

    def __init__(self, weights: dict[str, np.ndarray], units: dict[str, int], words: Tokenizer):
        self.weight, self.biases = weights["output.weight"], weights["output.bias"]
        self.units, self.id_of = units, _ids(words)

    def says(self, word: str | int, unit: str, value: float) -> None:
        """`unit` speaks for `word`, with `value` for each whole 1 that it says."""
        self.weight[self.id_of[word], self.units[unit]] += value

    def bias(self, word: str, value: float) -> None:
        """`word` has `value` in any case."""
        self.biases[self.id_of[word]] = value


def _ids(words: Tokenizer) -> dict[str | int, int]:
    return {word: number for number, word in enumerate(words.vocabulary)} | {START: START, END: END}
