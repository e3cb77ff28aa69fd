import pytest

from translate.evaluation.proportion import Proportion


@pytest.mark.parametrize(
    ("successes", "count", "low", "high"),
    # Newcombe 1998, table I, method 3 (Wilson without continuity correction).
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_interval_equals_published_values(successes, count, low, high):
    assert Proportion(successes, count).interval == pytest.approx((low, high), abs=5e-5)


def test_of_no_cases_nothing_is_claimed():
    assert Proportion(0, 0).to_json() == {"value": None, "interval": None, "successes": 0, "count": 0}


def test_ends_are_exact_where_all_cases_agree():
    for n in range(1, 200):
        assert Proportion(n, n).interval[1] == 1.0
        assert Proportion(0, n).interval[0] == 0.0
