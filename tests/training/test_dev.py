"""What decides which weights are kept: exact match on a grammar's corpus, chrF and loss on text of one's own."""

import json
import tomllib

import pytest
from safetensors.torch import load_file

from translate.errors import UsageError
from translate.training.dev import Dev
from translate.training.loop import train
from translate.training.state import Progress

SHORT = ["steps=60", "validate_every=10"]


def log(folder):
    return [json.loads(line) for line in (folder / "metrics.jsonl").read_text(encoding="utf-8").splitlines()]


def test_on_text_of_ones_own_chrf_decides_and_files_say_so(tmp_path, pairs, recipe):
    metrics = train(recipe.override(SHORT), pairs, pairs[:10], tmp_path, own_text=True)
    looks = log(tmp_path)
    best = max(looks, key=lambda look: (look["chrf"], -look["dev_loss"]))
    assert metrics["decided_by"] == "chrf" and {look["decided_by"] for look in looks} == {"chrf"}
    stored = json.loads((tmp_path / "metrics.json").read_text())
    assert stored["dev_chrf"] == best["chrf"] and stored["dev_loss"] == best["dev_loss"]
    assert stored["best_step"] == looks[-1]["best_step"] == best["step"]
    assert tomllib.loads((tmp_path / "recipe.toml").read_text())["training"]["best_by"] == "chrf"
    assert "chrF2 of the dev sentences, which decided" in (tmp_path / "README.md").read_text(encoding="utf-8")


def test_the_weights_of_the_best_look_are_kept(tmp_path, pairs, recipe):
    chosen = recipe.override([*SHORT, "best_by=chrf"])
    dev = [(source, target) for (source, _), (_, target) in zip(pairs, pairs[9:], strict=False)]  # which it unlearns
    metrics = train(chosen, pairs, dev, tmp_path / "whole")
    train(chosen.override(["checkpoints=1000"]), pairs, dev, tmp_path / "kept")
    step = tmp_path / "kept" / "checkpoints" / f"step-{metrics['best_step']:07d}"
    best, kept = load_file(step / "weights.safetensors"), load_file(tmp_path / "whole" / "weights.safetensors")
    assert all(best[name].equal(kept[name]) for name in kept)


def test_on_a_corpus_exact_match_decides_as_ever(tmp_path, pairs, recipe):
    metrics = train(recipe, pairs, pairs[:10], tmp_path)
    assert metrics["decided_by"] == "exact_match" and "dev_chrf" not in metrics
    assert [sorted(look) for look in log(tmp_path)] == [
        ["exact_match", "loss", "seconds", "step", "tokens_per_second"]
    ] * 3


@pytest.mark.parametrize(
    ("best", "look", "better"),
    [
        ({"chrf": 40.0, "dev_loss": 2.0}, {"chrf": 40.1, "dev_loss": 3.0}, True),
        ({"chrf": 40.0, "dev_loss": 2.0}, {"chrf": 39.9, "dev_loss": 1.0}, False),
        ({"chrf": 40.0, "dev_loss": 2.0}, {"chrf": 40.0, "dev_loss": 1.9}, True),
        ({"chrf": 40.0, "dev_loss": 2.0}, {"chrf": 40.0, "dev_loss": 2.1}, False),
        ({}, {"chrf": 0.0, "dev_loss": 9.0}, True),
    ],
)
def test_of_equal_chrf_the_lower_loss_is_best(best, look, better):
    progress = Progress("data", best=best.get("chrf", -1.0), best_dev=best)
    assert Dev([], (None, None), "chrf", None).is_best(look, progress) == better


def test_a_run_goes_on_while_either_chrf_or_loss_gets_better():
    progress, dev = Progress("data"), Dev([], (None, None), "chrf", None)
    stale = []
    for chrf, loss in [(10, 3.0), (9, 2.0), (11, 2.5), (10, 2.1), (11, 2.0), (9, 1.9)]:
        dev.note_records({"chrf": chrf, "dev_loss": loss}, progress)
        stale.append(progress.stale)
    assert stale == [0, 0, 0, 1, 2, 0]


def test_patience_ends_a_run_that_gets_no_better(tmp_path, pairs, recipe):
    stuck = recipe.override(["steps=4000", "validate_every=5", "best_by=chrf", "patience=3", "learning_rate=1e-9"])
    metrics = train(stuck.override(["dropout=0", "average=2"]), pairs, pairs[:10], tmp_path)
    assert metrics["steps"] < 400
    assert log(tmp_path)[-1].keys() >= {"averaged_chrf", "averaged_dev_loss"}
    assert train(None, pairs, pairs[:10], tmp_path, resume=True)["steps_now"] == 0


def test_what_cannot_decide_is_refused(recipe):
    with pytest.raises(UsageError, match=r"training\.best_by must be one of auto, exact_match, chrf, not 'bleu'"):
        recipe.override(["best_by=bleu"])
