"""`translate gradient`: the numbers on the screen, the files, and what is refused before anything is lost."""

import json
import shutil

import pytest

from tests.cli.bad_input import contents, one_sentence
from tests.cli.commands import ROOT

SENTENCE = "I am a girl who likes to learn"
FIGURES = ("weight", "elman", "pipeline", "trained")


def test_json_has_the_closed_form_beside_what_was_measured(cli):
    code, out, _ = cli(["gradient", SENTENCE, "--w-rec", "0.5,1,2", "--length", "8", "--json"])
    assert code == 0
    found = json.loads(out)
    for weight, one in zip((0.5, 1, 2), found["untrained"]["scalar"], strict=True):
        assert one["left"] == pytest.approx([weight**age for age in range(9)], rel=1e-4)
    for group in ("scalar", "linear", "tanh", "pipeline"):
        for one in found["untrained"][group]:
            assert one["error"] <= 1e-4 and one["left"] == pytest.approx(one["closed"], rel=1e-4, abs=1e-12)
    assert [one["at"] for one in found["untrained"]["pipeline"]] == [0, 1, 3]
    trained = found["trained"]
    assert trained["word"] == "ráda" and trained["read"][trained["noun"]] == "girl"
    for model in trained["models"]:
        assert len(model["shares"]) == len(trained["read"]) and model["shares"][-1] == 1
    assert len(found["why"]) == 3


def test_the_five_parts_are_on_the_screen_and_the_rivals_are_named(cli):
    code, out, err = cli(["gradient", SENTENCE, "--rival", "lesson", "--rival", "lesson"])
    assert code == 0 and err == ""
    for title in (
        "1  One weight",
        "2  An Elman network",
        "3  The LSTM's memory pipeline",
        "4  Trained",
        "5  Why W_rec = 1",
    ):
        assert f"  {title}" in out
    assert out.count("lesson (lstm, c)") == 3
    assert "W_rec = 0.9" in out and "forget bias 3" in out and "vs formula" in out


def test_where_no_rival_is_there_that_is_said(cli, monkeypatch):
    monkeypatch.setattr("translate.lab.demonstrations.word_gradient.shipped_rivals", dict)
    code, out, err = cli(["gradient", SENTENCE])
    assert code == 0 and "No rival is there" in err and "lesson (lstm, c)" in out


@pytest.mark.parametrize("columns", ["60", "80", "120"])
def test_nothing_is_wider_than_the_screen(cli, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    code, out, _ = cli(["gradient", SENTENCE, "--rival", "lesson", "--length", "60", "--w-rec", "0.5,1,1.5"])
    assert code == 0 and max(map(len, out.splitlines())) <= int(columns)


def test_out_writes_page_numbers_and_figures_and_the_same_bytes_again(cli, tmp_path):
    arguments = ["gradient", SENTENCE, "--length", "5", "--rival", "lesson", "--out", str(tmp_path / "a")]
    code, out, _ = cli(arguments)
    assert code == 0 and out.splitlines()[-1] == str(tmp_path / "a/gradient.html")
    files = contents(tmp_path / "a")
    assert set(files) == {"gradient.html", "gradient.json"} | {
        f"figures/{name}.{kind}" for name in FIGURES for kind in ("png", "svg", "json")
    }
    page = files["gradient.html"].decode()
    assert "<script" not in page and "http" not in page.replace("http-equiv", "").replace("http://www.w3.org", "")
    assert all(f'id="{name}"' in page for name in FIGURES) and page.count("<svg") == 4
    json.loads(files["gradient.json"])
    assert cli(arguments)[0] == 0 and contents(tmp_path / "a") == files


def test_hostile_names_are_text_in_the_page(cli, tmp_path):
    """The sentence must be of words that the models know; a model's name is whatever its folder is called."""
    hostile = "<img src=x onerror=alert(1)>"
    shutil.copytree(ROOT / "models/lesson", tmp_path / hostile)
    code, _, _ = cli(
        ["gradient", SENTENCE, "--length", "2", "--rival", str(tmp_path / hostile), "--out", str(tmp_path / "a")]
    )
    page = (tmp_path / "a/gradient.html").read_text(encoding="utf-8")
    assert code == 0 and "<img" not in page and "&lt;img src=x onerror=alert(1)&gt;" in page


def test_at_the_ends_of_what_may_be_asked_there_are_numbers(cli):
    code, out, _ = cli(["gradient", SENTENCE, "--rival", "lesson", "--w-rec", "10,0.1", "--length", "200", "--json"])
    assert code == 0
    found = json.loads(out)["untrained"]
    for group in ("scalar", "linear", "tanh", "pipeline", "cell"):
        assert all(value is not None and value > 0 for one in found[group] for value in one["left"])
    for group in ("scalar", "linear"):
        for one in found[group]:
            assert one["left"][-1] == pytest.approx(one["at"] ** 200, rel=1e-4)
    assert {one["error"] for one in found["cell"]} == {None}


def test_the_noun_that_is_named_is_the_words_own_and_no_share_is_written_as_a_power(cli):
    code, out, _ = cli(["gradient", "The girl who likes to chat with her brother was happy.", "--rival", "lesson"])
    flat = " ".join(out.split())
    assert code == 0 and "At “girl”, 22 words before “šťastná”" in flat and "e+0" not in flat.partition("At “girl”")[2]


def test_what_is_no_formula_is_not_called_one(cli, tmp_path):
    assert cli(["gradient", SENTENCE, "--length", "3", "--rival", "lesson", "--out", str(tmp_path / "a")])[0] == 0
    page = (tmp_path / "a/gradient.html").read_text(encoding="utf-8")
    assert page.count("valves alone</th>") == 3


WRONG = {
    "words for numbers": (["--w-rec", "a,b"], 2, "numbers with commas"),
    "a gap": (["--w-rec", "0.9,,1"], 2, "numbers with commas"),
    "nothing": (["--w-rec", ""], 2, "numbers with commas"),
    "too large": (["--w-rec", "99"], 2, "between 0.1 and 10"),
    "negative": (["--w-rec=-1"], 2, "between 0.1 and 10"),
    "not a number": (["--w-rec", "nan"], 2, "between 0.1 and 10"),
    "no steps": (["--length", "0"], 2, "--length"),
    "too many steps": (["--length", "201"], 2, "--length"),
    "empty": (["  "], 2, "no sentence"),
    "nothing agrees": (["I am"], 1, "agrees with a noun"),
    "no rival": (["--rival", "nowhere"], 2, "not a model folder"),
    "a file for a folder": (["--out", "pairs.tsv"], 1, "is a file"),
    "no folder": (["--out", "/proc/nowhere"], 1, "Cannot write"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_in_one_sentence(cli, place, name):
    arguments, code, said = WRONG[name]
    found, out, err = cli(["gradient", *arguments])
    assert found == code and out == ""
    one_sentence(err, said)


def test_an_unknown_word_is_named(cli):
    code, out, err = cli(["gradient", "I am a gril who likes to learn"])
    assert code == 1 and out == "" and "unknown word 'gril'" in err and "cannot read 'gril'" in err
