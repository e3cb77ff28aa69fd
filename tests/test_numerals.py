"""How numbers are written: held to what rounding says, and never more than was measured."""

from math import isclose, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.numerals import minus, number, percent, percent_of_any_size, signed, significant

SHARES = st.floats(0, 1)
PLACES = st.integers(0, 3)
EVERY_KIND = (percent, percent_of_any_size, number, signed, significant)


@pytest.mark.parametrize(
    ("share", "options", "text"),
    [
        (0.992, {}, "99.2 %"),
        (0.99, {}, "99 %"),
        (0.99, {"zeros": True}, "99.0 %"),
        (0.9925, {"places": 2}, "99.25 %"),
        (0.995, {"places": 2}, "99.5 %"),
        (0.1, {"places": 0, "unit": "%"}, "10%"),
        (1, {"near": "marked"}, "100 %"),
        (0, {"near": "marked"}, "0 %"),
        (0.99999, {}, "100 %"),
        (0.99999, {"near": "over"}, "over 99.9 %"),
        (0.99999, {"near": "marked"}, "99.9+ %"),
        (0.99999, {"near": "finer"}, "99.999 %"),
        (0.00001, {"near": "marked"}, "0.1− %"),
        (0.00001, {"near": "over"}, "0 %"),
        (0.00001, {"near": "finer"}, "0.001 %"),
        (0.9996, {"near": "finer", "zeros": True, "unit": ""}, "99.96"),
        (0.5, {"near": "finer", "zeros": True, "unit": ""}, "50.0"),
        (-0.004, {}, "−0.4 %"),
        (-0.00001, {}, "0 %"),
        (1.19, {"near": "over"}, "119 %"),
    ],
)
def test_a_share_is_written_as_asked(share, options, text):
    assert percent(share, **options) == text


@given(SHARES, PLACES, st.sampled_from(["over", "marked", "finer"]), st.booleans())
def test_only_what_is_all_is_written_as_100_percent(share, places, near, zeros):
    text = percent(share, places, near=near, zeros=zeros)
    assert (text.rstrip(" %").removesuffix(".0").removesuffix(".00").removesuffix(".000") == "100") == (share == 1)


@given(SHARES.filter(lambda share: share > 1e-12), PLACES, st.sampled_from(["marked", "finer"]))
def test_what_is_something_is_not_written_as_nothing(share, places, near):
    assert percent(share, places, near=near, unit="") != "0"


@given(st.floats(-10, 10), PLACES, st.booleans())
def test_a_rounded_share_reads_back_as_itself(share, places, zeros):
    text = percent(share, places, zeros=zeros, unit="").replace("−", "-")
    assert isclose(float(text), 100 * share, abs_tol=0.5000001 * 10.0**-places)
    assert zeros or not ("." in text and text.endswith(("0", ".")))


@given(st.floats(-1e6, 1e6))
def test_a_number_has_a_real_minus_sign_and_none_where_it_is_nothing(value):
    for write in EVERY_KIND:
        text = write(value)
        assert not text.startswith("-")
        if text.startswith("−"):
            assert value < 0 and text.strip("−0. %")


@pytest.mark.parametrize("write", EVERY_KIND)
def test_a_dash_stands_for_what_was_not_measured(write):
    assert write(nan) == write(None) == "–"


def test_a_small_share_keeps_two_digits_and_a_large_one_is_whole():
    written = [percent_of_any_size(share) for share in (0.000046, 0.5, 0.994, 0.995, 1.19, 0)]
    assert written == ["0.0046 %", "50 %", "99 %", "100 %", "119 %", "0 %"]
    assert percent_of_any_size(0.12, unit="") == "12"


def test_numbers_of_any_size_and_with_their_sign():
    assert [significant(value) for value in (0.1234, 6.72, 1.91e-6, 1, -0.5)] == ["0.12", "6.7", "1.9e-06", "1", "−0.5"]
    assert significant(99.96, 4) == "99.96"
    assert [signed(value, 2) for value in (0.3, -0.3, -0.001, 0)] == ["+0.30", "−0.30", "+0.00", "+0.00"]
    assert signed(3, 0) == "+3" and number(-1.005, 0) == "−1"


def test_the_minus_sign_of_an_exponent_stays_as_programs_write_it():
    assert minus("-1.9e-06") == "−1.9e-06" and minus("-0.00") == "0.00" and minus("0.00") == "0.00"
