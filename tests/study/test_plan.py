"""What a study takes: which kinds, on which corpora."""

import json
from pathlib import Path

import pytest

from translate.corpus.splits import build
from translate.errors import UsageError
from translate.files import write_atomic
from translate.study.plan import Job, Request, plan, recipes_of
from translate.training.recipe import Recipe


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> Path:
    """A corpus of few pairs."""
    folder = tmp_path_factory.mktemp("corpus")
    build("lesson", 100, 5, folder, workers=1)
    return folder


def jobs(request: Request) -> list[Job]:
    """The jobs of a request."""
    return plan(request, recipes_of(request))


def test_shapes_and_twins_are_crossed_and_named(tmp_path):
    request = Request(tmp_path, (1,), cells=("lstm", "gru"), layers=(1, 2), bidirectional=True, twins=("return",))
    names = [kind.name for kind in request.kinds()]
    assert names[:4] == ["lstm-128", "bi-lstm-128", "lstm-128x2", "bi-lstm-128x2"]
    assert names[4:8] == ["gru-128", "bi-gru-128", "gru-128x2", "bi-gru-128x2"] and names[-1] == "return-bi-gru-128x2"
    recipe = recipes_of(request)[request.kinds()[-1]].model
    assert (recipe.cell, recipe.layers, recipe.bidirectional) == ("gru", 2, True)


def test_a_recipe_that_reads_both_ways_has_no_other_kind(tmp_path):
    write_atomic(tmp_path / "both.toml", Recipe().override(["bidirectional=true", "hidden=8"]).to_toml())
    kinds = Request(tmp_path, (1,), recipe=str(tmp_path / "both.toml"), bidirectional=True).kinds()
    assert [kind.name for kind in kinds] == ["bi-lstm-8"]


def test_each_twin_has_its_corpus_made_once_of_the_same_seed_and_size(corpus, tmp_path):
    request = Request(tmp_path / "out", (1,), corpus=corpus, hidden=(8,), twins=("neutral", "return"))
    told: list[str] = []
    of = {job.replica.name: job.corpus for job in plan(request, recipes_of(request), told.append)}
    assert of["lstm-8-1"] == corpus and len(told) == 3
    returning, neutral = of["return-lstm-8-1"], of["neutral-lstm-8-1"]
    about = json.loads((returning / "corpus.json").read_text())
    assert (about["grammar"], about["pairs"], about["seed"]) == ("lesson-return", 100, 5)
    assert (returning / "switch.jsonl").is_file() and "která" in (returning / "train.tsv").read_text()
    assert "která" not in (neutral / "train.tsv").read_text()
    before = (returning / "train.tsv").stat().st_mtime_ns, (neutral / "train.tsv").stat().st_mtime_ns
    assert len(jobs(request)) == 3
    assert before == ((returning / "train.tsv").stat().st_mtime_ns, (neutral / "train.tsv").stat().st_mtime_ns)


def test_only_the_lessons_corpus_has_a_twin_that_returns(corpus, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    about = json.loads((corpus / "corpus.json").read_text()) | {"grammar": "full"}
    (other / "corpus.json").write_text(json.dumps(about))
    with pytest.raises(UsageError, match="Only a corpus of the grammar lesson"):
        jobs(Request(tmp_path / "out", (1,), corpus=other, twins=("return",)))
