"""What became of a gender that was stored: questions that are answered apart, and a table of verdicts (`rules.toml`).

Is it still there (*information*)? Is it still of use (*use*)? By what was it lost (*valves*), or where does it stand
now (*place*)? Each answer rests on its own numbers and on their whole 95 % intervals; what they leave open stays open.
A verdict is what the answers together say; the order of the rules means nothing.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.resources import files

from translate.lab.statistics.estimate import Estimate
from translate.lab.verdicts.bars import HOLDS, at_least, at_most
from translate.lab.verdicts.phrases import Side
from translate.records import from_plain

ERASED, OVERWRITTEN, BOTH, LOST = "erased", "overwritten", "erased and overwritten", "lost"
UNUSED, USED, NEVER, UNDECIDED = "kept but unused", "still used", "never stored", "undecided"
FORGOTTEN = (ERASED, OVERWRITTEN, BOTH, LOST)
"""What may have become of a gender: those by which it is forgotten stand in the first line."""
OPEN, UNASKED = "open", "unasked"
"""The answers to a question whose numbers decide nothing, and to one that has none."""


@dataclass(frozen=True)
class Evidence:
    """What was measured about one gender on one side; None where it was not.

    used: words that agree with the noun and turn when the state is exchanged after it was read or written.
    anew, curved: accuracy of a linear and of a nonlinear probe fitted anew for the old gender after the second noun,
    where the genders are crossed and guessing gives a half. unchanged: that of the first clause's own probe.
    later: words still to come that turn when that gender's part of the memory is exchanged after the *second* noun;
    returning: those among them that come back to the first noun. amplified: how many more turn with that part eight
    times as large than with as much of random directions; enlarged: all that turn then.
    open_forget, blocked, both: second-clause words that take the old gender when, at the switch, the forget gate is
    held open (a), nothing is written (b), or both (c).
    """

    side: Side
    target: str
    used: Estimate | None = None
    anew: Estimate | None = None
    curved: Estimate | None = None
    unchanged: Estimate | None = None
    later: Estimate | None = None
    returning: Estimate | None = None
    amplified: Estimate | None = None
    enlarged: Estimate | None = None
    open_forget: Estimate | None = None
    blocked: Estimate | None = None
    both: Estimate | None = None

    @property
    def numbers(self) -> dict[str, Estimate]:
        """What was measured, by name."""
        named = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in named.items() if isinstance(value, Estimate) and value.n}


@dataclass(frozen=True)
class Verdict:
    """side and target: "decoder", "first gender". verdict: one of those above. rule: what led there, in words.

    numbers: what it rests on, by name. otherwise: which numbers would have led to another verdict. answers: to each
    question, among them "where it was" or "moved elsewhere"; empty in results of the first edition.
    """

    side: Side
    target: str
    verdict: str
    rule: str
    numbers: dict[str, Estimate]
    otherwise: str
    answers: dict[str, str] = field(default_factory=dict)

    @property
    def mechanism(self) -> str:
        """By what it was lost, or where what is left of it stands: "by forgetting", "moved elsewhere"."""
        if self.verdict in (UNUSED, USED):
            return self.answers.get("place", UNASKED)
        return {"writing": "by writing", "forgetting": "by forgetting", "both": "by both"}.get(
            self.answers.get("valves", UNASKED), OPEN
        )


@dataclass(frozen=True)
class Condition:
    """When an answer is given: bars by the names of the evidence that they are for; see `rules.toml`."""

    least: dict[str, float] = field(default_factory=dict)
    most: dict[str, float] = field(default_factory=dict)
    any_least: dict[str, float] = field(default_factory=dict)
    loose: bool = False

    @property
    def names(self) -> set[str]:
        """The numbers that it asks for."""
        return {*self.least, *self.most, *self.any_least}

    def holds(self, known: Mapping[str, Estimate]) -> bool:
        """Whether the numbers are past their bars."""
        if not set(self.least) <= set(known) or (self.most and not set(self.most) & set(known)):
            return False
        past = [at_least(known[name], bar) == HOLDS for name, bar in self.least.items()]
        past += [at_most(known[name], bar) == HOLDS for name, bar in self.most.items() if name in known]
        if self.any_least:
            past.append(any(at_least(known[n], bar) == HOLDS for n, bar in self.any_least.items() if n in known))
        return all(past)


@dataclass(frozen=True)
class Rule:
    """One line of the table. when: by question, the answers with which it applies."""

    verdict: str
    words: str
    otherwise: str
    when: dict[str, list[str]]

    def applies(self, answers: Mapping[str, str]) -> bool:
        """Whether these answers lead here."""
        return all(answers[question] in allowed for question, allowed in self.when.items())


@dataclass(frozen=True)
class Rules:
    """All answers, by question, and the table of verdicts."""

    answers: dict[str, dict[str, list[Condition]]]
    verdicts: list[Rule]


@cache
def rules() -> Rules:
    """Those of `rules.toml`."""
    text = files("translate.lab.verdicts").joinpath("rules.toml").read_text(encoding="utf-8")
    return from_plain(tomllib.loads(text), Rules)


def answers_of(known: Mapping[str, Estimate]) -> dict[str, str]:
    """The answer to each question that some numbers, by name, give."""
    return {question: _answer(possible, known) for question, possible in rules().answers.items()}


def _answer(possible: Mapping[str, Sequence[Condition]], known: Mapping[str, Estimate]) -> str:
    asked = {name for conditions in possible.values() for condition in conditions for name in condition.names}
    if not asked & set(known):
        return UNASKED
    for loose in (False, True):
        given = [
            answer
            for answer, conditions in possible.items()
            if any(each.loose is loose and each.holds(known) for each in conditions)
        ]
        if given:
            return given[0] if len(given) == 1 else OPEN
    return OPEN


def judge(evidence: Evidence) -> Verdict:
    """The verdict on one gender of one side: what the answers say together, or undecided."""
    known = evidence.numbers
    answers = answers_of(known)
    for rule in rules().verdicts:
        if rule.applies(answers):
            return Verdict(evidence.side, evidence.target, rule.verdict, rule.words, known, rule.otherwise, answers)
    left = ", ".join(question for question, answer in answers.items() if answer in (OPEN, UNASKED))
    why, otherwise = f"the numbers leave open: {left}", "More sentences, or an effect further from the bars."
    return Verdict(evidence.side, evidence.target, UNDECIDED, why, known, otherwise, answers)
