"""`translate score`: which of two translations a model finds likelier, in all and word by word."""

import json

import pytest

from tests.cli.bad_input import SCORE
from tests.cli.commands import run

SENTENCE = "I am a girl who likes to learn"
RIGHT, WRONG = "Jsem holka, která se ráda učí", "Jsem holka, který se rád učí"


def test_the_right_form_is_likelier_and_the_words_add_up():
    lines = run("score", SENTENCE, RIGHT, WRONG).stdout.splitlines()
    heads = [place for place, line in enumerate(lines) if not line.startswith(" ")]
    totals = [float(lines[head].split("\t")[0]) for head in heads]
    assert [lines[head].split("\t")[1] for head in heads] == [RIGHT, WRONG] and totals[0] > totals[1]
    for first, last, total in zip(heads, [*heads[1:], len(lines)], totals, strict=True):
        words = [line.split() for line in lines[first + 1 : last]]
        assert words[-1][1] == "(end)" and sum(float(number) for number, _ in words) == pytest.approx(total, abs=1e-3)


def test_json_has_every_word():
    document = json.loads(run("score", "--json", SENTENCE, RIGHT).stdout)
    (scored,) = document["translations"]
    assert document["source"] == SENTENCE and scored["words"][-1] == "</s>"
    assert sum(scored["log_probs"]) == pytest.approx(scored["log_prob"])


def test_unknown_words_are_scored_and_named(place, cli):
    code, out, err = cli([*SCORE, "I am a boi.", "Jsem\nklluk\x1b[31m."])
    assert code == 0 and "boy" in err and "klluk" in err and "\x1b" not in out + err
    assert out.splitlines()[0].endswith("Jsem klluk[31m.") or out.splitlines()[0].endswith("Jsem klluk [31m.")
    assert cli([*SCORE, "--strict", "I am a boi.", "Jsem kluk."])[0] == 1
