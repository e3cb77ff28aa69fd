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

from translate.lab.editing.counterfactual import AT_ONCE
from translate.lab.editing.edit import Edit
from translate.lab.editing.network import EditedNetwork
from translate.lab.editing.operations import Set
from translate.lab.tracing.site import states_of
from translate.model import search
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


class Record:
    """The decoder's states of one plain run of a batch, each `[time, batch, unit]` by site."""

    def __init__(self, network, source: np.ndarray):
        self._steps: dict[str, list[np.ndarray]] = {site: [] for site in states_of(network.config, "dec")}
        search.decode(network.watched(self._keep), source)

    def _keep(self, site: str, t: int, value):
        if site in self._steps:
            self._steps[site].append(np.array(library_of(value).to_numpy(value)))
        return value

    def __getitem__(self, site: str) -> list[np.ndarray]:
        return self._steps[site]

    @property
    def sites(self) -> list[str]:
        """The decoder's states."""
        return list(self._steps)


def transplant(
    network, base: np.ndarray, source: np.ndarray, edits: Sequence[Transplant], at_once: int = AT_ONCE
) -> list[list[int]]:
    """Run counterfactual translations: the ids that each edited run writes, without the end mark.

    base, source: ids `[batch, time]` of minimal pairs, row by row, all of one length. edits: as many counterfactuals
    of these rows as are wanted; they go through in batches of `at_once`. Greedy and free from the edit on; before it
    each run is the base's own greedy output.
    """
    plain, other = Record(network, base), Record(network, source)
    sources, runs = base.tolist(), [exchanged(plain, other, edit) for edit in edits]
    found = search.greedy(EditedNetwork(network, runs), [sources[edit.row] for edit in edits], (), False, at_once)
    return [hypothesis.tokens for hypothesis in found]


def exchanged(base: Record, source: Record, edit: Transplant) -> list[Edit]:
    """A transplant as edits of every state that the step hands on; none where one of the runs is over by then."""
    edits = []
    for site in base.sites:
        if edit.step >= min(len(base[site]), len(source[site])):
            return []
        values, other = base[site][edit.step][edit.row].copy(), source[site][edit.step][edit.row]
        if edit.part.covers(site):
            units = slice(None) if edit.part.units is None else list(edit.part.units)
            values[units] = other[units]
        edits.append(Edit(site, Set(values), edit.step))
    return edits
