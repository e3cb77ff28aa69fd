"""Weights kept on the way: at which steps, each a model of its own, and none of an earlier run."""

import itertools

import pytest
from safetensors.numpy import load_file

from translate.errors import TranslateError, UsageError
from translate.files import write_atomic
from translate.model.checkpoint import open_checkpoint
from translate.model.translator import Translator
from translate.training.loop import train
from translate.training.recipe import Recipe
from translate.training.snapshots import kept, steps_of


def test_steps_are_spaced_evenly_in_their_logarithm_from_a_thousandth_to_the_last():
    steps = steps_of(32_000, 20)
    assert len(steps) == 20 and (steps[0], steps[-1]) == (32, 32_000)
    assert all(1.40 < later / earlier < 1.48 for earlier, later in itertools.pairwise(steps))
    assert steps_of(32_000, 1) == [32_000] and steps_of(32_000, 0) == []
    assert steps_of(10, 20) == [1, 2, 3, 5, 7, 10]  # a step is kept once


@pytest.fixture(scope="module")
def trained(tmp_path_factory, pairs, recipe):
    out = tmp_path_factory.mktemp("trained")
    train(recipe.override(["checkpoints=6"]), pairs, pairs[:10], out)
    return out


def test_each_is_a_model_that_translates_and_the_last_one_is_that_of_the_end(trained, pairs):
    folders = kept(trained)
    assert list(folders) == steps_of(60, 6) == [1, 4, 15, 60]
    assert folders[15].name == "step-0000015"
    weights = [open_checkpoint(folder).hash for folder in folders.values()]
    assert len(set(weights)) == 4
    for folder in folders.values():
        assert len(Translator.load(folder, "cpu").texts([pairs[0][0]])) == 1
    last = load_file(trained / "last.safetensors")
    at_the_end = load_file(folders[60] / "weights.safetensors")
    assert all((last[f"model.{name}"] == value).all() for name, value in at_the_end.items())


def test_keeping_weights_changes_nothing_of_the_training(trained, pairs, recipe, tmp_path):
    train(recipe, pairs, pairs[:10], tmp_path)
    for name in ("weights.safetensors", "last.safetensors", "metrics.json"):
        assert (tmp_path / name).read_bytes() == (trained / name).read_bytes()
    assert not (tmp_path / "checkpoints").exists()


def test_a_run_that_is_replaced_leaves_none_behind(pairs, recipe, tmp_path):
    train(recipe.override(["checkpoints=6", "steps=20", "validate_every=20"]), pairs, pairs[:5], tmp_path)
    assert list(kept(tmp_path)) == [1, 5, 20]
    write_atomic(tmp_path / "checkpoints/step-0000005/.config.json.abcdefgh", "half")
    train(recipe.override(["checkpoints=1", "steps=3", "validate_every=3"]), pairs, pairs[:5], tmp_path, overwrite=True)
    assert [path.name for path in (tmp_path / "checkpoints").iterdir()] == ["step-0000003"]


def test_what_a_killed_process_left_half_written_is_no_checkpoint(trained, pairs, recipe, tmp_path):
    train(recipe.override(["checkpoints=6"]), pairs, pairs[:10], tmp_path)
    folder = tmp_path / "checkpoints/step-0000015"
    write_atomic(folder / ".weights.safetensors.abcdefgh", "half")
    (folder / "weights.safetensors").unlink()
    assert list(kept(tmp_path)) == [1, 4, 60]
    with pytest.raises(TranslateError, match="has no weights"):
        open_checkpoint(folder)
    train(None, pairs, pairs[:10], tmp_path, resume=True)
    assert not list(tmp_path.rglob(".*.????????"))


@pytest.mark.parametrize("setting", ["checkpoints=-1", "checkpoints=1001", "checkpoints=2.5"])
def test_a_number_of_checkpoints_that_cannot_be_is_refused(setting):
    with pytest.raises(UsageError, match=r"training\.checkpoints must"):
        Recipe().override([setting])
