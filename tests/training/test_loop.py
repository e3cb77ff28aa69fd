"""A training run: reproducible, interruptible anywhere, and never at the cost of what is already there."""

import itertools
import json
import os
import signal
import subprocess
import sys
import time

import pytest

from translate.errors import TranslateError, UsageError
from translate.model.translator import Translator
from translate.training.loop import Stopped, train
from translate.training.optimizer import AdamW


def files(folder):
    names = ("weights.safetensors", "last.safetensors", "config.json", "recipe.toml", "metrics.json", "source.model")
    return {name: (folder / name).read_bytes() for name in names}


@pytest.fixture(scope="module")
def whole(tmp_path_factory, pairs, recipe):
    """The run that was not interrupted."""
    out = tmp_path_factory.mktemp("whole")
    train(recipe, pairs, pairs[:10], out)
    return out


@pytest.mark.numerical
def test_the_same_seed_gives_the_same_bytes(tmp_path, whole, pairs, recipe):
    train(recipe, pairs, pairs[:10], tmp_path)
    assert files(tmp_path) == files(whole)
    other = recipe.override(["seed=2"])
    train(other, pairs, pairs[:10], tmp_path, overwrite=True)
    assert files(tmp_path)["weights.safetensors"] != files(whole)["weights.safetensors"]


def test_no_look_at_the_dev_sentences_before_its_time(tmp_path, whole, pairs, recipe):
    train(recipe.override(["validate_from=30"]), pairs, pairs[:10], tmp_path)
    steps = [json.loads(line)["step"] for line in (tmp_path / "metrics.jsonl").read_text().splitlines()]
    assert steps == [40, 60]
    assert files(tmp_path)["weights.safetensors"] == files(whole)["weights.safetensors"]


@pytest.mark.parametrize("step", [1, 13, 20, 47])
def test_a_run_interrupted_at_any_step_continues_to_the_same_bytes(tmp_path, whole, pairs, recipe, step, monkeypatch):
    whole_step, taken = AdamW.step, itertools.count(1)

    def interrupted(optimizer, rate):
        whole_step(optimizer, rate)
        if next(taken) == step:
            os.kill(os.getpid(), signal.SIGINT)

    with monkeypatch.context() as patch:
        patch.setattr(AdamW, "step", interrupted)
        with pytest.raises(Stopped, match=f"step {step} of 60"):
            train(recipe, pairs, pairs[:10], tmp_path)
    train(recipe, pairs, pairs[:10], tmp_path, resume=True)
    assert files(tmp_path) == files(whole)
    steps = [json.loads(line)["step"] for line in (tmp_path / "metrics.jsonl").read_text().splitlines()]
    assert steps == [20, 40, 60]


def test_a_run_killed_without_warning_continues_to_the_same_bytes(tmp_path, pairs, recipe):
    slow = recipe.override(["steps=400", "validate_every=20"])
    (tmp_path / "pairs.tsv").write_text("".join(f"{s}\t{t}\n" for s, t in pairs), encoding="utf-8")
    (tmp_path / "recipe.toml").write_text(slow.to_toml(), encoding="utf-8")
    arguments = ["--tsv", "pairs.tsv", "--dev", "pairs.tsv", "--recipe", "recipe.toml", "--out", "run"]
    command = [sys.executable, "-m", "translate", "train", *arguments]
    run = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    log = tmp_path / "run" / "metrics.jsonl"
    deadline = time.time() + 60
    while time.time() < deadline and not (log.exists() and log.read_text().count("\n") >= 3):
        time.sleep(0.02)
    run.kill()
    run.wait()
    assert not (tmp_path / "run" / "metrics.json").exists()
    done = subprocess.run([*command, "--resume"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    train(slow, pairs, pairs, tmp_path / "straight", own_text=True)
    assert files(tmp_path / "run")["weights.safetensors"] == files(tmp_path / "straight")["weights.safetensors"]
    assert files(tmp_path / "run")["last.safetensors"] == files(tmp_path / "straight")["last.safetensors"]


def test_resuming_a_finished_run_changes_nothing(tmp_path, whole, pairs, recipe):
    train(recipe, pairs, pairs[:10], tmp_path)
    metrics = train(recipe, pairs, pairs[:10], tmp_path, resume=True)
    assert metrics["steps_now"] == 0
    assert files(tmp_path) == files(whole)


def test_a_run_is_resumed_only_as_what_it_was(tmp_path, whole, pairs, recipe):
    train(recipe, pairs, pairs[:10], tmp_path)
    with pytest.raises(UsageError, match=r"another training\.batch"):
        train(recipe.override(["batch=5"]), pairs, pairs[:10], tmp_path, resume=True)
    with pytest.raises(UsageError, match="other sentences"):
        train(recipe, pairs[1:], pairs[:10], tmp_path, resume=True)
    train(None, pairs, pairs[:10], tmp_path, resume=True)
    assert files(tmp_path) == files(whole)


def test_a_folder_with_a_run_is_not_overwritten_by_accident(whole, pairs, recipe):
    before = files(whole)
    with pytest.raises(UsageError, match="`resume`"):
        train(recipe, pairs, pairs[:10], whole)
    assert files(whole) == before


def test_two_trainings_into_one_folder(tmp_path, pairs, recipe):
    import filelock

    with filelock.FileLock(tmp_path / ".lock"), pytest.raises(TranslateError, match="Another training"):
        train(recipe, pairs, pairs[:10], tmp_path)


def test_the_target_ends_a_run_early(tmp_path, pairs, recipe):
    patient = recipe.override(["steps=4000", "validate_every=25", "target=0.9", "dropout=0.0"])
    metrics = train(patient, pairs, pairs, tmp_path)
    assert metrics["dev_exact_match"] >= 0.9 and metrics["steps"] < 4000


_OTHER_TWO = [
    pytest.param(cell, pieces, marks=pytest.mark.slow) for cell in ("gru", "rnn") for pieces in ("unigram", "bpe")
]


@pytest.mark.parametrize(
    "cell, pieces",
    [("lstm", "word"), ("lstm", "unigram"), ("lstm", "bpe"), ("gru", "word"), ("rnn", "word"), *_OTHER_TWO],
)
def test_every_cell_and_tokenizer_learns_its_corpus(tmp_path, pairs, recipe, cell, pieces):
    settings = [
        f"cell={cell}",
        f"pieces={pieces}",
        "size=340",
        "hidden=48",
        "steps=500",
        "batch=8",
        "validate_every=250",
    ]
    settings += ["dropout=0.0", "learning_rate=0.01"]
    losses = []
    chosen = recipe.override(settings)
    train(chosen, pairs, pairs, tmp_path, report=lambda look: losses.append(look.loss))
    assert losses[-1] < losses[0] / 4
    text = Translator.load(tmp_path).texts([pairs[0][0]])[0]
    if pieces == "word" and cell != "rnn":
        assert text == pairs[0][1]


@pytest.mark.parametrize("option", ["reverse_source=true", "layers=2"])
def test_options_of_the_model_train_and_load(tmp_path, pairs, recipe, option):
    train(recipe.override([option, "steps=20"]), pairs, pairs[:5], tmp_path)
    assert Translator.load(tmp_path).texts([pairs[0][0]])


def test_a_loss_that_is_no_number_stops_the_run(tmp_path, pairs, recipe, monkeypatch):
    from translate.model.encoder_decoder import EncoderDecoder

    monkeypatch.setattr(EncoderDecoder, "loss", lambda self, *batch: self.output.bias.sum() * float("nan"))
    with pytest.raises(TranslateError, match="no longer a number"):
        train(recipe, pairs, pairs[:5], tmp_path)
