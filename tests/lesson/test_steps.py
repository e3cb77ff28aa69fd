"""The tour's file: every value has one right answer, and every statement of the lesson has its place."""

from pathlib import Path

import pytest

from translate.lab.statistics.estimate import Estimate
from translate.lesson.numbers import Number, digits, gate, part, share
from translate.lesson.steps import filled, names, sentences, steps

IDS = ["wrec", "rnn", "pipeline", "valves", "cases", "boygirl", "switch", "output", "break"]
FILE = Path(__file__).parents[2] / "translate/lesson/steps.toml"


def test_nine_steps_in_the_order_of_the_lesson():
    assert [step.id for step in steps()] == IDS
    assert set(sentences()) == {"boy", "girl", "switch"}


@pytest.mark.parametrize("step", steps(), ids=IDS)
def test_every_value_makes_exactly_one_option_right(step):
    kinds = {option.is_ is not None for option in step.options}
    assert len(kinds) == 1
    if kinds == {True}:
        values = {option.is_ for option in step.options}
        assert len(values) == len(step.options)
        tried = values
    else:
        edges = sorted({edge for option in step.options for edge in (option.at_least, option.below)})
        assert edges[0] == float("-inf") and edges[-1] == float("inf")
        tried = [*edges[1:-1], *(edge - 1e-9 for edge in edges[1:-1]), -1e9, 1e9]
    for value in tried:
        assert sum(option.has(value) for option in step.options) == 1
        assert step.answer({step.measure: Number(value, "")}).has(value)


def test_what_was_not_measured_has_no_answer_and_no_sentence():
    step = steps()[0]
    assert step.answer({}) is None
    assert filled("{a} of {b}", {"a": Number(1, "1")}) is None
    assert filled("{a} of {b}", {"a": Number(1, "one"), "b": Number(2, "two")}) == "one of two"


def test_every_statement_of_the_lesson_has_its_place():
    said = " ".join(
        " ".join([step.title, step.statement, *(claim.says for claim in step.claims)]) for step in steps()
    ).lower()
    for statement in (
        "w_rec < 1",
        "w_rec > 1",
        "w_rec = 1",
        "rnn cell",
        "c, h and x go in, c and h come out",
        "+ is an addition",
        "three valves",
        "(1) the forget valve",
        "(2) the memory valve",
        "(3) the memory",
        "(4) the output valve",
        "kept",
        "changed completely",
        "added to",
        "i am a boy who likes to learn",
        "every word that agrees",
        "the forget valve closes",
        "the memory valve opens",
        "output valve lets the gender out",
    ):
        assert statement in said


def test_a_claim_says_something_either_way():
    for step in steps():
        assert step.claims
        for claim in step.claims:
            assert claim.holds != claim.fails and (
                (claim.at_least, claim.below, claim.is_) != (float("-inf"), float("inf"), None)
            )


def test_no_number_is_written_by_hand_where_one_is_measured():
    for step in steps():
        assert names(step.explanation)
        for claim in step.claims:
            assert names(claim.holds) and names(claim.fails)


def test_the_file_is_plain():
    text = FILE.read_text(encoding="utf-8")
    assert max(map(len, text.splitlines())) <= 120 and "/work" not in text


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (share(0.643), "64.3 %"),
        (share(1.0), "100 %"),
        (share(0.9999), "over 99.9 %"),
        (share(-0.02), "−2 %"),
        (gate(0.631), "0.63"),
        (gate(-0.05), "−0.05"),
        (digits(1.91e-6), "1.9e-06"),
        (part(4.6e-5), "0.0046 %"),
        (part(1.19), "119 %"),
        (share(Estimate(0.642, 0.6128, 0.6689, 1119, "words", "")), "64.2 % (61.3–66.9)"),
        (gate(Estimate(0.0004, 0.0003, 0.0005, 9, "", "")), "0.00"),
        (gate(Estimate(0.5, -0.1, 1, 9, "", "")), "0.50 (−0.10–1.00)"),
        (part(Estimate(1.19, 0.97, 1.35, 9, "", "")), "119 % (97–135)"),
        (gate(-0.001), "0.00"),
        (share(-0.0001), "0 %"),
    ],
)
def test_how_numbers_are_written(written, text):
    assert written.text == text
