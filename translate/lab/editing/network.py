"""Runs with edits: thousands of counterfactuals in one batch, each row edited in its own way.

`EditedNetwork` stands in for a `Network` wherever something is decoded, scored or traced. `Edits` is a watcher for
everything else (`network.watched`, `lab.trace(module, …, edit=)`). Edits of one kind at one place are worked out in one
array operation for all rows that have one.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from translate.errors import TranslateError, UsageError
from translate.lab.editing.edit import Edit
from translate.lab.editing.operation import Operation, Where
from translate.lab.tracing.site import ATTENTION, Site, width_of
from translate.model.arrays import Array, library_of
from translate.model.cells import Watcher
from translate.model.runnable import Runnable
from translate.model.search import longest

Run = Sequence[Edit]
"""The edits of one run; where several meet at one place they are made one after the other."""


class Edits:
    """The edits of one run as a watcher `at(site, t, value)`, for all rows of a batch alike.

    It knows no model: a site that never comes by is not edited.
    """

    def __init__(self, edits: Run):
        self._groups = _grouped([edits], [0])

    def __call__(self, site: str, t: int, value: Array) -> Array:
        if site not in self._groups:
            return value
        runs = np.zeros(len(value), dtype=np.int64)
        for group in self._groups[site]:
            value = group.edited(site, t, value, runs)
        return value


class _State(NamedTuple):
    """A state of the network, and the run `[batch]` that each of its rows belongs to."""

    inner: tuple
    runs: np.ndarray


class EditedNetwork:
    """A network in which row i of a batch is edited by `runs[i]`.

    It has what a search uses of a `Network`: `encode`, `step` and `select`. A state knows to which run each of its
    rows belongs, so that rows may be dropped, or taken several times.

    Args:
        network: the `Network`. If it is watched, its watcher sees the edited values.
        runs: the edits of each row.
        numbers: the number of each run, on which the draws of `Noise` and `Resample` depend (default: 0, 1, 2 …).

    Raises `TranslateError` for a site, a unit or a step that cannot be. A decoder step that a translation does not
    come to changes nothing.
    """

    def __init__(self, network: Runnable, runs: Sequence[Run], numbers: Sequence[int] | None = None):
        self.network, self.runs = network, runs
        self.numbers = range(len(runs)) if numbers is None else numbers
        self.config, self.lib = network.config, network.lib
        widths = {site: width_of(self.config, site) for site in {edit.site for edits in runs for edit in edits}}
        for edits in runs:
            for edit in edits:
                width = widths[edit.site]
                if width is not None:
                    _check_units(edit, width)
        self._edits_encoder = any(Site(site).side == "enc" for site in widths)

    @cached_property
    def _groups(self) -> dict[str, list["_Group"]]:
        return _grouped(self.runs, self.numbers)

    @property
    def at(self) -> Watcher:
        """Who else watches, after the edits."""
        return self.network.at

    def for_rows(self, rows: Sequence[int]) -> "EditedNetwork":
        """The network with the edits of some of the runs, in this order."""
        return EditedNetwork(self.network, [self.runs[row] for row in rows], [self.numbers[row] for row in rows])

    @property
    def is_watched(self) -> bool:
        """Whether someone reads, so that all rows must stay in their places.

        The edits themselves go with their rows.
        """
        return self.network.is_watched

    def watched(self, at: Watcher) -> "EditedNetwork":
        """The same runs with every quantity, edited, passing through `at(site, t, value)`."""
        return EditedNetwork(self.network.watched(at), self.runs, self.numbers)

    def encode(self, source: np.ndarray, lengths: np.ndarray | None = None) -> _State:
        """As `Network.encode`, with a row for each run. Where no encoder is edited, equal rows are read once."""
        if len(source) != len(self.runs):
            raise TranslateError(f"There are {len(self.runs)} runs and {len(source)} sentences; give one for each.")
        lengths = np.full(source.shape[0], source.shape[1]) if lengths is None else lengths
        _check_steps(self.runs, lengths)
        runs = np.arange(len(source))
        if self._edits_encoder or self.is_watched:
            # Read backwards, a shorter sentence is behind the longest one, which says at which position all are.
            behind = lengths.max(initial=0) - lengths
            return _State(self._with_edits(runs, behind).encode(source, lengths), runs)
        first, again = _distinct(source)
        return _State(self.network.select(self.network.encode(source[first], lengths[first]), again), runs)

    def step(self, state: _State, words: np.ndarray, t: int = 0) -> tuple[np.ndarray, _State]:
        """As `Network.step`."""
        logits, after = self._with_edits(state.runs).step(state.inner, words, t)
        return logits, _State(after, state.runs)

    def select(self, state: _State, rows: np.ndarray | slice) -> _State:
        """As `Network.select`."""
        return _State(self.network.select(state.inner, rows), state.runs[rows])

    def _with_edits(self, runs: np.ndarray, behind: np.ndarray | None = None) -> Runnable:
        """The network with the edits of `runs` `[batch]` before its own watcher.

        behind `[batch]`: what reads the source from its end is in row i at position t - behind[i].
        """
        seen_by = self.network.at
        behind_by = [] if behind is None else np.unique(behind).tolist()

        def at(site: str, t: int, value: Array) -> Array:
            is_backward = behind is not None and (self.config.reverse_source or Site(site).is_reverse)
            lags = behind_by if is_backward else [0]
            for group in self._groups.get(site, ()):
                for lag in (lag for lag in lags if lag <= t):  # those further behind have ended
                    lagged = runs if len(lags) == 1 else np.where(behind == lag, runs, -1)
                    value = group.edited(site, t - lag, value, lagged[: len(value)])
            return seen_by(site, t, value)

        return self.network.watched(at)


class _Entry(NamedTuple):
    """One edit: the place of its run in the batch, the number of the run, and the edit."""

    run: int
    number: int
    edit: Edit


class _Ready(NamedTuple):
    """The edits of a group at one step: where each run's are (-1: it has none), their units and their arrays."""

    of_run: np.ndarray
    units: np.ndarray | None
    arrays: list
    matrices: list


