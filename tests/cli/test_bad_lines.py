"""Lines that cannot be sentences: a line out for each line in, and a word about what was wrong."""

import json
import random

import pytest

from tests.cli.bad_input import (
    SCORE,
)

LINES = {
    "nothing": (b"", 0, ""),
    "no final newline": (b"I am a boy.\nI am a girl.", 2, ""),
    "blank and spaces": (b"\n   \n\t\n", 3, ""),
    "CRLF": (b"I am a boy.\r\n\r\nI am a girl.\r\n", 3, ""),
    "lone CR": (b"I am a boy.\rI am a girl.\n", 1, ""),
    "not UTF-8": (b"I am a boy.\n\xff\xfe\nI am a girl.\n", 3, "line 2: not UTF-8"),
    "emoji": ("😀\n".encode(), 1, "line 1: unknown word '😀'"),
    "other scripts": ("Я мальчик\n我是男孩\n".encode(), 2, "line 2: unknown word '我是男孩'"),
    "control characters": (b"I am\x07 a \x1b[31mboy.\n", 1, "unknown word '['"),
    "NUL": (b"I am\0 a boy.\n", 1, ""),
    "line separators": ("I am\u2028a boy.\x0b\x0c\x1c\u0085\n".encode(), 1, ""),
    "100,000 words": (b"boy " * 100_000 + b"\nI am a boy.\n", 2, "line 1: 100,000 words are more than a sentence"),
    "1 MB word": (b"x" * 1_000_000 + b"\n", 1, "line 1: unknown word 'xxx"),
}


@pytest.mark.parametrize("name", LINES)
def test_a_line_out_for_a_line_in(name, place, cli):
    stdin, lines, remark = LINES[name]
    code, out, err = cli(["text", "--model", "model"], stdin)
    assert code == 0
    assert out.count("\n") == lines and len(out.splitlines()) == lines
    assert remark in err
    assert all(line.startswith("line ") for line in err.splitlines())
    assert "\x1b" not in out + err
    strict, again, _ = cli(["text", "--model", "model", "--strict"], stdin)
    assert (strict, again) == (1 if err else 0, out)


@pytest.mark.parametrize("argument", ["", "   ", "\udcff\udcfe", "😀", "a\0b", "\x1b[31m", "\u200b"])
def test_odd_arguments(argument, place, cli):
    code, out, err = cli(["text", "--model", "model", "I am a boy.", argument])
    assert code == 0 and out.count("\n") == 2 and "\x1b" not in out + err
    code, out, _ = cli(["text", "--model", "model", "--json", argument])
    assert code == 0 and json.loads(out)["translation"] is not None


def test_unknown_words_are_scored_and_named(place, cli):
    code, out, err = cli([*SCORE, "I am a boi.", "Jsem\nklluk\x1b[31m."])
    assert code == 0 and "boy" in err and "klluk" in err and "\x1b" not in out + err
    assert out.splitlines()[0].endswith("Jsem klluk[31m.") or out.splitlines()[0].endswith("Jsem klluk [31m.")
    assert cli([*SCORE, "--strict", "I am a boi.", "Jsem kluk."])[0] == 1


def test_garbage_for_the_prompt(place, cli):
    garbage = random.Random(1).randbytes(400) + b"\n:nonsense\n:model x\n\xff\n\n" + b"boy " * 5000 + b"\n"
    code, _, err = cli(["chat", "--model", "model"], garbage)
    assert code == 0 and ":nonsense" in err and "Traceback" not in err
