"""Numbers as people read them, for the terminal, the report and the lesson: one way to write each kind of number.

All have a real minus sign, no sign where it is nothing, and a dash where nothing was measured (NaN or None).
"""

from math import isnan
from typing import Literal

Near = Literal["rounded", "over", "marked", "finer"]


def percent(
    share: float | None, places: int = 1, *, near: Near = "rounded", zeros: bool = False, unit: str = " %"
) -> str:
    """A share as a percentage: 0.992 is "99.2 %", and 0.99 is "99 %" (with `zeros`: "99.0 %").

    near: what becomes of a share that is not all, or not nothing, and that rounding would write so. "rounded": "100 %"
    all the same; "over": "over 99.9 %"; "marked": "99.9+ %" and "0.1− %"; "finer": as many more digits as show it.
    """
    if share is None or isnan(share):
        return "–"
    text = f"{100 * share:.{places}f}"
    if near != "rounded" and 0 < share < 1 and float(text) in (0, 100):
        text = _nearly(share, text, places, near)
    if not zeros and "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{minus(text)}{unit}"


def _nearly(share: float, text: str, places: int, near: Near) -> str:
    """A share that rounds to all or to nothing, and is neither."""
    if near == "finer":
        while float(text) in (0, 100):
            places += 1
            text = f"{100 * share:.{places}f}"
        return text
    step, full = 10.0**-places, float(text) == 100
    if near == "marked":
        return f"{100 - step:.{places}f}+" if full else f"{step:.{places}f}−"
    return f"over {100 - step:.{places}f}" if full else text


def percent_of_any_size(share: float | None, unit: str = " %") -> str:
    """A share that may be very small or above 1: two significant digits, whole from 100 % on ("0.0046 %", "119 %")."""
    if share is None or isnan(share):
        return "–"
    return minus(f"{100 * share:.2g}" if share < 0.995 else f"{100 * share:.0f}") + unit


def number(value: float | None, places: int = 2) -> str:
    """A number with fixed places: "0.99"."""
    return "–" if value is None or isnan(value) else minus(f"{value:.{places}f}")


def signed(value: float | None, places: int = 1) -> str:
    """The same with its sign, + where it is nothing: "+0.3"."""
    if value is None or isnan(value):
        return "–"
    text = number(value, places)
    return text if text.startswith("−") else f"+{text}"


def significant(value: float | None, figures: int = 2) -> str:
    """A number of any size with so many significant digits: "0.12", "6.7", "1.9e-06", "1"."""
    return "–" if value is None or isnan(value) else minus(f"{value:.{figures}g}")


def minus(text: str) -> str:
    """A number with a real minus sign, and without one where it is nothing."""
    digits = text.removeprefix("-")
    return digits if digits == text or not digits.strip("0.") else f"−{digits}"


def duration(seconds: float) -> str:
    """How long a wait is: "8 s", "2 min 8 s", "1 h 2 min"."""
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
