"""What things are called in the report: the lesson's words beside the field's terms."""

from translate.lab.experiments.intervening.parts import Exchange
from translate.lab.sentences.minimal_pairs import Moment
from translate.lab.statistics.estimate import Estimate
from translate.lab.verdicts.results import Claim

VALVES = {
    "f": "forget valve (forget gate f)",
    "i": "memory valve (input gate i)",
    "o": "output valve (output gate o)",
    "z": "update gate z",
    "r": "reset gate r",
}
EXAMPLES = {
    "copula-pronoun": "I am a boy who …",
    "copula-definite": "the boy who … is happy",
    "copula-possessive": "my brother is a boy …",
    "copula-again": "…, and he is happy",
    "likes-definite": "the boy likes to …",
    "likes-possessive": "my brother likes to …",
    "likes-relative": "the boy who … likes to …",
}
SITES = {"dec": "decoder", "enc": "encoder", "c": "cell state c", "h": "hidden state h"}

MOMENTS: dict[Moment, str] = {"start": "at the start", "after noun": "one word after the noun"}
"""When a state is exchanged."""

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


def failed_first(claims: tuple[Claim, ...]) -> list[Claim]:
    """The claims, those that did not hold before those that are undecided before those that hold."""
    order = ("does not hold", "undecided", "holds")
    return sorted(claims, key=lambda claim: order.index(claim.verdict))


def interval(estimate: Estimate) -> str:
    """ "99.2 % (98.7–99.6), n = 1,204 words"."""
    if estimate.n == 0:
        return "not measured"
    return f"{estimate.text()}, n = {estimate.n:,} {estimate.unit}"


def site_name(site: str) -> str:
    """ "dec.l0.c" in words: "decoder, cell state c"."""
    side, _, state = site.split(".")
    return f"{SITES[side]}, {SITES.get(state, state)}"


def part_name(part: Exchange) -> str:
    """A part of the state in words: "whole state (c, h)", "c alone", "best 3 units of c"."""
    if part.kind == "whole state":
        return f"whole state {part.words}"
    return part.words.replace(" of ", " unit of " if part.count == 1 else " units of ")


def site_of(site: str) -> str:
    """ "dec.l0.c" inside a sentence: "the decoder's cell state c"."""
    side, _, state = site.split(".")
    return f"the {SITES[side]}'s {SITES.get(state, state)}"


def percent_of(estimate: Estimate) -> str:
    """The value alone as a percentage: "99.2 %"."""
    return estimate.percent().split(" (")[0]


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]
