"""The steps of the tour, read from `steps.toml`, and which answer a measured number makes right."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_BRACES = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Range:
    """Where a measured value makes something right: `at_least` ≤ value < `below`, or value = `is_`."""

    at_least: float = float("-inf")
    below: float = float("inf")
    is_: str | None = None

    @classmethod
    def of(cls, table: dict) -> "Range":
        """That of an option or a claim of `steps.toml`."""
        return cls(table.get("at_least", float("-inf")), table.get("below", float("inf")), table.get("is"))

    def has(self, value: float | str) -> bool:
        """Whether the value lies in it."""
        return value == self.is_ if self.is_ is not None else self.at_least <= value < self.below

    def decided(self, number) -> bool | None:
        """Whether a `Number` lies in it with its whole interval; None where only a part of the interval does."""
        ends = (number.value, number.low, number.high) if number.low is not None else (number.value,)
        found = {self.has(end) for end in ends}
        return found.pop() if len(found) == 1 else None


@dataclass(frozen=True)
class Option:
    """An answer to a step's question, and which values make it the right one."""

    id: str
    text: str
    right: Range


@dataclass(frozen=True)
class Claim:
    """A sentence of the lesson, the number that decides it, and what is said either way."""

    says: str
    measure: str
    right: Range
    holds: str
    fails: str


@dataclass(frozen=True)
class TourStep:
    """A step of the tour. raw: its table in the file, which the page is given as it is."""

    id: str
    title: str
    statement: str
    question: str
    measure: str
    explanation: str
    command: str
    options: tuple[Option, ...]
    claims: tuple[Claim, ...]
    raw: dict

    def answer(self, numbers: Mapping) -> Option | None:
        """The right option; None where it was not measured."""
        if self.measure not in numbers:
            return None
        value = numbers[self.measure].value
        return next(option for option in self.options if option.right.has(value))


@cache
def _file() -> dict:
    return tomllib.loads(files("translate.lesson").joinpath("steps.toml").read_text(encoding="utf-8"))


def sentences() -> dict[str, str]:
    """The sentences of the tour: boy, girl, switch."""
    return dict(_file()["sentences"])


@cache
def steps() -> tuple[TourStep, ...]:
    """The nine steps."""
    return tuple(
        TourStep(
            **{
                key: table[key] for key in ("id", "title", "statement", "question", "measure", "explanation", "command")
            },
            options=tuple(Option(each["id"], each["text"], Range.of(each)) for each in table["option"]),
            claims=tuple(
                Claim(each["says"], each["measure"], Range.of(each), each["holds"], each["fails"])
                for each in table["claim"]
            ),
            raw=table,
        )
        for table in _file()["step"]
    )


def names(text: str) -> set[str]:
    """The numbers that a text asks for."""
    return set(_BRACES.findall(text))


def filled(text: str, numbers: Mapping) -> str | None:
    """`text` with its {names} written out; None where one of them was not measured."""
    if not names(text) <= set(numbers):
        return None
    return _BRACES.sub(lambda match: numbers[match[1]].text, text)
