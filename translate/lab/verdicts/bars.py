"""Bars, and whether an estimate is past them; and how numbers and places are worded.

A claim holds if its whole interval is past the bar, does not hold if the whole interval is short of it, and is
undecided otherwise. The bars are set in the code, before any model is looked at.
"""

from translate.lab.sentences.events import WRITES
from translate.lab.statistics.estimate import Estimate

HOLDS, FAILS, UNDECIDED = "holds", "does not hold", "undecided"


def at_least(estimate: Estimate, bar: float) -> str:
    """The verdict on "at least `bar`"."""
    if estimate.n == 0:
        return UNDECIDED
    return HOLDS if estimate.low >= bar else FAILS if estimate.high < bar else UNDECIDED


def at_most(estimate: Estimate, bar: float) -> str:
    """The verdict on "at most `bar`"."""
    if estimate.n == 0:
        return UNDECIDED
    return HOLDS if estimate.high <= bar else FAILS if estimate.low > bar else UNDECIDED


def worst(verdicts) -> str:
    """The least certain of some verdicts."""
    found = set(verdicts)
    return FAILS if FAILS in found else UNDECIDED if UNDECIDED in found else HOLDS


def pc(estimate: Estimate) -> str:
    """ "99.2 %", with one digit where it counts; 100 % only if it is exactly that."""
    if estimate.n == 0:
        return "–"
    share = 100 * estimate.value
    text = f"{share:.1f}" if share not in (0, 100) else f"{share:.0f}"
    text = {"100.0": "99.9+", "0.0": "0.1−"}.get(text, text) if share not in (0, 100) else text
    return f"{text.removesuffix('.0')} %"


def memory_name(site: str, short: bool = False) -> str:
    """A site in words, to begin a sentence with or to stand inside one."""
    side = {"enc": "encoder", "dec": "decoder"}[site[:3]]
    return f"{'the' if short else 'The'} {side}'s {'cell state c' if site.endswith('.c') else 'hidden state h'}"


def place(offset: int) -> str:
    """An offset from the second noun in words: where the word stands that the decoder writes at that step."""
    words = offset - WRITES
    if words == 0:
        return "at the second noun"
    count = {1: "one word", 2: "two words", 3: "three words"}.get(abs(words), f"{abs(words)} words")
    return f"{count} {'before' if words < 0 else 'after'} the second noun"
