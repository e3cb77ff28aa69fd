"""Transplants: put a part of one run's state into another run and let it go on freely.

An interchange intervention (Geiger et al. 2021) on a minimal pair: the *base* sentence is about a boy, the *source*
sentence is the same about a girl. At one step of the base's translation a part of its state is replaced by what the
source's run holds at that step; every later word is then the decoder's own. Nothing is forced: a forced *který* would
tell the decoder the gender again.

The replaced part is a part of what the step hands on, (h, c). What is not taken from the source keeps the base's own
value, also where it would follow from the edit: with c alone the h of that step stays the base's, so that c and h
can be told apart. From the next step on everything follows from everything.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from translate.model import cells, search
from translate.model.arrays import library_of


@dataclass(frozen=True)
class Part:
    """A part of the state: which states ("c", "h"), which of their units (None: all), of which layer (None: every)."""

    name: str
    states: tuple[str, ...]
    units: tuple[int, ...] | None = None
    layer: int | None = None

    def covers(self, site: str) -> bool:
        """Whether some of the site, such as "dec.l0.c", belongs to it."""
        _, layer, state = site.split(".")
        return state in self.states and self.layer in (None, int(layer[1:]))


@dataclass(frozen=True)
class Transplant:
    """One counterfactual run: row of the batch, the decoder step t after which it is edited, and the part."""

    row: int
    step: int
    part: Part


class _Record:
    """The decoder's states of one plain run: `[time, batch, unit]` a site."""

    def __init__(self):
        self.steps: dict[str, list[np.ndarray]] = {}

    def __call__(self, site: str, t: int, value):
        if site.startswith("dec.l") and site.split(".")[-1] in ("c", "h"):
            self.steps.setdefault(site, []).append(np.array(library_of(value).to_numpy(value)))
        return value


class _Edit:
    """The watcher that makes the edits: at each site of a state, one row of values for each edited run."""

    def __init__(self, edits: Sequence[Transplant], base: _Record, source: _Record):
        self.edits, self.base, self.source = edits, base, source
        self.at_step: dict[int, np.ndarray] = {}
        for step in {edit.step for edit in edits}:
            self.at_step[step] = np.array([i for i, edit in enumerate(edits) if edit.step == step])

    def __call__(self, site: str, t: int, value):
        if t not in self.at_step or site not in self.base.steps:
            return value
        rows = self.at_step[t]
        if t >= min(len(self.base.steps[site]), len(self.source.steps[site])):
            return value  # both runs are over: nothing is left to transplant
        here = np.array([self.edits[i].row for i in rows])
        new, other = self.base.steps[site][t][here], self.source.steps[site][t][here]
        for line, i in enumerate(rows):
            part = self.edits[i].part
            if part.covers(site):
                units = slice(None) if part.units is None else list(part.units)
                new[line, units] = other[line, units]
        return _replace_rows(value, rows, new)


def _replace_rows(value, rows: np.ndarray, new: np.ndarray):
    """A copy of `value` `[batch, unit]`, a numpy array or a tensor, with some rows replaced."""
    if isinstance(value, np.ndarray):
        changed = value.copy()
        changed[rows] = new
        return changed
    changed = value.clone()
    changed[rows] = changed.new_tensor(new)
    return changed


def transplant(
    network, base: np.ndarray, source: np.ndarray, edits: Sequence[Transplant], at_once: int = 4096
) -> list[list[int]]:
    """Run counterfactual translations: the ids that each edited run writes, without the end mark.

    base, source: ids `[batch, time]` of minimal pairs, row by row, all of one length. edits: as many counterfactuals
    of these rows as are wanted; they go through in batches of `at_once`. Greedy and free from the edit on; before it
    each run is the base's own greedy output.
    """
    plain, other = _Record(), _Record()
    search.decode(network.watched(plain), base)
    search.decode(network.watched(other), source)
    found: list[list[int]] = []
    for first in range(0, len(edits), at_once):
        some = edits[first : first + at_once]
        watched = network.watched(_Edit(some, plain, other))
        rows = np.array([edit.row for edit in some])
        found += [hypothesis.tokens for hypothesis in search.decode(watched, base[rows])]
    return found


def states(config) -> tuple[str, ...]:
    """The states of the model's cell: ("c", "h"), or ("h",)."""
    return tuple(sorted(cells.STATES[config.cell]))
