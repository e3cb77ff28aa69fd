"""The tour, measured on the model that ships: nothing is left open, and what is said follows from the numbers."""

import json
from dataclasses import replace
from html import unescape

import numpy as np
import pytest

from translate.errors import TranslateError, UsageError
from translate.lab.demonstrations.walk import CLOSED, OPEN
from translate.lab.demonstrations.word_gradient import noun_shares
from translate.lab.planted.networks import make_planted
from translate.lab.probes.readout import readout_of
from translate.lesson import tour
from translate.lesson.measured import Measured
from translate.lesson.mechanics import cases
from translate.lesson.numbers import Number
from translate.lesson.sheet import sheet
from translate.lesson.steps import names, steps
from translate.lesson.switching import right_forms
from translate.lesson.tour import answered, finding, measured_tour
from translate.model.translator import Translator


@pytest.fixture(scope="module")
def lesson():
    return Translator.load()


@pytest.fixture(scope="module")
def measured(lesson):
    """With rivals that are the model itself: what is measured of them must be the same numbers."""
    return Measured(lesson, {"rnn": lesson, "gru": lesson}, readout_of(lesson))


def test_a_claim_holds_or_fails_with_its_whole_interval_and_is_undecided_otherwise(lesson):
    claim, measured = steps()[6].claims[0], Measured(lesson)  # below 1/3
    for low, high, holds in ((0.1, 0.3, True), (0.4, 0.6, False), (0.3, 0.4, None), (None, None, True)):
        number = Number(0.31, "0.31", low, high)._replace(value=0.5 if holds is False else 0.31)
        numbers = dict.fromkeys(names(claim.holds) | names(claim.fails), Number(1, "one")) | {claim.measure: number}
        found = finding(claim, numbers, measured)
        assert found.holds is holds and ("Undecided" in found.text) == (holds is None)


@pytest.mark.parametrize("number", range(9))
def test_every_step_is_measured_and_says_what_its_numbers_say(measured, number):
    step = steps()[number]
    found = answered(step, measured)
    assert found.right is not None and found.right.has(found.numbers[step.measure].value)
    assert len(found.findings) == len(step.claims)
    for text in (found.question, found.explanation, *(each.text for each in found.findings)):
        assert not names(text) and "Not measured" not in text


def test_the_sheet_asks_all_and_answers_apart(measured):
    written = sheet(measured, "translate lesson --sheet <here>")
    questions, _, found = unescape(written).partition('class="answers"')
    for step in steps():
        answer = answered(step, measured)
        assert all(text in questions for text in (step.title, step.statement, answer.question))
        assert all(option.text in questions for option in step.options)
        assert answer.right is not None and answer.right.text in found and answer.explanation not in questions
        assert all(finding.text in found for finding in answer.findings)
    assert questions.count(">Because<") == len(steps()) and "&lt;here&gt;" in written and "{" not in found


def test_each_measured_step_is_told(measured):
    told = []
    measured_tour(measured, told.append)
    assert told == [*range(1, len(steps()) + 1)]


def test_a_rival_that_is_the_model_is_its_equal(measured):
    numbers = measured.of("pipeline")
    for kind in ("rnn", "gru"):
        assert numbers[f"{kind}_left"].value == pytest.approx(numbers["lstm_left"].value, rel=1e-6)
        assert numbers[f"{kind}_exact"] == numbers["lstm_exact"]
        over = numbers[f"lstm_over_{kind}"]
        assert (over.value, over.low, over.high) == pytest.approx((1, 1, 1), rel=1e-6)


def test_the_cases_are_shares_of_all(measured):
    numbers = cases(measured.material)
    assert sum(
        numbers[f"case_{name}"].value for name in ("kept", "changed", "added", "cleared", "between")
    ) == pytest.approx(1)
    forget, memory = (measured.material.values(f"dec.l0.{site}") for site in "fi")
    there = ~np.isnan(forget)
    kept = ((forget > OPEN) & (memory < CLOSED))[there].mean()
    assert numbers["case_kept"].value == pytest.approx(kept)


def test_shutting_nothing_changes_nothing_and_shutting_everything_does(measured):
    material = measured.material
    pairs = material.pairs[:12]
    places, free = right_forms(material, pairs, ())
    other_places, shut = right_forms(material, pairs, list(range(len(material.best))))
    assert all(free) and not all(shut) and places == other_places and set(places) == set(range(12))


def test_without_a_rival_and_without_a_readout_that_is_said(lesson):
    bare = Measured(lesson)
    pipeline = answered(steps()[2], bare)
    assert pipeline.right is not None and [finding.holds for finding in pipeline.findings[1:]] == [None, None]
    assert [name in finding.text for name, finding in zip(("RNN", "GRU"), pipeline.findings[1:], strict=True)] == [
        True
    ] * 2
    switch = answered(steps()[6], bare)
    assert switch.right is None and "no readout" in switch.explanation
    assert {finding.holds for finding in switch.findings} == {None}


def test_the_page_gets_every_number_that_its_texts_ask_for(measured):
    found = json.loads(json.dumps(measured_tour(measured)))
    assert [step["id"] for step in found["steps"]] == [step.id for step in steps()]
    for step in steps():
        for text in (step.question, step.explanation, *(text for c in step.claims for text in (c.holds, c.fails))):
            assert names(text) <= set(found["numbers"])
        assert {step.measure, *(claim.measure for claim in step.claims)} <= set(found["numbers"])
    for number in found["numbers"].values():
        assert {"value", "text"} <= set(number) <= {"value", "text", "low", "high", "n"}
        assert "low" not in number or number["low"] <= number["value"] <= number["high"]


def test_a_page_s_rivals_are_told_by_their_cells(lesson, monkeypatch):
    asked = {}
    monkeypatch.setattr(
        tour, "measured_tour", lambda measured, *_: asked.update(rivals=measured.rivals, readout=measured.readout)
    )
    tour.payload(lesson, {"any name": lesson})
    assert asked["rivals"] == {"lstm": lesson} and asked["readout"] is not None


def test_another_cell_and_another_language_are_refused(lesson):
    planted = make_planted("one-cell").translator
    with pytest.raises(TranslateError, match="does not know 'I'"):
        Measured(planted)
    gru = Translator(replace(lesson.checkpoint, config=replace(lesson.checkpoint.config, cell="gru")))
    with pytest.raises(UsageError, match="about an LSTM"):
        Measured(gru)


def test_the_gradient_is_told_of_sentences_with_their_own_words(lesson):
    pairs = Measured(lesson).material.pairs[:5]
    shares, ages = noun_shares(lesson, pairs)
    assert len(shares) == len(ages) == 5 and all(value > 0 for value in shares)
    assert all(age < len(pair.source) + len(pair.target) + 1 for age, pair in zip(ages, pairs, strict=True))
