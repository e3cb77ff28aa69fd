"""The options of training: each reproducible and resumable, and each what its name says."""

import itertools
import os
import signal

import pytest
import torch
from safetensors.torch import load_file

from translate.errors import UsageError
from translate.model.encoder_decoder import EncoderDecoder
from translate.model.translator import Translator
from translate.training import average
from translate.training.loop import Stopped, train
from translate.training.optimizer import AdamW
from translate.training.recipe import Recipe

OPTIONS = [
    "attention=luong",
    "bidirectional=true",
    "layers=2",
    "recurrent_dropout=0.2",
    "tied_embeddings=true",
    "embedding_start=0.3",
    "label_smoothing=0.1",
    "average=2",
    "checkpoints=9",
]


def files(folder):
    names = ("weights.safetensors", "last.safetensors", "config.json", "recipe.toml", "metrics.json")
    kept = sorted(path.relative_to(folder) for path in (folder / "checkpoints").rglob("*") if path.is_file())
    return {str(name): (folder / name).read_bytes() for name in (*names, *kept)}


@pytest.fixture(scope="module")
def all_options(recipe) -> Recipe:
    return recipe.override(OPTIONS)


@pytest.fixture(scope="module")
def whole(tmp_path_factory, pairs, all_options):
    out = tmp_path_factory.mktemp("whole")
    train(all_options, pairs, pairs[:10], out)
    return out


@pytest.mark.numerical
def test_the_same_seed_gives_the_same_bytes(tmp_path, whole, pairs, all_options):
    train(all_options, pairs, pairs[:10], tmp_path)
    assert files(tmp_path) == files(whole)
    assert not list(tmp_path.glob("average-*"))


@pytest.mark.parametrize("step", [1, 20, 33, 47])
def test_a_run_interrupted_at_any_step_continues_to_the_same_bytes(
    tmp_path, whole, pairs, all_options, step, monkeypatch
):
    whole_step, taken = AdamW.step, itertools.count(1)

    def interrupted(optimizer, rate):
        whole_step(optimizer, rate)
        if next(taken) == step:
            os.kill(os.getpid(), signal.SIGINT)

    with monkeypatch.context() as patch:
        patch.setattr(AdamW, "step", interrupted)
        with pytest.raises(Stopped):
            train(all_options, pairs, pairs[:10], tmp_path)
    train(all_options, pairs, pairs[:10], tmp_path, resume=True)
    assert files(tmp_path) == files(whole)
    train(None, pairs, pairs[:10], tmp_path, resume=True)
    assert files(tmp_path) == files(whole)


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
def test_every_cell_learns_with_attention(tmp_path, pairs, recipe, cell):
    settings = ["attention=luong", "bidirectional=true", "hidden=48", "steps=500", "batch=8", "validate_every=250"]
    chosen, losses = recipe.override([f"cell={cell}", *settings, "learning_rate=0.01"]), []
    train(chosen, pairs, pairs, tmp_path, report=lambda look: losses.append(look.loss))
    assert losses[-1] < losses[0] / 4
    for device in ("numpy", "cpu"):
        translator = Translator.load(tmp_path, device)
        assert translator.texts([pairs[0][0]])[0] == pairs[0][1] or cell == "rnn"
        assert len(translator.translate([pairs[0][0]], beam=3, n_best=2)[0]) == 2
        assert translator.translate([pairs[1][0]], prefix="Jsem král")[0][0].text.startswith("Jsem král")


def test_the_average_is_the_mean_of_the_last_looks(tmp_path):
    models = [torch.nn.Linear(3, 2) for _ in range(4)]
    for step, model in enumerate(models):
        average.keep(tmp_path, model, 10 * step)
    weights, count = average.mean(tmp_path, 20, 2)  # one that was begun before a crash does not count
    assert count == 2
    torch.testing.assert_close(weights["weight"], (models[1].weight + models[2].weight).detach() / 2)
    assert weights["bias"].dtype == torch.float32
    average.drop(tmp_path, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["average-0000000030.safetensors"]
    average.drop(tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("kept", [True, False])
def test_the_average_is_kept_only_if_it_is_no_worse(tmp_path, pairs, recipe, kept, monkeypatch):
    looks = []
    keep = average.keep

    def noted(folder, model, step):
        looks.append({name: value.clone() for name, value in model.state_dict().items()})
        keep(folder, model, step)

    if not kept:
        monkeypatch.setattr(average, "mean", lambda *_: ({name: -value for name, value in looks[-1].items()}, 3))
    monkeypatch.setattr(average, "keep", noted)
    settings = ["average=3", "steps=300", "validate_every=50", "hidden=32", "dropout=0"]
    metrics = train(recipe.override(settings), pairs, pairs, tmp_path)
    assert metrics["averaged"] == (3 if kept else 0)
    stored = load_file(tmp_path / "weights.safetensors")
    mean = {name: torch.stack([look[name] for look in looks[-3:]]).mean(0) for name in stored}
    assert all(torch.allclose(stored[name], mean[name], atol=1e-6) for name in stored) == kept


def test_options_that_cannot_be_are_refused():
    for setting, problem in [
        ("attention=dot", "model.attention must be luong or none"),
        ("recurrent_dropout=1.0", r"model.recurrent_dropout must lie in \[0, 1\)"),
        ("label_smoothing=1.0", r"training.label_smoothing must lie in \[0, 1\)"),
        ("average=-1", "training.average must not be negative"),
    ]:
        with pytest.raises(UsageError, match=problem):
            Recipe().override([setting])
    with pytest.raises(UsageError, match="leave reverse_source out"):
        Recipe().override(["bidirectional=true", "reverse_source=true"])


def test_the_smoothing_of_the_recipe_reaches_the_loss(pairs, recipe, tmp_path, monkeypatch):
    seen, loss = [], EncoderDecoder.loss
    monkeypatch.setattr(EncoderDecoder, "loss", lambda self, *batch: (seen.append(batch[3]), loss(self, *batch))[1])
    train(recipe.override(["label_smoothing=0.25", "steps=2"]), pairs, pairs[:2], tmp_path)
    assert seen == [0.25, 0.25]
