"""The steps of the tour, read from `steps.toml`, and which answer a measured number makes right."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import inf

import msgspec

from translate.lesson.numbers import Number

_BRACES = re.compile(r"\{(\w+)\}")


class Range(msgspec.Struct, frozen=True, kw_only=True):
    """Where a measured value makes something right: `at_least` ≤ value < `below`, or value = `is_`."""

    at_least: float = -inf
    below: float = inf
    is_: str | None = msgspec.field(name="is", default=None)

    def has(self, value: float | str) -> bool:
        """Whether the value lies in it."""
        if self.is_ is not None or isinstance(value, str):
            return value == self.is_
        return self.at_least <= value < self.below

    def decided(self, number: Number) -> bool | None:
        """Whether a `Number` lies in it with its whole interval; None where only a part of the interval does."""
        answers = {self.has(end) for end in (number.value, number.low, number.high) if end is not None}
        return answers.pop() if len(answers) == 1 else None


class Option(Range, frozen=True, kw_only=True):
    """An answer to a step's question, and which values make it the right one."""

    id: str
    text: str


class Claim(Range, frozen=True, kw_only=True):
    """A sentence of the lesson, the number that decides it and where, and what is said either way."""

    says: str
    measure: str
    holds: str
    fails: str


class TourStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step of the tour."""

    id: str
    title: str
    statement: str
    question: str
    measure: str
    explanation: str
    command: str
    options: tuple[Option, ...] = msgspec.field(name="option")
    claims: tuple[Claim, ...] = msgspec.field(name="claim")

    def answer(self, numbers: Mapping[str, Number]) -> Option | None:
        """The right option; None where it was not measured."""
        if self.measure not in numbers:
            return None
        value = numbers[self.measure].value
        return next(option for option in self.options if option.has(value))


@cache
def file() -> dict:
    """What stands in `steps.toml`; the page is given its steps as they are."""
    return tomllib.loads(files("translate.lesson").joinpath("steps.toml").read_text(encoding="utf-8"))


def verdict(predicted: Option, right: Option) -> str:
    """What is said of a prediction: You predicted closed. It is open: it keeps unless it is told not to."""
    said = file()["verdict"]["right" if predicted == right else "wrong"]
    return said.format(predicted=predicted.text.partition(":")[0], right=right.text)


def sentences() -> dict[str, str]:
    """The sentences of the tour: boy, girl, switch."""
    return dict(file()["sentences"])


@cache
def steps() -> tuple[TourStep, ...]:
    """The nine steps."""
    return msgspec.convert(file()["step"], tuple[TourStep, ...])


def names(text: str) -> set[str]:
    """The numbers that a text asks for."""
    return set(_BRACES.findall(text))


def filled(text: str, numbers: Mapping[str, Number]) -> str | None:
    """`text` with its {names} written out; None where one of them was not measured."""
    if not names(text) <= set(numbers):
        return None
    return _BRACES.sub(lambda match: numbers[match[1]].text, text)
