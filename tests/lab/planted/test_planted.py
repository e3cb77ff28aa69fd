"""The planted networks are what they are said to be."""

import gc

import numpy as np
import pytest

from translate import lab
from translate.corpus.pair import read_line
from translate.errors import UsageError
from translate.lab.planted.language import NOUNS, sentence
from translate.lab.planted.networks import NAMES, make_planted, names_and_descriptions
from translate.lab.sentences.lemmas import noun_pair
from translate.model.translator import Translator

pytestmark = pytest.mark.numerical


def test_it_translates_every_sentence(planted):
    pairs = planted.material.pairs(*planted.material.suites)
    texts = planted.translator.texts([pair.source_text for pair in pairs])
    assert texts == [pair.target_text for pair in pairs]


def test_its_valves_do_what_is_planted_and_nothing_else(planted):
    """By the word that is read; the sum of what is written and kept is then the cell, to the last bit."""
    pairs = planted.material.pairs("switch")
    trace = lab.trace(planted.translator, [pair.source for pair in pairs], [pair.target for pair in pairs])
    read = ["<s>", *pairs[0].target]  # nouns and agreeing words differ from sentence to sentence, and move no valve
    for cell, valves in planted.truth.valves.items():
        i, f, g, c = (trace[f"dec.l0.{site}"][..., planted.units[cell]].numpy() for site in "ifgc")
        for gate, found, rest in (("f", f, 1.0), ("i", i, 0.0)):
            planned = [valves[gate].get(word, valves[gate].get("rest", rest)) for word in read]
            assert (found == planned).all(), (cell, gate)
        amounts = np.abs(i * g)
        assert (amounts[:, [0, 5]] == planted.truth.written[cell]).all()
        before = np.concatenate([np.zeros_like(c[:, :1]), c[:, :-1]], axis=1)
        assert (c == f * before + i * g).all()


def test_a_cell_holds_the_gender_that_is_planted(planted):
    pairs, tags = zip(*planted.material.suites["switch"], strict=True)
    trace = lab.trace(planted.translator, [pair.source for pair in pairs], sites="dec.l0.c")
    y1, y2 = (np.array([1 if tag[y] == "f" else -1 for tag in tags]) for y in ("y1", "y2"))
    for cell, (first, second) in planted.truth.written.items():
        held = trace["dec.l0.c"][..., planted.units[cell]].numpy()
        assert (held[:, 0] == first * y1).all()  # while the first noun is written
        later = y1 if cell == "M" else y2  # what is written with "a": M takes the old gender over
        assert (held[:, 5] == planted.truth.left * first * y1 + second * later).all()  # and the second


def test_its_language_is_annotated_as_the_corpus_is():
    pair = sentence((0, "m"), (1, "f"))
    assert " ".join(pair.source) == "the boy who gladly reads and the queen who gladly sleeps"
    assert " ".join(pair.target) == "kluk který rád čte a královna která ráda spí"
    for noun in pair.nouns:
        assert pair.target[noun.target] == noun.lemma
        assert pair.source[noun.source] in (NOUNS[0][0], NOUNS[1][2])
    assert [pair.target[word.position] for word in pair.agreements] == ["který", "rád", "která", "ráda"]
    assert [word.other for word in pair.agreements] == ["která", "ráda", "který", "rád"]
    assert len({noun_pair(word) for noun in NOUNS for word in noun[1::2]}) == len(NOUNS)  # all are in the lexicon
    assert read_line(pair.to_json()) == (pair, {})


def test_a_student_chooses_by_what_they_do():
    assert list(names_and_descriptions()) == list(NAMES)
    assert all(text[0].isupper() and text.endswith(".") for text in names_and_descriptions().values())
    with pytest.raises(UsageError, match="choose one of one-cell, two-cells"):
        make_planted("three-cells")


def test_it_is_a_model_folder_like_any_other(tmp_path):
    planted = make_planted("decoy", tmp_path / "decoy")
    again = Translator.load(tmp_path / "decoy")
    assert again.checkpoint.hash == planted.translator.checkpoint.hash
    assert again.texts(["The nun who gladly reads and the king who gladly sleeps"]) == [
        "Jeptiška která ráda čte a král který rád spí"
    ]


def test_a_temporary_folder_goes_away_with_its_network():
    planted = make_planted("one-cell")
    folder = planted.translator.checkpoint.folder
    assert folder.is_dir()
    del planted
    gc.collect()
    assert not folder.exists()
