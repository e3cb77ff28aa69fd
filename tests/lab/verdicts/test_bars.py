import pytest

from translate.lab.statistics.estimate import Estimate, wilson
from translate.lab.statistics.resample import mean_over
from translate.lab.verdicts.bars import at_least, at_most, worst


def estimate(low: float, high: float) -> Estimate:
    return Estimate((low + high) / 2, low, high, 10, "words", "")


def test_verdicts_follow_the_whole_interval():
    assert at_least(estimate(0.96, 1), 0.95) == at_most(estimate(0, 0.04), 0.05) == "holds"
    assert at_least(estimate(0.5, 0.94), 0.95) == at_most(estimate(0.06, 1), 0.05) == "does not hold"
    assert at_least(estimate(0.9, 0.99), 0.95) == at_least(wilson(0, 0, "words"), 0.95) == "undecided"


@pytest.mark.parametrize("pairs, at_95", [(10, "holds"), (4, "holds"), (3, "undecided")])
def test_where_all_agree_it_is_the_number_of_noun_pairs_that_counts(pairs, at_95):
    """Ten of ten pairs leave 72 to 100 %, whatever the number of words; three of three could be chance."""
    lemmas = [f"pair {word % pairs}" for word in range(820)]
    always, never = (mean_over([share] * 820, lemmas, "words") for share in (1.0, 0.0))
    assert at_least(always, 0.95) == at_most(never, 0.05) == at_95
    assert (always.low, never.high) == pytest.approx((wilson(pairs, pairs, "").low, wilson(0, pairs, "").high))


def test_the_worst_of_several_verdicts_counts():
    assert worst(["holds", "undecided", "does not hold"]) == "does not hold"
    assert worst(["holds", "undecided"]) == "undecided" and worst(["holds"]) == "holds"
