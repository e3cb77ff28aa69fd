"""What is left of the first gender after the switch, and does any word turn when it is made larger, or exchanged?

One word after the second noun the memories of two sentences that differ in the first noun's gender alone still differ
a little: that difference, halved, is the first gender's part of the state. It is *exchanged* (× −1), and *amplified*
(× 2, 4, 8) in sentences whose second noun has the other gender. A part that turns words as it is, is used. One that
turns them only when it is larger is a rest that would still be understood. One that turns none, however large, is read
by nobody.

Along the direction of the difference of means, fitted at that place, and as a whole. Controls: just as much along
random directions along which states vary as much, and that are orthogonal to it and to the second gender's; and, as a
whole, what the sentence most like it about another noun of the same genders holds more. Words that come back to the
first noun, where the sentences have them, are counted apart.

Misleads when: eight times a large part is a state that no run has; what it then turns says little of what it does.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from translate import lab
from translate.lab.editing.network import Run
from translate.lab.experiments.intervening.tally import Tally, Trial
from translate.lab.experiments.setup import Setup
from translate.lab.probes.directions import Beside, difference_of_means, unit, without
from translate.lab.sentences.alike import Alike
from translate.lab.sentences.events import Seen, controllers
from translate.lab.sentences.minimal_pairs import Swap, after_second, find_swaps
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.resample import ratio_over
from translate.lab.statistics.shown import Shown
from translate.lab.tracing.site import Site, states_of

Along = Literal["direction", "whole", "random directions", "same genders"]
"""Along what the first gender's part is changed."""
EXCHANGED = -1
FACTORS = (EXCHANGED, 2, 4, 8)
DRAWS = 4


@dataclass(frozen=True)
class Amplified:
    """What multiplying the first gender's part did. factor: by how much; −1: exchanged for the other gender's.

    turned: of the words to come that agree with the second noun (in the encoder: with the first), those that took the
    other gender; where the part is amplified that is the first noun's. returning: of the words that come back to the
    first noun, those that turned; None without any. rest: sentences whose other words stayed. draws: of directions.
    """

    factor: int
    along: Along
    turned: Estimate
    returning: Estimate | None
    rest: Estimate
    draws: int = 1


@dataclass(frozen=True)
class Residual(Shown):
    """All of one side's. left: how large the part is, as a share of what it was one word after the first noun.

    beyond: how many more words turn with the largest factor than with as much along random directions, word by word;
    None where nothing was amplified. switching, all: sentences in which it is amplified, and in which it is exchanged.
    """

    side: str
    site: str
    left: Estimate
    ways: tuple[Amplified, ...]
    beyond: Estimate | None
    switching: int
    all: int

    def of(self, factor: int, along: Along = "direction") -> Amplified | None:
        """What one factor did along something; None where it was not tried."""
        return next((way for way in self.ways if (way.factor, way.along) == (factor, along)), None)


def residual(setup: Setup, side: str = "dec") -> Residual | None:
    """Exchange and amplify the first gender's part of a side's memory, one word after the second noun.

    In the encoder it is exchanged alone: everything is still to be written there. None where the model translates too
    few sentences well.
    """
    crossed = [*setup.switch, *setup.material.returning]
    swaps = [after_second(swap, side) for swap in find_swaps(crossed, 0, "after noun", side)]
    trial = Trial.of(setup, [swap for swap in swaps if swap and swap.judged])
    if not trial.for_fitting.cases or not trial.tested.cases:
        return None
    parts = _Parts(trial, setup.memory.on(side))
    every = trial.tested
    switching = every.only([swap for swap in every.cases if _genders(swap)[0] != _genders(swap)[1]])
    counted, beyond = _counted(parts, every, (EXCHANGED,)), None
    if side == "dec" and switching.cases:
        amplified = _counted(parts, switching, FACTORS[1:])
        counted, beyond = [*counted, *amplified], _beyond(amplified)
    ways = tuple(_amplified(*way) for way in counted)
    before = [replace(swap, place=_first_place(swap, side)) for swap in every.cases]
    left = ratio_over(parts.sizes(every.cases), parts.sizes(before), every.lemmas, "pairs", setup.seed)
    return Residual(side, parts.site, left, ways, beyond, len(switching.cases), len(every.cases))


def _first_place(swap: Swap, side: str) -> int:
    """The place one word after the first noun."""
    seen = Seen.of(controllers(swap.base, 0)[-1])
    return seen.enc + 1 if side == "enc" else seen.dec


def _genders(swap: Swap) -> tuple[str, str]:
    first, second = controllers(swap.base, 0)[-1], controllers(swap.base, 1)[0]
    return first.gender, second.gender


