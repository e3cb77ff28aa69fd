"""Whatever bytes come, there is a sentence or a reason why not."""

import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.errors import TranslateError
from translate.lines import argument, checked, lines_of
from translate.text import JOINERS, normal
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
    shown = set("".join([line, *problems])) - set(JOINERS)
    assert not {unicodedata.category(c) for c in shown} & {"Cc", "Cf", "Zl", "Zp"}
    assert line == " ".join(line.split())


def test_lines_are_those_of_a_file_and_wide_text_is_named():
    assert list(lines_of([b"a\xe2\x80\xa8b\r\n", b"\n", b"\xff\xfe"])) == [b"a\xe2\x80\xa8b", b"", b"\xff\xfe"]
    for encoding in ("utf-16", "utf-16-be", "utf-32-le"):
        with pytest.raises(TranslateError, match=r"UTF-(16|16BE|32LE), not UTF-8; save it"):
            list(lines_of("Kůň.\nA".encode(encoding).splitlines(keepends=True)))


def test_a_long_line_of_pieces_is_cut_at_a_word_and_read_as_it_stands():
    tokenizer = Tokenizer.train(["kluk a holka"] * 20, "bpe", size=280)
    line, problems = checked(tokenizer, b"zebra xyz " * 60)
    assert (line, problems) == (("zebra xyz " * 60).strip(), [])  # more than 250 pieces, fewer than in training
    line, (problem,) = checked(tokenizer, b"zebra xyz " * 200)
    pieces = len(tokenizer.encode(line))
    assert LONGEST - 10 < pieces <= LONGEST and set(line.split()) == {"zebra", "xyz"}
    assert f"bpe pieces are more than a sentence (1,000 are the most); only the first {pieces:,} were read" in problem


def test_an_argument_is_read_in_any_locale():
    assert argument("žena") == "žena".encode() and argument("a\udcff") == b"a\xff"


@pytest.mark.parametrize("text", ["I am\nI was\n", "мальчик видит\nсобаку\n", "男孩看見狗\n男孩看\n狗\n狗\n"])
@pytest.mark.parametrize("encoding", ["UTF-16LE", "UTF-16BE", "UTF-32LE"])
def test_standard_input_in_a_wide_encoding_is_named_with_what_reads_it(text, encoding):
    with pytest.raises(TranslateError, match=f"is {encoding}, not UTF-8; .*`iconv -f {encoding} -t UTF-8`"):
        list(lines_of(io.BytesIO(text.encode(encoding))))


def test_zeros_in_a_line_are_no_wide_encoding():
    assert list(lines_of(io.BytesIO(b"I am\0 a girl\n\0\nI\0\n"))) == [b"I am\0 a girl", b"\0", b"I\0"]
