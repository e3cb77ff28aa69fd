"""The numbers of the tour's steps, measured when a step asks for them, on sentences of the lesson's grammar.

What cannot be measured (no rival is there, the model has no readout) is absent, and the step says so.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from translate.errors import TranslateError, UsageError
from translate.lab.demonstrations.walk import CLOSED, OPEN
from translate.lab.probes.readout import Readout
from translate.lesson.numbers import Numbers, gate
from translate.lesson.steps import sentences
from translate.model.translator import Translator

if TYPE_CHECKING:
    from translate.lesson.material import TourMaterial


class Measured:
    """The numbers of each step, measured once.

    Args:
        translator: the model, an LSTM.
        rivals: other models by kind ("gru", "rnn"), which the gradients are compared with.
        readout: what reads gender from its memory, None if there is none.

    Raises `UsageError` for another cell than an LSTM, `TranslateError` for a model that does not know the lesson's
    words.
    """

    def __init__(
        self, translator: Translator, rivals: Mapping[str, Translator] | None = None, readout: Readout | None = None
    ):
        if translator.checkpoint.config.cell != "lstm":
            cell, folder = translator.checkpoint.config.cell, translator.checkpoint.folder
            raise UsageError(
                f"The tour is about an LSTM, and this model's cell is another ({cell}); `translate cell` and "
                f"`translate gradient` show that one, too (--model {folder})."
            )
        for sentence in sentences().values():
            unknown = translator.source.unknown(sentence)
            if unknown:
                raise TranslateError(
                    f"The tour is about the lesson's sentences, and the model does not know '{unknown[0]}'; take the "
                    "lesson's model, or one trained on a corpus of its grammar."
                )
        self.translator, self.rivals, self.readout = translator, dict(rivals or {}), readout
        self._numbers: dict[str, Numbers] = {}

    def of(self, step: str) -> Numbers:
        """The numbers of a step, by its id, and the thresholds."""
        if step not in self._numbers:
            self._numbers[step] = self._measures[step]() | {"open": gate(OPEN), "closed": gate(CLOSED)}
        return self._numbers[step]

    @cached_property
    def material(self) -> "TourMaterial":
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