def _beyond(counted: Sequence[tuple[int, Along, Tally]]) -> Estimate:
    """With the largest factor, the words turned along the direction less those along random ones."""
    turned = {along: tally for factor, along, tally in counted if factor == max(FACTORS)}
    own, random = turned["direction"], turned["random directions"]
    return own.share(own.turned_words - random.turned_words.mean(1, keepdims=True))


def _counted(parts: "_Parts", trial: Trial[Swap], factors: Sequence[int]) -> list[tuple[int, Along, Tally]]:
    """Every factor along each direction, counted together."""
    planned: list[tuple[int, Along, list[np.ndarray]]] = []
    own, as_far = parts.parts(trial.cases), parts.as_far(trial.cases)
    for factor in factors:
        planned.append((factor, "direction", [own @ np.outer(parts.direction, parts.direction)]))
        planned.append((factor, "whole", [own]))
        planned.append((factor, "random directions", [own @ np.outer(parts.direction, r) for r in parts.random]))
        planned.append((factor, "same genders", [as_far]))
    runs = [[parts.runs(trial.cases, (factor - 1) * moved) for moved in moves] for factor, _, moves in planned]
    tallies = trial.count_each(runs)
    return [(factor, along, counted) for (factor, along, _), counted in zip(planned, tallies, strict=True)]


def _amplified(factor: int, along: Along, counted: Tally) -> Amplified:
    is_decoder = counted.trial.cases[0].step >= 0
    return Amplified(
        factor=factor,
        along=along,
        turned=counted.turned,
        returning=counted.other if is_decoder else None,
        rest=counted.rest,
        draws=len(counted.written),
    )


class _Parts:
    """What the sentences hold at a site at any place, the direction that tells the first gender there, and others."""

    def __init__(self, trial: Trial[Swap], site: Site):
        setup, self.site, self.sites = trial.setup, site, states_of(trial.setup.config, site.side)
        pairs = {pair.source: pair for swap in trial.cases for pair in swap.sentences}
        self.row = {source: row for row, source in enumerate(pairs)}
        own = [trial.own[source] for source in pairs]
        self.trace = lab.trace(setup.translator, list(pairs), own, self.sites, network=setup.network)
        fitting = trial.for_fitting.cases
        states = np.stack([self._at(site, swap, 0) for swap in fitting])
        self.direction = difference_of_means(states, np.array([_genders(swap)[0] == "f" for swap in fitting]))
        second = difference_of_means(states, np.array([_genders(swap)[1] == "f" for swap in fitting]))
        # What is left without both directions; the variance to match is that along the first gender's own.
        apart = unit(self.direction - (self.direction @ second) * second)
        along = float((states @ self.direction).astype(float).var())
        beside, rng = replace(Beside.of(apart, without(states, second)), own=along), np.random.default_rng(setup.seed)
        self.random = [beside.matched(rng) for _ in range(DRAWS)]
        self.alike = Alike(trial.cases)

    def parts(self, swaps: Sequence[Swap]) -> np.ndarray:
        """The first gender's part at the place of each swap, `[row, unit]`."""
        return np.array([self._part(swap) for swap in swaps])

    def sizes(self, swaps: Sequence[Swap]) -> np.ndarray:
        """How long it is, `[row]`."""
        return np.linalg.norm(self.parts(swaps), axis=1)

    def as_far(self, swaps: Sequence[Swap]) -> np.ndarray:
        """As long a way towards a sentence of the same genders, `[row, unit]`; none where there is no such sentence."""
        ways = np.zeros((len(swaps), len(self.direction)))
        for row, (swap, size) in enumerate(zip(swaps, self.sizes(swaps), strict=True)):
            other = self.alike.same(swap)
            if other is not None:
                ways[row] = size * unit(self._at(self.site, other, 0) - self._at(self.site, swap, 0))
        return ways

    def runs(self, swaps: Sequence[Swap], moved: np.ndarray) -> list[Run]:
        """For each swap the edits that move the memory by its row of `moved` `[row, unit]`, the rest restored."""
        return [self._run(swap, self._at(self.site, swap, 0) + way) for swap, way in zip(swaps, moved, strict=True)]

    def _run(self, swap: Swap, value: np.ndarray) -> Run:
        held = {site: self._at(site, swap, 0) for site in self.sites} | {self.site: value}
        return [lab.Edit(site, lab.Set(values), swap.place_at(site)) for site, values in held.items()]

    def _part(self, swap: Swap) -> np.ndarray:
        return (self._at(self.site, swap, 0) - self._at(self.site, swap, 1)) / 2

    def _at(self, site: Site, swap: Swap, which: int) -> np.ndarray:
        """What the base (0) or the source (1) of a swap holds at its place, `[unit]`."""
        return self.trace[site][self.row[swap.sentences[which].source], swap.place_at(site)].numpy()
