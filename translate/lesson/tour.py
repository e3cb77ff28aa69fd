"""The tour: each step with its question, the answer that was measured, and where the network is not as the lesson says."""

from collections.abc import Mapping
from dataclasses import dataclass

from translate.errors import TranslateError
from translate.lab.plain import plain
from translate.lesson.numbers import Measured
from translate.lesson.steps import Claim, Option, TourStep, filled, sentences, steps

FORMAT = "translate-lesson 1"
MISSING = "Not measured: {what}."


@dataclass(frozen=True)
class Finding:
    """A sentence of the lesson, whether it holds for this network (None: not measured), and what the numbers say."""

    says: str
    holds: bool | None
    text: str


@dataclass(frozen=True)
class Answered:
    """A step, measured. right: the right option (None: not measured). explanation, findings: with numbers."""

    step: TourStep
    question: str
    right: Option | None
    explanation: str
    findings: list[Finding]
    numbers: Mapping


def question(step: TourStep, measured: Measured) -> str:
    """A step's question, with its numbers."""
    return filled(step.question, measured.of(step.id)) or step.question


def answered(step: TourStep, measured: Measured) -> Answered:
    """Measure a step and fill its numbers in."""
    numbers = measured.of(step.id)
    return Answered(
        step, question(step, measured), step.answer(numbers), _said(step.explanation, numbers, measured),
        [_finding(claim, numbers, measured) for claim in step.claims], numbers,
    )  # fmt: skip


def payload(translator, rivals: Mapping[str, object] | None = None) -> dict:
    """The tour for the page, ready for JSON: steps as in `steps.toml`, and all numbers with value and text.

    rivals: other models, under any names; one of each kind of cell is compared with. Takes some seconds. Raises as
    `Measured` does.
    """
    by_kind = {rival.checkpoint.config.cell: rival for rival in (rivals or {}).values()}
    return record(Measured(translator, by_kind, readout_or_none(translator)[0]))


def record(measured: Measured) -> dict:
    """The same of a tour that has been measured, or will be now."""
    numbers = {}
    for step in steps():
        numbers |= measured.of(step.id)
    return {
        "format": FORMAT,
        "model": measured.translator.checkpoint.hash,
        "rivals": {kind: rival.checkpoint.hash for kind, rival in measured.rivals.items()},
        "sentences": sentences(),
        "steps": [step.raw for step in steps()],
        "numbers": {name: {"value": plain(number.value), "text": number.text} for name, number in numbers.items()},
    }


def readout_or_none(translator):
    """The model's readout, and why there is none: (readout, "") or (None, reason)."""
    from translate.lab.readout import readout_of

    try:
        return readout_of(translator), ""
    except TranslateError as error:
        return None, str(error)


def _finding(claim: Claim, numbers: Mapping, measured: Measured) -> Finding:
    if claim.measure not in numbers:
        return Finding(claim.says, None, MISSING.format(what=_missing(measured)))
    holds = claim.right.has(numbers[claim.measure].value)
    return Finding(claim.says, holds, _said(claim.holds if holds else claim.fails, numbers, measured))


def _said(text: str, numbers: Mapping, measured: Measured) -> str:
    return filled(text, numbers) or MISSING.format(what=_missing(measured))


def _missing(measured: Measured) -> str:
    """What was needed and is not there."""
    if measured.readout is None:
        return "the model has no readout of the gender (`translate probe` makes one)"
    if "rnn" not in measured.rivals:
        return "no plain RNN is there to compare with"
    return "the model's memory holds too little gender to account for"
