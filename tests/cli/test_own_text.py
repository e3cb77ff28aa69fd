"""`translate train` and `evaluate` on a text of one's own: what is read, what is left out, what stands in the card."""

import gzip
import json
from pathlib import Path

import pytest

from tests.cli.bad_input import AFTER, EVALUATE, PAIRS, SETTINGS, TRAIN, TSV, one_sentence
from tests.cli.commands import run

STDIN = ["train", "--tsv", "-", "--out", "out", *SETTINGS]
BAD = f"English\tCzech\n{TSV}\tno source\nno target\t\none column\na\tb\tc\n{'x ' * 1001}\ty\nsame\tsame\n"


def test_what_is_left_out_is_said_and_stands_in_the_card(place, cli):
    Path("own.tsv").write_text(BAD, encoding="utf-8")
    code, _, err = cli([*TRAIN, "--tsv", "own.tsv"])
    assert code == 0, err
    said = [line for line in err.splitlines() if line.startswith("own.tsv: ")]
    assert said[0] == "own.tsv: line 1 is a header (English, Czech) and is left out."
    assert said[1].startswith("own.tsv: 4 of 19 lines left out: 1 (line 14) with an empty source, 1 (line 15) with")
    assert said[2].endswith("in 1 (line 19) of 19 lines; --skip-copies leaves such lines out.")
    assert said[3] == "own.tsv: 1 (line 18) left out, with more than 1,000 bpe pieces on a side."
    card = Path("out/README.md").read_text(encoding="utf-8")
    assert "| data | `own.tsv`, 14 pairs |" in card and "| targets that are copies of their source | 1 |" in card
    assert "| left out of it | a header (line 1), 1 (line 14) with an empty source, 1 (line 15) with an" in card
    assert "1 (line 18) with more than 1,000 bpe pieces on a side |" in card
    code, _, err = cli([*TRAIN, "--tsv", "own.tsv", "--skip-copies", "--overwrite"])
    assert code == 0 and "skip-copies leaves" not in err and "(line 19) with a target that is a copy" in err


def test_strict_stops_with_one_sentence(place, cli):
    Path("own.tsv").write_text(f"{TSV}one column\n", encoding="utf-8")
    for command in ([*TRAIN, "--tsv", "own.tsv"], [*EVALUATE, "own.tsv"]):
        code, out, err = cli([*command, "--strict"])
        assert (code, out) == (1, "")
        one_sentence(err, f"own.tsv, {AFTER}", "1 column")


@pytest.mark.parametrize("pieces", ["word", "bpe"])
def test_a_line_of_too_many_pieces_is_left_out_everywhere_or_stops(place, cli, pieces):
    """The one limit is that of `text`: a thousand pieces, however many characters they are."""
    short, long = "kůň " * 260, "kůň " * 1001  # more than 1,000 characters are no reason by themselves
    Path("own.tsv").write_text(f"{TSV}{short}\tb\nx\t{long}\n{long}\ty\n", encoding="utf-8")
    what = "words" if pieces == "word" else "bpe pieces"
    options = ["--tsv", "own.tsv", "--dev", "own.tsv", "--pieces", pieces, "--overwrite"]
    code, _, err = cli([*TRAIN, *options])
    assert code == 0, err
    assert err.count(f"own.tsv: 2 (lines 14, 15) left out, with more than 1,000 {what} on a side.") == 2
    card = Path("out/README.md").read_text(encoding="utf-8")
    assert f"| left out of it | 2 (lines 14, 15) with more than 1,000 {what} on a side |" in card
    assert f"| left out of dev | 2 (lines 14, 15) with more than 1,000 {what} on a side |" in card
    code, _, err = cli([*TRAIN, *options, "--strict"])
    assert code == 1
    one_sentence(err, "own.tsv: 2 (lines 14, 15)", f"more than 1,000 {what}", "--strict")
    evaluated = ["evaluate", "--model", "out", "own.tsv", "--json"]
    code, out, err = cli(evaluated)
    assert code == 0 and json.loads(out)["suites"][0]["sentences"] == len(PAIRS) + 2
    assert f"own: 1 (line 15) with more than 1,000 {what} left out." in err
    code, _, err = cli([*evaluated, "--strict"])
    assert code == 1
    one_sentence(err, "line 15", what)


def test_a_text_of_nothing_but_long_lines_says_so(place, cli):
    Path("own.tsv").write_text("".join(f"{letter} {'x ' * 1001}\ty {letter}\n" for letter in "abcd"), encoding="utf-8")
    code, _, err = cli([*TRAIN, "--tsv", "own.tsv"])
    assert code == 1
    one_sentence(err, "pairs have more than 1,000")
    code, _, err = cli([*EVALUATE, "own.tsv"])
    assert code == 1
    one_sentence(err, "no sentence that can be read: 4 (lines 1, 2, 3, 4)")


