"""Erased or overwritten? The gates are held while one noun gives way to the next, and the old gender may come back.

In sentences about two nouns of different gender (and, as a control, of the same gender) some gates of the LSTM are
clamped while the first noun gives way to the second:

- (a) the forget gate is open, f = 1: if the old gender then wins, it was the forget gate that had removed it;
- (b) nothing is written, i = 0: if the old gender then wins, the new one had merely been written over it;
- (c) both: the cell keeps what it had;
- (d) the forget gate is that of the same sentence without a switch of gender (y2 = y1): does the gate depend on the
  gender?

On all units, nothing of the new clause could be remembered either; so the clamp is also set on the units alone that
carry the gender (ranked on other nouns), and, for (c), on one direction of c, the readout's. What is counted is the
gender of the words that agree with the second noun, in what the decoder writes freely.

When it happens is asked by clamps of one word, up to the noun, and to the sentence's end (`moments`), the same
beside each in sentences whose genders are alike: words that turn there have no old gender to come back to, and what
comes back elsewhere counts only as far as it is more. A memory valve that is shut to the end on the units that carried
the gender, and a new gender that comes all the same: it has another way in.

Misleads when: the first gender is still needed, as in the encoder; there a clamp brings nothing back that had been
lost. And a clamp to the end breaks the sentence where its units carry other things too (`rest`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from translate import lab
from translate.lab.editing.network import Run
from translate.lab.editing.operation import Operation
from translate.lab.experiments.intervening.parts import ClampedUnits, Gates
from translate.lab.experiments.intervening.tally import Tally, Trial
from translate.lab.experiments.reading.units import Ranking, rank
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.minimal_pairs import ClampCase, find_clamp_cases
from translate.lab.sentences.switch_words import Span, in_order, switch_words
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.shown import Shown
from translate.lab.tracing.site import Site

_OPEN, _SHUT = lab.Set(1.0), lab.Set(0.0)
_HELD: dict[Gates, dict[str, Operation]] = {
    "none": {},
    "forget open": {"f": _OPEN},
    "nothing written": {"i": _SHUT},
    "both": {"f": _OPEN, "i": _SHUT},
}
COUNTS = (1, 3, 10)
"""How many of the best units are clamped alone."""
ALL, DIRECTION = ClampedUnits("all units"), ClampedUnits("direction")
TIMED = 3
"""How many of the best units are clamped word by word."""
_BEYOND = 8  # steps after the reference's end at which a clamp to the end still holds


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
class ClampAt(Shown):
    """What came of a clamp of the decoder, by when it was set.

    gates, units: as in `Clamp`. span: for how long; word: what the one step has just read, or "". old, new, rest: as in
    `Clamp`. alike: in sentences whose two nouns have one gender, the share of the second one's words that took the
    other: as many would seem to come back where nothing can. sentences: that switch, and have such a word.
    """

    gates: Gates
    units: ClampedUnits
    span: Span
    word: str
    old: Estimate
    new: Estimate
    rest: Estimate
    alike: Estimate
    sentences: int


@dataclass(frozen=True)
class Clamps(Shown):
    """All clamps on sentences that switch the gender, and on those that do not. switching, same: sentences.

    moments: of the decoder, by when they are set.
    """

    switch: tuple[Clamp, ...]
    control: tuple[Clamp, ...]
    switching: int
    same: int
    moments: tuple[ClampAt, ...] = ()

    def of(self, side: str, gates: Gates, units: ClampedUnits) -> Clamp | None:
        """One of the clamps on sentences that switch, None where it was not set."""
        return next((c for c in self.switch if (c.side, c.gates, c.units) == (side, gates, units)), None)

    def at(self, gates: Gates, span: Span, word: str = "", units: ClampedUnits | None = None) -> ClampAt | None:
        """One of the moments, None where it was not set. units: the first that were clamped so, unless given."""
        asked = (gates, span, word)
        found = (c for c in self.moments if (c.gates, c.span, c.word) == asked and units in (None, c.units))
        return next(found, None)


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
    trial = Trial.of(setup, find_clamp_cases(setup.switch, setup.split.test))
    switching = trial.only([case for case in trial.cases if case.same is not None])
    same = trial.only([case for case in trial.cases if case.same is None])
    if not switching.cases:
        return None
    rankings = {"dec": ranking}
    if not (setup.config.reverse_source or setup.config.bidirectional):  # read backwards, the second noun comes first
        rankings["enc"] = rank(setup, setup.memory.on("enc"))
    on_switches, on_others = (
        tuple(clamp for side, ranked in rankings.items() for clamp in _on_side(side, ranked, counts, part))
        for part in (switching, same)
    )
    moments = tuple(_moments(ranking, counts, switching, same))
    return Clamps(on_switches, on_others, len(switching.cases), len(same.cases), moments)


def _on_side(side: str, ranking: Ranking, counts: Sequence[int], trial: Trial[ClampCase]) -> list[Clamp]:
    """Every clamp of a side."""
    if not trial.cases:
        return []
    units = {ALL: None} | {best(count): tuple(map(int, ranking.best(count))) for count in counts}
    kinds: list[Gates] = ["forget open", "nothing written", "both"]
    if trial.cases[0].same:
        kinds.append("matched forget")
    wanted = [(gates, which) for which in units for gates in kinds]
    wanted += [("none", ALL), ("both", DIRECTION)]
    held, rows = _Held(side, trial), range(len(trial.cases))
    runs = [
        [held.direction(row) if which == DIRECTION else held.gates(row, gates, units[which]) for row in rows]
        for gates, which in wanted
    ]
    tallies = trial.count_each([[of_cases] for of_cases in runs])
    return [
        Clamp(
            side=side,
            gates=gates,
            units=which,
            old=counted.turned,
            new=counted.kept,
            neither=counted.neither,
            rest=counted.rest,
        )
        for (gates, which), counted in zip(wanted, tallies, strict=True)
    ]


def _moments(
    ranking: Ranking, counts: Sequence[int], switching: Trial[ClampCase], same: Trial[ClampCase]
) -> list[ClampAt]:
    """The decoder's clamps by when they are set."""
    few, more = min(TIMED, max(counts)), max(counts)
    wanted: list[tuple[Gates, ClampedUnits, Span, str]] = []
    gates: tuple[Gates, ...] = ("forget open", "nothing written", "both")
    for word in in_order(name for case in switching.cases for name in switch_words(case.base, "dec").values()):
        wanted += [(gate, best(few), "one word", word) for gate in gates[:2]]
    wanted += [(gate, best(few), span, "") for span in ("up to the noun", "to the end") for gate in gates]
    wanted += [("nothing written", units, "to the end", "") for units in (best(more), ALL) if units != best(few)]
    moments = []
    for gate, which, span, word in wanted:
        units = None if which.count is None else tuple(map(int, ranking.best(which.count)))
        counted, alike = (_count_at(trial, gate, units, span, word) for trial in (switching, same))
        moments.append(
            ClampAt(
                gates=gate,
                units=which,
                span=span,
                word=word,
                old=counted.turned,
                new=counted.kept,
                rest=counted.rest,
                alike=alike.turned,
                sentences=len(counted.trial.cases),
            )
        )
    return moments


