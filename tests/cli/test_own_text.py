"""`translate train` and `evaluate` on a text of one's own: what is read, what is left out, what stands in the card."""

import gzip
import json
from pathlib import Path

import pytest

from tests.cli.bad_input import AFTER, EVALUATE, PAIRS, SETTINGS, TRAIN, TSV, one_sentence
from tests.cli.commands import run

STDIN = ["train", "--tsv", "-", "--out", "out", *SETTINGS]
BAD = f"English\tCzech\n{TSV}\tno source\nno target\t\none column\na\tb\tc\n{'x' * 1001}\ty\nsame\tsame\n"


def test_what_is_left_out_is_said_and_stands_in_the_card(place, cli):
    Path("own.tsv").write_text(BAD, encoding="utf-8")
    code, _, err = cli([*TRAIN, "--tsv", "own.tsv"])
    assert code == 0, err
    said = [line for line in err.splitlines() if line.startswith("own.tsv: ")]
    assert said[0] == "own.tsv: line 1 is a header (English, Czech) and is left out."
    assert said[1].startswith("own.tsv: 5 of 19 lines left out: 1 (line 14) with an empty source, 1 (line 15) with")
    assert said[2].endswith("in 1 (line 19) of 19 lines; --skip-copies leaves such lines out.")
    card = Path("out/README.md").read_text(encoding="utf-8")
    assert "| data | `own.tsv`, 13 pairs |" in card and "| targets that are copies of their source | 1 |" in card
    assert "| left out of it | a header (line 1), 1 (line 14) with an empty source, 1 (line 15) with an" in card
    code, _, err = cli([*TRAIN, "--tsv", "own.tsv", "--skip-copies", "--overwrite"])
    assert code == 0 and "skip-copies leaves" not in err and "(line 19) with a target that is a copy" in err


def test_strict_stops_with_one_sentence(place, cli):
    Path("own.tsv").write_text(f"{TSV}one column\n", encoding="utf-8")
    for command in ([*TRAIN, "--tsv", "own.tsv"], [*EVALUATE, "own.tsv"]):
        code, out, err = cli([*command, "--strict"])
        assert (code, out) == (1, "")
        one_sentence(err, f"own.tsv, {AFTER}", "1 column")


def test_evaluate_says_what_it_leaves_out(place, cli):
    Path("own.tsv").write_text(BAD, encoding="utf-8")
    code, out, err = cli([*EVALUATE, "own.tsv", "--json"])
    assert code == 0 and "line 1 is a header" in err and "5 of 19 lines left out" in err and "skip" not in err
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
    assert cli([*TRAIN, "--overwrite", "--pieces", "bpe", "--vocab-size", advised])[0] == 0
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
