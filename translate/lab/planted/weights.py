"""How to program an LSTM by hand: the weights that all planted networks share; `layers.py` says how they are set.

    Y1, Y2      the genders of the two nouns, as the encoder read them: -1 masculine, +1 feminine
    A0…A9       which noun comes first; says so while the start mark is read
    B0…B9       which noun comes second; says so while "a" is read
    CLAUSE      in the decoder -1 in the first clause, +1 in the second
    THIRD       in the decoder of a network that returns: +1 from "ale" on
    word kluk … hold a 1 for ever, and say it while their word is read: what is written next depends on it
    spare 0…9   never hold anything, so that there is something to fill up a list of the ten best units with

The gender cells take the gender that Y1 or Y2 has said one step before; how they do that is what is planted
(`mechanisms.py`).
"""

import numpy as np

from translate.lab.planted.language import AND, BUT, FIRST, GLAD, NOUNS, SINGS, VERBS, WHICH, czech
from translate.lab.planted.layers import BIG, FORM, FULL, HABIT, NEXT, Layer, Output
from translate.lab.planted.mechanisms import PLANTED, forms
from translate.lab.planted.truths import TRUTHS
from translate.language.words import GENDERS
from translate.model.config import ModelConfig
from translate.tokenizer import END, START, Tokenizer

_SPARE = tuple(f"spare {n}" for n in range(10))
_FIRST = tuple(f"A{n}" for n in range(len(NOUNS)))
_SECOND = tuple(f"B{n}" for n in range(len(NOUNS)))
_CZECH = tuple(czech(n, gender) for n in range(len(NOUNS)) for gender in GENDERS)
_READ = (*_CZECH, *WHICH.values(), *GLAD.values(), *VERBS)  # the words that have a unit
_AGAIN = (BUT, FIRST, SINGS)  # and those with which a sentence returns


def units_of(name: str) -> dict[str, int]:
    """The number of each unit of a network by its name; the gender cells come first, and of these a decoy."""
    truth = TRUTHS[name]
    words = [f"word {word}" for word in (*_READ, *_AGAIN * truth.returns)]
    names = [*truth.cells, *_SPARE, *words, *_FIRST, *_SECOND, "Y1", "Y2", "CLAUSE", *["THIRD"] * truth.returns]
    return {unit: number for number, unit in enumerate(names)}


def weights_of(name: str, config: ModelConfig, source: Tokenizer, target: Tokenizer) -> dict[str, np.ndarray]:
    """All weights of the planted network `name`, by the names and in the shapes of an `EncoderDecoder`."""
    weights = {key: np.zeros(shape, np.float32) for key, shape in config.shapes().items()}
    for key in ("source_embedding.weight", "target_embedding.weight"):
        weights[key][:] = np.eye(len(weights[key]), weights[key].shape[1])
    units = units_of(name)
    returns = TRUTHS[name].returns
    _encoder(Layer(weights, "encoder", units, source), "sings" if returns else "sleeps")
    decoder, output = Layer(weights, "decoder", units, target), Output(weights, units, target)
    _decoder(decoder)
    _output(output, returns)
    if returns:
        _return(decoder, output)
    PLANTED[name](decoder, output)
    return weights


# ------------------------------------------------------------------------------------- what all networks have in common


def _encoder(layer: Layer, last: str) -> None:
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
    layer.word("o", "Y1", last, FULL)


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


def _output(output: Output, returns: bool) -> None:
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
    if not returns:
        output.says(END, f"word {VERBS[1]}", NEXT)
    for word in forms("m"):
        output.bias(word, HABIT)


def _return(layer: Layer, output: Output) -> None:
    """The clause that comes back to the first noun: ale první rád zpívá."""
    for word in _AGAIN:
        layer.word("o", f"word {word}", word, FULL)
    layer.bias("o", "THIRD", BIG)
    layer.word("i", "THIRD", BUT, FULL)
    layer.word("g", "THIRD", BUT, BIG)
    output.says(BUT, f"word {VERBS[1]}", NEXT)
    output.says(FIRST, f"word {BUT}", NEXT)
    for gender in GENDERS:
        output.says(GLAD[gender], f"word {FIRST}", NEXT)
        output.says(SINGS, f"word {GLAD[gender]}", NEXT)
    output.says(SINGS, "THIRD", 2 * FORM)
    output.says(END, f"word {SINGS}", NEXT)
