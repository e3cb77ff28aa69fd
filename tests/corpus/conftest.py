"""A small corpus and a large sample, made once for all tests of the room."""

import pytest

from translate.corpus.choice import stream
from translate.corpus.grammar import load_grammar
from translate.corpus.heldout import HeldOut
from translate.corpus.pair import realise
from translate.corpus.sampling import Sampler
from translate.corpus.splits import build


@pytest.fixture(scope="session")
def grammar():
    return load_grammar("lesson")


@pytest.fixture(scope="session")
def sample(grammar):
    """20,000 pairs as the generator draws them."""
    sampler = Sampler(grammar, stream(5, "test"), HeldOut(grammar, 5))
    return [realise(sampler.sentence()) for _ in range(20_000)]


@pytest.fixture(scope="session")
def corpus(tmp_path_factory):
    """A small corpus folder."""
    folder = tmp_path_factory.mktemp("corpus")
    build("lesson", 1_500, 3, folder)
    return folder
