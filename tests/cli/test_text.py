"""`translate text`: a line out for each line in, whatever comes, and every way to ask for more than one translation."""

import json

import pexpect
import pytest

from tests.cli.commands import in_terminal, loaded, run

SENTENCE, CZECH = "I am a girl who likes to learn", "Jsem holka, která se ráda učí"
LESSON = ("text", "--model", "lesson")


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
    scored = run(*LESSON, "--scores", SENTENCE).stdout
    score, text = scored.rstrip("\n").split("\t")
    assert text == CZECH and float(score) <= 0
    ranked = [line.split("\t") for line in run(*LESSON, "--beam", "4", "--n-best", "3", SENTENCE).stdout.splitlines()]
    assert [rank for rank, _, _ in ranked] == ["1", "2", "3"] and ranked[0][2] == CZECH
    assert [float(score) for _, score, _ in ranked] == sorted((float(score) for _, score, _ in ranked), reverse=True)


def test_json_is_an_object_a_line_with_every_word_and_its_score():
    done = run(*LESSON, "--json", "--beam", "2", stdin=f"{SENTENCE}\n\nI am a gril\n")
    full, blank, unknown = map(json.loads, done.stdout.splitlines())
    (best,) = full["translations"]
    assert full["source"] == SENTENCE and full["translation"] == best["text"] == CZECH
    assert len(best["log_probs"]) == len(best["tokens"]) + 1 and best["finished"]
    assert full["doubts"] == [] and full["unsaid"] is None
    assert blank == {"source": "", "translation": "", "unknown": [], "doubts": [], "unsaid": None, "translations": []}
    assert unknown["unknown"] == ["gril"] and "line 3: unknown word 'gril'" in done.stderr


def test_what_is_drawn_at_random_is_drawn_by_the_seed():
    def drawn(seed: str) -> str:
        return run(*LESSON, "--sample", "--temperature", "3", "--seed", seed, SENTENCE).stdout

    assert drawn("1") == drawn("1") != drawn("2")


def test_a_prefix_is_what_the_translation_begins_with():
    assert run(*LESSON, "--prefix", "jsem kluk", SENTENCE).stdout.startswith("Jsem kluk")


def test_a_doubt_is_told_beside_plain_czech_and_makes_strict_fail():
    sentences = (SENTENCE, "She likes to learn.", "I am not happy.")
    done = run(*LESSON, *sentences)
    assert done.stdout.splitlines() == [CZECH, "Policista se rád učí.", "Jsem šťastný."]
    told = done.stderr.splitlines()
    assert all(line.startswith(("line 2: doubtful: ", "line 3: doubtful: ")) for line in told)
    assert "'Policista'" in told[0] and "'not'" in told[-1]
    assert run(*LESSON, SENTENCE, "--strict").returncode == 0
    assert run(*LESSON, "She likes to learn.", "--strict").returncode == 1


def test_json_has_the_doubts_with_their_words_and_places():
    record = json.loads(run(*LESSON, "--json", "I am not happy.").stdout)
    (doubt,) = record["doubts"]
    assert doubt["kind"] == "negation" and doubt["target"] == [0] and "not" in doubt["words"]
    record = json.loads(run(*LESSON, "--json", "I am happy.").stdout)
    assert record["doubts"] == [] and record["unsaid"]["translations"] == ["Jsem šťastný.", "Jsem šťastná."]


def test_where_nothing_says_who_speaks_both_are_told_and_strict_does_not_mind():
    done = run(*LESSON, "--strict", "I am happy.")
    assert done.returncode == 0 and done.stdout == "Jsem šťastná.\n"
    assert done.stderr == "the English does not say who speaks: Jsem šťastný. / Jsem šťastná.\n"


def test_a_word_that_stands_for_an_unknown_one_is_marked_in_a_terminal_only():
    sentence = "I am a boy who likes to lern"
    assert run(*LESSON, sentence).stdout == "Jsem kluk, který si rád hraje\n"
    child = in_terminal(*LESSON, sentence)
    child.expect(pexpect.EOF)
    assert "Jsem kluk, který si rád hraje(?)" in child.before


def test_one_sentence_is_translated_and_doubted_without_torch():
    printed, modules = loaded(*LESSON, "She likes to learn.", of="torch rich")
    assert printed == "Policista se rád učí.\n" and modules == []


def test_a_model_is_asked_for_by_its_name_and_an_unknown_one_is_told_the_names():
    for name in ("lesson", "lesson-gru"):
        assert run("text", "--model", name, SENTENCE).stdout == CZECH + "\n"
    done = run("text", "--model", "lessson", SENTENCE)
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "lesson, lesson-gru" in done.stderr


@pytest.mark.parametrize("piped", [False, True])
def test_ranks_are_printed_wherever_several_are_asked_for(cli, piped):
    def asked(*options: str) -> list[list[str]]:
        sentence = () if piped else ("I am a girl.",)
        code, out, _ = cli([*LESSON, "--n-best", "3", *options, *sentence], b"I am a girl.\n")
        assert code == 0
        return [line.split("\t") for line in out.splitlines()]

    for options in (("--beam", "3"), ("--beam", "3", "--scores"), ("--sample",)):
        ranked = asked(*options)
        assert [row[0] for row in ranked] == ["1", "2", "3"] and all(len(row) == 3 for row in ranked)
    ((rank, score, text),) = asked("--beam", "3", "--prefix", "kluk " * 30)  # cut before there is any choice
    assert rank == "1" and float(score) < 0 and text.lower().startswith("kluk kluk")
