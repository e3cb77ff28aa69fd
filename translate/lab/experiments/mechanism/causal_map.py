"""Where, and when, does a change change the words? Every site at every step, exchanged for that of the other gender.

The map of causes that is drawn of transformers (causal tracing: Meng et al. 2022), here for every gate of a recurrent
cell. Two sentences differ in one noun's gender. At one step of the one's run, one site's value is exchanged for what
the other's run holds there, and the decoder writes on freely; which words turn is counted for the noun's own clause
and for the other one. At each site and step four things are exchanged: the whole site, one direction of it (the
difference of the two genders' means at that place, on nouns for fitting), the best units, and as many random ones.

Where c is exchanged, h of that step is restored to the base's own value, so that the two are told apart; where a gate
or h is exchanged, c and h of that step follow from it. The controls are the random units, drawn anew for each pair, and
the other clause. Sentences are laid side by side at their nouns (`sentences/places.py`).

Misleads when: a site that turns nothing is taken for one that knows nothing: what many steps or units do together (a
gate held shut for a whole clause) no single exchange shows, `clamps` does. And a gate may turn words though it carries
no gender, by letting through what another one does.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np

from translate import lab
from translate.lab.experiments.intervening.tally import Tally, Trial
from translate.lab.experiments.mechanism.directions import gender_differences
from translate.lab.experiments.reading.units import Ranking, rank
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.minimal_pairs import Swap, find_swaps
from translate.lab.sentences.places import Place, common_places, places_of
from translate.lab.statistics.resample import Groups
from translate.lab.statistics.shown import Shown
from translate.lab.tracing.site import DECODER_FIRST, Site, states
from translate.model import cells
from translate.model.config import ModelConfig

What = Literal["whole site", "direction", "best units", "random units"]
"""What of a site is exchanged."""
UNITS, PAIRS, COMMON = 3, 48, 0.5
"""How many units are exchanged alone, how many pairs are mapped, and which share of them must have a place."""
_SAME = 1e-6  # values no further apart are equal


@dataclass(frozen=True)
class Cells:
    """A share of words at each place of the map, NaN where there are none: lists of one length.

    low, high: the 95 % interval over noun pairs; where no word turned, or all did, Wilson's of so many noun pairs.
    n: words.
    """

    value: list[float]
    low: list[float]
    high: list[float]
    n: list[int]


@dataclass(frozen=True)
class MapRow:
    """One site. clause: whose noun has the other gender (0, 1). own: the words of that clause that turned.

    other: at each place the share of the other clause's words that turned, NaN where there are none. rest: of sentences
    whose other words all stayed, the lowest share at any place.
    """

    site: str
    what: What
    clause: int
    own: Cells
    other: list[float]
    rest: float


@dataclass(frozen=True)
class CausalMap(Shown):
    """What turns, by site and place.

    places: the columns of every row. units: the best ones, by side. pairs: how many minimal pairs differ in the first
    noun and in the second. counterfactuals: how many edited sentences were translated; an
    exchange of equal values is none.
    """

    places: list[Place]
    rows: tuple[MapRow, ...]
    units: dict[str, list[int]]
    pairs: tuple[int, int]
    counterfactuals: int

    def of(self, site: str, what: What, clause: int) -> MapRow | None:
        """One row, None where it was not measured."""
        return next((row for row in self.rows if (row.site, row.what, row.clause) == (site, what, clause)), None)


def sites_mapped(config: ModelConfig) -> list[Site]:
    """States and gates of the last layer of both sides, the decoder's first."""
    gates = [name for name in cells.SITES[config.cell] if name not in states(config) and not name.endswith("_pre")]
    names = (*states(config), *gates)
    return [Site.of(side, config.layers - 1, name) for side in DECODER_FIRST for name in names]


