"""The judge of sentences without a reference: right translations never break, and broken ones are found."""

import pytest

from translate.lesson.judge import clause_genders, judge, lost
from translate.lesson.material import suite
from translate.text import split

SUITES = ("lesson", "boy-girl", "switch", "distance", "attractor", "test-combination", "test-longer")


@pytest.mark.parametrize("name", SUITES)
def test_a_right_translation_never_breaks(name):
    for pair, _ in suite(name):
        found = judge(pair.source, pair.target)
        assert not found.wrong and not found.lost, pair.target_text
        assert set(found.judged) >= {word.position for word in pair.agreements}


@pytest.mark.parametrize("name", ["lesson", "boy-girl", "distance", "attractor"])
def test_one_word_in_the_other_gender_is_found_in_a_sentence_about_one_person(name):
    for pair, _ in suite(name):
        if len(pair.constructions) == 1:
            for word in pair.agreements:
                broken = list(pair.target)
                broken[word.position] = word.other
                assert word.position in judge(pair.source, broken).wrong, broken


@pytest.mark.parametrize("name", ["switch", "test-longer"])
def test_and_nearly_always_in_one_about_several(name):
    found = []
    for pair, _ in suite(name):
        for word in pair.agreements:
            broken = list(pair.target)
            broken[word.position] = word.other
            found.append(bool(judge(pair.source, broken).wrong))
    assert sum(found) / len(found) > 0.95


def test_a_translation_about_somebody_else_agrees_but_somebody_is_lost():
    english = split("I am a boy who likes to learn", english=True)
    found = judge(english, split("Jsem holka, která se ráda učí"))
    assert not found.wrong and found.lost == ("boy",) and found.breaks


def test_a_clause_that_is_left_out_is_a_person_that_is_lost():
    english = split("I am a girl who likes to sing, but my brother is a king.", english=True)
    assert lost(english, split("Jsem holka, která ráda zpívá.")) == ["brother", "king"]


def test_one_word_stands_for_one_person():
    english = split("the boy likes to sing and the boy likes to read", english=True)
    assert lost(english, split("kluk rád zpívá")) == ["boy"]


def test_a_verb_is_no_person():
    assert lost(split("the girl likes to cook", english=True), split("holka ráda vaří")) == []
    assert lost(split("the tired cook likes to sing", english=True), split("ráda zpívá")) == ["cook"]


@pytest.mark.parametrize(
    ("english", "genders"),
    [
        ("I am a boy who likes to learn", ["m"]),
        ("The teacher is sad", [None]),
        ("She is happy, but my uncle likes to sing and the queen is old.", ["f", "m", "f"]),
        ("I was a girl, and I am tired", ["f", "f"]),
        ("The boy who with his sister likes to sing", ["m"]),
        ("His sister likes to read", ["f"]),
        ("", [None]),
    ],
)
def test_whom_each_clause_is_about(english, genders):
    assert clause_genders(split(english, english=True)) == genders


@pytest.mark.parametrize("czech", ["", "a a , ale , a", "který", "holka kluk který která", "😀 , , ,"])
def test_nonsense_is_judged_too(czech):
    judge(split("I am a boy , but , and"), split(czech))
    assert judge([], split(czech)).lost == ()
