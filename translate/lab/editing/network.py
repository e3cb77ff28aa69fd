"""Runs with edits: thousands of counterfactuals in one batch, each row edited in its own way.

`EditedNetwork` stands in for a `Network` wherever something is decoded, scored or traced. `Edits` (`edit.py`) is a
watcher for everything else.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from translate.errors import TranslateError, UsageError
from translate.lab.editing.edit import Edit, Run, run_of
from translate.lab.editing.edit import Edits as Edits
from translate.lab.editing.groups import Group, check_units, grouped
from translate.lab.tracing.site import ATTENTION, LOGITS, Site, sites_of, width_of
from translate.model.arrays import Array
from translate.model.cells import Watcher
from translate.model.runnable import Runnable
from translate.model.search import longest


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
        runs: the edits of each row, several or one; a glob names all sites that it fits.
        numbers: the number of each run, on which the draws of `Noise` and `Resample` depend (default: 0, 1, 2 …).

    Raises `TranslateError` for a site, a unit or a step that cannot be. A decoder step that a translation does not
    come to changes nothing.
    """

    def __init__(self, network: Runnable, runs: Sequence[Run | Edit], numbers: Sequence[int] | None = None):
        self.network, self.config, self.lib = network, network.config, network.lib
        known = dict.fromkeys([*sites_of(self.config), LOGITS])
        self.runs = [[each for edit in run_of(run) for each in edit.at_sites(known)] for run in runs]
        self.numbers = range(len(runs)) if numbers is None else numbers
        widths = {site: width_of(self.config, site) for site in {edit.site for edits in self.runs for edit in edits}}
        for edits in self.runs:
            for edit in edits:
                width = widths[edit.site]
                if width is not None:
                    check_units(edit, width)
        self._edits_encoder = any(Site(site).side == "enc" for site in widths)

    @cached_property
    def _groups(self) -> dict[str, list[Group]]:
        return grouped(self.runs, self.numbers)

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


def _distinct(source: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The rows that are the first of their kind, in order, and for each row which of these it equals."""
    kinds: dict[bytes, int] = {}
    again = np.array([kinds.setdefault(row.tobytes(), len(kinds)) for row in source], dtype=np.int64)
    return np.unique(again, return_index=True)[1], again


def _check_steps(runs: Sequence[Run], lengths: np.ndarray) -> None:
    for edits, length in zip(runs, lengths.tolist(), strict=True):
        for edit in edits:
            if edit.site == ATTENTION:
                check_units(edit, length)
            last = length - 1 if Site(edit.site).side == "enc" else longest(length) - 1
            if edit.steps and max(edit.steps) > last:
                raise UsageError(
                    f"A run cannot be edited at step {max(edit.steps)} of {edit.site}; "
                    f"for a sentence of {length} words its last step is {last}."
                )
