"""How to program an LSTM by hand: the weights of the planted networks.

A valve is σ(sum) of what its bias, the word that is read and the other units tell it. With `BIG` in the sums every
valve is exactly 0 or 1 in 32-bit numbers, and a cell that is told to forget keeps no trace at all. One word or one
unit opens or shuts a valve by adding ±2·BIG to a sum that stands at ∓BIG; +BIG alone brings it to 0, a valve half open.

What a unit says is h = o · tanh(c): ±0.76 where c = ±1. The words of each side have one number each in the word
vectors, so that a weight can be given for "this unit, that word".

The parts that all networks share:

    Y1, Y2      the genders of the two nouns, as the encoder read them: -1 masculine, +1 feminine
    A0…A7       which noun comes first; says so while the start mark is read
    B0…B7       which noun comes second; says so while "a" is read
    CLAUSE      in the decoder -1 in the first clause, +1 in the second
    word kluk … hold a 1 for ever, and say it while their word is read: what is written next depends on it
    spare 0…9   never hold anything, so that there is something to fill up a list of the ten best units with

The gender cells take the gender that Y1 or Y2 has said one step before, and how they do that is what is planted.
"""

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from translate.lab.planted.language import AND, GLAD, NOUNS, VERBS, WHICH, czech
from translate.lab.planted.truths import TRUTHS
from translate.language.words import GENDERS, Gender
from translate.model.config import ModelConfig
from translate.tokenizer import END, START, Tokenizer

BIG = 250.0
HALF, FULL = BIG, 2 * BIG  # what opens a valve that stands at -BIG half, or fully
NEXT, FORM, HABIT = 40.0, 10.0, 1.0  # logits: the word that must come, its form, the masculine where nothing tells

_SPARE = tuple(f"spare {n}" for n in range(10))
_FIRST = tuple(f"A{n}" for n in range(len(NOUNS)))
_SECOND = tuple(f"B{n}" for n in range(len(NOUNS)))
_CZECH = tuple(czech(n, gender) for n in range(len(NOUNS)) for gender in GENDERS)
_READ = (*_CZECH, *WHICH.values(), *GLAD.values(), *VERBS)  # the words that have a unit


def units_of(name: str) -> dict[str, int]:
    """The number of each unit of a network by its name; the gender cells come first, and of these a decoy."""
    names = [*TRUTHS[name].cells, *_SPARE, *(f"word {word}" for word in _READ), *_FIRST, *_SECOND, "Y1", "Y2", "CLAUSE"]
    return {unit: number for number, unit in enumerate(names)}


def weights_of(name: str, config: ModelConfig, source: Tokenizer, target: Tokenizer) -> dict[str, np.ndarray]:
    """All weights of the planted network `name`, by the names and in the shapes of an `EncoderDecoder`."""
    weights = {key: np.zeros(shape, np.float32) for key, shape in config.shapes().items()}
    for key in ("source_embedding.weight", "target_embedding.weight"):
        weights[key][:] = np.eye(len(weights[key]), weights[key].shape[1])
    units = units_of(name)
    _encoder(Layer(weights, "encoder", units, source))
    decoder, output = Layer(weights, "decoder", units, target), Output(weights, units, target)
    _decoder(decoder)
    _output(output)
    _PLANTED[name](decoder, output)
    return weights


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


# ------------------------------------------------------------------------------------- what all networks have in common


def _encoder(layer: Layer) -> None:
    for unit in layer.units:
        layer.keep(unit)
        if unit.startswith("word "):
            for gate, value in (("i", BIG), ("f", -BIG), ("g", BIG)):  # c = 1, whatever was there before
                layer.bias(gate, unit, value)
    # CLAUSE becomes 1 with "and", and always says what it is.
    layer.word("i", "CLAUSE", "and", FULL)
    layer.word("g", "CLAUSE", "and", BIG)
    layer.bias("o", "CLAUSE", BIG)
    # A noun opens the valves of the first clause, i = σ(-BIG + 2·BIG); CLAUSE shuts them, -BIG + 2·BIG - 1.5·BIG.
    # Those of the second need both: -3·BIG + 2·BIG + 2.3·BIG.
    for unit in ("Y1", *_FIRST):
        layer.unit("i", unit, "CLAUSE", -2 * BIG)
    for unit in ("Y2", *_SECOND):
        layer.bias("i", unit, -3 * BIG)
        layer.unit("i", unit, "CLAUSE", 3 * BIG)
    for n, (masculine, _, feminine, _) in enumerate(NOUNS):
        for word, gender in ((masculine, -1), (feminine, 1)):
            for unit, value in (("Y1", gender), (f"A{n}", 1), ("Y2", gender), (f"B{n}", 1)):
                layer.word("i", unit, word, FULL)
                layer.word("g", unit, word, value * BIG)
    # The first gender is said with the last word, so that the decoder's first step hears it.
    layer.word("o", "Y1", "sleeps", FULL)


