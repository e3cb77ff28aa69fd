"""Erasing the gender: what LEACE promises, and what the planted networks and the shipped one do without it."""

from dataclasses import replace

import numpy as np
import pytest

from translate.lab.experiments.intervening.erasure import clause_steps, erasure, leace
from translate.lab.probes.leace import by_place, erased_directions, matched_eraser
from translate.lab.probes.nonlinear import fit_mlp
from translate.lab.probes.probe import fit_probe
from translate.lab.sentences.material import Material
from translate.lab.sentences.minimal_pairs import cases_after_noun
from translate.lab.verdicts.findings import without_it

C, H = "dec.l0.c", "dec.l0.h"


def test_after_the_eraser_no_linear_probe_knows_the_label_and_another_label_stays():
    rng = np.random.default_rng(0)
    feminine, other = rng.random((2, 600)) > 0.5
    x = rng.standard_normal((600, 12)) + 3 * np.outer(feminine, rng.standard_normal(12))
    x += 3 * np.outer(other, rng.standard_normal(12))
    eraser, groups = leace(x, feminine), np.arange(600) % 10
    erased = eraser.apply(x, eraser.matrix, eraser.shift)
    assert np.abs(erased[feminine].mean(0) - erased[~feminine].mean(0)).max() < 0.02
    assert fit_probe(x, feminine, groups).right(x, feminine).mean() > 0.98
    assert fit_probe(erased, feminine, groups).right(erased, feminine).mean() < 0.6
    assert fit_probe(erased, other, groups).right(erased, other).mean() > 0.98


@pytest.fixture(scope="module")
def of_rereads(set_up):
    """What erasing c does to the planted network whose c holds nothing."""
    return erasure(set_up("rereads")[1])[0]


def test_erasing_c_leaves_habit_and_erasing_h_alone_lasts_one_step(set_up):
    _, setup = set_up("one-cell")
    found = {one.sites: one for one in erasure(setup)}
    assert set(found) == {(C,), (H,), (C, H)}
    for one in found.values():
        assert one.before.value == 1.0 and one.after.value == pytest.approx(0.5, abs=0.1)
        assert one.other.value == 0.0 and one.rest.value == 1.0
        assert one.random.value > 0.95
    probed = found[C,].probed
    assert (probed.plain.value, probed.erased.value, probed.later.value) == (1.0, 0.5, 0.5)
    assert found[C,].once.value == 0.5
    assert found[H,].once.value > 0.7 and found[H,].probed.later.value == 1.0


def test_where_c_holds_nothing_erasing_it_does_nothing(of_rereads):
    assert of_rereads.sites == (C,) and of_rereads.after.value == of_rereads.once.value == 1.0


def test_an_eraser_fitted_over_both_clauses_turns_one_and_one_of_its_own_erases_it(set_up):
    """Half of the words are right for the pooled eraser: all of the first clause and none of the second."""
    found = erasure(set_up("turns")[1])[0]
    assert found.after.value == 0.5 and [kept.value for kept in found.after_by_clause] == [1.0, 0.0]
    for clause in (0, 1):
        place = found.of(clause)
        assert (place.outcome, place.kept.value, place.turned.value) == ("erased", 0.5, 0.5)
        assert place.random.value == 1.0 and place.linear[0].value == place.nonlinear[0].value == 0.5
        assert found.of(clause, 0).outcome == "survives" and found.of(clause, 0).nonlinear[0].value == 1.0
    claims = {claim.id: claim for claim in without_it(found)}
    assert {claims[name].verdict for name in ("without-first", "without-second")} == {"holds"}
    pooled = replace(found.of(1), kept=found.after_by_clause[1], turned=found.after_by_clause[0], outcome="turned")
    (claim,) = without_it(replace(found, places=(pooled,)))
    assert claim.verdict == "does not hold" and "turned" in claim.statement


def test_where_c_holds_nothing_the_words_survive(of_rereads):
    assert {place.outcome for place in of_rereads.places} == {"survives"}
    assert {claim.verdict for claim in without_it(of_rereads)} == {"does not hold"}


def test_what_no_line_reads_a_small_network_may_and_more_directions_may_take_it():
    """The gender stands at +1 beside one kind of place and at -1 beside another: no line reads it, a curve does."""
    rng = np.random.default_rng(0)
    feminine, place = rng.random(800) > 0.5, rng.integers(0, 2, 800)
    x = 0.3 * rng.standard_normal((800, 6))
    x[:, 0] += np.where(feminine, 1, -1) * np.where(place, 1, -1)
    x[:, 1] += place
    groups = np.arange(800) % 20
    assert fit_probe(x, feminine, groups).right(x, feminine).mean() < 0.65
    assert fit_mlp(x, feminine, groups).right(x, feminine).mean() > 0.95
    eraser = leace(x, by_place(feminine.astype(float), place, 2))
    erased = eraser.apply(x, eraser.matrix, eraser.shift)
    assert fit_mlp(erased, feminine, groups).right(erased, feminine).mean() < 0.65


def test_a_control_varies_as_much_as_what_it_stands_beside():
    rng = np.random.default_rng(0)
    x = rng.standard_normal((500, 8)) * np.arange(1, 9)
    x[:, 2] += 4 * np.sign(x[:, 0])
    direction = erased_directions(leace(x, x[:, 0] > 0), 1)
    random = erased_directions(matched_eraser(x, direction, rng), 1)
    assert (x @ random).var() == pytest.approx((x @ direction).var(), rel=0.02)
    assert abs(direction.T @ random) < 1e-6


def test_the_clause_of_an_erasure_ends_with_its_last_agreeing_word(set_up):
    suite = set_up("one-cell")[0].material.suites["switch"]
    first, second = (cases_after_noun(suite, clause)[0] for clause in (0, 1))
    assert (first.step, clause_steps(first)) == (0, (1, 2))  # reads "kluk", writes "který"; reads that, writes "rád"
    assert (second.step, clause_steps(second)) == (5, (6, 7))


def test_without_sentences_there_is_nothing_to_erase(set_up):
    _, setup = set_up("one-cell")
    assert erasure(replace(setup, material=Material({}, "nothing"))) == ()


@pytest.mark.slow
def test_without_the_gender_in_c_the_shipped_models_agreement_is_chance(lesson_setup):
    found = {one.sites: one for one in erasure(lesson_setup)}
    one = found[C,]
    assert 0.3 < one.after.value < 0.75 and one.other.value < 0.1
    assert one.random.value > 0.85 and one.rest.value > 0.85
    assert abs(one.after_by_clause[0].value - one.after_by_clause[1].value) > 0.2  # a mean of opposites
    assert one.probed.erased.value < 0.65 < 0.95 < one.probed.plain.value
    assert found[H,].probed.later.value > 0.85  # h has it back from c
