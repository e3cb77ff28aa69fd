"""The tour: each step with its question, the measured answer, and where the network is not as the lesson says."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

from translate.errors import TranslateError
from translate.lab.probes.readout import Readout, how_to_probe, readout_of
from translate.lesson.measured import Measured
from translate.lesson.numbers import Number
from translate.lesson.steps import Claim, Option, TourStep, file, filled, names, sentences, steps
from translate.model.translator import Translator
from translate.records import plain

FORMAT = "translate-lesson 1"
MISSING = "Not measured: {what}."
UNDECIDED = "Undecided: the 95 % interval of what decides it, {text}, reaches to both sides of the bar."


@dataclass(frozen=True)
class Finding:
    """A sentence of the lesson, whether it holds for this network, and what the numbers say.

    holds: None where it was not measured, or where the interval reaches to both sides of the bar.
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
    numbers: Mapping[str, Number]


def question(step: TourStep, measured: Measured) -> str:
    """A step's question, with its numbers."""
    return filled(step.question, measured.of(step.id)) or step.question


def answered(step: TourStep, measured: Measured) -> Answered:
    """Measure a step and fill its numbers in."""
    numbers = measured.of(step.id)
    right = step.answer(numbers)
    return Answered(
        step=step,
        question=question(step, measured),
        right=right,
        sure=right is not None and bool(right.decided(numbers[step.measure])),
        explanation=_filled_in(step.explanation, numbers, measured),
        findings=[finding(claim, numbers, measured) for claim in step.claims],
        numbers=numbers,
    )


def payload(
    translator: Translator,
    rivals: Mapping[str, Translator] | None = None,
    tell: Callable[[int], None] = lambda done: None,
) -> dict:
    """The tour for the page, ready for JSON: steps as in `steps.toml`, and all numbers as `written`.

    rivals: other models, under any names; one of each kind of cell is compared with. Takes some seconds; `tell` is
    called with the number of each step that has been measured. Raises as `Measured` does.
    """
    by_kind = {rival.checkpoint.config.cell: rival for rival in (rivals or {}).values()}
    return measured_tour(Measured(translator, by_kind, readout_or_none(translator)[0]), tell)


def measured_tour(measured: Measured, tell: Callable[[int], None] = lambda done: None) -> dict:
    """The same of a tour that has been measured, or will be now."""
    numbers: dict[str, Number] = {}
    for number, step in enumerate(steps(), 1):
        numbers |= measured.of(step.id)
        tell(number)
    return {
        "format": FORMAT,
        "model": measured.translator.checkpoint.hash,
        "rivals": {kind: rival.checkpoint.hash for kind, rival in measured.rivals.items()},
        "sentences": sentences(),
        "verdict": file()["verdict"],
        "steps": file()["step"],
        "numbers": numbers_as_json(numbers),
    }


def answers(measured: Measured, only: int | None = None) -> dict:
    """The tour as it is told, ready for JSON: each step answered, with its texts; only: one of them, from 1."""
    chosen = [step for number, step in enumerate(steps(), 1) if only in (None, number)]
    return {
        "model": measured.translator.checkpoint.hash,
        "steps": [_as_json(answered(step, measured)) for step in chosen],
    }


def _as_json(answer: Answered) -> dict:
    step = answer.step
    return {
        "id": step.id,
        "title": step.title,
        "statement": step.statement,
        "question": answer.question,
        "options": [{"id": option.id, "text": option.text} for option in step.options],
        "right": answer.right and answer.right.id,
        "sure": answer.sure,
        "explanation": answer.explanation,
        "findings": [asdict(each) for each in answer.findings],
        "numbers": numbers_as_json(answer.numbers),
    }


def numbers_as_json(numbers: Mapping[str, Number]) -> dict[str, dict]:
    """Numbers ready for JSON, by name: `value` and `text`, and of an estimate the interval `low`, `high` and `n`."""
    return {
        name: {key: plain(value) for key, value in number._asdict().items() if value is not None}
        for name, number in numbers.items()
    }


def readout_or_none(translator: Translator) -> tuple[Readout | None, str]:
    """The model's readout, and why there is none: (readout, "") or (None, reason)."""
    try:
        return readout_of(translator), ""
    except TranslateError as error:
        return None, str(error)


def finding(claim: Claim, numbers: Mapping[str, Number], measured: Measured) -> Finding:
    """What the numbers say of a sentence of the lesson."""
    if claim.measure not in numbers:
        return Finding(claim.says, None, MISSING.format(what=_missing(measured, {claim.measure})))
    number = numbers[claim.measure]
    holds = claim.decided(number)
    if holds is None:
        return Finding(claim.says, None, UNDECIDED.format(text=number.text))
    return Finding(claim.says, holds, _filled_in(claim.holds if holds else claim.fails, numbers, measured))


def _filled_in(text: str, numbers: Mapping[str, Number], measured: Measured) -> str:
    return filled(text, numbers) or MISSING.format(what=_missing(measured, names(text)))


def _missing(measured: Measured, wanted: set[str]) -> str:
    """What was needed for the `wanted` numbers and is not there."""
    for kind, name in (("rnn", "plain RNN"), ("gru", "GRU")):
        if kind not in measured.rivals and any(kind in number.split("_") for number in wanted):
            return f"no {name} is there to compare with"
    if measured.readout is None:
        return f"the model has no readout of the gender ({how_to_probe(measured.translator)})"
    return "the model's memory holds too little gender to account for"
