"""The numbers of the tour, measured: each has a name, a value, and the text that stands for it in a sentence.

They are measured step by step, when a step asks for them, on sentences drawn from the lesson's grammar. What cannot be
measured (no rival is there, the model has no readout) is absent, and the step says so.
"""

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from translate.errors import TranslateError, UsageError
from translate.lab.demonstrations.vanishing import percent
from translate.lab.demonstrations.walk import CLOSED, OPEN
from translate.lab.statistics.estimate import Estimate
from translate.lesson.steps import sentences


class Number(NamedTuple):
    """A measured value and how it is written; of an estimate the 95 % interval, low to high, and of how many it is (n)."""

    value: float | str
    text: str
    low: float | None = None
    high: float | None = None
    n: int | None = None


Numbers = dict[str, Number]


def share(found: float | Estimate) -> Number:
    """ "64.3 %", and no "100 %" that is not all of them; an estimate with its interval, "64.2 % (61.3–66.9)"."""
    return _written(found, _percent, " %")


def part(found: float | Estimate) -> Number:
    """ "0.0046 %": a share that may be very small, or above 100 %, with two significant digits."""
    return _written(found, lambda value: percent(value).removesuffix(" %"), " %")


def gate(found: float | Estimate) -> Number:
    """ "0.63", or "0.63 (0.55–0.70)" """
    return _written(found, lambda value: f"{value:.2f}".replace("-0.00", "0.00").replace("-", "−"))


def digits(found: float | Estimate) -> Number:
    """Two significant digits, for what spans many sizes: "1.9e-06"."""
    return _written(found, lambda value: f"{value:.2g}")


def _written(found: float | Estimate, form: Callable[[float], str], unit: str = "") -> Number:
    if not isinstance(found, Estimate):
        return Number(found, form(found) + unit)
    text, ends = f"{form(found.value)}{unit}", (form(found.low), form(found.high))
    if set(ends) != {form(found.value)}:  # an interval too narrow to be seen in these digits is not written
        text += " ({}–{})".format(*ends)
    return Number(found.value, text, found.low, found.high, found.n)


def _percent(value: float) -> str:
    text = f"{100 * value:.1f}".removesuffix(".0")
    if value < 1 and text == "100":
        text = "over 99.9"
    return text.replace("-0", "0") if text == "-0" else text.replace("-", "−")


def count(value: int) -> Number:
    """ "1,704" """
    return Number(value, f"{value:,}")


def word(value: str) -> Number:
    """Text."""
    return Number(value, value)


class Measured:
    """The numbers of each step, measured once.

    Args:
        translator: the model, an LSTM.
        rivals: other models by kind ("gru", "rnn"), which the gradients are compared with.
        readout: what reads gender from its memory, None if there is none.

    Raises `UsageError` for another cell than an LSTM, `TranslateError` for a model that does not know the lesson's words.
    """

    def __init__(self, translator, rivals: dict[str, object] | None = None, readout=None):
        if translator.checkpoint.config.cell != "lstm":
            raise UsageError(
                f"The tour is about an LSTM, and this model's cell is another ({translator.checkpoint.config.cell}); "
                "`translate cell` and `translate gradient` show that one, too."
            )
        for sentence in sentences().values():
            unknown = translator.source.unknown(sentence)
            if unknown:
                raise TranslateError(
                    f"The tour is about the lesson's sentences, and the model does not know '{unknown[0]}'; take the "
                    "lesson's model, or one trained on a corpus of its grammar."
                )
        self.translator, self.rivals, self.readout = translator, rivals or {}, readout
        self._found: dict[str, Numbers] = {}

    def of(self, step: str) -> Numbers:
        """The numbers of a step, by its id, and the thresholds."""
        if step not in self._found:
            self._found[step] = self._measures[step]() | {"open": gate(OPEN), "closed": gate(CLOSED)}
        return self._found[step]

    @cached_property
    def material(self):
        """The sentences, and their runs."""
        from translate.lesson.material import TourMaterial

        return TourMaterial(self.translator, self.readout)

    @cached_property
    def _measures(self) -> dict[str, Callable[[], Numbers]]:
        from translate.lesson import measures, mechanics, switching

        return {
            "wrec": mechanics.weight,
            "rnn": mechanics.elman_network,
            "pipeline": lambda: mechanics.pipeline(self.material, self.rivals),
            "valves": lambda: mechanics.valves(self.material),
            "cases": lambda: mechanics.cases(self.material),
            "boygirl": lambda: measures.boy_girl(self.material),
            "switch": lambda: switching.switch(self.material),
            "output": lambda: switching.output(self.material),
            "break": lambda: measures.breaking(self.material),
        }
