"""Text as people write it, and back from the tokens that a model reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.text import expand_contractions, join, split

WORDS = st.text("abcčdďeéěřžABCŽ", min_size=1, max_size=6)
MARKS = st.sampled_from([",", ".", "!", "?", ";", ":"])


@pytest.mark.parametrize(
    ("written", "spelt_out"),
    [
        ("I'm a boy", "I am a boy"),
        ("i’m a boy", "i am a boy"),
        ("She's happy and they're not", "She is happy and they are not"),
        ("He doesn't, can't and won't", "He does not, can not and will not"),
        ("my sister's book", "my sister's book"),
        ("no contraction", "no contraction"),
    ],
)
def test_contractions_are_spelt_out_but_possessives_stay(written, spelt_out):
    assert expand_contractions(written) == spelt_out


def test_words_and_marks_are_tokens_of_their_own():
    assert split("Jsem kluk, který se rád učí.") == ["Jsem", "kluk", ",", "který", "se", "rád", "učí", "."]
    assert split("a well-known boy’s (old) hat") == ["a", "well-known", "boy’s", "(", "old", ")", "hat"]
    assert split("I'm here", english=True) == ["I", "am", "here"] and split("I'm here") == ["I'm", "here"]
    assert split("") == split(" \n") == []


def test_marks_are_attached_and_the_first_letter_is_large():
    assert join(["ahoj", ",", "(", "kluku", ")", "!"]) == "Ahoj, (kluku)!"
    assert join(("žena", "je", "tu")) == "Žena je tu" and join([]) == ""


@given(st.lists(st.one_of(WORDS, MARKS), min_size=1, max_size=12))
def test_splitting_undoes_joining_but_for_the_capitals_of_sentences(tokens):
    again = split(join(tokens))
    assert [word.lower() for word in again] == [word.lower() for word in tokens]
    # The first letter of each sentence is a capital, and no other letter changes.
    stops = ["", *(word if word in ".!?:" else "" for word in tokens)]
    assert all(new in (old, old[:1].upper() + old[1:]) for new, old in zip(again, tokens, strict=True))
    assert again[0] == tokens[0][:1].upper() + tokens[0][1:]
    assert all(new[:1].isupper() or not new.isalpha() for new, stop in zip(again[1:], stops[1:], strict=False) if stop)


@given(st.text(max_size=60))
def test_any_text_loses_nothing_but_its_spaces(text):
    assert "".join(split(text)) == "".join(c for c in text if not c.isspace())
