"""What became of a gender that was stored: a small set of rules, read from the first to the last.

Where a rule applies, its verdict stands, and the numbers it looked at stand beside it, with what would have led
elsewhere. A rule applies only if the whole 95 % interval is past its bar: what the numbers leave open stays open.
"""

from collections.abc import Callable
from dataclasses import dataclass

from translate.lab.statistics.estimate import Estimate
from translate.lab.verdicts.bars import HOLDS, at_least, at_most
from translate.lab.verdicts.words import Side

ERASED, OVERWRITTEN, UNUSED = "erased", "overwritten", "kept but unused"
USED, NEVER, OPEN = "still used", "never stored", "undecided"
FORGOTTEN = (ERASED, OVERWRITTEN)
"""What may have become of a gender: those of the six by which it is forgotten stand in the last line."""


@dataclass(frozen=True)
class Evidence:
    """What was measured about one gender on one side; None where it was not.

    used: words that agree with the noun and turn when the state is exchanged after it was read or written.
    later: words still to come that turn when that gender is exchanged after the *second* noun.
    open_forget, blocked, both: second-clause words that take the old gender when, at the switch, the forget gate is
    held open (a), nothing is written (b), or both (c). anew: accuracy of a probe fitted anew for the old gender at the
    words after the second noun, where the genders are crossed and guessing gives a half.
    """

    side: Side
    target: str
    used: Estimate | None = None
    later: Estimate | None = None
    open_forget: Estimate | None = None
    blocked: Estimate | None = None
    both: Estimate | None = None
    anew: Estimate | None = None


@dataclass(frozen=True)
class Verdict:
    """side and target: "decoder", "first gender". verdict: one of the six. rule: the one that led there, in words.

    numbers: what it rests on, by name. otherwise: which numbers would have led to another verdict.
    """

    side: Side
    target: str
    verdict: str
    rule: str
    numbers: dict[str, Estimate]
    otherwise: str


_BACK = 0.75
"""The share of the old gender from which on it counts as back: without any gender, half would be right by habit."""


@dataclass(frozen=True)
class Rule:
    """looks_at: names of the evidence that `holds` is given. otherwise: what would have led elsewhere."""

    verdict: str
    looks_at: tuple[str, ...]
    holds: Callable[..., bool]
    words: str
    otherwise: str


def _above(estimate: Estimate, bar: float) -> bool:
    return at_least(estimate, bar) == HOLDS


def _below(estimate: Estimate, bar: float) -> bool:
    return at_most(estimate, bar) == HOLDS


RULES = (
    Rule(
        NEVER,
        ("used",),
        lambda used: _below(used, 0.10),
        "exchanging the state after the noun turns fewer than 10 % of the words that agree with it",
        "More turned words would show that the gender is in the state.",
    ),
    Rule(
        USED,
        ("later",),
        lambda later: _above(later, 0.05),
        "after the second noun, exchanging this gender still turns at least 5 % of the words to come",
        "Fewer than 5 % would show that nothing to come depends on it.",
    ),
    Rule(
        OVERWRITTEN,
        ("blocked",),
        lambda blocked: _above(blocked, _BACK),
        "with nothing written at the switch, the old gender comes back in at least three quarters of the words",
        "If it stayed away, something else than the new value would have removed it.",
    ),
    Rule(
        ERASED,
        ("open_forget",),
        lambda open_forget: _above(open_forget, _BACK),
        "with the forget gate held open at the switch, the old gender comes back in at least three quarters of the "
        "words",
        "If it stayed away, the forget gate alone would not explain its loss.",
    ),
    Rule(
        ERASED,
        ("both", "blocked"),
        lambda both, blocked: _above(both, _BACK) and _below(blocked, _BACK),
        "with nothing written it stays away, and it comes back once the forget gate is held open as well: it was gone "
        "before the new value came",
        "If it came back with the writing blocked alone, it would have been overwritten.",
    ),
    Rule(
        UNUSED,
        ("anew", "later"),
        lambda anew, later: _above(anew, 0.6) and _below(later, 0.05),
        "a probe fitted anew still reads it in at least 60 % of the words, and nothing to come depends on it",
        "A probe that hardly did better than guessing (50 %) would find no trace of it.",
    ),
)
"""In the order of reading."""


def judge(evidence: Evidence) -> Verdict:
    """The verdict on one gender of one side: the first rule that applies, or undecided."""
    seen: dict[str, Estimate] = {}
    for rule in RULES:
        known = {name: estimate for name in rule.looks_at if (estimate := getattr(evidence, name)) and estimate.n}
        if len(known) < len(rule.looks_at):
            continue
        seen |= known
        if rule.holds(**known):
            return Verdict(evidence.side, evidence.target, rule.verdict, rule.words, seen, rule.otherwise)
    why, otherwise = "no rule applies with its whole interval", "More sentences, or an effect further from the bars."
    return Verdict(evidence.side, evidence.target, OPEN, why, seen, otherwise)
