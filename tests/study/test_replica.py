"""How far a replica has come is known from its files alone."""

import pytest

from tests.study.replicas import finished
from translate.errors import TranslateError, UsageError
from translate.study.replica import Kind, Replica, Stage, replicas_in
from translate.training.recipe import Recipe


def test_a_replica_is_finished_when_there_is_a_report_of_this_very_model(tmp_path):
    replica = finished(tmp_path, 1)
    assert replica.stage == Stage.PROBED
    (replica.model / "weights.safetensors").write_bytes(b"others")
    assert replica.stage == Stage.TRAINED
    (replica.model / "metrics.json").unlink()
    assert replica.stage == Stage.BEGUN


@pytest.mark.parametrize("report", ['{"format": ', '{"format": "translate-results 1"}', "[]"])
def test_a_report_that_is_damaged_or_of_another_form_is_made_again(report, tmp_path):
    replica = finished(tmp_path, 1)
    (replica.report / "results.json").write_text(report)
    assert replica.stage == Stage.TRAINED
    with pytest.raises(TranslateError, match=r"results\.json .*; remove it, and the study probes the model again"):
        replica.results()


def test_a_report_of_another_form_is_known_by_its_head(tmp_path):
    replica = finished(tmp_path, 1)
    path = replica.report / "results.json"
    path.write_text(path.read_text().replace("translate-results ", "translate-results 0"))
    assert replica.stage == Stage.TRAINED


def test_how_far_a_training_is_stands_in_its_log(tmp_path):
    replica = finished(tmp_path, 1)
    assert replica.steps == 0
    (replica.model / "metrics.jsonl").write_text('{"step": 500, "loss": 1.5}\n{"step": 1000, "loss": 1.0}\n{"step": 15')
    assert replica.steps == 1000


def test_replicas_are_known_by_their_folders(tmp_path):
    names = ["gru-64-1", "lstm-128-9", "lstm-128-10", "bi-lstm-128-1", "lstm-128x2-1", "neutral-lstm-128-1"]
    names += ["return-bi-lstm-128x2-3"]
    for name in [*reversed(names), "corpus", "lstm-128", "lstm-128-x", "mamba-128-1", "other-lstm-128-1"]:
        (tmp_path / name).mkdir()
    (tmp_path / "lstm-128-3").write_text("a file")
    assert [replica.name for replica in replicas_in(tmp_path)] == names
    assert replicas_in(tmp_path / "nowhere") == []
    *_, last = replicas_in(tmp_path)
    assert last == Replica(tmp_path, Kind("return", "lstm", 128, 2, True), 3)


def test_a_replica_of_another_recipe_is_refused_by_the_key_that_differs(tmp_path):
    replica, recipe = finished(tmp_path, 1), Recipe()
    replica.check(recipe, "data")  # a model that does not say how it was made is taken as it is
    (replica.model / "recipe.toml").write_text(recipe.override(["precision=float32"]).to_toml())
    replica.check(recipe, "data")  # `auto` had chosen it
    with pytest.raises(UsageError, match=r"lstm-128-1 .* another training.batch"):
        replica.check(recipe.override(["batch=5"]), "data")
