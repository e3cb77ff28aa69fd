"""`translate probe --emergence` and `translate study --emergence`: a training is followed through its checkpoints."""

import json
from pathlib import Path

import pytest

from tests.cli.bad_input import one_sentence
from tests.cli.studies import OPTIONS, prepared, reported, start_study, trained
from translate.lab.experiments.emergence import Emergence
from translate.training.snapshots import kept


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A folder with a corpus, and a model whose training kept weights on the way."""
    folder = prepared(tmp_path_factory.mktemp("emergence"))
    trained(folder, folder / "model", 1, "checkpoints=4", "steps=60")
    return folder


def test_a_training_is_followed_and_what_comes_first_is_told(made, tmp_path, cli, monkeypatch):
    monkeypatch.chdir(made)
    out = tmp_path / "report"
    code, printed, err = cli(
        ["probe", "--emergence", "--quick", "--corpus", "corpus", "--model", "model", "--out", str(out)]
    )
    assert code == 0 and "probe: step" in err, err
    training = Emergence.from_json((out / "emergence.json").read_bytes())
    assert training.steps == list(kept(made / "model")) == [1, 6, 60]
    assert training.folder == "model" and len({each.model for each in training.at}) == 3
    first, *_, last = training.at
    assert last.direction.value == pytest.approx(1) and abs(first.direction.value) < 1
    assert 0 < first.boundary.value < 1 and last.decoder.n > 100
    assert {"test", "switch"} <= set(last.agreement)
    lines = printed.splitlines()
    assert lines[-1] == str(out / "emergence.json") and any(line.startswith("readout, decoder") for line in lines)


@pytest.mark.parametrize(
    "options, words",
    [
        (["--model", "lesson"], ["0 checkpoints of its training", "training.checkpoints"]),
        (["--planted", "erased"], ["--model, --corpus, --quick and --seed alone"]),
        (["--full"], ["alone"]),
        (["--explore"], ["alone"]),
    ],
)
def test_what_cannot_be_followed_is_refused(options, words, made, cli, monkeypatch):
    monkeypatch.chdir(made)
    code, out, err = cli(["probe", "--emergence", "--out", "nowhere", *options])
    assert code == 2 and out == "" and not Path("nowhere").exists()
    one_sentence(err, *words)


@pytest.mark.slow
def test_a_study_follows_what_is_trained_and_probed(tmp_path):
    prepared(tmp_path)
    replica = tmp_path / "out/lstm-8-1"
    trained(tmp_path, replica / "model", 1, "checkpoints=20")
    reported(replica, replica / "model", 0.9)
    options = [*OPTIONS, "--seeds", "1", "--out", "out"]
    process = start_study(*options, "--emergence", folder=tmp_path)
    _, err = process.communicate(timeout=600)
    assert process.returncode == 0 and "of 1 replicas 1 trained, 1 probed, 1 followed" in err, err
    (group,) = json.loads((tmp_path / "out/study.json").read_text())["groups"]
    assert group["emergence"]["seeds"] == [1] and group["emergence"]["steps"][-1] == 40
    assert "How does it come to be?" in (tmp_path / "out/study.html").read_text()
    again = start_study(*options, folder=tmp_path)  # asked for less, the same study goes on
    _, err = again.communicate(timeout=600)
    assert again.returncode == 0 and "of 1 replicas 1 trained, 1 probed" in err, err
