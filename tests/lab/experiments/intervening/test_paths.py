"""The ways by which a gender comes to the words, on networks of which it is known."""

from dataclasses import replace

import pytest

from translate.lab.experiments.intervening.paths import paths
from translate.lab.sentences.material import Material


@pytest.fixture(scope="module")
def found(planted_setup):
    return paths(planted_setup)


@pytest.mark.parametrize("clause", [0, 1])
def test_a_memory_follows_the_state_and_re_reading_follows_the_words(planted, found, clause):
    reread = planted.truth.reread[clause]
    turned = {path.name: path.turned.value for path in found.effects if path.clause == clause}
    assert turned["encoder"] == 1.0
    assert turned["words"] == turned["noun"] == turned["agreeing"] == reread
    assert turned["against words"] == turned["before"] == turned["held"] == 1 - reread
    assert turned["after"] == 1.0  # whoever re-reads has just read the noun in that state


def test_nothing_else_changes(found):
    for path in found.effects:
        assert path.rest.value == 1.0 and path.kept.value == 1 - path.turned.value
        assert (path.other is None and path.clause) or path.other.value == 0.0  # None: all was written before


def test_without_sentences_there_are_no_paths(planted_setup):
    assert paths(replace(planted_setup, material=Material({}, "nothing"))).effects == ()


def test_the_shipped_model_remembers_and_does_not_re_read(lesson_setup):
    found = paths(lesson_setup)
    assert found.of("encoder").turned.value == found.of("after").turned.value == 1.0
    assert found.of("words").turned.value < 0.2 < 0.8 < found.of("against words").turned.value
    assert found.of("words").kept.value > 0.8
