"""Is a part of the memory enough, and can the rest do without it? Each part is exchanged alone, and all but it.

To exchange the whole state proves nothing about a place: the state decides all that follows, and the run becomes the
other sentence's. What can fail is a part: c alone, with h restored; a few units; one direction (the difference of the
two means, or the one trained in `subspace.py`: these are two directions, and named apart). A part that is *enough*
turns the words of its clause; a part that is *needed* leaves a complement, all of c but it, that turns none.

Every exchange moves c by (source − base) M. The controls move it just as far: along random directions that are
orthogonal to the part's and along which states vary as much; along the largest natural components of the rest; in
random units that vary as much; and by what a sentence of the *same* genders holds.

Misleads when: what is not enough alone is taken for unused (two cells that hold the same), or when directions are
compared clause by clause where each clause has its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np

from translate import lab
from translate.corpus.pair import SentencePair
from translate.lab.editing.network import Run
from translate.lab.experiments.intervening.parts import Exchange, Kind
from translate.lab.experiments.intervening.tally import Tally, Trial
from translate.lab.experiments.reading.units import Ranking, rank
from translate.lab.experiments.setup import Setup
from translate.lab.probes.directions import Beside, difference_of_means, unit
from translate.lab.sentences.alike import Alike
from translate.lab.sentences.minimal_pairs import Swap, find_swaps
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.shown import Shown
from translate.lab.tracing.site import Site, states_of

COUNTS, DRAWS, COMPONENTS = (3,), 3, 3
_WHOLE = 0.75
"""So many words in one of their two forms are enough to see whether they turn."""


@dataclass(frozen=True)
class Part:
    """What exchanging one part did, on test nouns, in what the decoder then wrote freely.

    turned: of the words of the clause whose noun has the other gender; by_clause ("1", "2"): the same for each;
    by_gender ("1 m", "1 f", …): for the words of each clause that were masculine, and feminine. The claims rest on
    these, for a mean of both may be one of opposites; empty in results that did not count them. other:
    of the other clause's words to come. rest: sentences whose other words stayed. draws: of random ones. kept: of the
    same words as `turned`, those that stayed in their own gender; None in results that did not count them.
    """

    part: Exchange
    turned: Estimate
    by_clause: dict[str, Estimate]
    other: Estimate | None
    rest: Estimate
    draws: int = 1
    kept: Estimate | None = None
    by_gender: dict[str, Estimate] = field(default_factory=dict)

    @property
    def is_broken(self) -> bool:
        """Whether so many words are in neither form that hardly any could have turned: it says nothing as a control."""
        return self.kept is not None and self.kept.value + self.turned.value < _WHOLE

    @property
    def least(self) -> Estimate:
        """Of the clause and gender of which it turns fewest."""
        return min((self.by_gender or self.by_clause).values(), key=lambda estimate: estimate.value)

    @property
    def most(self) -> Estimate:
        """Of the clause and gender of which it turns most."""
        return max((self.by_gender or self.by_clause).values(), key=lambda estimate: estimate.value)


@dataclass(frozen=True)
class Necessity(Shown):
    """All parts of one side's memory.

    site: of the last layer; where there are several layers or halves "c alone" means that of all. cosines: between
    directions that are often taken for one, by their names. sentences: minimal pairs with test nouns.
    """

    side: str
    site: str
    parts: tuple[Part, ...]
    cosines: dict[str, float]
    sentences: int

    def of(self, kind: Kind, count: int | None = None) -> Part | None:
        """The part of this kind, with this many units or this number; None where it was not exchanged."""
        return next((each for each in self.parts if (each.part.kind, each.part.count) == (kind, count)), None)


def necessity(
    setup: Setup, ranking: Ranking | None = None, side: str = "dec", trained: np.ndarray | None = None
) -> Necessity | None:
    """Exchange the parts of a side's memory one word after each clause's noun, and all but each.

    ranking: of the memory's units, made where None. trained: a direction `[unit]` of the memory found elsewhere. None
    where the model translates too few sentences well.
    """
    swaps = [swap for clause in (0, 1) for swap in find_swaps(setup.switch, clause, "after noun", side)]
    trial = Trial.of(setup, swaps)
    if not trial.for_fitting.cases or not trial.tested.cases:
        return None
    held = _Held(trial, ranking or rank(setup, setup.memory.on(side)))
    trained_in = None if trained is None else dict.fromkeys(held.clauses, trained)
    planned = list(_planned(held, trained_in))
    tallies = held.test.count_each([[held.runs(moved) for moved in draws] for _, draws in planned])
    measured = [_part(kind, counted) for (kind, _), counted in zip(planned, tallies, strict=True)]
    parts = list(_worse_ways(measured))
    if same := held.same():
        parts.append(_part(Exchange("same gender", (held.site.name,)), same))
    directions = {f"means of clause {clause + 1}": held.means[clause] for clause in held.clauses}
    directions["readout"] = setup.readout.directions[held.site]
    if trained is not None:
        directions["trained"] = trained
    return Necessity(side, held.site, tuple(parts), _cosines(directions), len(held.test.cases))


def _worse_ways(parts: Sequence[Part]) -> Iterator[Part]:
    """Of each part one: of the two ways along a natural component the one that turns more, not their mean."""
    for _, same in groupby(parts, key=lambda part: part.part):
        yield max(same, key=lambda part: part.most.value)


ByClause = dict[int, np.ndarray]
"""By clause, a direction `[unit]`, or the matrix `[unit, unit]` by which its exchanges move the memory."""


def _planned(held: "_Held", trained: ByClause | None) -> Iterator[tuple[Exchange, list[ByClause]]]:
    """Each part with the matrices by which it moves c: several where they are drawn."""
    states = (held.site.name,)
    yield Exchange("state", states), [dict.fromkeys(held.clauses, np.eye(held.width))]
    kinds: tuple[tuple[Kind, Kind, ByClause | None], ...] = (
        ("trained direction", "all but trained direction", trained),
        ("difference of means", "all but difference of means", held.means),
    )
    for kind, all_but, directions in kinds:
        if directions is not None:
            inside = {clause: np.outer(each, each) for clause, each in directions.items()}
            yield Exchange(kind, states), [inside]
            yield Exchange(all_but, states), [held.but(inside)]
    for count in COUNTS:
        chosen = np.diag(np.isin(np.arange(held.units), held.ranking.best(count)).astype(float))
        inside = dict.fromkeys(held.clauses, chosen)
        yield Exchange("best units", states, count), [inside]
        yield Exchange("all but best units", states, count), [held.but(inside)]
    own, rng = trained or held.means, np.random.default_rng(held.setup.seed)
    beside = {clause: Beside.of(own[clause], held.fitting[clause]) for clause in held.clauses}
    yield (
        Exchange("random directions", states),
        [{clause: np.outer(own[clause], beside[clause].matched(rng)) for clause in own} for _ in range(DRAWS)],
    )
    for number in range(min(COMPONENTS, *(each.components.shape[1] for each in beside.values()))):
        moved = {clause: np.outer(own[clause], beside[clause].components[:, number]) for clause in own}
        for way in (moved, {clause: -matrix for clause, matrix in moved.items()}):
            yield Exchange("natural component", states, number + 1), [way]
    drawn = [dict.fromkeys(held.clauses, matrix) for matrix in _random_units(held, rng)]
    yield Exchange("random units", states, COUNTS[0]), drawn


def _random_units(held: "_Held", rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Matrices `[unit, unit]` that move other units by what the best ones would have been moved by."""
    for _ in range(DRAWS):
        matrix, others = np.zeros((held.units, held.units)), held.ranking.others(COUNTS[0], rng)
        matrix[held.ranking.best(len(others)), list(others)] = 1.0
        yield matrix


