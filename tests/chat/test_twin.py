"""The boy/girl twin of a sentence."""

import pytest

from translate.chat.twin import twin_of


@pytest.mark.parametrize(
    ("line", "twin"),
    [
        ("I am a boy who likes to learn.", "I am a girl who likes to learn."),
        ("I'm an emperor", "I am an empress"),
        ("My brother is a monk and his wife is an actress.", "My sister is a nun and her husband is an actor."),
        ("She's happy.", "He is happy."),
        ("BOY", "Girl"),
        ("A hero rests.", "A heroine rests."),
        ("You are happy.", None),
        ("", None),
    ],
)
def test_the_twin(line, twin):
    assert twin_of(line) == twin


def test_the_twin_of_the_twin_is_the_sentence():
    line = "The great-grandfather who likes to chat with his mother-in-law is an heir."
    assert twin_of(twin_of(line)) == line
