"""`translate text`: a line out for each line in, whatever comes, and every way to ask for more than one translation."""

import json

import pytest

from tests.cli.commands import run

SENTENCE, CZECH = "I am a girl who likes to learn", "Jsem holka, která se ráda učí"


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


def test_scores_stand_before_translations_and_ranks_before_both():
    scored = run("text", "--scores", SENTENCE).stdout
    score, text = scored.rstrip("\n").split("\t")
    assert text == CZECH and float(score) <= 0
    ranked = [line.split("\t") for line in run("text", "--beam", "4", "--n-best", "3", SENTENCE).stdout.splitlines()]
    assert [rank for rank, _, _ in ranked] == ["1", "2", "3"] and ranked[0][2] == CZECH
    assert [float(score) for _, score, _ in ranked] == sorted((float(score) for _, score, _ in ranked), reverse=True)


def test_json_is_an_object_a_line_with_every_word_and_its_score():
    done = run("text", "--json", "--beam", "2", stdin=f"{SENTENCE}\n\nI am a gril\n")
    full, blank, unknown = map(json.loads, done.stdout.splitlines())
    (best,) = full["translations"]
    assert full["source"] == SENTENCE and full["translation"] == best["text"] == CZECH
    assert len(best["log_probs"]) == len(best["tokens"]) + 1 and best["finished"]
    assert blank == {"source": "", "translation": "", "unknown": [], "translations": []}
    assert unknown["unknown"] == ["gril"] and "line 3: unknown word 'gril'" in done.stderr


def test_what_is_drawn_at_random_is_drawn_by_the_seed():
    def drawn(seed: str) -> str:
        return run("text", "--sample", "--temperature", "3", "--seed", seed, SENTENCE).stdout

    assert drawn("1") == drawn("1") != drawn("2")


def test_a_prefix_is_what_the_translation_begins_with():
    assert run("text", "--prefix", "jsem kluk", SENTENCE).stdout.startswith("Jsem kluk")
