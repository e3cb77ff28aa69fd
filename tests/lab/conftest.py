"""The planted networks, each made once for all tests of the laboratory."""

from dataclasses import replace
from functools import cache

import pytest

from tests.arithmetic import Exact
from translate.lab.planted.language import material
from translate.lab.planted.looking_back import make_looking_back
from translate.lab.planted.networks import NAMES, make_planted


@pytest.fixture(scope="session", params=NAMES)
def planted(request):
    """Each planted network in turn."""
    return make_planted(request.param)


@pytest.fixture(scope="session")
def planted_setup(planted):
    """The network on the setup, with fewer sentences; what one experiment has computed serves the next."""
    return planted.fewer(3).setup()


@pytest.fixture(scope="session")
def planted_model():
    """(translator, in float64, units by name, switch suite) of the planted network with a decoy."""
    decoy = make_planted("decoy")
    yield Exact(decoy.translator.checkpoint), decoy.units, decoy.material.suites["switch"]


@pytest.fixture(scope="session")
def set_up():
    """A function that gives one of the planted networks by its name, and it on the setup with fewer sentences."""

    @cache
    def by_name(name: str):
        planted = make_planted(name).fewer(3)
        return planted, planted.setup()

    return by_name


@pytest.fixture(scope="session")
def looking_back():
    """A function that gives a planted network with attention by what carries its gender, with fewer sentences."""
    return cache(lambda carrier: replace(make_looking_back(carrier), material=material(rounds=3)))


@pytest.fixture(scope="session")
def lesson_setup():
    """The shipped model with a few switch sentences."""
    from translate.corpus.grammar import load_grammar
    from translate.corpus.heldout import HeldOut
    from translate.corpus.suites.all import Suites
    from translate.lab.experiments.setup import Setup
    from translate.lab.sentences.lemmas import split_lemmas
    from translate.lab.sentences.material import Material
    from translate.model.translator import Translator

    grammar = load_grammar("lesson")
    suite = Suites(grammar, HeldOut(grammar, 0), 0).make("switch", 120)
    return Setup(Translator.load(), Material({"switch": suite}, "a few"), split_lemmas([pair for pair, _ in suite]), 0)
