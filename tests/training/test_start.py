"""Which settings of a run may change when it is resumed, and what is said where there is none."""

import json

import pytest
from safetensors.torch import load_file

from translate.errors import UsageError
from translate.training.loop import train
from translate.training.start import started_anew


def test_more_steps_continue_the_run_and_the_learning_rate_falls_to_their_end(tmp_path, pairs, recipe):
    first = recipe.override(["steps=20", "average=2"])
    train(first, pairs, pairs[:10], tmp_path)
    before = load_file(tmp_path / "last.safetensors")
    more = first.override(["steps=60"])
    metrics = train(more, pairs, pairs[:10], tmp_path, resume=True)
    assert (metrics["steps"], metrics["steps_now"]) == (60, 40)
    assert [json.loads(line)["step"] for line in (tmp_path / "metrics.jsonl").read_text().splitlines()] == [20, 40, 60]
    after = load_file(tmp_path / "last.safetensors")
    assert any((after[name] != value).any() for name, value in before.items() if name.startswith("model."))
    metrics = train(None, pairs, pairs[:10], tmp_path, resume=True)
    assert (metrics["steps"], metrics["steps_now"]) == (60, 0)


def test_a_run_whose_end_was_moved_is_interrupted_and_resumed_to_the_same_bytes(tmp_path, pairs, recipe):
    folders, more = [tmp_path / name for name in "ab"], recipe.override(["steps=40"])
    for folder in folders:
        train(recipe.override(["steps=20"]), pairs, pairs[:10], folder)

    def stop(look):
        raise KeyboardInterrupt  # as a kill would, after the state at the new beginning was saved

    with pytest.raises(KeyboardInterrupt):
        train(more, pairs, pairs[:10], folders[0], resume=True, report=stop)
    assert not (folders[0] / "metrics.json").exists()
    train(None, pairs, pairs[:10], folders[0], resume=True)
    train(more, pairs, pairs[:10], folders[1], resume=True)
    for name in ("last.safetensors", "weights.safetensors", "metrics.json", "recipe.toml"):
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes()


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        (["steps=10"], "done 20 steps already"),
        (["batch=5"], r"another training\.batch, and of a run that is resumed only training\.steps may change"),
        (["steps=40", "seed=2"], r"another training\.seed"),
        (["pieces=bpe"], r"another tokenizer\.pieces"),
    ],
)
def test_what_may_not_change_is_said(tmp_path, pairs, recipe, settings, problem):
    short = recipe.override(["steps=20"])
    train(short, pairs, pairs[:10], tmp_path)
    files = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(UsageError, match=problem):
        train(short.override(settings), pairs, pairs[:10], tmp_path, resume=True)
    assert files == {path: path.read_bytes() for path in tmp_path.iterdir()}


def test_a_run_that_ended_at_its_target_takes_no_more_steps(tmp_path, pairs, recipe):
    easy = recipe.override(["target=0.000001", "steps=400", "learning_rate=0.03", "dropout=0"])
    ended = train(easy, pairs, pairs, tmp_path)["steps"]
    assert ended < 400
    with pytest.raises(UsageError, match=f"ended by itself at step {ended} of 400"):
        train(easy.override(["steps=800"]), pairs, pairs, tmp_path, resume=True)


def test_where_there_is_nothing_to_resume_it_is_said(tmp_path, pairs, recipe):
    assert "There is no run in" in started_anew(tmp_path)
    (tmp_path / "recipe.toml").write_text(recipe.to_toml())
    assert "stopped before its first state" in started_anew(tmp_path)
    train(recipe.override(["steps=2"]), pairs, pairs[:2], tmp_path)
    assert started_anew(tmp_path) == ""