class _Group:
    """Edits of one kind at one site, of each run one at most."""

    def __init__(self, kind: type[Operation], runs: int):
        self.kind, self.runs = kind, runs
        self._always: list[_Entry] = []
        self._at: dict[int, list[_Entry]] = {}
        self._ready: dict[int | None, _Ready | None] = {}

    def add(self, entry: _Entry) -> None:
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

    def _prepared(self, site: str, t: int, value: Array, entries: list[_Entry]) -> _Ready | None:
        """Everything that `entries` need at step t, stacked and of `value`'s kind; None where nothing is edited."""
        if not entries:
            return None
        width, edit = value.shape[-1], entries[0].edit
        _check_units(edit, width)
        of_run = np.full(self.runs + 1, -1)  # the last, [-1], is for rows that belong to none
        of_run[[entry.run for entry in entries]] = np.arange(len(entries))
        units = None if edit.units is None else np.array([entry.edit.units for entry in entries], dtype=np.int64)
        rows = [e.edit.operation.parameters(Where(site, t, e.number, e.edit.units, width)) for e in entries]
        like = library_of(value).like
        arrays = [like(value, np.stack(column)) for column in zip(*rows, strict=True)]
        return _Ready(of_run, units, arrays, [like(value, matrix) for matrix in edit.operation.matrices])


def _grouped(runs: Sequence[Run], numbers: Sequence[int]) -> dict[str, list[_Group]]:
    """The groups of each site, in the order in which they are to be made."""
    by_site: dict[str, dict[tuple, _Group]] = {}
    for run, (number, edits) in enumerate(zip(numbers, runs, strict=True)):
        turns: dict[str, int] = {}
        for edit in edits:
            turn = turns[edit.site] = turns.get(edit.site, -1) + 1
            kind, width = type(edit.operation), None if edit.units is None else len(edit.units)
            key = (turn, kind, width, *map(id, edit.operation.matrices))
            group = by_site.setdefault(edit.site, {}).setdefault(key, _Group(kind, len(runs)))
            group.add(_Entry(run, number, edit))
    return {site: [groups[key] for key in sorted(groups, key=lambda key: key[0])] for site, groups in by_site.items()}


def _distinct(source: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The rows that are the first of their kind, in order, and for each row which of these it equals."""
    kinds: dict[bytes, int] = {}
    again = np.array([kinds.setdefault(row.tobytes(), len(kinds)) for row in source], dtype=np.int64)
    return np.unique(again, return_index=True)[1], again


def _check_units(edit: Edit, width: int) -> None:
    count = width if edit.units is None else len(edit.units)
    if edit.units and max(edit.units) >= width:
        numbered = f"its {width} units are numbered from 0, so the last is {width - 1}"
        raise UsageError(f"{edit.site} has no unit {max(edit.units)}; {numbered}.")
    for matrix in edit.operation.matrices[:1]:
        if len(matrix) != count:
            raise UsageError(f"The edit of {edit.site} has a matrix for {len(matrix)} units, but edits {count}.")


def _check_steps(runs: Sequence[Run], lengths: np.ndarray) -> None:
    for edits, length in zip(runs, lengths.tolist(), strict=True):
        for edit in edits:
            if edit.site == ATTENTION:
                _check_units(edit, length)
            last = length - 1 if Site(edit.site).side == "enc" else longest(length) - 1
            if edit.steps and max(edit.steps) > last:
                raise UsageError(
                    f"A run cannot be edited at step {max(edit.steps)} of {edit.site}; "
                    f"for a sentence of {length} words its last step is {last}."
                )
