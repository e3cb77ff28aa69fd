import pytest

from translate.lab.statistics.estimate import wilson
from translate.lab.verdicts.rules import OPEN, Evidence, judge


def share(value: float):
    return wilson(round(value * 500), 500, "words")


@pytest.mark.parametrize(
    "numbers, verdict, looked_at",
    [
        ({"used": 0.0, "later": 0.5}, "never stored", 1),
        ({"used": 0.9, "later": 0.5}, "still used", 2),
        ({"used": 0.9, "later": 0.0, "blocked": 0.9}, "overwritten", 3),
        ({"used": 0.9, "later": 0.0, "blocked": 0.1, "open_forget": 0.9}, "erased", 4),
        ({"used": 0.9, "later": 0.0, "blocked": 0.1, "open_forget": 0.1, "both": 0.9}, "erased", 5),
        ({"used": 0.9, "later": 0.0, "anew": 0.9}, "kept but unused", 3),
        ({"used": 0.9, "later": 0.05}, OPEN, 2),
        ({}, OPEN, 0),
    ],
)
def test_the_first_rule_that_applies_decides(numbers, verdict, looked_at):
    evidence = Evidence("decoder", "the first gender", **{name: share(value) for name, value in numbers.items()})
    judged = judge(evidence)
    assert (judged.verdict, len(judged.numbers)) == (verdict, looked_at)
    assert judged.rule and judged.otherwise and (judged.side, judged.target) == ("decoder", "the first gender")