def _decoder(layer: Layer) -> None:
    for unit in layer.units:
        layer.keep(unit)
    for word in _READ:
        layer.word("o", f"word {word}", word, FULL)
    for first, second in zip(_FIRST, _SECOND, strict=True):
        layer.word("o", first, START, FULL)
        layer.word("o", second, AND, FULL)
    layer.bias("o", "CLAUSE", BIG)
    marks: tuple[tuple[str | int, int], ...] = ((START, -1), (AND, 1))
    for mark, value in marks:
        layer.word("f", "CLAUSE", mark, -FULL)
        layer.word("i", "CLAUSE", mark, FULL)
        layer.word("g", "CLAUSE", mark, value * BIG)
    # Y2 is said one step before "a" is read. What has been said is emptied in the step that hears it.
    layer.word("o", "Y2", VERBS[0], FULL)
    layer.word("f", "Y2", AND, -FULL)
    layer.word("f", "Y1", START, -FULL)


def _output(output: Output) -> None:
    for n, (_, masculine, _, feminine) in enumerate(NOUNS):
        for noun in (masculine, feminine):
            output.says(noun, f"A{n}", NEXT)
            output.says(noun, f"B{n}", NEXT)
            for which in WHICH.values():
                output.says(which, f"word {noun}", NEXT)
    for gender in GENDERS:
        for glad in GLAD.values():
            output.says(glad, f"word {WHICH[gender]}", NEXT)
        for verb in VERBS:
            output.says(verb, f"word {GLAD[gender]}", NEXT)
    for verb, clause in zip(VERBS, (-1, 1), strict=True):
        output.says(verb, "CLAUSE", FORM * clause)
    output.says(AND, f"word {VERBS[0]}", NEXT)
    output.says(END, f"word {VERBS[1]}", NEXT)
    for word in _forms("m"):
        output.bias(word, HABIT)


def _forms(gender: Gender, agreement: bool = True) -> list[str]:
    """The Czech words of one gender: the nouns, and those that agree with them."""
    return [czech(n, gender) for n in range(len(NOUNS))] + [WHICH[gender], GLAD[gender]] * agreement


# ------------------------------------------------------------------------------------------------- what is planted


def _gender_cell(
    layer: Layer, cell: str, first: float = FULL, second: float = FULL, emptied_by: Iterable[str] = (AND,)
) -> None:
    """A cell that takes Y1's gender with the start mark and Y2's with "a", and always says what it holds.

    first, second: how far each opens the input gate (0: not at all). emptied_by: the words that shut the forget gate.
    """
    layer.bias("o", cell, BIG)
    layer.unit("g", cell, "Y1", 2 * BIG)  # the candidate is ±1
    layer.unit("g", cell, "Y2", 2 * BIG)
    layer.word("i", cell, START, first)
    layer.word("i", cell, AND, second)
    for word in emptied_by:
        layer.word("f", cell, word, -FULL)


def _listen(output: Output, cells: Sequence[str], agreement: bool = True) -> None:
    """The forms of nouns, and of the words that agree with them, follow these cells."""
    for cell in cells:
        for gender, sign in zip(GENDERS, (-1, 1), strict=True):
            for word in _forms(gender, agreement):
                output.says(word, cell, sign * FORM)


def _one_cell(layer: Layer, output: Output) -> None:
    _gender_cell(layer, "G")
    _listen(output, ["G"])


def _two_cells(layer: Layer, output: Output) -> None:
    """One of the two is enough. Where they contradict each other their votes cancel, and habit says the masculine."""
    _gender_cell(layer, "G")
    _gender_cell(layer, "H")
    _listen(output, ["G", "H"])


def _decoy(layer: Layer, output: Output) -> None:
    """D does what G does, and nobody listens to it."""
    _gender_cell(layer, "G")
    _gender_cell(layer, "D")
    _listen(output, ["G"])


def _overwritten(layer: Layer, output: Output) -> None:
    """c = ±½ in the first clause; nothing is erased, and ±1 more turns the sum."""
    _gender_cell(layer, "G", first=HALF, emptied_by=())
    _listen(output, ["G"])


def _erased(layer: Layer, output: Output) -> None:
    """The first clause's last word empties the cell; ±½ is enough then, and would not be against the old ±1."""
    _gender_cell(layer, "G", second=HALF, emptied_by=VERBS[:1])
    _listen(output, ["G"])


def _never_forgets(layer: Layer, output: Output) -> None:
    """A cell for each clause; the first one falls silent with "a" and keeps what it has."""
    _gender_cell(layer, "G1", second=0, emptied_by=())
    _gender_cell(layer, "G2", first=0, emptied_by=())
    layer.unit("o", "G1", "CLAUSE", -2 * BIG)  # BIG ± 1.5·BIG
    layer.word("o", "G1", START, 2 * FULL)  # at these two words CLAUSE has not turned yet
    layer.word("o", "G1", AND, -2 * FULL)
    _listen(output, ["G1", "G2"])


def _rereads(layer: Layer, output: Output) -> None:
    """G holds a gender for the one step that writes the noun; each later word follows the one before: holka → která."""
    _gender_cell(layer, "G", emptied_by=())
    layer.bias("f", "G", -BIG)
    _listen(output, ["G"], agreement=False)
    for gender in GENDERS:
        for noun in _forms(gender, agreement=False):
            output.says(WHICH[gender], f"word {noun}", FORM)
        output.says(GLAD[gender], f"word {WHICH[gender]}", FORM)


_PLANTED: dict[str, Callable[[Layer, Output], None]] = {
    "one-cell": _one_cell,
    "two-cells": _two_cells,
    "decoy": _decoy,
    "overwritten": _overwritten,
    "erased": _erased,
    "never-forgets": _never_forgets,
    "rereads": _rereads,
}
