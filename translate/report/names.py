"""What things are called in the report, the lesson's words beside the field's terms; typed values become words here."""

from collections.abc import Sequence
from math import isfinite

from translate.braces import Braces
from translate.lab.experiments.intervening.attention import Way as LookWay
from translate.lab.experiments.intervening.parts import ClampedUnits, Exchange, Gates
from translate.lab.experiments.intervening.paths import Way
from translate.lab.sentences.minimal_pairs import Moment
from translate.lab.statistics.estimate import Estimate
from translate.lab.tracing.site import Site
from translate.lab.verdicts.claim import Claim
from translate.lab.verdicts.phrases import EXAMPLES as EXAMPLES
from translate.lab.verdicts.phrases import capital as capital
from translate.lab.verdicts.phrases import site_of as site_of
from translate.lab.verdicts.phrases import state_name as state_name
from translate.numerals import minus, percent
from translate.terms import SIDES

SEVEN = {
    "stored": "the memory tells the gender",
    "held": "it still does, far from the noun",
    "written": "it is written at the noun",
    "erased": "the switch removes the old value",
    "used": "the agreement follows it",
    "contained": "the other clause stays as it was",
    "forgotten": "the old gender no longer counts",
}
"""The seven claims, in the order of the questions, each in a few words."""

MARKS = {"holds": "●", "does not hold": "✕", "undecided": "◐"}
CLAUSES = ("First clause", "Second clause")
MOMENTS: dict[Moment, str] = {"start": "at the start", "after noun": "one word after the noun"}
"""When a state is exchanged."""

WAYS: dict[Way, str] = {
    "encoder": "the encoder's state",
    "against words": "the encoder's state, against the words up to the noun",
    "words": "the words up to the noun, against the encoder's state",
    "noun": "the noun alone, as it is read",
    "before": "the decoder's state before it reads the noun, against the noun",
    "after": "the decoder's state after it has read the noun",
    "held": "the decoder's state after the noun, against the word that it writes",
    "agreeing": "the first agreeing word alone, as it is read",
}
"""What alone says the other gender."""

LOOKS: dict[LookWay, str] = {
    "cell": "the memory",
    "cell, h follows": "the memory, and h from it",
    "state": "the whole state",
    "bank": "what attention reads",
    "bank at noun": "… at the noun alone",
    "bank elsewhere": "… everywhere but at the noun",
    "cell and bank": "memory and what attention reads",
    "state and bank": "whole state and what attention reads",
    "same cell": "the memory, same genders",
    "same bank": "it reads the same genders",
    "same state": "the whole state, same genders",
    "no context": "it gives nothing",
    "mean context": "it always gives its mean",
}
"""What says something else than the sentence where the decoder may look back."""

HELD: dict[Gates, str] = {
    "none": "nothing held",
    "forget open": "(a) f = 1",
    "nothing written": "(b) i = 0",
    "both": "(c) f = 1, i = 0",
    "matched forget": "(d) f without switch",
}
"""Which gates a clamp holds."""


def genders(kind: str) -> str:
    """ "m>f", of a first and a second noun, as it is written: "m → f"."""
    return kind.replace(">", " → ")


def failed_first(claims: Sequence[Claim]) -> list[Claim]:
    """The claims, those that did not hold before those that are undecided before those that hold."""
    order = ("does not hold", "undecided", "holds")
    return sorted(claims, key=lambda claim: order.index(claim.verdict))


def interval(estimate: Estimate) -> str:
    """ "99.2 % (98.7–99.6), n = 1,204 words"."""
    if estimate.n == 0:
        return "not measured"
    return f"{estimate.text()}, n = {estimate.n:,} {estimate.unit}"


def interval_or_value(estimate: Estimate) -> str:
    """ "99.2 % (98.7–99.6)", the value alone where it has no interval, a dash where nothing was measured."""
    if not estimate.n:
        return "–"
    return estimate.text() if isfinite(estimate.low) else estimate.text().split(" (")[0]


def percent_of(estimate: Estimate) -> str:
    """The value alone as a percentage: "99.2 %"."""
    return percent(estimate.value)


def site_name(site: str) -> str:
    """ "dec.l0.c" in words: "decoder, cell state c"."""
    return f"{SIDES[Site(site).side]}, {state_name(site)}"


def states_of(sites: Sequence[str]) -> str:
    """The states of some sites: "c and h"."""
    return " and ".join(Site(site).name for site in sites)


def part_name(part: Exchange) -> str:
    """A part of the state in words: "whole state (c, h), the ceiling", "c alone", "best 3 units of c"."""
    if part.kind == "natural component" or part.count is None:
        return f"whole state {part.words}, the ceiling" if part.kind == "whole state" else part.words
    return f"{counted(part.kind.removesuffix(' units'), part.count)} of {part.states[0]}"


def units_name(units: ClampedUnits) -> str:
    """What a clamp is set on: "all units", "best 3 units"."""
    return units.words if units.count is None else counted("best", units.count)


def counted(kind: str, count: int, what: str = "unit") -> str:
    """ "best 1 unit", "random 3 units"."""
    return f"{kind} {count} {what}{'' if count == 1 else 's'}".strip()


def place_name(offset: int, event: str = "noun") -> str:
    """An offset from an event as it stands at an axis and in a table: "−2", "noun", "+1"."""
    return event if offset == 0 else minus(f"{offset:+d}")


BRACES = Braces({"interval": interval, "percent": percent_of, "site": site_name, "of": site_of})
"""How the texts of figures may write what was measured, beside Python's own formats."""
filled = BRACES.filled


def listed(text: str, values: Sequence[object]) -> str:
    """`text` filled with each of `values`, which it calls 0, with semicolons between."""
    return "; ".join(filled(text, value) for value in values)