class _Held:
    """What the sentences for fitting and for testing hold at the place of the exchange.

    The memory may lie in several sites (layers, and the halves of an encoder that reads both ways): a matrix moves them
    as one vector of `width`, which begins with the `units` of the site itself.
    """

    def __init__(self, trial: Trial[Swap], ranking: Ranking):
        self.setup, self.trial, self.test = trial.setup, trial, trial.tested
        self.ranking, self.site = ranking, ranking.site
        self.states = states_of(self.setup.config, self.site.side)
        self.memory = [each for each in self.states if each.name == self.site.name]
        pairs = {pair.source: pair for swap in trial.cases for pair in swap.sentences}
        self.row = {source: row for row, source in enumerate(pairs)}
        own = [trial.own[source] for source in pairs]
        self.trace = lab.trace(self.setup.translator, list(pairs), own, self.states, network=self.setup.network)
        self.fitting: ByClause = {}
        self.means: ByClause = {}
        for clause in sorted({swap.clause for swap in trial.for_fitting.cases}):
            swaps = [swap for swap in trial.for_fitting.cases if swap.clause == clause]
            self.fitting[clause] = np.stack(
                [self.at(self.site, pair, swap) for swap in swaps for pair in swap.sentences]
            )
            feminine = np.array([swap.judged[0].gender == "f" for swap in swaps])
            self.means[clause] = difference_of_means(self.fitting[clause], np.stack([feminine, ~feminine], 1).ravel())
        self.clauses = [clause for clause in self.means if any(swap.clause == clause for swap in self.test.cases)]
        first = trial.cases[0]
        self.units = len(self.at(self.site, first.base, first))
        self.width = len(self._memory(first.base, first))

    def at(self, site: Site, pair: SentencePair, swap: Swap) -> np.ndarray:
        """What a sentence holds at a site at the place of a swap's exchange, `[unit]`."""
        return self.trace[site][self.row[pair.source], swap.place_at(site)].numpy()

    def but(self, moved: ByClause) -> ByClause:
        """The matrices of all of the memory's width that move everything but what these move."""
        return {clause: np.eye(self.width) - self._whole(matrix) for clause, matrix in moved.items()}

    def runs(self, moved: ByClause) -> list[Run]:
        """For each test case the edits that move its memory towards its source's by a matrix, the rest restored."""
        return [
            self._run(swap, base + (source - base) @ self._whole(moved[swap.clause]))
            for swap in self.test.cases
            for base, source in [[self._memory(pair, swap) for pair in swap.sentences]]
        ]

    def _whole(self, matrix: np.ndarray) -> np.ndarray:
        """A matrix of the site's own units as one of all that the memory has."""
        if len(matrix) == self.width:
            return matrix
        padded = np.zeros((self.width, self.width))
        padded[: self.units, : self.units] = matrix
        return padded

    def same(self) -> Tally | None:
        """The memory taken from a sentence of the same genders, where there is one."""
        alike, cases, runs = Alike(self.trial.cases), [], []
        for swap in self.test.cases:
            if (other := alike.same(swap)) is not None:
                cases.append(swap)
                runs.append(self._run(swap, self._memory(other.base, other)))
        return self.test.only(cases).count(runs) if cases else None

    def _memory(self, pair: SentencePair, swap: Swap) -> np.ndarray:
        return np.concatenate([self.at(site, pair, swap) for site in self.memory])

    def _run(self, swap: Swap, values: np.ndarray) -> Run:
        held = {site: self.at(site, swap.base, swap) for site in self.states}
        ends = np.cumsum([len(held[site]) for site in self.memory])[:-1]
        held |= dict(zip(self.memory, np.split(values, ends), strict=True))
        return [lab.Edit(site, lab.Set(value), swap.place_at(site)) for site, value in held.items()]


def _part(part: Exchange, counted: Tally) -> Part:
    clauses = (counted.word_clauses + 1).astype(str)
    genders = np.char.add(np.char.add(clauses, " "), counted.word_genders)
    by_clause, by_gender = (
        {str(name): counted.share(counted.turned_words, of == name) for name in np.unique(of)}
        for of in (clauses, genders)
    )
    return Part(
        part=part,
        turned=counted.turned,
        by_clause=by_clause,
        other=counted.other,
        rest=counted.rest,
        draws=len(counted.written),
        kept=counted.kept,
        by_gender=by_gender,
    )


def _cosines(directions: dict[str, np.ndarray]) -> dict[str, float]:
    """The absolute cosines between any two directions."""
    names = list(directions)
    return {
        f"{one}, {other}": abs(float(unit(directions[one]) @ unit(directions[other])))
        for place, one in enumerate(names)
        for other in names[place + 1 :]
    }
