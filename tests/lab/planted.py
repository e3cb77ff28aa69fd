"""An encoder–decoder whose weights are written down: what it knows and where is known beforehand.

It translates "the boy who reads and the queen who sleeps" into "kluk , který čte a královna , která spí", for any two nouns.
Unit G holds the current gender, in the decoder it is written anew by each noun that is written. Unit D, the decoy,
always holds the same as G, and nothing listens to it. Noun identities and the second gender have units of their own,
which speak (open output gate) only when it is their turn; the last word written has one unit a word.
"""

from itertools import product

import torch

from translate.corpus.pair import Agreement, Noun, SentencePair
from translate.model.checkpoint import Checkpoint, save_frame, save_weights
from translate.model.config import ModelConfig
from translate.model.encoder_decoder import EncoderDecoder
from translate.model.translator import Translator
from translate.tokenizer import END, START, Tokenizer

NOUNS = [("boy", "kluk", "girl", "holka"), ("king", "král", "queen", "královna"), ("hero", "hrdina", "heroine", "hrdinka"),
         ("uncle", "strýc", "aunt", "teta"), ("son", "syn", "daughter", "dcera"), ("prince", "princ", "princess", "princezna"),
         ("actor", "herec", "actress", "herečka"), ("monk", "mnich", "nun", "jeptiška")]  # fmt: skip
BIG = 12.0


def sentence(first: tuple[int, str], second: tuple[int, str]) -> SentencePair:
    """The pair about two nouns, each (number of the pair, gender)."""
    g1, g2 = first[1], second[1]
    english = [NOUNS[n][0 if g == "m" else 2] for n, g in (first, second)]
    czech = [NOUNS[n][1 if g == "m" else 3] for n, g in (first, second)]
    which = ["který" if g == "m" else "která" for g in (g1, g2)]
    other = ["která" if g == "m" else "který" for g in (g1, g2)]
    source = ("the", english[0], "who", "reads", "and", "the", english[1], "who", "sleeps")
    target = (czech[0], ",", which[0], "čte", "a", czech[1], ",", which[1], "spí")
    nouns = (Noun(czech[0], g1, 1, 0, 0, "controller"), Noun(czech[1], g2, 6, 5, 1, "controller"))
    words = tuple(
        Agreement(at, k, (g1, g2)[k], "relative", k, 2, "forward", (), other[k]) for k, at in enumerate((2, 7))
    )
    return SentencePair(source, target, nouns, words, ("copula-definite", "copula-definite"))


def switch_suite() -> list[tuple[SentencePair, dict]]:
    """Every pair of different nouns, fully crossed, tagged as a switch suite is."""
    found, item = [], 0
    for n1, n2 in product(range(len(NOUNS)), repeat=2):
        if n1 != n2:
            for y1, y2 in product("mf", repeat=2):
                tags = {"item": item, "switch": f"{y1}>{y2}", "y1": y1, "y2": y2}
                found.append((sentence((n1, y1), (n2, y2)), tags))
            item += 1
    return found


class Units:
    """The number of each unit by name."""

    def __init__(self, target_words: list[str]):
        names = ["G", "D", "Y2", "AND", *(f"A{n}" for n in range(len(NOUNS))), *(f"B{n}" for n in range(len(NOUNS)))]
        names += [f"last {word}" for word in target_words]
        self.number = {name: index for index, name in enumerate(names)}

    def __getitem__(self, name: str) -> int:
        return self.number[name]

    def __len__(self) -> int:
        return len(self.number)


def translator(folder) -> tuple[Translator, Units]:
    """The planted model, saved as a model folder and opened again, and where its units are."""
    pairs = [pair for pair, _ in switch_suite()]
    source = Tokenizer.train([" ".join(p.source) for p in pairs], "word", english=True)
    target = Tokenizer.train([" ".join(p.target) for p in pairs], "word")
    units = Units(["<s>", *target.words])
    config = ModelConfig(len(source), len(target), hidden=len(units), embedding=max(len(source), len(target)))
    module = EncoderDecoder(config)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.zero_()
        for embedding in (module.source_embedding, module.target_embedding):
            embedding.weight.copy_(torch.eye(*embedding.weight.shape))
        _encoder(_Layer(module.encoder, units), source)
        _decoder(_Layer(module.decoder, units), target, units)
        _output(module.output, target, units)
    save_frame(folder, config, source, target)
    save_weights(folder, module)
    return Translator(Checkpoint(folder, config, source, target), "numpy"), units


class _Layer:
    """Sets weights of one LSTM layer by gate, unit and what drives it."""

    def __init__(self, layer, units: Units):
        self.layer, self.units, self.size = layer, units, len(units)

    def row(self, gate: str, unit: str) -> int:
        return "ifgo".index(gate) * self.size + self.units[unit]

    def bias(self, gate: str, unit: str, value: float) -> None:
        self.layer.bias_ih_l0[self.row(gate, unit)] = value

    def word(self, gate: str, unit: str, word: int, value: float) -> None:
        self.layer.weight_ih_l0[self.row(gate, unit), word] += value

    def hidden(self, gate: str, unit: str, other: str, value: float) -> None:
        self.layer.weight_hh_l0[self.row(gate, unit), self.units[other]] += value