def pairs_mapped(setup: Setup, most: int = PAIRS) -> list[Swap]:
    """At most so many minimal pairs about test nouns, half of each clause, from all of the switch suite alike."""
    pairs: list[Swap] = []
    for clause in (0, 1):
        found = find_swaps(setup.switch, clause, "after noun", tested=setup.split.test)
        rows = np.linspace(0, len(found) - 1, min(most // 2, len(found))).astype(int)
        pairs += [found[row] for row in rows]
    return pairs


def causal_map(
    setup: Setup,
    pairs: Sequence[Swap] | None = None,
    sites: Sequence[str] | None = None,
    steps: Sequence[Place] | None = None,
) -> CausalMap | None:
    """Exchange every site at every step and count what turns.

    pairs: minimal pairs, of either clause (default: `pairs_mapped`). sites: full names
    (default: `sites_mapped`). steps: which places (default: those that half of the pairs have). None where no pair
    can be judged.
    """
    pairs = pairs_mapped(setup) if pairs is None else pairs
    trial = Trial.of(setup, [swap for swap in pairs if places_of(swap.base, "dec")])
    if not trial.cases:
        return None
    mapped = [Site(site) for site in sites or sites_mapped(setup.config)]
    sides = list(dict.fromkeys(site.side for site in mapped))
    if steps is None:
        steps = sorted({place for side in sides for place in _common(trial.cases, side)})
    ranked = {side: rank(setup, setup.memory.on(side)) for side in sides}
    drawn = _Map(trial, mapped, list(steps), ranked)
    rows = tuple(row for site in mapped for row in drawn.rows(site))
    count = [sum(swap.clause == clause for swap in trial.cases) for clause in (0, 1)]
    best = {side: [int(unit) for unit in ranking.best(UNITS)] for side, ranking in ranked.items()}
    return CausalMap(drawn.places, rows, best, (count[0], count[1]), drawn.counterfactuals)


def _common(swaps: Sequence[Swap], side: str) -> list[Place]:
    return common_places([places_of(swap.base, side) for swap in swaps], COMMON)


class _Map:
    """What both sentences of each pair hold, and the edits that exchange it."""

    def __init__(self, trial: Trial[Swap], sites: Sequence[Site], places: list[Place], ranked: dict[str, Ranking]):
        self.trial, self.places, self.ranked, self.counterfactuals = trial, places, ranked, 0
        setup = trial.setup
        self.column = {place: number for number, place in enumerate(places)}
        own = {pair.source: trial.own[pair.source] for swap in trial.cases for pair in swap.sentences}
        self.row = {source: number for number, source in enumerate(own)}
        hidden = [site.named("h") for site in sites]
        self.run = lab.trace(
            setup.translator, list(own), list(own.values()), [*dict.fromkeys([*sites, *hidden])], network=setup.network
        )
        self.directions = {site: of.directions for site, of in gender_differences(setup, sites, places).items()}
        self.rng = np.random.default_rng(setup.seed)

    def rows(self, site: Site) -> list[MapRow]:
        """All ways of exchanging one site, in pairs that differ in the first noun and in the second."""
        cases, columns = self._cases(site)
        if not cases:
            return []
        trial = self.trial.only(cases)
        ways = self._runs(site, cases, columns)
        tallies = trial.count_each([[runs] for runs in ways])
        self.counterfactuals += sum(bool(run) for runs in ways for run in runs)
        return [
            self._row(site, what, clause, counted, columns)
            for what, counted in zip(get_args(What), tallies, strict=True)
            for clause in dict.fromkeys(case.clause for case in cases)
        ]

    def _cases(self, site: Site) -> tuple[list[Swap], np.ndarray]:
        """Each pair at each step that has a column; the words that the step may still change are judged."""
        cases: list[Swap] = []
        columns: list[int] = []
        for swap in self.trial.cases:
            for step, place in enumerate(places_of(swap.base, site.side)):
                if place in self.column:
                    last = -1 if site.side == "enc" else step if self._restores(site) else step - 1
                    cases.append(replace(swap, step=last, place=step))
                    columns.append(self.column[place])
        return cases, np.array(columns, dtype=int)

    def _restores(self, site: Site) -> bool:
        """Whether h is restored as the site is exchanged: where it is the cell's other state."""
        return site.name == "c"

    def _runs(self, site: Site, cases: Sequence[Swap], columns: np.ndarray) -> list[list[list[lab.Edit]]]:
        """For each way the edits of all cases."""
        base, source = (self._values(site, [case.sentences[k].source for case in cases], cases) for k in (0, 1))
        clauses = np.array([case.clause for case in cases])
        along = self.directions[site][clauses, columns]
        moved = (base + along * ((source - base) * along).sum(1, keepdims=True)).astype(base.dtype)
        restored: list[list[lab.Edit]] = [[] for _ in cases]
        if self._restores(site):
            hidden = site.named("h")
            held = self._values(hidden, [case.base.source for case in cases], cases)
            restored = [
                [lab.Edit(hidden, lab.From(value), case.place)] for value, case in zip(held, cases, strict=True)
            ]
        ranking = self.ranked[site.side]
        best = tuple(map(int, ranking.best(UNITS)))

        def runs(values: np.ndarray, units: list[tuple[int, ...] | None]) -> list[list[lab.Edit]]:
            made = []
            for row, (case, which) in enumerate(zip(cases, units, strict=True)):
                edited = slice(None) if which is None else list(which)
                # What both sentences hold alike (before their words differ, say) need not be exchanged.
                is_same = np.abs(values[row] - base[row])[edited].max(initial=0) < _SAME
                edit = lab.Edit(site, lab.From(values[row]), case.place, which)
                made.append([] if is_same else [*restored[row], edit])
            return made

        everywhere: list[tuple[int, ...] | None] = [None] * len(cases)
        random: list[tuple[int, ...] | None] = [ranking.others(UNITS, self.rng) for _ in cases]
        return [
            runs(source, everywhere),
            runs(moved, everywhere),
            runs(source, [best] * len(cases)),
            runs(source, random),
        ]

    def _values(self, site: Site, sources: Sequence, cases: Sequence[Swap]) -> np.ndarray:
        """What the runs of some sentences hold at the cases' steps, `[case, unit]`."""
        return self.run[site].numpy()[[self.row[source] for source in sources], [case.place for case in cases]]

    def _row(self, site: Site, what: What, clause: int, counted: Tally, columns: np.ndarray) -> MapRow:
        cases = counted.trial.cases
        of_clause, count = np.array([case.clause == clause for case in cases]), len(self.places)
        kept = of_clause[counted.word_cases]
        rows, (others, other_rows) = counted.word_cases[kept], counted.other_words
        lemmas = np.array(counted.trial.lemmas)[rows]
        beside = of_clause[other_rows]
        return MapRow(
            site=site,
            what=what,
            clause=clause,
            own=_cells(counted.turned_words[kept, 0], columns[rows], lemmas, count, self.trial.setup.seed),
            other=_means(others[beside, 0], columns[other_rows[beside]], count),
            rest=float(np.nanmin(_means(counted.rest_of_cases[of_clause], columns[of_clause], count))),
        )


def _cells(turned: np.ndarray, columns: np.ndarray, lemmas: np.ndarray, count: int, seed: int) -> Cells:
    """The mean of `turned` `[word]` at each of `count` places, with intervals over the words' noun pairs."""
    values = np.full((len(turned), count), np.nan)
    values[np.arange(len(turned)), columns] = turned
    course = lab.course_over(values, lemmas, range(count), seed)
    low, high = list(course.low), list(course.high)
    for place, value in enumerate(course.value):
        if value in (0.0, 1.0):
            nouns = len(Groups.of(lemmas[columns == place]))
            share = lab.wilson(int(value) * nouns, nouns, "noun pairs")
            low[place], high[place] = share.low, share.high
    return Cells(_rounded(course.value), _rounded(low), _rounded(high), course.n)


def _means(values: np.ndarray, columns: np.ndarray, count: int) -> list[float]:
    """The mean of `values` at each of `count` places."""
    at = [columns == column for column in range(count)]
    return _rounded([values[here].mean() if here.any() else np.nan for here in at])


def _rounded(shares: Sequence[float]) -> list[float]:
    """Shares to a tenth of a percent: there are thousands of them."""
    return [round(float(share), 3) for share in shares]
