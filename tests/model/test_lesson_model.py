"""The model that ships, on sentences that no generator wrote."""

from pathlib import Path

import pytest

from translate.corpus.parallel import read_parallel
from translate.model.translator import Translator
from translate.resources import data

pytestmark = pytest.mark.numerical


@pytest.fixture(scope="module")
def translator() -> Translator:
    return Translator.load(device="numpy")


def test_the_lessons_sentences_are_right(translator):
    pairs = read_parallel(data("suites/lesson.tsv"))
    assert len(pairs) == 8
    assert translator.texts([source for source, _ in pairs]) == [target for _, target in pairs]


def test_sentences_written_by_hand_are_right(translator):
    pairs = read_parallel(Path(__file__).parent / "handwritten.tsv")
    wrong = [
        (source, found, target)
        for (source, target), found in zip(pairs, translator.texts([s for s, _ in pairs]), strict=True)
        if found != target
    ]
    assert len(wrong) <= 0.03 * len(pairs), wrong


def test_one_word_changes_in_english_and_each_that_agrees_in_czech(translator):
    boy, girl = translator.texts(["I am a boy who likes to learn", "I am a girl who likes to learn"])
    changed = [(a, b) for a, b in zip(boy.split(), girl.split(), strict=True) if a != b]
    assert changed == [("kluk,", "holka,"), ("který", "která"), ("rád", "ráda")]


def test_numpy_and_torch_translate_alike(translator):
    sources = [source for source, _ in read_parallel(Path(__file__).parent / "handwritten.tsv")]
    assert Translator.load(device="cpu").texts(sources) == translator.texts(sources)
