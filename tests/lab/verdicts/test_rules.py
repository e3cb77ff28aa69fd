"""The questions are answered apart, and every set of answers leads to one verdict or to none."""

from itertools import product

import pytest

from translate.lab.planted.truths import TRUTHS
from translate.lab.statistics.estimate import wilson
from translate.lab.verdicts.rules import OPEN, UNASKED, UNDECIDED, Evidence, answers_of, judge, rules

STORED = {"used": 0.9, "later": 0.0}
FORGETS = {"blocked": 0.1, "open_forget": 0.9, "both": 0.9}


def share(value: float):
    return wilson(round(value * 500), 500, "words")


def evidence(**numbers: float) -> Evidence:
    return Evidence("decoder", "the first gender", **{name: share(value) for name, value in numbers.items()})


@pytest.mark.parametrize(
    "numbers, verdict",
    [
        ({"used": 0.0, "later": 0.5}, "never stored"),
        ({"used": 0.0, "later": 0.0, "anew": 0.5}, "never stored"),
        ({"used": 0.0, "later": 0.0, "anew": 0.97}, "kept but unused"),
        ({"used": 0.0, "later": 0.0, "anew": 0.9}, UNDECIDED),
        ({"used": 0.9, "later": 0.5}, "still used"),
        ({"used": 0.9, "later": 0.0, "returning": 0.9, **FORGETS, "anew": 0.5}, "still used"),
        ({**STORED, "blocked": 0.9, "open_forget": 0.1, "both": 0.9, "anew": 1.0}, "overwritten"),
        ({**STORED, "blocked": 0.9, "open_forget": 0.9, "both": 0.9}, "erased and overwritten"),
        ({**STORED, **FORGETS, "amplified": 0.0, "anew": 0.5, "curved": 0.5}, "erased"),
        ({**STORED, "blocked": 0.1, "open_forget": 0.1, "both": 0.9, "amplified": 0.0, "anew": 0.5}, "erased"),
        ({**STORED, **FORGETS, "amplified": 0.0, "anew": 0.75}, "erased"),
        ({**STORED, **FORGETS, "amplified": 0.5, "anew": 0.75}, "kept but unused"),
        ({**STORED, **FORGETS, "amplified": 0.0, "anew": 0.5, "curved": 0.97}, "kept but unused"),
        ({**STORED, "amplified": 0.0, "anew": 0.5}, "lost"),
        ({**STORED, **FORGETS, "amplified": 0.0, "enlarged": 0.6, "anew": 0.75}, UNDECIDED),
        ({**STORED, **FORGETS}, UNDECIDED),
        ({**STORED, **FORGETS, "amplified": 0.0, "anew": 0.6}, "erased"),
        ({**STORED, **FORGETS, "amplified": 0.5, "anew": 0.6}, UNDECIDED),
        ({**STORED, **FORGETS, "amplified": 0.0, "anew": 0.9}, UNDECIDED),
        ({"used": 0.9, "later": 0.05}, UNDECIDED),
        ({}, UNDECIDED),
    ],
)
def test_the_answers_together_are_the_verdict(numbers, verdict):
    judged = judge(evidence(**numbers))
    assert judged.verdict == verdict, judged.answers
    assert set(judged.numbers) == set(numbers) and set(judged.answers) == set(rules().answers)
    assert judged.rule and judged.otherwise and (judged.side, judged.target) == ("decoder", "the first gender")


def test_no_two_verdicts_can_be_true_together_and_known_answers_always_lead_to_one():
    """So that the order of the rules means nothing, and nothing falls between them."""
    possible = {name: [*answers, OPEN, UNASKED] for name, answers in rules().answers.items()}
    for values in product(*possible.values()):
        answers = dict(zip(possible, values, strict=True))
        reached = [rule.verdict for rule in rules().verdicts if rule.applies(answers)]
        assert len(reached) <= 1, (answers, reached)
        decided = {answers[name] for name in ("stored", "information", "use")}
        if (answers["information"], answers["use"]) == ("gone or traces", "only if larger"):
            continue  # erased, or kept: that is not settled
        if not decided & {OPEN, UNASKED} and answers["valves"] != OPEN:
            assert len(reached) == 1, answers


def test_every_verdict_is_that_of_a_planted_network():
    assert {rule.verdict for rule in rules().verdicts} == {truth.verdict for truth in TRUTHS.values()}


def test_an_answer_asks_for_the_whole_interval():
    for right, answer in ((31, "gone or traces"), (45, OPEN)):  # 62 %, from 48 to 74; 90 %, from 79 to 96
        near = Evidence("decoder", "the first gender", anew=wilson(right, 50, "words"))
        assert answers_of(near.numbers)["information"] == answer
    assert answers_of({})["information"] == UNASKED


@pytest.mark.parametrize("unchanged, place", [(0.5, "moved elsewhere"), (0.9, "where it was")])
def test_what_is_kept_stands_where_it_was_or_elsewhere(unchanged, place):
    judged = judge(evidence(**STORED, **FORGETS, anew=1.0, curved=1.0, unchanged=unchanged))
    assert (judged.verdict, judged.mechanism) == ("kept but unused", place)
    assert (
        judge(evidence(**STORED, **FORGETS, anew=0.5, unchanged=unchanged, amplified=0.0)).mechanism == "by forgetting"
    )


def test_a_loose_answer_leads_where_both_that_it_stands_for_lead():
    possible = {name: [*answers, OPEN, UNASKED] for name, answers in rules().answers.items()}
    for values in product(*possible.values()):
        loose = dict(zip(possible, values, strict=True)) | {"information": "gone or traces"}

        def verdict(answers):
            return [rule.verdict for rule in rules().verdicts if rule.applies(answers)]

        sharp = [verdict(loose | {"information": answer}) for answer in ("gone", "traces")]
        assert verdict(loose) == (sharp[0] if sharp[0] == sharp[1] else []), loose