def _encoder(layer: _Layer, source: Tokenizer) -> None:
    id_of = {word: i for i, word in enumerate(source.vocabulary)}
    for unit in layer.units.number:
        layer.bias("f", unit, 2 * BIG)  # whatever is written stays
        layer.bias("i", unit, -BIG)
        layer.bias("o", unit, 2 * BIG if unit == "AND" else -2 * BIG)
    layer.word("i", "AND", id_of["and"], 3 * BIG)
    layer.word("g", "AND", id_of["and"], BIG)
    for n, (masculine, _, feminine, _) in enumerate(NOUNS):
        for word, sign in ((masculine, -1), (feminine, 1)):
            # Before "and", a noun writes the units of the first clause; after it, AND shuts those and opens the others.
            for unit, value in (("G", sign), ("D", sign), (f"A{n}", 1)):
                layer.word("i", unit, id_of[word], 3 * BIG)
                layer.word("g", unit, id_of[word], BIG * value)
                layer.hidden("i", unit, "AND", -6 * BIG)
            for unit, value in (("Y2", sign), (f"B{n}", 1)):
                layer.word("g", unit, id_of[word], BIG * value)
                layer.hidden("i", unit, "AND", 3 * BIG)
    # Without a noun no gate of the second clause may open, though AND speaks.
    for unit in ("Y2", *(f"B{n}" for n in range(len(NOUNS)))):
        for word, number in id_of.items():
            if not any(word in noun for noun in NOUNS):
                layer.word("i", unit, number, -4 * BIG)
        for n, noun in enumerate(NOUNS):
            if unit.startswith("B") and unit != f"B{n}":
                for word in (noun[0], noun[2]):
                    layer.word("i", unit, id_of[word], -4 * BIG)


def _decoder(layer: _Layer, target: Tokenizer, units: Units) -> None:
    id_of = {word: i for i, word in enumerate(target.vocabulary)} | {"<s>": START}
    for unit in units.number:
        word = unit.removeprefix("last ")
        if unit.startswith("last "):  # holds nothing, hears its own word and says so
            layer.bias("f", unit, -2 * BIG)
            layer.bias("i", unit, 2 * BIG)
            layer.bias("o", unit, 2 * BIG)
            layer.word("g", unit, id_of[word], BIG)
            continue
        layer.bias("f", unit, 2 * BIG)
        layer.bias("i", unit, -BIG)
        layer.bias("o", unit, -BIG)
        turn = "<s>" if unit[0] == "A" and unit != "AND" else "a" if unit[0] in "BY" else None
        if turn:  # nouns and the second gender speak when it is their turn
            layer.word("o", unit, id_of[turn], 3 * BIG)
    layer.bias("o", "D", 2 * BIG)
    layer.bias("i", "AND", -BIG)
    layer.bias("f", "AND", 2 * BIG)
    layer.bias("o", "AND", 2 * BIG)
    # In the decoder AND tells the clause: it arrives as 1; reading the start mark empties it, reading "a" fills it again.
    layer.word("f", "AND", START, -4 * BIG)
    layer.word("i", "AND", id_of["a"], 3 * BIG)
    layer.word("g", "AND", id_of["a"], BIG)
    layer.bias("o", "G", 2 * BIG)
    layer.word("o", "G", id_of["a"], -4 * BIG)
    for _, masculine, _, feminine in NOUNS:
        for word, sign in ((masculine, -1), (feminine, 1)):
            for unit in ("G", "D"):  # a noun that is read erases the gender before and writes its own
                layer.word("i", unit, id_of[word], 3 * BIG)
                layer.word("g", unit, id_of[word], BIG * sign)
                layer.word("f", unit, id_of[word], -4 * BIG)


def _output(output, target: Tokenizer, units: Units) -> None:
    id_of = {word: i for i, word in enumerate(target.vocabulary)}

    def says(word: str | int, unit: str, value: float) -> None:
        output.weight[word if isinstance(word, int) else id_of[word], units[unit]] += value

    for n, (_, masculine, _, feminine) in enumerate(NOUNS):
        for word, sign in ((masculine, -1), (feminine, 1)):
            for turn, noun, gender in (("<s>", f"A{n}", "G"), ("a", f"B{n}", "Y2")):
                says(word, f"last {turn}", 20)
                says(word, noun, 20)
                says(word, gender, 10 * sign)
            says(",", f"last {word}", 30)
    for word, sign in (("který", -1), ("která", 1)):
        says(word, "last ,", 30)
        says(word, "G", 5 * sign)
        for verb, clause in (("čte", -1), ("spí", 1)):
            says(verb, f"last {word}", 22 - 3 * clause)
            says(verb, "AND", 10 * clause)
    says("a", "last čte", 30)
    says(END, "last spí", 30)
