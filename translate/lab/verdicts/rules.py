"""What became of a gender that was stored: a small set of rules (`rules.toml`), read from the first to the last.

Where a rule applies, its verdict stands, and the numbers it looked at stand beside it, with what would have led
elsewhere. A rule applies only if the whole 95 % interval is past its bar: what the numbers leave open stays open.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from translate.braces import read_texts
from translate.lab.statistics.estimate import Estimate
from translate.lab.verdicts.bars import HOLDS, at_least, at_most
from translate.lab.verdicts.phrases import Side

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


@dataclass(frozen=True)
class Rule:
    """One of `rules.toml`. least, most: bars by the names of the evidence that they are for."""

    verdict: str
    words: str
    otherwise: str
    least: dict[str, float] = field(default_factory=dict)
    most: dict[str, float] = field(default_factory=dict)

    def applies(self, known: Mapping[str, Estimate]) -> bool:
        """Whether each number is past its bar."""
        past = [at_least(known[name], bar) for name, bar in self.least.items()]
        past += [at_most(known[name], bar) for name, bar in self.most.items()]
        return set(past) == {HOLDS}


@cache
def rules() -> dict[str, Rule]:
    """In the order of reading."""
    return read_texts("translate.lab.verdicts", "rules.toml", Rule)


def judge(evidence: Evidence) -> Verdict:
    """The verdict on one gender of one side: the first rule that applies, or undecided."""
    seen: dict[str, Estimate] = {}
    for rule in rules().values():
        wanted = [*rule.least, *rule.most]
        known = {name: estimate for name in wanted if (estimate := getattr(evidence, name)) and estimate.n}
        if len(known) < len(wanted):
            continue
        seen |= known
        if rule.applies(known):
            return Verdict(evidence.side, evidence.target, rule.verdict, rule.words, seen, rule.otherwise)
    why, otherwise = "no rule applies with its whole interval", "More sentences, or an effect further from the bars."
    return Verdict(evidence.side, evidence.target, OPEN, why, seen, otherwise)
