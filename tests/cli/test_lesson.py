"""`translate lesson`: the tour as a pipe and as a person meet it."""

import json
from pathlib import Path

import pexpect
import pytest

from tests.cli.bad_input import one_sentence
from tests.cli.commands import ended, in_terminal
from translate.lesson.steps import steps

BREAKS = (
    "He is a small businessman who likes to dance, you are a rich nephew who likes to travel, "
    "and she is a happy widow who likes to sleep."
)


@pytest.fixture(autouse=True)
def home(tmp_path_factory, monkeypatch) -> Path:
    """A user's data folder of its own."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setattr("platformdirs.user_data_dir", lambda *_, **__: str(folder / "translate"))
    return folder


def test_the_list(cli):
    code, out, _ = cli(["lesson", "--list"])
    assert code == 0 and [line.split("  ", 2)[2] for line in out.splitlines()] == [step.title for step in steps()]
    assert [one["id"] for one in json.loads(cli(["lesson", "--list", "--json"])[1])] == [step.id for step in steps()]


def test_a_pipe_goes_through_all_nine_without_waiting(cli, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    code, out, _ = cli(["lesson"])
    flat = " ".join(out.split())
    assert code == 0 and max(map(len, out.splitlines())) <= 80
    places = [flat.index(f"{number} of 9 {step.title}") for number, step in enumerate(steps(), 1)]
    assert places == sorted(places)
    for step in steps():
        assert " ".join(step.statement.split()) in flat and step.command in flat
        for claim in step.claims:
            assert f"“{claim.says}”" in flat
    assert out.count("Measured: ") == 9 and "{" not in out and "Your prediction" not in out
    assert out.count("✗") >= 1, "the trained network does not do everything that the lesson says"
    assert "changed completely" in out and "forget bias 3" in out and "══f══" in out


def test_one_step_alone_and_as_json(cli):
    code, out, _ = cli(["lesson", "--step", "1"])
    assert code == 0 and out.startswith("  1 of 9") and "2 of 9" not in out
    found = json.loads(cli(["lesson", "--step", "1", "--json"])[1])
    (step,) = found["steps"]
    assert step["id"] == "wrec" and step["right"] == "some" and {one["holds"] for one in step["findings"]} == {True}
    assert step["numbers"]["w_below"]["value"] == pytest.approx(0.9**20, rel=1e-4)


def test_a_sentence_that_breaks_goes_into_the_gallery_once(cli, home):
    assert "empty" in cli(["lesson", "--gallery"])[2]
    for said in ("It is in your gallery now", "already"):
        code, out, err = cli(["lesson", "--try", BREAKS, "--try", "I am a girl who likes to learn"])
        assert code == 0 and "Broken: " in out and "It agrees: 2 words" in out and said in err
    code, out, err = cli(["lesson", "--gallery"])
    assert code == 0 and "businessman" in out and out.count("model 5") <= 1 and str(home) in err
    (entry,) = json.loads(cli(["lesson", "--gallery", "--json"])[1])
    assert entry["sentence"] == BREAKS and (entry["wrong"] or entry["lost"])


def test_what_cannot_be_judged_is_said_and_not_kept(cli):
    code, out, err = cli(["lesson", "--try", "I am a gril", "--try", "", "--try", "\x1b[2J"])
    assert code == 1 and out == "" and "unknown word 'gril'" in err and "knows all of its words" in err
    code, out, _ = cli(["lesson", "--json", "--try", "zzz"])
    assert code == 1 and json.loads(out) == [None]
    code, out, _ = cli(["lesson", "--json", "--try", "zzz", "--try", "I am a girl who likes to learn"])
    assert code == 0 and json.loads(out)[0] is None and json.loads(out)[1]["translation"].startswith("Jsem holka")
    assert "empty" in cli(["lesson", "--gallery"])[2]
    assert "No word of it has to agree" in cli(["lesson", "--try", "I am a boy."])[1]


def test_a_gallery_that_cannot_be_written_loses_nothing_that_is_on_the_screen(cli, home):
    (home / "translate").write_text("a file")
    code, out, err = cli(["lesson", "--try", BREAKS])
    assert code == 0 and "Broken: " in out and "not saved" in err


WRONG = {
    "no step": (["--step", "0"], 2, "no step 0"),
    "too far": (["--step", "10"], 2, "no step 10"),
    "two wishes": (["--list", "--gallery"], 2, "exclude each other"),
    "a sheet of one step": (["--sheet", "sheet.html", "--step", "2"], 2, "exclude each other"),
    "no number": (["--step", "one"], 2, "--step"),
    "no model": (["--model", "nowhere"], 2, "not a model folder"),
    "another language": (["--model", "model"], 1, "lesson's sentences"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_in_one_sentence(cli, place, name):
    arguments, code, said = WRONG[name]
    found, out, err = cli(["lesson", *arguments])
    assert found == code and out == ""
    one_sentence(err.splitlines()[-1] + "\n", said)


# ------------------------------------------------------------------------------------------------ in a terminal


@pytest.fixture
def terminal(home):
    """Start the command in a terminal of 80 columns; what it opened is closed afterwards."""
    started = []

    def start(*arguments: str) -> pexpect.spawn:
        child = in_terminal("lesson", *arguments, timeout=120, XDG_DATA_HOME=str(home), HOME=str(home))
        started.append(child)
        return child

    yield start
    for child in started:
        child.close(force=True)


def test_a_person_predicts_before_the_answer_and_may_leave(terminal):
    child = terminal()
    child.expect("Your prediction")
    assert "Measured" not in child.before
    child.send("x\r")
    child.expect("Type one of a, b, c")
    child.expect("Your prediction")
    child.send("b\r")
    child.expect("As you predicted: ")
    child.expect("Enter: a picture of it")
    child.send("\r")
    child.expect("W_rec = 1.1")
    child.expect("Enter: the next step")
    child.send("\r")
    child.expect("2 of 9")
    child.expect("Your prediction")
    child.send("a\r")
    child.expect("You predicted .*It is ")
    child.expect("Enter: a picture of it")
    child.send("q\r")
    child.expect("You predicted 1 of 2 as it was measured")
    assert ended(child) == 0


def test_the_last_step_takes_sentences_until_there_are_none(terminal, home):
    child = terminal("--step", "9")
    child.expect("Your prediction")
    child.send("\r")
    child.expect("Your sentence")
    child.send("I am a gril\r")
    child.expect("unknown word")
    child.expect("Your sentence")
    child.send(BREAKS + "\r")
    child.expect("Broken: ")
    child.expect("in your gallery now")
    child.expect("Your sentence")
    child.send("\r")
    assert ended(child) == 0
    assert BREAKS in (home / "translate/gallery.jsonl").read_text(encoding="utf-8")


def test_ctrl_c_stops_with_130(terminal):
    child = terminal("--step", "1")
    child.expect("Your prediction")
    child.sendintr()
    child.expect("Stopped")
    assert ended(child) == 130


def test_ctrl_d_leaves(terminal):
    child = terminal("--step", "1")
    child.expect("Your prediction")
    child.sendeof()
    assert ended(child) == 0
