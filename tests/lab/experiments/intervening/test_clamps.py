"""Clamped gates: the planted mechanisms are told apart, and the windows are where the switch is."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from translate.lab.experiments.intervening.clamps import ALL, DIRECTION, best, clamps
from translate.lab.experiments.intervening.paths import Paths, paths
from translate.lab.experiments.reading.accounts import accounts
from translate.lab.experiments.reading.units import rank
from translate.lab.sentences.material import Material
from translate.lab.sentences.minimal_pairs import find_clamp_cases
from translate.lab.sentences.switch_words import FIRST_CLAUSE, LAST, NOUN
from translate.lab.statistics.estimate import wilson
from translate.lab.verdicts.findings import held_valves
from translate.model.config import ModelConfig

LETTERS = {"a": "forget open", "b": "nothing written", "c": "both", "d": "matched forget"}


def test_each_planted_mechanism_is_told_by_what_brings_the_old_gender_back(planted, planted_setup):
    count = len(planted.truth.cells)
    found = clamps(planted_setup, rank(planted_setup), (count,))
    for letter, gates in LETTERS.items():
        clamp = found.of("dec", gates, best(count))
        assert clamp.old.value == planted.truth.clamped[letter], gates
        assert clamp.neither.value == 0.0 and clamp.rest.value == 1.0
    plain = found.of("dec", "none", ALL)
    assert (plain.old.value, plain.new.value, plain.rest.value) == (0.0, 1.0, 1.0)


def test_where_the_gender_does_not_switch_no_gate_can_bring_another_one_but_habit(set_up):
    _, setup = set_up("erased")
    found = clamps(setup, rank(setup), (1,))
    control = {(clamp.side, clamp.gates, clamp.units): clamp for clamp in found.control}
    assert control["dec", "forget open", best(1)].new.value == control["dec", "both", best(1)].new.value == 1.0
    assert ("dec", "matched forget", ALL) not in control and found.switching == found.same > 0


def test_a_held_direction_keeps_the_old_gender(set_up):
    _, setup = set_up("one-cell")
    clamp = clamps(setup, rank(setup), (1,)).of("dec", "both", DIRECTION)
    assert clamp.old.value == 1.0


def test_the_word_at_which_the_old_gender_is_lost_is_named_and_no_other(set_up):
    """The forget gate of "erased" empties the cell at the verb, that of "one-cell" at the joint, with the writing."""
    _, setup = set_up("erased")
    found = clamps(setup, rank(setup), (1,))
    back = {clamp.word: clamp.old.value for clamp in found.moments if clamp.gates == "forget open" and clamp.word}
    assert back == {LAST: 0.0, FIRST_CLAUSE: 1.0, "a": 0.0, NOUN: 0.0}
    assert found.at("forget open", "up to the noun").old.value == 1.0
    assert found.at("forget open", "up to the noun").alike.value == 0.0
    books = accounts(setup, "dec")
    assert {word: share.value for word, share in books.forgotten_at.items() if share.value} == {FIRST_CLAUSE: 1.0}
    assert books.before_noun == pytest.approx(books.by_forgetting.value)


def test_what_comes_back_by_habit_turns_as_often_where_genders_are_alike(set_up):
    """With nothing written the planted cell is empty, and habit says the masculine: the control shows it."""
    _, setup = set_up("one-cell")
    shut = clamps(setup, rank(setup), (1,)).at("nothing written", "up to the noun")
    assert shut.old.value == shut.alike.value == 0.5


def test_a_new_gender_with_another_way_in_comes_though_the_old_ones_valve_is_shut(set_up):
    planted, setup = set_up("never-forgets")
    ranking = rank(setup)
    first = replace(ranking, order=np.array([planted.units["G1"], *np.delete(ranking.order, 1)]))
    other = clamps(setup, first, (1,)).at("nothing written", "to the end")
    assert (other.new.value, other.old.value, other.rest.value) == (1.0, 0.0, 1.0)
    _, setup = set_up("one-cell")
    only = clamps(setup, rank(setup), (1,)).at("nothing written", "to the end")
    assert only.new.value == 0.5


def test_the_findings_say_which_valve_and_which_way(set_up):
    def said(name: str, order: tuple[str, ...] = ()) -> dict:
        planted, setup = set_up(name)
        ranking = rank(setup)
        if order:
            ranking = replace(ranking, order=np.array([planted.units[each] for each in order]))
        return {claim.id: claim for claim in held_valves(clamps(setup, ranking, (1,)), paths(setup))}

    erased, overwritten = said("erased"), said("overwritten")
    assert erased["reopened"].verdict == "holds" and "clause 1 100 %" in erased["reopened"].statement
    assert overwritten["reopened"].verdict == "does not hold"
    assert overwritten["another-way"].verdict == erased["another-way"].verdict == "does not hold"
    assert said("never-forgets", ("G1", "G2"))["another-way"].verdict == "holds"


def test_where_no_word_follows_a_gender_the_new_one_has_not_come_in_by_another_way(set_up):
    _, setup = set_up("overwritten")
    found = clamps(setup, rank(setup), (1,))
    kept = replace(found.at("nothing written", "to the end"), new=wilson(100, 100, "words"))
    found = replace(
        found, moments=tuple(kept if (m.gates, m.span) == (kept.gates, kept.span) else m for m in found.moments)
    )
    follows = paths(setup)
    silent = Paths(tuple(replace(path, turned=wilson(0, 100, "words")) for path in follows.effects))
    verdicts = [list(held_valves(found, ways))[1].verdict for ways in (follows, silent)]
    assert verdicts == ["holds", "undecided"]


def test_windows_reach_from_the_last_agreeing_word_or_joint_to_the_second_noun(set_up):
    """the boy who gladly reads and the queen who gladly sleeps / kluk který rád čte (a) královna která ráda spí"""
    suite = set_up("one-cell")[0].material.suites["switch"]
    cases = find_clamp_cases(suite, frozenset({"král/královna"}))
    case = cases[0]
    noun = case.base.nouns[case.noun].target
    assert case.windows == {"dec": tuple(range(3, noun + 2)), "enc": (5, 6, 7)}
    assert [case.base.target[word.position] for word in case.judged] == ["který", "rád"]
    assert {case.lemma for case in cases} == {"král/královna"}
    for case in cases:
        tags = next(tags for pair, tags in suite if pair is case.base)
        assert (case.same is None) == (tags["y1"] == tags["y2"])
        if case.same is not None:
            genders = [noun.gender for noun in case.same.nouns]
            assert genders == [tags["y1"]] * 2


@pytest.mark.parametrize("kind", ["gru", "rnn"])
def test_a_cell_without_these_gates_has_no_clamps(set_up, kind):
    _, setup = set_up("one-cell")
    other = SimpleNamespace(checkpoint=SimpleNamespace(config=ModelConfig(5, 5, kind)))
    assert clamps(replace(setup, translator=other), rank(setup)) is None


def test_without_sentences_there_are_no_clamps(set_up):
    _, setup = set_up("one-cell")
    assert clamps(replace(setup, material=Material({}, "nothing")), rank(setup)) is None


def test_the_shipped_models_forget_gate_had_removed_the_old_gender(lesson_setup):
    found = clamps(lesson_setup, rank(lesson_setup), (3,))
    opened, blocked, same = (
        found.of("dec", gates, best(3)) for gates in ("forget open", "nothing written", "matched forget")
    )
    assert opened.old.value > 0.6 and opened.rest.value > 0.8
    assert blocked.old.value < 0.5 and same.old.value < 0.1
    assert np.isclose(opened.old.value + opened.new.value + opened.neither.value, 1)


def test_the_shipped_model_forgets_before_the_second_noun_and_not_at_it(lesson_setup):
    found, books = clamps(lesson_setup, rank(lesson_setup), (3,)), accounts(lesson_setup, "dec")
    assert found.at("forget open", "one word", NOUN).old.value < 0.05
    assert max(found.at("forget open", "one word", word).old.value for word in ("a", "ale")) > 0.2
    assert books.forgotten_at[NOUN].value < 0.05 and books.before_noun > 0.8
    assert sum(share.value for share in books.forgotten_at.values()) == pytest.approx(books.by_forgetting.value)
