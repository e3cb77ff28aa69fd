"""A model folder: what is written is read again, by either library, and what is broken is said."""

import shutil

import numpy as np
import pytest

from translate.errors import TranslateError, UsageError
from translate.model.checkpoint import halve_weights, open_checkpoint, save_weights
from translate.model.translator import Translator
from translate.resources import models


@pytest.fixture
def folder(tmp_path):
    """A copy of the model that ships, to break."""
    return shutil.copytree(models("lesson"), tmp_path / "model")


def test_numpy_and_torch_read_the_same_weights_and_write_them_again(folder):
    checkpoint = open_checkpoint(folder)
    module = checkpoint.module()
    for name, value in checkpoint.numpy_weights().items():
        np.testing.assert_array_equal(value, module.state_dict()[name].numpy())
    before = checkpoint.hash
    save_weights(folder, module)
    assert open_checkpoint(folder).hash == before


def test_a_model_that_ships_is_opened_by_its_name_beside_a_folder_of_that_name(tmp_path, monkeypatch):
    (tmp_path / "lesson-gru").mkdir()
    monkeypatch.chdir(tmp_path)
    assert open_checkpoint("lesson-gru").config.cell == "gru"
    assert open_checkpoint().folder == models("lesson")


def test_the_metrics_of_a_training_that_has_not_ended_are_empty(folder):
    assert open_checkpoint(folder).metrics["seed"] == 1
    (folder / "metrics.json").unlink()
    assert open_checkpoint(folder).metrics == {}


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("config.json", "{", "damaged"),
        ("config.json", '{"model": {"cell": "lstm"}}', "damaged"),
        ("weights.safetensors", "no tensors", "cannot be read"),
        ("weights.safetensors", None, "not reached a first validation"),
        ("metrics.json", "{", "damaged"),
    ],
)
def test_a_broken_folder_is_said(folder, name, content, problem):
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_text(content)
    with pytest.raises(TranslateError, match=problem):
        checkpoint = open_checkpoint(folder)
        checkpoint.numpy_weights(), checkpoint.metrics


def test_another_models_weights_are_refused(folder):
    shutil.copy(models("lesson-gru") / "weights.safetensors", folder)
    with pytest.raises(TranslateError, match="do not fit"):
        open_checkpoint(folder).numpy_weights()


def test_a_folder_that_is_no_model_names_the_argument_that_made_one(tmp_path):
    with pytest.raises(UsageError, match=r"not a model folder .* give the `out` folder of a training"):
        open_checkpoint(tmp_path)


def test_halved_weights_are_read_in_single_precision(folder):
    before, size = open_checkpoint(folder).numpy_weights(), (folder / "weights.safetensors").stat().st_size
    change = halve_weights(folder)
    assert (folder / "weights.safetensors").stat().st_size < 0.52 * size
    checkpoint = open_checkpoint(folder)
    module = checkpoint.module().state_dict()
    for name, value in checkpoint.numpy_weights().items():
        assert value.dtype == np.float32 and str(module[name].dtype) == "torch.float32"
        np.testing.assert_array_equal(value, before[name].astype(np.float16))
        np.testing.assert_array_equal(value, module[name].numpy())
        assert np.abs(value - before[name]).max() <= change
    sentences = ["I am a girl who likes to learn.", "The boy who likes to chat with his sister is happy."]
    assert Translator(checkpoint).texts(sentences) == Translator.load().texts(sentences)
    assert halve_weights(folder) == 0.0


def test_a_weight_that_half_precision_cannot_hold_is_refused(folder):
    module = open_checkpoint(folder).module()
    module.output.bias.data[3] = 1e6
    save_weights(folder, module)
    with pytest.raises(TranslateError, match="too large for half precision"):
        halve_weights(folder)
    assert open_checkpoint(folder).numpy_weights()["output.bias"][3] == 1e6
