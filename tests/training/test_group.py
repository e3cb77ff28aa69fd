"""Several processes train as one does with a batch so many times as large; they end together, and one writes."""

import json
import signal
import subprocess
import sys
import time

import pytest
from safetensors.torch import load_file

from translate.errors import UsageError
from translate.training.loop import train

STEPS = ["steps=12", "validate_every=6", "dropout=0", "best_by=chrf"]


@pytest.fixture
def command(tmp_path, pairs, recipe):
    """`translate train` on the pairs: a step of two processes has 2 · 4 of them, the last one of an epoch but 1."""
    (tmp_path / "pairs.tsv").write_text("".join(f"{s}\t{t}\n" for s, t in pairs), encoding="utf-8")
    (tmp_path / "recipe.toml").write_text(recipe.override(STEPS).to_toml(), encoding="utf-8")
    files = ["--tsv", "pairs.tsv", "--dev", "pairs.tsv", "--recipe", "recipe.toml"]
    return ["-m", "translate", "train", *files, "--out", "two"]


def run(command, folder):
    return subprocess.run([sys.executable, *command], cwd=folder, capture_output=True, text=True, timeout=120)


def losses(folder):
    return [json.loads(line)["loss"] for line in (folder / "metrics.jsonl").read_text().splitlines()]


def test_two_processes_are_one_with_the_double_batch(tmp_path, command, pairs, recipe):
    done = run([*command, "--processes", "2"], tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("dev sentences") == 1 and done.stderr.count("step 12/12") == 1
    train(recipe.override([*STEPS, "batch=8"]), pairs, pairs, tmp_path / "one")
    assert losses(tmp_path / "two") == pytest.approx(losses(tmp_path / "one"), rel=1e-4)
    one, two = (load_file(tmp_path / name / "weights.safetensors") for name in ("one", "two"))
    assert all((one[name] - two[name]).abs().max() < 1e-3 for name in one)


@pytest.mark.slow
def test_under_torchrun_it_is_the_same(tmp_path, command):
    assert run([*command, "--processes", "2"], tmp_path).returncode == 0
    before = (tmp_path / "two" / "weights.safetensors").read_bytes()
    started = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", *command, "--overwrite"]
    done = run(started, tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "two" / "weights.safetensors").read_bytes() == before


@pytest.mark.slow
def test_ctrl_c_stops_all_and_the_run_goes_on_to_the_same_weights(tmp_path, command):
    command = [*command, "--processes", "2", "--set", "steps=400", "--set", "dropout=0.2"]
    process = subprocess.Popen([sys.executable, *command], cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    log, deadline = tmp_path / "two" / "metrics.jsonl", time.time() + 60
    while time.time() < deadline and not log.exists():
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=60)[1]
    assert process.returncode == 130 and "--resume" in said and "Traceback" not in said
    own = [*command[: command.index("--recipe")], "--out", "two", "--resume"]  # it knows by itself how many it was
    assert run(own, tmp_path).returncode == 0
    stopped = (tmp_path / "two" / "weights.safetensors").read_bytes()
    assert run([*command, "--overwrite"], tmp_path).returncode == 0
    assert (tmp_path / "two" / "weights.safetensors").read_bytes() == stopped


def test_what_is_wrong_is_said_once(tmp_path, command):
    done = run([*command, "--processes", "2", "--set", "cell=lstn"], tmp_path)
    assert done.returncode == 2 and done.stderr.count("translate:") == 1
    (tmp_path / "pairs.tsv").write_text("no column\n", encoding="utf-8")
    done = run([*command, "--processes", "2"], tmp_path)
    assert done.returncode == 1 and done.stderr.count("translate:") == 1 and "Traceback" not in done.stderr
    assert not (tmp_path / "two").exists()


def test_a_recipe_for_two_does_not_train_in_one(tmp_path, pairs, recipe):
    with pytest.raises(UsageError, match="torchrun --nproc-per-node 2"):
        train(recipe.override(["processes=2"]), pairs, pairs[:3], tmp_path)
