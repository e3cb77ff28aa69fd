"""The reports of several seeds as one: whatever claims they make are counted and averaged."""

import hashlib
import json

import pytest

from translate.errors import UsageError
from translate.lab.verdicts.results import FORMAT
from translate.study.aggregate import group, read_estimate
from translate.study.replica import Kind, Replica, replicas_in
from translate.training.recipe import Recipe

KIND = Kind(False, "lstm", 128)


def number(value: float | None, **more) -> dict:
    ends = {"low": None, "high": None} if value is None else {"low": value - 0.02, "high": value + 0.01}
    return {"value": value, **ends, "n": 200, "unit": "words", "method": "", "is_share": True} | more


def claim(name: str, verdict: str, value: float, side: str = "decoder") -> dict:
    """A claim as `results.json` has it: its number and interval flat."""
    return {"id": name, "side": side, "verdict": verdict, "statement": f"{name} {value}", "bar": "the bar", "estimate": value,
            "interval": [value - 0.02, value + 0.01], "n": 200, "unit": "words", "is_share": True}  # fmt: skip


def replica(folder, seed: int, **results) -> Replica:
    """A finished replica: a model of some bytes, and its report."""
    made = Replica(folder, KIND, seed)
    made.model.mkdir(parents=True)
    made.report.mkdir()
    (made.model / "metrics.json").write_text("{}")
    (made.model / "weights.safetensors").write_bytes(b"weights %d" % seed)
    about = {"model": hashlib.sha256(b"weights %d" % seed).hexdigest()[:12]}
    (made.report / "results.json").write_text(json.dumps({"format": FORMAT, "about": about} | results))
    return made


def test_claims_are_counted_and_averaged_by_id_and_side(tmp_path):
    seeds = [
        replica(tmp_path, 1, claims=[claim("stored", "holds", 0.99), claim("stored", "undecided", 0.9, "encoder")]),
        replica(tmp_path, 2, claims=[claim("stored", "holds", 0.97), claim("stored", "does not hold", 0.5, "encoder")]),
        replica(tmp_path, 3, claims=[claim("stored", "holds", 0.98), claim("new", "holds", 0.8, "model")]),
    ]
    found = {one.name: one for one in group(KIND, seeds).claims}
    assert list(found) == ["stored, decoder", "stored, encoder", "new"]
    decoder, encoder = found["stored, decoder"], found["stored, encoder"]
    assert decoder.verdicts == {"holds": 3} and (decoder.holds.value, decoder.holds.n) == (1, 3)
    assert decoder.holds.low < 0.5  # three seeds are three cases, not 600 words
    assert decoder.estimate.value == pytest.approx(0.98) and decoder.estimate.n == 3
    assert decoder.estimate.low < 0.96 and decoder.estimate.high <= 1
    assert encoder.verdicts == {"undecided": 1, "does not hold": 1} and encoder.holds.value == 0
    assert [one.seed for one in encoder.by_seed] == [1, 2] and encoder.by_seed[1].statement == "stored 0.5"


def test_a_number_is_read_flat_or_by_itself_and_what_is_unknown_stays_unknown():
    assert read_estimate(claim("x", "holds", 0.5)).high == read_estimate({"estimate": number(0.5)}).high == 0.51
    assert read_estimate(None) is read_estimate({"id": "x"}) is None
    unknown = read_estimate(number(None))
    assert unknown.value != unknown.value and unknown.n == 200


def test_accuracy_fates_and_courses_are_averaged_over_the_seeds_that_have_them(tmp_path):
    def course(*values: float) -> dict:
        ends = {"low": list(values), "high": list(values)}
        return {"at": [1, 2][: len(values)], "value": list(values), **ends, "n": [9, 9][: len(values)]}

    def fate(verdict: str) -> dict:
        return {"side": "decoder", "target": "first gender", "verdict": verdict}

    def accuracy(value: float) -> dict:
        return {
            "agreement": number(value),
            "by_suite": {"test-longer": number(value - 0.1)},
            "by_distance": {"1": number(value)},
        }

    seeds = [
        replica(tmp_path, 1, accuracy=accuracy(0.9), verdicts=[fate("erased")], gradients=[{"site": "dec.l0.c", "direct": course(0.5, 0.1)}]),
        replica(tmp_path, 2, accuracy=accuracy(0.8), verdicts=[fate("overwritten")], gradients=[{"site": "dec.l0.c", "direct": course(0.7)}]),
        replica(tmp_path, 3),
    ]  # fmt: skip
    found = group(KIND, seeds)
    assert found.fates == {"decoder, first gender": {"erased": 1, "overwritten": 1}}
    assert {name: round(one.value, 6) for name, one in found.accuracy.items()} == {
        "agreement": 0.85,
        "test-longer": 0.75,
    }
    assert found.by_distance["1"].n == 2 and list(found.models) == [1, 2, 3]
    (gradient,) = found.gradients
    assert gradient.what == "dec.l0.c, direct" and gradient.at == [1, 2]
    assert [one.value for one in gradient.estimates] == pytest.approx([0.6, 0.1]) and gradient.estimates[1].n == 1


def test_a_replica_is_finished_when_there_is_a_report_of_this_very_model(tmp_path):
    made = replica(tmp_path, 1)
    assert made.is_trained and made.is_probed
    (made.model / "weights.safetensors").write_bytes(b"others")
    assert made.is_trained and not made.is_probed
    (made.report / "results.json").write_text('{"format": ')
    assert not made.is_probed
    (made.model / "metrics.json").unlink()
    assert not made.is_trained


def test_how_far_a_training_is_stands_in_its_log(tmp_path):
    made = replica(tmp_path, 1)
    assert made.steps == 0
    (made.model / "metrics.jsonl").write_text('{"step": 500, "loss": 1.5}\n{"step": 1000, "loss": 1.0}\n{"step": 15')
    assert made.steps == 1000


def test_replicas_are_known_by_their_folders(tmp_path):
    names = ["lstm-128-10", "lstm-128-9", "gru-64-1", "neutral-lstm-128-1"]
    for name in [*names, "corpus", "lstm-128", "lstm-128-x", "mamba-128-1"]:
        (tmp_path / name).mkdir()
    (tmp_path / "lstm-128-3").write_text("a file")
    assert [one.name for one in replicas_in(tmp_path)] == [
        "gru-64-1",
        "lstm-128-9",
        "lstm-128-10",
        "neutral-lstm-128-1",
    ]
    assert replicas_in(tmp_path / "nowhere") == []


def test_a_replica_of_another_recipe_is_refused_by_the_key_that_differs(tmp_path):
    made, recipe = replica(tmp_path, 1), Recipe()
    made.check(recipe, "data")  # a model that does not say how it was made is taken as it is
    (made.model / "recipe.toml").write_text(recipe.override(["precision=float32"]).to_toml())
    made.check(recipe, "data")  # `auto` had chosen it
    with pytest.raises(UsageError, match=r"lstm-128-1 .* another training.batch"):
        made.check(recipe.override(["batch=5"]), "data")