def _count_at(trial: Trial[ClampCase], gates: Gates, units: tuple[int, ...] | None, span: Span, word: str) -> Tally:
    """Count the sentences that have such a word, each clamped then."""
    steps = {id(case): _steps(case, span, word) for case in trial.cases}
    trial, config = trial.only([case for case in trial.cases if steps[id(case)]]), trial.setup.config
    layers = range(config.layers) if units is None else [config.layers - 1]
    cells = [Site.of("dec", layer, "c") for layer in layers]
    return trial.count(
        [
            [
                lab.Edit(cell.named(gate), value, steps[id(case)], units)
                for cell in cells
                for gate, value in _HELD[gates].items()
            ]
            for case in trial.cases
        ]
    )


def _steps(case: ClampCase, span: Span, word: str) -> tuple[int, ...]:
    """At which steps of the decoder a sentence is clamped; none where it has no such word."""
    if span == "one word":
        return tuple(step for step, name in switch_words(case.base, "dec").items() if name == word)
    window = case.windows["dec"]
    return window if span == "up to the noun" else tuple(range(window[0], len(case.base.target) + _BEYOND))


class _Held:
    """What the clamps of one side hold: c before the window, and the gates of the sentence without a switch."""

    def __init__(self, side: str, trial: Trial[ClampCase]):
        setup, cases = trial.setup, trial.cases
        self.windows, last = [case.windows[side] for case in cases], setup.config.layers - 1
        self.cell = Site.of(side, last, "c")
        self.forget = [Site.of(side, layer, "f") for layer in range(setup.config.layers)]
        direction = setup.readout.directions[self.cell]
        self.basis = (direction / np.linalg.norm(direction))[:, None].astype(np.float32)
        own = [trial.own[case.base.source] for case in cases]
        trace = lab.trace(setup.translator, [case.base.source for case in cases], own, self.cell, network=setup.network)
        self.before = trace.at(self.cell, step=[max(window[0] - 1, 0) for window in self.windows]).numpy()
        same = [case.same.source for case in cases if case.same is not None]
        self.matched: dict[str, list[lab.From]] = {}
        if same:
            trace = lab.trace(setup.translator, same, sites=self.forget, network=setup.network)
            self.matched = {site: [lab.From(values.numpy()) for values in trace[site]] for site in self.forget}

    def direction(self, row: int) -> Run:
        """One sentence's edit that holds c along the readout's direction."""
        return [lab.Edit(self.cell, lab.InSubspace(self.basis, self.before[row]), self.windows[row])]

    def gates(self, row: int, gates: Gates, units: tuple[int, ...] | None) -> Run:
        """One sentence's edits of gates: in all layers where all units are clamped, in the last one otherwise."""
        edits = []
        for forget in self.forget if units is None else self.forget[-1:]:
            held = {"f": self.matched[forget][row]} if gates == "matched forget" else _HELD[gates]
            edits += [lab.Edit(forget.named(gate), value, self.windows[row], units) for gate, value in held.items()]
        return edits
