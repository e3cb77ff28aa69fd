"""What the tests of `translate study` share: a tiny recipe, models trained with it, and the command in a process."""

import subprocess
from pathlib import Path

from tests.cli.bad_input import QUICK
from tests.cli.commands import start
from tests.study.replicas import report_of
from translate.corpus.files import load_pairs
from translate.corpus.parallel import read_parallel
from translate.corpus.splits import build
from translate.files import write_atomic
from translate.lab.statistics.estimate import Estimate
from translate.lab.verdicts.claim import Claim
from translate.training.loop import train
from translate.training.recipe import Recipe

TINY = [*QUICK, "batch=16", "learning_rate=0.02"]
OPTIONS = ["--corpus", "corpus", "--recipe", "tiny.toml", "--quick"]


def prepared(folder: Path) -> Path:
    """Make in `folder` a corpus and a recipe of 40 steps, `tiny.toml`."""
    build("lesson", 1_000, 1, folder / "corpus", workers=1)
    (folder / "tiny.toml").write_text(Recipe().override([*TINY, "steps=40"]).to_toml())
    return folder


def trained(folder: Path, out: Path, seed: int, *settings: str) -> None:
    """What `translate train --threads 1` writes with the tiny recipe in `folder`, trained in this process."""
    recipe = Recipe.load(folder / "tiny.toml").override([*settings, f"seed={seed}", "threads=1"])
    dev = [(pair.source_text, pair.target_text) for pair in load_pairs(folder / "corpus/dev.jsonl")]
    train(recipe, read_parallel(folder / "corpus/train.tsv"), dev, out)


def reported(replica: Path, model: Path, value: float) -> None:
    """By hand, a report of `model` in the folder `replica`: the lesson's, with one claim, whose number is `value`."""
    estimate = Estimate(value, value - 0.01, value + 0.01, 100, "words", "by hand")
    claim = Claim("stored", "It is.", "holds", "a bar", estimate, {}, "nothing", side="decoder")
    report = report_of((model / "weights.safetensors").read_bytes(), claims=(claim,))
    write_atomic(replica / "report/results.json", report)


def start_study(*options: str, folder: Path) -> subprocess.Popen:
    """The command as a shell starts it: a group of processes of its own, which Ctrl-C reaches whole."""
    pipes = {"stderr": subprocess.PIPE, "stdout": subprocess.DEVNULL, "text": True}
    return start("study", *options, folder=folder, start_new_session=True, **pipes)
