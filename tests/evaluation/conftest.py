"""A small corpus, and a model that has hardly learnt it."""

from pathlib import Path

import pytest

from tests.arithmetic import Exact
from translate.corpus.files import load_pairs
from translate.corpus.splits import build


@pytest.fixture(scope="session")
def corpus(tmp_path_factory) -> Path:
    """A corpus folder of 300 training pairs."""
    folder = tmp_path_factory.mktemp("corpus")
    build("lesson", 300, 1, folder, workers=1)
    return folder


@pytest.fixture(scope="session")
def pairs(corpus):
    """Annotated sentences of many shapes: two clauses, attractors, long distances."""
    names = ("test", "switch", "attractor", "distance")
    found = [pair for name in names for pair in load_pairs(corpus / f"{name}.jsonl")]
    return [pair for pair in found if pair.agreements]


@pytest.fixture(scope="session")
def model(corpus, tmp_path_factory) -> Path:
    """A model folder after 30 steps of training."""
    from translate.corpus.parallel import read_parallel
    from translate.training.loop import train
    from translate.training.recipe import Recipe

    folder = tmp_path_factory.mktemp("model")
    recipe = Recipe().override(
        ["steps=30", "hidden=32", "validate_every=30", "threads=1", "precision=float32", "device=cpu"]
    )
    train(recipe, read_parallel(corpus / "train.tsv"), read_parallel(corpus / "dev.tsv")[:20], folder, overwrite=True)
    return folder


@pytest.fixture(scope="session")
def translator(model):
    return Exact.load(model, "numpy")
