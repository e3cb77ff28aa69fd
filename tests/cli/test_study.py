"""`translate study`: what is finished is not repeated, what was interrupted goes on, and what cannot be is refused."""

import json
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.bad_input import contents, one_sentence
from tests.cli.studies import OPTIONS, prepared, reported, start_study, trained
from translate.corpus.splits import build
from translate.training.recipe import Recipe


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A folder with `corpus`, a recipe of 40 steps `tiny.toml`, and `out`, a study two models and their reports."""
    folder = prepared(tmp_path_factory.mktemp("study"))
    for seed in (1, 2):
        replica = folder / f"out/lstm-8-{seed}"
        trained(folder, replica / "model", seed)
        reported(replica, replica / "model", 0.9 + seed / 100)
    return folder


@pytest.fixture
def here(made, tmp_path, monkeypatch) -> Path:
    """An own working folder with links to corpus and recipe."""
    for name in ("corpus", "tiny.toml"):
        (tmp_path / name).symlink_to(made / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def finished(made, here) -> Path:
    """The study `out`, both replicas finished."""
    return shutil.copytree(made / "out", here / "out")


def test_what_is_finished_is_not_repeated_but_aggregated(finished, cli):
    before = contents(finished)
    code, out, err = cli(["study", *OPTIONS, "--seeds", "2", "--out", "out"])
    assert code == 0 and "study: of 2 replicas 2 trained, 2 probed" in err
    assert "lstm-8  stored, decoder: holds for 2 of 2, 91.5 %" in out and "out/study.html" in out
    after = contents(finished)
    assert all(after[name] == before[name] for name in before)
    assert {name for name in after if name not in before} == {"study.json", "study.html", "settings.json"}
    found = json.loads((finished / "study.json").read_text())
    assert found["format"] == "translate-study 2" and found["failed"] == {}
    (group,) = found["groups"]
    assert group["name"] == "lstm-8" and list(group["models"]) == ["1", "2"]
    assert group["recipe"]["model"]["hidden"] == 8 and "seed" not in group["recipe"]["training"]
    assert group["claims"][0]["verdicts"] == {"holds": 2} and group["claims"][0]["estimate"]["n"] == 2
    assert [units["site"] for units in group["units"]] == ["dec.l0.c", "enc.l0.c"]
    assert group["units"][0]["quality"]["n"] == 1
    page = (finished / "study.html").read_text()
    assert "stored, decoder" in page and "2 of 2" in page
    assert "<script" not in page and set(re.findall(r'(?:src|href)="([^#"][^"]*)"', page)) == {"study.json"}
    code, out, _ = cli(["study", *OPTIONS, "--seeds", "1", "--out", "out", "--json"])  # what is there stays in it
    assert code == 0 and list(json.loads(out)["groups"][0]["models"]) == ["1", "2"]
    assert (finished / "study.html").read_text().count("seed 2") == page.count("seed 2")


@pytest.mark.parametrize(
    "options, words",
    [
        (["--set", "batch=17"], ["lstm-8-1", "another training.batch"]),
        (["--set", "lstm:batch=17"], ["another training.batch"]),
        (["--corpus", "other"], ["another corpus"]),
    ],
)
def test_a_study_goes_on_only_as_it_was_begun(options, words, finished, cli):
    build("lesson", 30, 2, "other", workers=1)
    before = contents(finished)
    code, out, err = cli(["study", *OPTIONS, "--seeds", "2", "--out", "out", *options])
    assert code == 2 and out == "" and contents(finished) == before
    one_sentence(err, *words, "choose another --out")


def test_reports_of_all_sentences_and_of_a_third_are_not_mixed(finished, cli):
    assert cli(["study", *OPTIONS, "--seeds", "2", "--out", "out"])[0] == 0
    code, _, err = cli(["study", *OPTIONS[:-1], "--seeds", "2", "--out", "out"])
    assert code == 2
    one_sentence(err, "--quick")


@pytest.mark.parametrize(
    "options, code, words",
    [
        (["--recipe", "nonsense"], 2, ["no recipe 'nonsense'"]),
        (["--corpus", "nowhere"], 2, ["nowhere is no corpus folder"]),
        (["--cells", "lstm,mamba"], 2, ["model.cell", "mamba"]),
        (["--hidden", "8,many"], 2, ["--hidden", "many"]),
        (["--hidden", "0"], 2, ["model.hidden"]),
        (["--layers", "1,two"], 2, ["--layers", "two"]),
        (["--hidden", "9", "--bidirectional"], 2, ["hidden"]),
        (["--set", "lstm:batch"], 2, ["key=value"]),
        (["--backend", "slurm"], 2, ["loky, dask", "slurm"]),
        (["--backend", "dask"], 2, ["--scheduler"]),
        (["--scheduler", "tcp://127.0.0.1:1"], 2, ["--backend dask"]),
        (["--seeds", "0"], 2, ["--seeds"]),
        (["--out", "tiny.toml"], 1, ["tiny.toml is a file"]),
    ],
)
def test_a_request_that_cannot_be_is_refused_before_anything_is_written(options, code, words, here, cli):
    got, out, err = cli(["study", *OPTIONS, "--out", "out", *options])
    assert got == code and out == "" and not Path("out").exists()
    one_sentence(err, *words)


def test_two_studies_in_one_folder(here, cli):
    from translate.study.plan import only_study

    with only_study(Path("out")):
        code, _, err = cli(["study", *OPTIONS, "--out", "out"])
    assert code == 1
    one_sentence(err, "Another study is writing to out")


# Interruptions


def wait_for_steps(models: list[Path], process: subprocess.Popen) -> None:
    """Until each of the trainings has got further than it is now."""

    def looks() -> list[int]:
        logs = [model / "metrics.jsonl" for model in models]
        return [log.read_text().count("\n") if log.exists() else 0 for log in logs]

    before, until = looks(), time.monotonic() + 120
    while not all(now > then for now, then in zip(looks(), before, strict=True)):
        assert process.poll() is None and time.monotonic() < until, process.stderr.read()
        time.sleep(0.02)


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_study_that_was_interrupted_goes_on_to_the_same_bits(how, here):
    settings = ["steps=400", "dropout=0.1"]
    options = [*OPTIONS, "--seeds", "2", "--jobs", "2", "--out", "out"]
    options += [word for setting in settings for word in ("--set", setting)]
    replicas = [here / f"out/lstm-8-{seed}" for seed in (1, 2)]
    for seed, replica in zip((1, 2), replicas, strict=True):
        trained(here, here / f"whole-{seed}", seed, *settings)
        reported(replica, here / f"whole-{seed}", 0.95)  # a report of those weights, and of no others

    first = start_study(*options, folder=here)
    wait_for_steps([replica / "model" for replica in replicas], first)
    (os.killpg if how == signal.SIGINT else os.kill)(first.pid, how)
    _, err = first.communicate(timeout=60)
    if how == signal.SIGINT:
        assert first.returncode == 130 and "Traceback" not in err, err
        one_sentence(err, "Stopped with 0 of 2 replicas finished")

    last = start_study(*options, folder=here)  # waits for the trainings that the first one has left to end
    _, err = last.communicate(timeout=600)
    assert last.returncode == 0, err
    for seed, replica in zip((1, 2), replicas, strict=True):
        assert f"study: lstm-8-{seed}: trained" in err
        for name in ("weights.safetensors", "last.safetensors", "metrics.json"):
            assert (replica / "model" / name).read_bytes() == (here / f"whole-{seed}" / name).read_bytes()
        assert "resume" not in (replica / "train.log").read_text()
    assert not [path for path in here.rglob(".*") if path.is_file() and path.name != ".lock"]


@pytest.mark.slow
def test_replicas_and_their_neutral_twins_from_nothing_to_the_page(here):
    kinds = "--cells lstm,gru --set gru:learning_rate=0.01 --neutral --seeds 2 --first-seed 3"
    options = [*OPTIONS, *kinds.split()]
    process = start_study(*options, "--jobs", "2", "--out", "out", folder=here)
    _, err = process.communicate(timeout=1800)
    assert process.returncode == 0, err
    found = json.loads(Path("out/study.json").read_text())
    assert [group["name"] for group in found["groups"]] == ["lstm-8", "gru-8", "neutral-lstm-8", "neutral-gru-8"]
    for group in found["groups"]:
        assert list(group["models"]) == ["3", "4"] and group["claims"] and len(group["units"]) == 2
        folder = Path("out") / f"{group['name']}-3"
        rate = Recipe.load(folder / "model/recipe.toml").training.learning_rate
        assert rate == (0.01 if "gru" in group["name"] else 0.02)
        assert (folder / "report/report.html").is_file()
    assert "která" not in Path("out/corpus-neutral/train.tsv").read_text()
    before = contents(here / "out")
    again = start_study(*options, "--jobs", "2", "--out", "out", folder=here)
    again.communicate(timeout=600)
    assert again.returncode == 0 and contents(here / "out") == before
