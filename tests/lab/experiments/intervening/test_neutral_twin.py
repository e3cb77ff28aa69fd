"""The neutral twin that ships, beside the model: it never had to agree."""

import pytest

from translate.errors import UsageError
from translate.lab.experiments.intervening.neutral_twin import neutral_setup, neutral_twin
from translate.lab.planted.networks import make_planted
from translate.language.forms import gender_of
from translate.model.translator import Translator
from translate.resources import models


@pytest.fixture(scope="module")
def twins(lesson_setup):
    """The shipped model's setup and its twin's answers."""
    return lesson_setup, neutral_twin(neutral_setup(lesson_setup, Translator.load(models("lesson-neutral"))))


def test_an_exchange_breaks_nothing_else_in_the_twin(twins):
    _, twin = twins
    assert set(twin.effects) == {"dec", "enc"}
    for effect in twin.effects.values():
        assert effect.rest.n > 20 and effect.rest.value > 0.9
        assert effect.flipped.value == 0  # its Czech has no form that could be counted


def test_the_memory_of_the_twin_tells_less_than_the_models(twins):
    setup, twin = twins
    assert twin.probes[setup.memory].value < setup.is_read(setup.memory).mean() - 0.02


def test_another_size_is_no_twin(lesson_setup):
    with pytest.raises(UsageError, match="another cell or size"):
        neutral_setup(lesson_setup, make_planted("one-cell").translator)


def test_the_twins_sentences_are_the_models_without_agreement(lesson_setup):
    twin = neutral_setup(lesson_setup, Translator.load(models("lesson-neutral")))
    for ours, its in zip(lesson_setup.pairs, twin.pairs, strict=True):
        assert ours.source == its.source and ours.nouns == its.nouns
        assert not any(gender_of(its.target[word.position]) == "f" for word in its.agreements)
