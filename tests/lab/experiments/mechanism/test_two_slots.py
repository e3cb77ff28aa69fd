"""The coming gender: planted networks hold it in a cell of its own, or in none, and hand it over in known ways."""

from dataclasses import replace

import numpy as np
import pytest

from translate.lab.experiments.mechanism.directions import directions_as_varied
from translate.lab.experiments.mechanism.two_slots import two_slots
from translate.lab.experiments.reading.units import rank
from translate.lab.planted.by_noun import make_by_noun
from translate.lab.planted.language import material
from translate.lab.sentences.material import Material
from translate.lab.sentences.places import Place

EARLY, LATE = "after the first noun", "at its last word"


@pytest.fixture(scope="module")
def found(set_up):
    """By the name of a network, its slots; the valve is shut in the best unit, and in the best two."""
    results = {}

    def of(name):
        if name not in results:
            setup = (
                replace(make_by_noun(), material=material(rounds=3)).setup() if name == "by noun" else set_up(name)[1]
            )
            results[name] = two_slots(setup, rank(setup), (1, 2))
        return results[name]

    return of


@pytest.mark.parametrize("name", ["one-cell", "never-forgets"])
def test_each_gender_turns_its_own_clause_where_both_have_a_slot(found, name):
    result = found(name)
    turned = {what: result.of(EARLY, what) for what in ("coming", "coming apart", "current", "both")}
    assert {what: (each.coming.value, each.current.value) for what, each in turned.items()} == {
        "coming": (1.0, 0.0),
        "coming apart": (1.0, 0.0),
        "current": (0.0, 1.0),
        "both": (1.0, 1.0),
    }
    assert result.of(LATE, "coming").coming.value == 1.0 and result.of(LATE, "coming").current is None
    assert all(each.rest.value == 1.0 for each in result.exchanged if "as varied" != each.what != "any direction")


def test_the_directions_are_at_right_angles_and_each_is_found_again(found):
    result = found("one-cell")
    before = [column for column, place in enumerate(result.places) if Place(0, 0) <= place < Place(1, -1)]
    assert [result.cosine.value[column] for column in before] == [pytest.approx(0, abs=1e-9)] * len(before)
    assert all(each.value == pytest.approx(0, abs=1e-6) for each in result.angle.values()) and len(result.angle) == 2
    held = [column for column, place in enumerate(result.places) if Place(0, -1) <= place < Place(1, -2)]
    for name in ("current", "coming"):
        assert [result.again[name][column] for column in held] == [pytest.approx(1)] * len(held)


def test_directions_as_strong_turn_less(found):
    result = found("one-cell")
    for what in ("any direction", "as varied"):
        assert result.of(EARLY, what).coming.value < 0.3, what


def test_a_noun_that_is_still_to_come_is_no_gender(found):
    """Its gender is in the whole of c, but in another place for each noun: no direction reaches nouns it is not of."""
    result = found("by noun")
    assert result.of(EARLY, "whole site, coming").coming.value == 1.0
    assert result.of(EARLY, "coming").coming.value == result.of(LATE, "coming").coming.value == 0.0
    assert result.of(EARLY, "current").current.value == 1.0
    early = result.places.index(Place(0, 0))
    assert result.again["coming"][early] == pytest.approx(0, abs=1e-9) and result.again["current"][early] > 0.99


def test_with_the_valve_shut_the_new_gender_comes_in_by_another_unit_or_not_at_all(found):
    shut = found("one-cell").with_shut(1)
    assert (shut.new.value, shut.old.value, shut.same.value) == (0.5, 0.5, 0.5)  # habit
    other_way = found("two-cells")
    assert other_way.with_shut(0).new.value == other_way.with_shut(1).new.value == 1.0
    assert other_way.with_shut(2).new.value == 0.5
    assert other_way.with_shut(1, "random units").new.value == 1.0


def test_what_comes_in_by_another_unit_came_from_the_coming_slot(found):
    result = found("two-cells")
    assert result.with_shut(1, "coming").old.value == result.with_shut(0, "coming").old.value == 1.0
    assert result.with_shut(1, "any direction").old.value < 0.3


def test_directions_as_varied_vary_as_much_and_are_none_of_the_directions():
    rng = np.random.default_rng(0)
    states = rng.normal(size=(400, 6)) * np.array([3, 2, 1, 0.5, 0.3, 0.1])
    of = np.eye(6)[[2, 4]]
    drawn = directions_as_varied(states, of, 8, rng)
    np.testing.assert_allclose((drawn**2).sum(1), 1)
    np.testing.assert_allclose(drawn @ of.T, 0, atol=1e-9)
    variance = ((states - states.mean(0)) @ drawn.T).var(0)
    np.testing.assert_allclose(variance, states[:, 2].var(), rtol=0.05)


def test_without_sentences_there_is_nothing_to_ask(set_up):
    _, setup = set_up("one-cell")
    assert two_slots(replace(setup, material=Material({}, "nothing")), rank(setup)) is None
