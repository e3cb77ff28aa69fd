"""Whatever bytes come, there is a sentence or a reason why not."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from translate.lines import checked
from translate.text import normal
from translate.tokenizer import LONGEST, Tokenizer

TOKENIZER = Tokenizer.train(["I am a girl who likes to learn .", "I am a boy ."] * 2, "word", english=True)


def test_a_good_line_is_left_alone():
    assert checked(TOKENIZER, b"I'm a girl.") == ("I'm a girl.", [])


def test_control_characters_are_spaces_and_invisible_marks_nothing():
    raw = "\ufeffI\tam\x00a\x1bbo\u00ady\x9b\u202e.\u00a0".encode()
    assert checked(TOKENIZER, raw)[0] == "I am a boy ."


def test_what_is_wrong_is_named():
    line, problems = checked(TOKENIZER, b"I am a grl \xff")
    assert line == "I am a grl �"
    assert [p.split(";")[0] for p in problems] == ["not UTF-8", "unknown word 'grl'", "unknown word '�'."]


def test_a_line_that_is_too_long_is_cut_and_said_so():
    line, problems = checked(TOKENIZER, b"boy " * (LONGEST + 1))
    assert len(line.split()) == LONGEST
    assert "only the first 1,000" in problems[0]


def test_nothing_that_a_terminal_obeys_is_visible():
    assert normal("a\x1b[2J\r\nb\u200bc ") == "a [2J bc"


@given(st.binary(max_size=60))
def test_any_bytes_become_one_printable_line(raw):
    line, problems = checked(TOKENIZER, raw)
    assert not {unicodedata.category(c) for c in "".join([line, *problems])} & {"Cc", "Cf", "Zl", "Zp"}
    assert line == " ".join(line.split())