def test_evaluate_says_what_it_leaves_out(place, cli):
    Path("own.tsv").write_text(BAD, encoding="utf-8")
    code, out, err = cli([*EVALUATE, "own.tsv", "--json"])
    assert code == 0 and "line 1 is a header" in err and "4 of 19 lines left out" in err and "skip" not in err
    assert "own: 1 (line 18) with more than 1,000 words left out." in err
    suite = json.loads(out)["suites"][0]
    assert suite["suite"] == "own" and suite["sentences"] == len(PAIRS) + 1


@pytest.mark.parametrize("packed", [False, True])
def test_a_text_from_standard_input_is_the_same_text(place, cli, packed):
    assert cli(TRAIN)[0] == 0
    content = gzip.compress(TSV.encode()) if packed else TSV.encode()
    weights = Path("out/weights.safetensors").read_bytes()
    code, _, err = cli([*STDIN, "--overwrite"], content)
    assert code == 0, err
    assert Path("out/weights.safetensors").read_bytes() == weights
    assert "`standard input`" in Path("out/README.md").read_text(encoding="utf-8")
    assert cli([*EVALUATE, "-", "--json"], content)[0] == 0


def test_dev_sentences_that_stand_in_training_are_said(place, cli):
    code, _, err = cli([*TRAIN, "--dev", "pairs.tsv"])
    assert code == 0 and f"{len(PAIRS)} of {len(PAIRS)} dev pairs have a sentence of the training text" in err


def test_a_vocabulary_that_does_not_fit_is_named_with_an_option_that_helps(place, cli):
    code, _, err = cli([*TRAIN, "--pieces", "word", "--vocab-size", "10"])
    assert code == 0 and "The source vocabulary of 10 words is too small" in err
    advised = err.partition("take --vocab-size ")[2].split()[0]
    code, _, err = cli([*TRAIN, "--overwrite", "--pieces", "word", "--vocab-size", "30"])
    assert int(advised) <= 30 and code == 0 and "too small" not in err
    code, _, err = cli([*TRAIN, "--overwrite", "--pieces", "bpe", "--vocab-size", "9000"])
    assert code == 0 and "pieces, not 9,000: the text has no more; take --vocab-size" in err
    advised = err.partition("take --vocab-size ")[2].split()[0]
    for pieces in ("bpe", "unigram"):
        code, _, err = cli([*TRAIN, "--overwrite", "--pieces", pieces, "--vocab-size", "9000"])
        advised = err.partition("take --vocab-size ")[2].split()[0]
        code, _, err = cli([*TRAIN, "--overwrite", "--pieces", pieces, "--vocab-size", advised])
        assert code == 0 and "The source vocabulary has" not in err  # who follows the advice hears it no more
    code, _, err = cli([*TRAIN, "--overwrite", "--pieces", "bpe", "--vocab-size", "20"])
    assert code == 1
    one_sentence(err, "take a larger --vocab-size")


def test_a_run_goes_on_with_more_steps_by_its_own_recipe(place, cli):
    assert cli([*TRAIN, "--set", "steps=40"])[0] == 0
    for setting in ("training.steps=80", "steps=120"):
        code, _, err = cli(["train", "--tsv", "pairs.tsv", "--out", "out", "--resume", "--set", setting])
        steps = int(setting.partition("=")[2])
        assert code == 0 and json.loads(Path("out/metrics.json").read_text())["steps"] == steps, err
    looks = [json.loads(line)["step"] for line in Path("out/metrics.jsonl").read_text().splitlines()]
    assert looks == [20, 40, 60, 80, 100, 120]
    assert "hidden = 8" in Path("out/recipe.toml").read_text() and "steps = 120" in Path("out/recipe.toml").read_text()
    for setting, words in (("steps=60", "done 120 steps already"), ("batch=3", "training.batch")):
        code, _, err = cli(["train", "--tsv", "pairs.tsv", "--out", "out", "--resume", "--set", setting])
        assert code == 2
        one_sentence(err, words)


def test_where_nothing_is_to_be_resumed_a_new_training_is_said(place, cli):
    code, _, err = cli([*TRAIN, "--resume"])
    assert code == 0 and err.startswith("There is no run in out to resume; a new training begins.\n")
    code, _, err = cli([*TRAIN, "--resume"])
    assert code == 0 and "new training" not in err


def test_a_training_takes_one_thread_where_nobody_says_otherwise(tmp_path):
    (tmp_path / "own.tsv").write_text(TSV, encoding="utf-8")
    settings = [word for word in SETTINGS if word != "threads=1"][:-1]
    files = ["--tsv", str(tmp_path / "own.tsv"), "--out", str(tmp_path / "out")]
    done = run("train", *files, *settings, OMP_NUM_THREADS=None)
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "out/metrics.json").read_text())["threads"] == 1
