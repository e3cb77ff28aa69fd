"""`translate intervene` as people start it."""

import json
import subprocess

import pytest

from tests.cli.commands import loaded, run

GIRL, BOY = "I am a girl who likes to learn.", "I am a boy who likes to learn."


def intervene(*words: str, **environment: str) -> subprocess.CompletedProcess:
    return run("intervene", *words, **environment)


def test_a_transplant_shows_before_and_after_with_the_difference_marked():
    done = intervene(GIRL, "--at", "girl", "--units", "top:5", "--set", f"from:{BOY}", COLUMNS="100", NO_COLOR="1")
    assert done.returncode == 0 and done.stderr == "" and "\x1b" not in done.stdout
    before, after = (line for line in done.stdout.splitlines() if "Jsem holka" in line)
    assert before.split(maxsplit=1) == ["before", "Jsem holka, [která] se [ráda] učí."]
    assert after.split(maxsplit=1) == ["after", "Jsem holka, [který] se [rád] učí."]
    under = done.stdout.splitlines()
    assert under[under.index(after) + 1].split() == ["══f══", "──m──", "─m─"]
    assert "at step 2: had just read “holka”, wrote “,” next" in done.stdout
    assert "2 places changed: která → který, ráda → rád." in done.stdout
    assert "The same on 5 other units, drawn at random: 0 of 5 draws changed anything." in done.stdout


def test_a_value_set_by_hand_is_remarked_on():
    done = intervene(GIRL, "--site", "dec.l0.f", "--at", "holka", "--units", "3,17", "--set", "1")
    assert done.returncode == 0 and done.stderr.startswith("note: ") and done.stderr.count("\n") == 1
    assert "out of distribution" in done.stderr and "out of distribution" not in done.stdout
    assert "forget gate" in done.stdout and ("No word changed" in done.stdout or "Nothing changed" in done.stdout)


def test_json_is_one_object_for_programs():
    done = intervene(
        GIRL, "--site", "dec.l0.c", "--at", "2-3", "--units", "top:4", "--set", "mean", "--random", "2", "--json"
    )
    found = json.loads(done.stdout)
    assert found["steps"] == [2, 3] and found["read"] == ["holka", ","] and len(found["units"]) == 4
    assert found["before"]["genders"][0] == {"position": 1, "word": "holka", "gender": "f", "noun": True}
    assert len(found["random"]) == 2 and all(len(draw["units"]) == 4 for draw in found["random"])
    assert {"after", "changes", "shaken", "was", "model", "sentence", "site", "set"} <= set(found)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((GIRL,), "--set"),
        ((GIRL, "--set", "0", "--site", "dec.l0.cc"), "did you mean dec.l0.c?"),
        ((GIRL, "--set", "0", "--at", "king"), "There is no 'king'"),
        ((GIRL, "--set", "0", "--units", "500"), "numbered from 0 to 127"),
        (("", "--set", "0"), "no sentence"),
        ((GIRL, "--set", "0", "--model", "nowhere"), "not a model folder"),
    ],
)
def test_a_wrong_request_exits_2_with_one_sentence(words, said):
    answer = intervene(*words)
    assert answer.returncode == 2 and answer.stdout == ""
    assert answer.stderr.startswith("translate: ") and answer.stderr.count("\n") == 1 and said in answer.stderr


def test_it_computes_without_torch_and_the_lexicon_finds_the_noun():
    words = ("intervene", GIRL, "--at", "girl", "--units", "top:2", "--set", "mean", "--beam", "2")
    printed, modules = loaded(*words, of="torch")
    assert modules == [] and "had just read “holka”" in printed
