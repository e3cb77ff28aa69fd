"""`translate cell`: what is on the screen is what the walk found, in any terminal, and what is wrong is said."""

import json

import pexpect
import pytest

from tests.cli.bad_input import one_sentence
from tests.cli.commands import ended, in_terminal, loaded, run
from translate.lab.demonstrations.walk import best_unit, walk
from translate.lab.probes.readout import readout_of
from translate.model.translator import Translator

SENTENCE = "I am a girl who likes to learn"


@pytest.fixture(scope="module")
def lesson():
    return Translator.load(None, "numpy")


@pytest.mark.parametrize("side", ["encoder", "decoder"])
def test_every_word_has_its_four_steps(cli, lesson, side):
    code, out, err = cli(["cell", SENTENCE, "--side", side, "--formula"])
    assert code == 0 and err == ""
    unit, _ = best_unit(lesson, side[:3], readout_of(lesson))
    found = walk(lesson, SENTENCE, side[:3], unit)
    assert f"unit {unit} of 128" in out and found.translation in out
    for name in ("step 1  forget valve", "step 2  memory valve", "candidate", "step 3  memory", "step 4  output valve"):
        assert out.count(name) == len(found.steps)
    for step in found.steps:
        assert f"{step.position + 1}  {step.read}" in out
        assert f"{step.valves['f'].value:.2f}" in out and f"{step.memory_after:.3f}".replace("-", "−") in out
        assert step.case in out
        assert step.writes is None or f"→ writes {step.writes}" in out
    table = out.partition("The walk in short")[2]
    assert [line.split()[0] for line in table.splitlines()[2:]] == [step.read for step in found.steps]


def test_a_walk_needs_no_torch():
    printed, modules = loaded("cell", SENTENCE, "--gender", of="torch")
    assert "The walk in short" in printed and modules == []


def test_the_shipped_encoder_changes_a_unit_completely_at_the_girl(cli):
    _, out, _ = cli(["cell", SENTENCE])
    girl = out[out.index("4  girl") : out.index("5  who")]
    assert "changed completely: forget valve closed, memory valve open" in girl


def test_json_is_the_walk(cli, lesson):
    code, out, err = cli(["cell", SENTENCE, "--gender", "--side", "decoder", "--json"])
    assert code == 0 and err == ""
    found, readout = json.loads(out), readout_of(lesson)
    steps = walk(lesson, SENTENCE, "dec", "gender", readout=readout).steps
    assert found["kind"] == "lstm" and found["look"] == "gender" and found["open_above"] == pytest.approx(2 / 3)
    for step, record in zip(steps, found["steps"], strict=True):
        assert record["memory_after"] == pytest.approx(step.memory_after, rel=1e-4)
        assert record["memory_before"] + record["erased"] + record["written"] == pytest.approx(
            step.memory_after, abs=1e-4
        )
        assert 0 <= record["p_feminine"] <= 1 and record["case"] == step.case


@pytest.mark.parametrize("columns", ["40", "80", "120"])
@pytest.mark.parametrize("look", ["--mean", "--gender", "--unit=3"])
def test_nothing_is_wider_than_the_screen(cli, monkeypatch, columns, look):
    monkeypatch.setenv("COLUMNS", columns)
    code, out, _ = cli(["cell", SENTENCE, look, "--side", "decoder", "--formula"])
    assert code == 0 and max(map(len, out.splitlines())) <= int(columns)


def test_ascii_and_colours():
    child = in_terminal("cell", SENTENCE, "--formula", PYTHONIOENCODING="ascii")
    child.expect(pexpect.EOF)
    plain = child.before
    assert "-|-" in plain and "###" in plain and "?" not in plain and plain.isascii()
    assert "━┃━" in run("cell", SENTENCE, PYTHONIOENCODING="ascii").stdout
    assert "\x1b[" not in run("cell", SENTENCE).stdout
    coloured = {"FORCE_COLOR": "1", "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    assert "38;2;213;94;0" in run("cell", SENTENCE, "--gender", **coloured).stdout
    assert "38;" not in run("cell", SENTENCE, "--gender", **coloured, NO_COLOR="1").stdout


@pytest.mark.parametrize("name", ["lesson-gru", "lesson-rnn"])
def test_a_gru_and_an_rnn_walk_by_their_own_gates(cli, name):
    code, out, _ = cli(["cell", SENTENCE, "--model", name, "--unit", "3", "--formula"])
    assert code == 0
    if name == "lesson-gru":
        assert "update valve" in out and "h = z h + (1 − z) n" in out and "forget valve" not in out
    else:
        assert "no valves" in out and "h = tanh(" in out and "valve " not in out.partition("no valves")[2]


WRONG = {
    "empty": (["  "], 2, "no sentence"),
    "unit": ([SENTENCE, "--unit", "128"], 2, "no unit 128"),
    "negative": ([SENTENCE, "--unit", "-1"], 2, "no unit -1"),
    "no number": ([SENTENCE, "--unit", "best"], 2, "--unit"),
    "side": ([SENTENCE, "--side", "left"], 2, "encoder or decoder"),
    "layer": ([SENTENCE, "--layer", "1"], 2, "no layer 1"),
    "two looks": ([SENTENCE, "--mean", "--gender"], 2, "exclude each other"),
    "no model": ([SENTENCE, "--model", "nowhere"], 2, "not a model folder"),
    "no readout": (["I am a boy.", "--model", "model", "--gender"], 1, "No gender is read"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_in_one_sentence(cli, place, name):
    arguments, code, said = WRONG[name]
    found, out, err = cli(["cell", *arguments])
    assert found == code and out == ""
    one_sentence(err, said)


def test_an_unknown_word_is_named_and_walked_through_all_the_same(cli):
    code, out, err = cli(["cell", "I am a gril\x1b[31m"])
    assert code == 0 and "unknown word 'gril'; known are girl" in err and "4  gril" in out
    assert "\x1b" not in out + err


def test_a_model_without_a_readout_is_walked_through_by_its_mean(cli, place):
    code, out, err = cli(["cell", "I am a boy.", "--model", "model"])
    assert code == 0 and "mean of its 8 units" in out and "translate probe" in err


def test_enter_leads_from_word_to_word_and_ctrl_d_to_the_end():
    child = in_terminal("cell", SENTENCE, "--step")
    try:
        child.expect("1  I")
        child.expect("Enter: the next word")
        child.send("\r")
        child.expect("2  am")
        child.expect("Enter: the next word")
        child.sendeof()
        child.expect("The walk in short")
        assert ended(child) == 0
    finally:
        child.close(force=True)
