"""How the examples of a README are read and compared."""

import pytest

from tests.transcripts import blocks, commands, difference, same_line


def test_a_text_block_is_output_only_right_below_python():
    markdown = "```python\nprint(1)\n```\n\n```text\n1\n```\nWords.\n```text\n2\n```\n```console slow\n$ true\n```\n"
    assert [(block.language, block.note, block.line) for block in blocks(markdown)] == [
        ("python", "", 1),
        ("output", "", 5),
        ("text", "", 9),
        ("console", "slow", 12),
    ]


def test_a_transcript_has_commands_what_is_typed_and_what_is_shown():
    first, second = commands("$ echo a \\\n  b\na b\n$ translate\nEnglish> I am a boy.\nJsem kluk.\n")
    assert (first.shell, first.typed, first.shown) == ("echo a   b", (), ("a b",))
    assert (second.shell, second.typed, second.shown) == ("translate", ("I am a boy.",), ("Jsem kluk.",))


@pytest.mark.parametrize(
    "shown", ["a\nb\nc\nd", "…\nd", "a\n…", "a\n…\nd", "a\n…\nc\n…", "a\n…\nb\nc\nd", "…\nb\n…\nd"]
)
def test_lines_may_be_left_out(shown):
    assert difference(shown, "a\nb\nc  \nd\n") == ""


@pytest.mark.parametrize(
    "shown", ["a\nb", "…\nc", "b\n…", "a\n…\nc", "a\n…\nd\n…\nb", "a\nb\nc\nd\ne", "a\nb\n…\nb\nc\nd"]
)
def test_other_lines_are_told(shown):
    assert difference(shown, "a\nb\nc\nd\n")


def test_numbers_may_differ_in_their_last_digit_only():
    assert same_line("c −1.06, 12 words", "c −1.05, 12 words")
    assert not same_line("c −1.06, 12 words", "c −1.04, 12 words")
    assert not same_line("c −1.06, 12 words", "c −1.06, 13 words")
    assert not same_line("1.06", "1.060")
    assert same_line("took … s, loss 0.12", "took 3.1 s, loss 0.12")
