"""The claims as one table: measured, the bar, and what a network without a memory would reach."""

from dataclasses import dataclass

from translate.lab.verdicts.claim import Claim, Standard, standards
from translate.lab.verdicts.phrases import Side
from translate.lab.verdicts.results import Results
from translate.numerals import percent
from translate.report.names import SEVEN, genders, interval_or_value

SIDES: tuple[Side, ...] = ("decoder", "encoder")
BY_CONTROL = ("stored", "held", "used", "units", "gates", "reopened", "cell-alone", "looked-at")
"""Claims whose controls are the number of a network without a memory, or of a change that touches none."""
WITHOUT = {
    "written": "every word alike",
    "erased": "0 %",
    "contained": "0 %: nothing turns",
    "forgotten": "never stored",
    "agreement": "50 %: one gender always",
    "turns": "50 %: guessing",
    "first-noun": "50 %: guessing",
    "cut-off": "50 %: guessing",
    "another-way": "50 %: guessing",
    "without-first": "100 %: nothing to erase",
    "without-second": "100 %: nothing to erase",
}
"""What the others would be by their nature."""
FINDINGS = {
    "agreement": "it translates",
    "turns": "the reading changes over",
    "first-noun": "the old place is used again",
    "units": "one unit tells the gender",
    "gates": "the forget valve closes",
    "without-first": "erased in clause 1, its words lose it",
    "without-second": "erased in clause 2, its words lose it",
    "reopened": "held open, the old gender is back",
    "another-way": "shut out, the new one comes in",
    "cell-alone": "the words follow the cell",
    "looked-at": "the words follow attention",
    "cut-off": "the cell is enough",
}
"""The findings beside the seven claims, each in a few words."""
NUMBERS = {
    "used": "turned by exchanging the state after its noun",
    "anew": "read by a probe fitted anew",
    "curved": "read by a nonlinear probe fitted anew",
    "unchanged": "read by the first clause's own probe",
    "later": "turned by exchanging its part after the second noun",
    "returning": "turned by that, of the words that come back to it",
    "amplified": "turned by its part × 8, beyond random directions",
    "enlarged": "turned by its part × 8",
    "open_forget": "old gender with f = 1",
    "blocked": "old gender with i = 0",
    "both": "old gender with f = 1 and i = 0",
}
"""What a verdict on a forgotten gender rests on."""


@dataclass(frozen=True)
class Line:
    """A line of the table. claim: None where it was not measured."""

    name: str
    words: str
    claim: Claim | None
    bar: str = ""
    without: str = ""


def lines(results: Results) -> list[Line]:
    """The seven claims for each side, measured or not, and then the findings that there are."""
    by_name = {claim.name: claim for claim in results.claims}
    asked = [(name, words, side) for name, words in SEVEN.items() for side in SIDES]
    seven = [(f"{name}, {side}", words, by_name.get(f"{name}-{side}")) for name, words, side in asked]
    others = [(claim.id, FINDINGS[claim.id], claim) for claim in results.claims if claim.id not in SEVEN]
    return [_line(name, words, claim) for name, words, claim in (*seven, *others)]


def _line(name: str, words: str, claim: Claim | None) -> Line:
    if claim is None:
        return Line(name, words, None)
    return Line(name, words, claim, bar_of(claim), without_memory(claim))


def bar_of(claim: Claim) -> str:
    """The bar in short: "≥ 95 %"; the whole of it stands with the claim."""
    standard = standards().get(claim.id, Standard("", "", ("", "", ""), ""))
    sign, bar = ("≥", standard.least) if standard.least is not None else ("≤", standard.most)
    if bar is None:
        return "a table of answers"
    return f"{sign} {percent(bar) if claim.estimate.is_share else f'{bar:g}'}"


def without_memory(claim: Claim) -> str:
    """The greatest of the claim's controls, where these say so, or what it would be by its nature."""
    controls = {name: each for name, each in claim.controls.items() if each.n and not name.startswith("all but")}
    if claim.id not in BY_CONTROL:
        return WITHOUT[claim.id]
    if not controls:
        return "not measured"
    nearest = max(controls, key=lambda name: controls[name].value)
    return f"{interval_or_value(controls[nearest])}: {control_name(nearest)}"


def control_name(name: str) -> str:
    """A control as it is written: the numbers of a verdict, and kinds of sentences, have short keys in the results."""
    return NUMBERS.get(name, genders(name))
