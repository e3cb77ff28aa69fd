from translate.lab.statistics.estimate import Estimate, wilson
from translate.lab.verdicts.bars import at_least, at_most, worst


def estimate(low: float, high: float) -> Estimate:
    return Estimate((low + high) / 2, low, high, 10, "words", "")


def test_verdicts_follow_the_whole_interval():
    assert at_least(estimate(0.96, 1), 0.95) == at_most(estimate(0, 0.04), 0.05) == "holds"
    assert at_least(estimate(0.5, 0.94), 0.95) == at_most(estimate(0.06, 1), 0.05) == "does not hold"
    assert at_least(estimate(0.9, 0.99), 0.95) == at_least(wilson(0, 0, "words"), 0.95) == "undecided"


def test_the_worst_of_several_verdicts_counts():
    assert worst(["holds", "undecided", "does not hold"]) == "does not hold"
    assert worst(["holds", "undecided"]) == "undecided" and worst(["holds"]) == "holds"
