"""What an edit says: at which site, at which steps, in which units, and what becomes of the values there.

    Edit("dec.l0.f", Set(1.0), steps=(3, 4))           hold the forget gate open for two steps
    Edit("dec.l0.c", From(values), steps=3)            put another run's cell state in
    Edit("dec.l0.c", Zero(), steps=3, units=(17, 40))  silence two units

An edit is a plain value. `Edits` makes those of one run as a watcher, `network.py` has thousands of runs in one batch,
`operations.py` the operations.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from html import escape
from operator import index
from typing import Any

import numpy as np

from translate.errors import TranslateError, UsageError
from translate.lab.editing.groups import grouped
from translate.lab.editing.operation import Operation
from translate.lab.tracing.html import table
from translate.lab.tracing.site import no_such_site
from translate.model.arrays import Array


@dataclass(frozen=True, init=False)
class Edit:
    """One change of a run.

    site: full name, "dec.l0.c", or "dec.logits" (then a unit is a word of the target's vocabulary), or "dec.attention"
        (then it is the position of a source word); "dec.context" set to zero cuts what attention has found. A glob,
        "dec.*.f", names all sites that it fits. Of a module also the state that it begins with, "l0.c_0".
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
        if not isinstance(site, str):
            raise UsageError(f"The site of an edit is a name such as dec.l0.c, or a glob, not {site!r}.")
        if not isinstance(operation, Operation):
            raise TranslateError(f"An edit of {site} needs an operation such as Set(1.0), not {operation!r}.")
        fields = {"site": site, "operation": operation, "steps": _numbers(steps, f"steps of an edit of {site}")}
        for name, value in (fields | {"units": _numbers(units, f"units of an edit of {site}")}).items():
            object.__setattr__(self, name, value)

    def at_sites(self, known: Collection[str]) -> "list[Edit]":
        """Itself at each of the `known` sites that it names: one, or those that its glob fits.

        Raises `UsageError`, naming the nearest, where there is none.
        """
        if self.site in known:
            return [self]
        sites = [site for site in known if fnmatchcase(site, self.site) and not site.endswith("_0")]
        if not sites:
            raise UsageError(no_such_site(self.site, known, "in this model"))
        return [replace(self, site=site) for site in sites]

    def within(self, known: Mapping[str, range]) -> "list[Edit]":
        """As `at_sites`, for a run of which `known` says what steps every site has.

        Raises `UsageError` for a step that no site of its has, and where nothing would ever be changed.
        """
        self.check()
        edits = self.at_sites(known)
        for edit in edits:
            steps = known[edit.site]
            outside = [step for step in edit.steps or () if step not in steps]
            if outside:
                are = (
                    f"its steps go from {steps[0]} to {steps[-1]}"
                    if len(steps) > 1
                    else f"it has step {steps[0]} alone"
                )
                raise UsageError(f"A run cannot be edited at step {max(outside)} of {edit.site}; {are}.")
        return edits

    def check(self) -> None:
        """Raise `UsageError` for an edit that changes nothing in any run: without steps, units or values for them."""
        ends = self.operation.steps
        for name in ("steps", "units"):
            if getattr(self, name) == ():
                raise UsageError(f"The edit of {self.site} names no {name}; leave them out to edit all.")
        if ends is not None and (ends == 0 or (self.steps is not None and min(self.steps) >= ends)):
            raise UsageError(
                f"The edit of {self.site} has values for {ends} steps, from 0 on, and none for those that it names; "
                "give values for them, or one row [unit] for every step."
            )

    def watcher(self) -> "Edits":
        """What makes it in a run."""
        return Edits([self])

    def _repr_html_(self) -> str:
        parts = {"operation": self.operation, "steps": self.steps, "units": self.units}
        lines = [(name, "all" if value is None else str(value)) for name, value in parts.items()]
        return table(f"<b>Edit</b> of {escape(self.site)}", (), lines)


Run = Sequence[Edit]
"""The edits of one run; where several meet at one place they are made one after the other."""


class Edits:
    """The edits of one run, several or a single one, as a watcher `at(site, t, value)`, for all rows of a batch alike.

    By itself it knows no model: a site that never comes by is not edited. `lab.trace` holds it against the module.
    """

    def __init__(self, edits: "Run | Edit | Edits"):
        self.edits = run_of(edits)
        self._groups = grouped([self.edits], [0])

    def __call__(self, site: str, t: int, value: Array) -> Array:
        if site not in self._groups:
            return value
        runs = np.zeros(len(value), dtype=np.int64)
        for group in self._groups[site]:
            value = group.edited(site, t, value, runs)
        return value

    def within(self, known: Mapping[str, range]) -> list[Edit]:
        """Its edits at the sites that they name: see `Edit.within`."""
        return [each for edit in self.edits for each in edit.within(known)]


def run_of(given: "Run | Edit | Edits") -> list[Edit]:
    """The edits of a run, of which several, or one, may be given; raises `UsageError` for anything else."""
    if isinstance(given, Edit | Edits):
        return [given] if isinstance(given, Edit) else given.edits
    edits = list(given) if isinstance(given, Sequence) and not isinstance(given, str) else [given]
    for edit in edits:
        if not isinstance(edit, Edit):
            raise UsageError(f"The edits of a run are lab.Edit(…), one or a list of them, not {edit!r}.")
    return edits


def is_whole(number: Any) -> bool:
    """Whether it is a whole number of any library's; true and false are none."""
    kind = str(getattr(number, "dtype", type(number)))
    return hasattr(number, "__index__") and "bool" not in kind and np.ndim(number) == 0 and "float" not in kind


def _numbers(given: Any, what: str) -> tuple[int, ...] | None:
    """One whole number or several as a tuple; None stays None."""
    if given is None:
        return None
    several = [given] if np.isscalar(given) or (np.ndim(given) == 0 and is_whole(given)) else given
    if isinstance(several, str | bytes) or not isinstance(several, Iterable) or not all(map(is_whole, several)):
        raise TranslateError(f"The {what} must be whole numbers, not {given!r}.")
    numbers = tuple(map(index, several))
    if numbers and (min(numbers) < 0 or len(set(numbers)) < len(numbers)):
        raise TranslateError(f"The {what} must be different numbers from 0 on, not {given!r}.")
    return numbers
