"""Edits of one kind at one place, worked out in one array operation for all rows that have one.

It knows an edit by its fields alone (`edit.py` says what they mean).
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np

from translate.errors import UsageError
from translate.lab.editing.operation import Operation, Where
from translate.model.arrays import Array, library_of


class Change(Protocol):
    """An `Edit`."""

    @property
    def site(self) -> str: ...
    @property
    def operation(self) -> Operation: ...
    @property
    def steps(self) -> tuple[int, ...] | None: ...
    @property
    def units(self) -> tuple[int, ...] | None: ...


class Entry(NamedTuple):
    """One edit: the place of its run in the batch, the number of the run, and the edit."""

    run: int
    number: int
    edit: Change


class Ready(NamedTuple):
    """The edits of a group at one step: where each run's are (-1: it has none), their units and their arrays."""

    of_run: np.ndarray
    units: np.ndarray | None
    arrays: list
    matrices: list


class Group:
    """Edits of one kind at one site, of each run one at most."""

    def __init__(self, kind: type[Operation], runs: int):
        self.kind, self.runs = kind, runs
        self._always: list[Entry] = []
        self._at: dict[int, list[Entry]] = {}
        self._ready: dict[int | None, Ready | None] = {}

    def add(self, entry: Entry) -> None:
        """One more edit, of another run."""
        steps, ends = entry.edit.steps, entry.edit.operation.steps
        if steps is None and ends is None:
            self._always.append(entry)
            return
        for t in range(ends or 0) if steps is None else steps:
            if ends is None or t < ends:
                self._at.setdefault(t, []).append(entry)

    def edited(self, site: str, t: int, value: Array, runs: np.ndarray) -> Array:
        """A copy of `value` `[batch, unit]` with the edits of step t made; row i belongs to `runs[i]` (-1: to none)."""
        entries = self._always + self._at.get(t, [])
        if self.kind.varies:  # then nothing is made for runs that have ended
            is_edited = np.zeros(self.runs + 1, dtype=bool)
            is_edited[runs] = True
            ready = self._prepared(site, t, value, [entry for entry in entries if is_edited[entry.run]])
        else:
            key = t if t in self._at else None  # None: what is the same at every step is made once
            if key not in self._ready:
                self._ready[key] = self._prepared(site, t, value, entries)
            ready = self._ready[key]
        if ready is None:
            return value
        which = ready.of_run[runs]
        rows = np.flatnonzero(which >= 0)
        which = which[rows]
        place = rows if ready.units is None else (rows[:, None], ready.units[which])
        changed = library_of(value).copy(value)
        changed[place] = self.kind.apply(value[place], *(array[which] for array in ready.arrays), *ready.matrices)
        return changed

    def _prepared(self, site: str, t: int, value: Array, entries: list[Entry]) -> Ready | None:
        """Everything that `entries` need at step t, stacked and of `value`'s kind; None where nothing is edited."""
        if not entries:
            return None
        width, edit = value.shape[-1], entries[0].edit
        check_units(edit, width)
        of_run = np.full(self.runs + 1, -1)  # the last, [-1], is for rows that belong to none
        of_run[[entry.run for entry in entries]] = np.arange(len(entries))
        units = None if edit.units is None else np.array([entry.edit.units for entry in entries], dtype=np.int64)
        rows = [e.edit.operation.parameters(Where(site, t, e.number, e.edit.units, width)) for e in entries]
        like = library_of(value).like
        arrays = [like(value, np.stack(column)) for column in zip(*rows, strict=True)]
        return Ready(of_run, units, arrays, [like(value, matrix) for matrix in edit.operation.matrices])


def grouped(runs: Sequence[Sequence[Change]], numbers: Sequence[int]) -> dict[str, list[Group]]:
    """The groups of each site, in the order in which they are to be made."""
    by_site: dict[str, dict[tuple, Group]] = {}
    for run, (number, edits) in enumerate(zip(numbers, runs, strict=True)):
        turns: dict[str, int] = {}
        for edit in edits:
            turn = turns[edit.site] = turns.get(edit.site, -1) + 1
            kind, width = type(edit.operation), None if edit.units is None else len(edit.units)
            key = (turn, kind, width, *map(id, edit.operation.matrices))
            group = by_site.setdefault(edit.site, {}).setdefault(key, Group(kind, len(runs)))
            group.add(Entry(run, number, edit))
    return {site: [groups[key] for key in sorted(groups, key=lambda key: key[0])] for site, groups in by_site.items()}


def check_units(edit: Change, width: int) -> None:
    """Raise `UsageError` where an edit names units, or has values, that a site of this width has not."""
    count = width if edit.units is None else len(edit.units)
    if edit.units and max(edit.units) >= width:
        numbered = f"its {width} units are numbered from 0, so the last is {width - 1}"
        raise UsageError(f"{edit.site} has no unit {max(edit.units)}; {numbered}.")
    for matrix in edit.operation.matrices[:1]:
        if len(matrix) != count:
            raise UsageError(f"The edit of {edit.site} has a matrix for {len(matrix)} units, but edits {count}.")
