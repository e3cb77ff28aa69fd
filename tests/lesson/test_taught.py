"""Of which kind of sentence a network was taught: the grammar's own, and no other."""

import pytest

from translate.corpus.show import sample
from translate.lesson.taught import of_model, taught
from translate.text import split


def test_new_sentences_of_the_grammar_are_of_the_kind_that_was_taught():
    lacking = [pair.source_text for pair in sample("lesson", 400, 99) if taught().lacks(pair.source)]
    assert len(lacking) <= 4, lacking


@pytest.mark.parametrize(
    ("sentence", "lacks"),
    [
        ("I am a girl who likes to learn.", ""),
        ("I am a boy who likes to read, but my sister is a girl who likes to sing.", ""),
        ("I like to learn.", "“I like”"),
        ("She likes to learn.", "“she likes”"),
        ("I am a girl and my sister is a boy but he is tired.", "3 clauses"),
        ("who likes to learn", "“who”"),
        ("", "“”"),
    ],
)
def test_what_a_sentence_lacks(sentence, lacks):
    found = taught().lacks(split(sentence, english=True))
    assert found.lower() == lacks.lower()


def test_a_model_that_knows_more_words_may_have_been_taught_more():
    words = {word for pair in sample("lesson", 2000, 0) for word in pair.source}
    assert of_model(words) is not None
    assert of_model(words | {"aardvark"}) is None
