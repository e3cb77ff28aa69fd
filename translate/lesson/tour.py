"""The tour: each step with its question, the answer that was measured, and where the network is not as the lesson says."""

from collections.abc import Mapping
from dataclasses import dataclass

from translate.errors import TranslateError
from translate.lesson.numbers import Measured
from translate.lesson.steps import Claim, Option, TourStep, filled, names, sentences, steps
from translate.records import plain

FORMAT = "translate-lesson 1"
MISSING = "Not measured: {what}."
UNDECIDED = "Undecided: the 95 % interval of what decides it, {text}, reaches to both sides of the bar."


@dataclass(frozen=True)
class Finding:
    """A sentence of the lesson, whether it holds for this network, and what the numbers say.

    holds: None where it was not measured, or where the interval reaches to both sides of the bar (`lab/bars.py`).
    """

    says: str
    holds: bool | None
    text: str


@dataclass(frozen=True)
class Answered:
    """A step, measured.

    right: the right option (None: not measured). sure: whether the whole interval makes it the right one. explanation,
    findings: with numbers.
    """

    step: TourStep
    question: str
    right: Option | None
    sure: bool
    explanation: str
    findings: list[Finding]
    numbers: Mapping


def question(step: TourStep, measured: Measured) -> str:
    """A step's question, with its numbers."""
    return filled(step.question, measured.of(step.id)) or step.question


def answered(step: TourStep, measured: Measured) -> Answered:
    """Measure a step and fill its numbers in."""
    numbers = measured.of(step.id)
    right = step.answer(numbers)
    sure = right is not None and bool(right.right.decided(numbers[step.measure]))
    return Answered(
        step, question(step, measured), right, sure, _said(step.explanation, numbers, measured),
        [_finding(claim, numbers, measured) for claim in step.claims], numbers,
    )  # fmt: skip


def payload(translator, rivals: Mapping[str, object] | None = None) -> dict:
    """The tour for the page, ready for JSON: steps as in `steps.toml`, and all numbers as `written`.

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
        "numbers": written(numbers),
    }


def answers(measured: Measured, only: int | None = None) -> dict:
    """The tour as it is told, ready for JSON: each step (or the one numbered `only`, from 1) answered, with its texts."""
    found = [answered(step, measured) for number, step in enumerate(steps(), 1) if only in (None, number)]
    return {
        "model": measured.translator.checkpoint.hash,
        "steps": [
            {
                "id": one.step.id, "title": one.step.title, "statement": one.step.statement, "question": one.question,
                "options": [{"id": option.id, "text": option.text} for option in one.step.options],
                "right": one.right and one.right.id, "sure": one.sure, "explanation": one.explanation,
                "findings": [plain(finding) for finding in one.findings], "numbers": written(one.numbers),
            }
            for one in found
        ],
    }  # fmt: skip


def written(numbers: Mapping) -> dict[str, dict]:
    """Numbers ready for JSON, by name: `value` and `text`, and of an estimate the interval `low`, `high` and `n`."""
    return {
        name: {key: plain(value) for key, value in number._asdict().items() if value is not None}
        for name, number in numbers.items()
    }


def readout_or_none(translator):
    """The model's readout, and why there is none: (readout, "") or (None, reason)."""
    from translate.lab.probes.readout import readout_of

    try:
        return readout_of(translator), ""
    except TranslateError as error:
        return None, str(error)


def _finding(claim: Claim, numbers: Mapping, measured: Measured) -> Finding:
    if claim.measure not in numbers:
        return Finding(claim.says, None, MISSING.format(what=_missing(measured, {claim.measure})))
    number = numbers[claim.measure]
    holds = claim.right.decided(number)
    if holds is None:
        return Finding(claim.says, None, UNDECIDED.format(text=number.text))
    return Finding(claim.says, holds, _said(claim.holds if holds else claim.fails, numbers, measured))


def _said(text: str, numbers: Mapping, measured: Measured) -> str:
    return filled(text, numbers) or MISSING.format(what=_missing(measured, names(text)))


def _missing(measured: Measured, wanted: set[str]) -> str:
    """What was needed for the `wanted` numbers and is not there."""
    for kind, called in (("rnn", "plain RNN"), ("gru", "GRU")):
        if kind not in measured.rivals and any(kind in name.split("_") for name in wanted):
            return f"no {called} is there to compare with"
    if measured.readout is None:
        return "the model has no readout of the gender (`translate probe` makes one)"
    return "the model's memory holds too little gender to account for"
