"""What an edit says: at which site, at which steps, in which units, and what becomes of the values there.

    Edit("dec.l0.f", Set(1.0), steps=(3, 4))           hold the forget gate open for two steps
    Edit("dec.l0.c", From(values), steps=3)            put another run's cell state in
    Edit("dec.l0.c", Zero(), steps=3, units=(17, 40))  silence two units

An edit is a plain value: nothing runs here. `network.py` runs them, `operations.py` has the operations.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from operator import index
from typing import Any

import numpy as np

from translate.errors import TranslateError
from translate.lab.editing.operation import Operation
from translate.lab.tracing.html import table


@dataclass(frozen=True, init=False)
class Edit:
    """One change of a run.

    site: full name, "dec.l0.c", or "dec.logits" (then a unit is a word of the target's vocabulary), or "dec.attention"
        (then it is the position of a source word); "dec.context" set to zero cuts what attention has found.
    operation: what becomes of the value.
    steps: at which positions of the side, counted from 0; None: at every one. Encoder position t has just read source
        word t. Decoder step t has read target word t-1 and writes word t.
    units: which units; None: all.
    """

    site: str
    operation: Operation
    steps: tuple[int, ...] | None
    units: tuple[int, ...] | None

    def __init__(
        self,
        site: str,
        operation: Operation,
        steps: int | Sequence[int] | None = None,
        units: int | Sequence[int] | None = None,
    ):
        if not isinstance(operation, Operation):
            raise TranslateError(f"An edit of {site} needs an operation such as Set(1.0), not {operation!r}.")
        fields = {"site": site, "operation": operation, "steps": _numbers(steps, f"steps of an edit of {site}")}
        for name, value in (fields | {"units": _numbers(units, f"units of an edit of {site}")}).items():
            object.__setattr__(self, name, value)

    def _repr_html_(self) -> str:
        parts = {"operation": self.operation, "steps": self.steps, "units": self.units}
        lines = [(name, "all" if value is None else str(value)) for name, value in parts.items()]
        return table(f"<b>Edit</b> of {escape(self.site)}", (), lines)


def _numbers(given: Any, what: str) -> tuple[int, ...] | None:
    """One whole number or several as a tuple; None stays None."""
    if given is None:
        return None
    try:
        numbers = tuple(map(index, [given] if np.isscalar(given) else given))
    except TypeError:
        raise TranslateError(f"The {what} must be whole numbers, not {given!r}.") from None
    if numbers and (min(numbers) < 0 or len(set(numbers)) < len(numbers)):
        raise TranslateError(f"The {what} must be different numbers from 0 on, not {given!r}.")
    return numbers
