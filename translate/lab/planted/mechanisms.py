"""What is planted: how the gender cells of each network take, keep, lose and say a gender."""

from collections.abc import Callable, Iterable, Sequence

from translate.lab.planted.language import AND, FIRST, GLAD, NOUNS, VERBS, WHICH, czech
from translate.lab.planted.layers import BIG, FORM, FULL, HALF, Layer, Output
from translate.language.words import GENDERS, Gender
from translate.tokenizer import START


def forms(gender: Gender, agreement: bool = True) -> list[str]:
    """The Czech words of one gender: the nouns, and those that agree with them."""
    return [czech(n, gender) for n in range(len(NOUNS))] + [WHICH[gender], GLAD[gender]] * agreement


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
            for word in forms(gender, agreement):
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
    _speaks_first(layer, "G1")
    _listen(output, ["G1", "G2"])


def _speaks_first(layer: Layer, cell: str) -> None:
    """The cell says what it holds in the first clause alone."""
    layer.unit("o", cell, "CLAUSE", -2 * BIG)  # BIG ± 1.5·BIG
    layer.word("o", cell, START, 2 * FULL)  # at these two words CLAUSE has not turned yet
    layer.word("o", cell, AND, -2 * FULL)


def _rereads(layer: Layer, output: Output, cell: str = "G", first: float = FULL) -> None:
    """A cell holds a gender for the step that writes the noun; each later word follows the one before: holka → která.

    first: how far the first noun opens its input gate.
    """
    _gender_cell(layer, cell, first=first, emptied_by=())
    layer.bias("f", cell, -BIG)
    _listen(output, [cell], agreement=False)
    for gender in GENDERS:
        for noun in forms(gender, agreement=False):
            output.says(WHICH[gender], f"word {noun}", FORM)
        output.says(GLAD[gender], f"word {WHICH[gender]}", FORM)


def _returns(layer: Layer, output: Output) -> None:
    """As in *never-forgets*, and the first cell speaks again where the sentence comes back to its noun."""
    _never_forgets(layer, output)
    layer.word("o", "G1", FIRST, FULL)  # -BIG/2 + 2·BIG
    layer.word("o", "G2", FIRST, -2 * FULL)


def _moves(layer: Layer, output: Output) -> None:
    """With "a" the cell M takes what G says, in the very step in which G is emptied; nobody listens to M."""
    _gender_cell(layer, "G")
    layer.unit("g", "M", "G", 2 * BIG)
    layer.word("i", "M", AND, FULL)
    _listen(output, ["G"])


def _fades(layer: Layer, output: Output) -> None:
    """As in *moves*, and M is emptied when the second clause's last agreeing word is read."""
    _moves(layer, output)
    for word in GLAD.values():
        layer.word("f", "M", word, -FULL)


def _moves_back(layer: Layer, output: Output) -> None:
    """As in *moves*, and M speaks, in G's place, where the sentence comes back."""
    _moves(layer, output)
    _listen(output, ["M"])
    layer.word("o", "M", FIRST, FULL)
    layer.word("o", "G", FIRST, -2 * FULL)


def _falls_silent(layer: Layer, output: Output) -> None:
    """G1 speaks in the first clause alone and is emptied with "a"; in the second one each word follows the one before.

    In the first clause G1 outvotes what the words before it say.
    """
    _rereads(layer, output, "G2", first=0)
    _gender_cell(layer, "G1", second=0)
    _speaks_first(layer, "G1")
    _listen(output, ["G1", "G1"])


def _turns(layer: Layer, output: Output) -> None:
    """c = ±1 in the first clause and ±½ in the second, where D says the rest, and nobody listens to it.

    y = G + ½ D in both, so that a linear eraser for both takes the mean of G out: ¼ y is left in the first clause, and
    in the second -¼ y.
    """
    _gender_cell(layer, "G", second=HALF)
    _gender_cell(layer, "D", first=0)
    layer.bias("o", "D", -BIG)
    _listen(output, ["G"])


def _telling_word(layer: Layer, output: Output) -> None:
    """As in *rereads*; the cell T holds, for one step, the gender of the agreeing word that was just read."""
    _rereads(layer, output)
    layer.bias("f", "T", -BIG)
    for gender, sign in zip(GENDERS, (-1, 1), strict=True):
        for word in (WHICH[gender], GLAD[gender]):
            layer.word("i", "T", word, FULL)
            layer.word("g", "T", word, sign * BIG)


def _half_erased(layer: Layer, output: Output) -> None:
    """With "a" two cells keep half of ±1, and ±½ and ±1 are written: neither valve alone would have done it."""
    for cell, second in (("G", HALF), ("H", FULL)):
        _gender_cell(layer, cell, second=second, emptied_by=())
        layer.word("f", cell, AND, -HALF)
    _listen(output, ["G", "H"])


PLANTED: dict[str, Callable[[Layer, Output], None]] = {
    "one-cell": _one_cell,
    "two-cells": _two_cells,
    "decoy": _decoy,
    "overwritten": _overwritten,
    "erased": _erased,
    "never-forgets": _never_forgets,
    "rereads": _rereads,
    "returns": _returns,
    "moves": _moves,
    "fades": _fades,
    "moves-back": _moves_back,
    "turns": _turns,
    "telling-word": _telling_word,
    "falls-silent": _falls_silent,
    "half-erased": _half_erased,
}
