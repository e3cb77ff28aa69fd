"""Erased or overwritten? The gates are held over the switch from one noun to the next, and the old gender may come back.

In sentences about two nouns of different gender (and, as a control, of the same gender) some gates of the LSTM are
clamped while the first noun gives way to the second:

- (a) the forget gate is open, f = 1: if the old gender then wins, it was the forget gate that had removed it;
- (b) nothing is written, i = 0: if the old gender then wins, the new one had merely been written over it;
- (c) both: the cell keeps what it had;
- (d) the forget gate is that of the same sentence without a switch of gender (y2 = y1): does the gate depend on the gender?

On all units, nothing of the new clause could be remembered either; so the clamp is also set on the units alone that carry
the gender (ranked on other nouns), and, for (c), on one direction of c, the readout's.
What is counted is the gender of the words that agree with the second noun, in what the decoder writes freely.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from translate import lab
from translate.corpus.pair import Agreement, SentencePair
from translate.lab.editing.edit import Edit
from translate.lab.editing.network import Run
from translate.lab.editing.operations import From, InSubspace, Set
from translate.lab.experiments.intervening.parts import ClampedUnits, Gates
from translate.lab.experiments.reading.units import Ranking, rank
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.cases import Case, Own, run_each
from translate.lab.sentences.events import controllers
from translate.lab.sentences.lemmas import noun_pair
from translate.lab.statistics.estimate import Estimate

_VALUES: dict[Gates, dict[str, float]] = {
    "none": {},
    "forget open": {"f": 1.0},
    "nothing written": {"i": 0.0},
    "both": {"f": 1.0, "i": 0.0},
}
COUNTS = (1, 3, 10)
"""How many of the best units are clamped alone."""
_JOINTS = ("and", "but", ",")
"""What an English clause is joined on with."""


ALL, DIRECTION = ClampedUnits("all units"), ClampedUnits("direction")


@dataclass(frozen=True)
class ClampCase(Case):
    """A sentence with two clauses: `noun` is the index of the second clause's first noun, whose words are judged.

    same: the sentence without a switch of gender (y2 = y1), None where it is this one. windows: by side ("dec", "enc")
    the positions from the last word that agrees with the first noun to the second noun.
    """

    noun: int
    same: SentencePair | None
    windows: dict[str, tuple[int, ...]]

    @property
    def judged(self) -> list[Agreement]:
        """The words of the second clause that agree with its first noun."""
        return [word for word in self.base.agreements if word.controller == self.noun]


@dataclass(frozen=True)
class Clamp:
    """What came of one clamp.

    side: "dec" or "enc". gates: what is held. units: on which units.
    old, new, neither: shares of the words that agree with the second noun, by the gender that they took; where y1 = y2,
    `new` is the gender of both and `old` the gender of neither. rest: sentences whose other words stayed as they were.
    """

    side: str
    gates: Gates
    units: ClampedUnits
    old: Estimate
    new: Estimate
    neither: Estimate
    rest: Estimate


@dataclass(frozen=True)
class Clamps:
    """All clamps on sentences that switch the gender, and on those that do not. switching, same: sentences."""

    switch: tuple[Clamp, ...]
    control: tuple[Clamp, ...]
    switching: int
    same: int

    def of(self, side: str, gates: Gates, units: ClampedUnits) -> Clamp | None:
        """One of the clamps on sentences that switch, None where it was not set."""
        return next((c for c in self.switch if (c.side, c.gates, c.units) == (side, gates, units)), None)


def best(count: int) -> ClampedUnits:
    """The best units alone, so many."""
    return ClampedUnits("best units", count)


def clamps(setup: Setup, ranking: Ranking, counts: Sequence[int] = COUNTS) -> Clamps | None:
    """Set all clamps on sentences whose second noun is a test noun; None for a cell without these gates.

    ranking: of the decoder's units; the encoder's are ranked in the same way. counts: how many of the best are
    clamped alone.
    """
    if setup.config.cell != "lstm":
        return None
    cases = find_clamp_cases(setup.material.suites.get("switch", []), setup.split.test)
    own = Own(setup.translator, (case.base for case in cases), setup.network)
    cases = [case for case in cases if own.in_place(case.base)]
    switching = [case for case in cases if case.same is not None]
    same = [case for case in cases if case.same is None]
    if not switching:
        return None
    rankings = {"dec": ranking}
    if not setup.config.reverse_source:  # read backwards, the second noun comes first
        rankings["enc"] = rank(setup, setup.memory.on("enc"))
    on_switches, on_others = (tuple(_clamps(setup, rankings, counts, some, own)) for some in (switching, same))
    return Clamps(on_switches, on_others, len(switching), len(same))


def find_clamp_cases(suite: Sequence[tuple[SentencePair, dict]], tested: frozenset[str]) -> list[ClampCase]:
    """The crossed sentences of a switch suite whose second noun is one of the `tested` pairs."""
    items: dict[int, dict[tuple[str, str], SentencePair]] = defaultdict(dict)
    for pair, tags in suite:
        if ">" in tags.get("switch", ""):
            items[tags["item"]][tags["y1"], tags["y2"]] = pair
    found = []
    for versions in items.values():
        for (y1, y2), pair in versions.items():
            switch = _switch(pair, None if y1 == y2 else versions.get((y1, y1)))
            if switch is not None and switch.lemma in tested and (y1 == y2 or switch.same is not None):
                found.append(switch)
    return found


def _switch(pair: SentencePair, same: SentencePair | None) -> ClampCase | None:
    """The sentence as a `ClampCase`, None where a noun or a word to judge is missing; `same` must be word for word beside it."""
    firsts, seconds = controllers(pair, 0), controllers(pair, 1)
    if not firsts or not seconds:
        return None
    if same is not None and (len(same.source), len(same.target)) != (len(pair.source), len(pair.target)):
        return None
    first, second = firsts[-1], seconds[0]
    last = max((word.position for word in pair.agreements if word.clause == 0), default=first.target)
    joints = [t for t in range(first.source + 1, second.source) if pair.source[t] in _JOINTS]
    windows = {
        "dec": tuple(range(last + 1, second.target + 2)),  # the step after the one that writes a word has read it
        "enc": tuple(range(joints[-1] if joints else second.source, second.source + 1)),
    }
    switch = ClampCase(pair, 1, last, noun_pair(second.lemma), pair.nouns.index(second), same, windows)
    return switch if switch.judged else None


def _clamps(setup: Setup, rankings: dict[str, Ranking], counts, cases: list[ClampCase], own: Own) -> list[Clamp]:
    """Every clamp of each side."""
    found = []
    if not cases:
        return found
    for side, ranking in rankings.items():
        held = _Held(setup, side, cases, own)
        units = {ALL: None} | {best(k): tuple(map(int, ranking.best(k))) for k in counts}
        kinds = ["forget open", "nothing written", "both"] + (["matched forget"] if cases[0].same else [])
        wanted = [(gates, name) for name in units for gates in kinds]
        wanted += [("none", ALL), ("both", DIRECTION)]
        sets = [
            [[held.edits(row, gates, units.get(name), name) for row in range(len(cases))]] for gates, name in wanted
        ]
        tallies = run_each(setup.translator, setup.network, cases, own, sets, setup.seed)
        for (gates, name), counted in zip(wanted, tallies, strict=True):
            found.append(
                Clamp(
                    side, gates, name,
                    counted.share("turned"), counted.share("kept"), counted.share("neither"), counted.unchanged,
                )
            )  # fmt: skip
    return found


class _Held:
    """What the clamps of one side need of the plain runs: c before the window, and the gates of the sentence without a switch."""

    def __init__(self, setup: Setup, side: str, cases: Sequence[ClampCase], own: Own):
        self.side, self.cases, self.layers = side, cases, setup.config.layers
        self.last = f"{side}.l{self.layers - 1}."
        direction = setup.readout.directions[self.last + "c"]
        self.basis = (direction / np.linalg.norm(direction))[:, None].astype(np.float32)
        trace = lab.trace(
            setup.translator, [case.base.source for case in cases], [own.of(case.base) for case in cases],
            [self.last + "c"], network=setup.network,
        )  # fmt: skip
        self.before = [
            trace[self.last + "c"][row, max(case.windows[side][0] - 1, 0)].numpy() for row, case in enumerate(cases)
        ]
        same = [case.same for case in cases if case.same is not None]
        self.forget = {}
        if same:
            sites = [f"{side}.l{layer}.f" for layer in range(self.layers)]
            trace = lab.trace(setup.translator, [pair.source for pair in same], sites=sites, network=setup.network)
            self.forget = {site: [values.numpy() for values in trace[site]] for site in sites}

    def edits(self, row: int, gates: Gates, units: tuple[int, ...] | None, name: ClampedUnits) -> Run:
        """The edits of one sentence: of all layers where all units are clamped, of the last one otherwise."""
        window = self.cases[row].windows[self.side]
        if name == DIRECTION:
            return [Edit(self.last + "c", InSubspace(self.basis, self.before[row]), window)]
        layers = [f"{self.side}.l{layer}." for layer in range(self.layers)] if units is None else [self.last]
        if gates == "matched forget":
            return [Edit(layer + "f", From(self.forget[layer + "f"][row]), window, units) for layer in layers]
        return [
            Edit(layer + gate, Set(value), window, units) for layer in layers for gate, value in _VALUES[gates].items()
        ]
