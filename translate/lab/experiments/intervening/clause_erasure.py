"""Clause by clause: what is left when the gender is taken out on one side of one clause's noun, fitted there alone.

An eraser that is fitted over all words takes out what one line reads in all of them; in one clause that may be too
little, and in the other so much that the gender *turns*. So each clause is asked apart, and in it the words before the
noun and those after it. The words then say one of three things (when the bars came: `verdicts/claims.toml`): *erased*
(fewer than three quarters keep their gender, fewer than three quarters turn, hardly any is in neither form, and no new
probe reads the gender in three quarters), *turned* (three quarters or more take the other gender: the gender was not
taken out but reversed) and *survives* (three quarters or more keep it).

The state is probed again, by a line and by a small network: where it is erased, and one to three words after an erasure
of one state alone. Rank 1 takes one direction out for all words; ranks 2 and 4 another one for the first word (the
first three), and one for all others.

Controls: random directions along which the states vary as much, and the largest natural components of the states, each
projected out. Misleads when: LEACE's guarantee is taken for more than it is. It holds for the states that it was fitted
on; those of a run that is erased at each step are others, and a line may read the gender there again. And a probe of
few rows may find nothing; its rows stand beside it. Of rank 1, for the claims, there are thousands (`Material.more`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from translate import lab
from translate.corpus.pair import Agreement, SentencePair
from translate.lab.editing.network import Run
from translate.lab.experiments.intervening.tally import Tally, Trial
from translate.lab.experiments.setup import Setup
from translate.lab.probes.leace import by_place, component_erasers, erased_directions, eraser_of, matched_eraser
from translate.lab.probes.nonlinear import fit_curve
from translate.lab.probes.probe import FEW, fit_column
from translate.lab.sentences.events import controllers
from translate.lab.sentences.lemmas import noun_pair
from translate.lab.sentences.minimal_pairs import Case, Tagged, crossed
from translate.lab.sentences.switch_words import CZECH_JOINTS, switch_window
from translate.lab.statistics.estimate import Estimate, nothing_measured
from translate.lab.statistics.shown import Shown
from translate.lab.tracing.site import Site
from translate.language.words import GENDERS

RANKS, LATER, DRAWS, COMPONENTS = (0, 1, 2, 4), 3, 3, 3
BAR, _WHOLE = 0.75, 0.9
"""From this share on, the whole interval past it, words are taken to keep their gender, or to turn."""
_FEWEST = 20  # sentences of each half to say anything of a place
_MANY, _SOME = 4000, 750  # states to fit on, about: of rank 1 and one site, and of all others

Where = Literal["before the noun", "after the noun"]
Outcome = Literal["erased", "turned", "survives", "undecided"]
Erasers = dict[Site, lab.Affine]


@dataclass(frozen=True)
class PlaceCase(Case):
    """A clause's agreeing words on one side of its noun. They are judged that are written after `step`, before `until`.

    where: on which side.
    """

    where: Where
    until: int

    @property
    def judged(self) -> list[Agreement]:
        """The words of the clause in between."""
        words = self.base.agreements
        return [w for w in words if w.clause == self.clause and self.step < w.position < self.until]

    @property
    def steps(self) -> tuple[int, ...]:
        """The states that are erased, up to the one that writes the last of these words."""
        return tuple(range(self.step + 1, max(word.position for word in self.judged) + 1))


@dataclass(frozen=True)
class PlaceErasure(Shown):
    """What erasing one place did.

    clause: 0 or 1. where: on which side of its noun. rank: directions that are taken out; 0: none, for comparison.
    kept, turned: shares of the place's agreeing words. outcome: see above. rest_words: as in `Tally`. random: kept
    after matched random directions. components: kept after each of the largest natural components (at rank 1).
    linear, nonlinear: accuracy of probes fitted anew on other nouns, where it is erased and (after the noun) one to
    three words after an erasure of the place's first state alone. rows: that each was fitted on. by_gender: what is
    kept of the masculine and of the feminine words ("m", "f"): where nothing tells the gender any more a model may say
    one of them by habit; empty in older results.
    """

    clause: int
    where: Where
    rank: int
    kept: Estimate
    turned: Estimate
    outcome: Outcome
    rest_words: Estimate
    random: Estimate | None
    components: tuple[Estimate, ...]
    linear: tuple[Estimate, ...]
    nonlinear: tuple[Estimate, ...]
    rows: tuple[int, ...]
    sentences: int
    by_gender: dict[str, Estimate] = field(default_factory=dict)


def clause_erasures(setup: Setup, sites: Sequence[Site], ranks: Sequence[int] = RANKS) -> tuple[PlaceErasure, ...]:
    """Erase some of the decoder's sites at once, clause by clause and side by side of the noun; the first is probed.

    ranks: how many directions are taken out; 0: none. Before the noun 1 is the most, and of one site alone. Places that
    too few sentences have are left out.
    """
    asked = [
        case for case in place_cases(setup.switch) if setup.split.fits(case.base) or case.lemma in setup.split.test
    ]
    more = [case for case in place_cases(setup.material.more) if setup.split.fits(case.base)]
    found: list[PlaceErasure] = []
    for clause, where in sorted({(case.clause, case.where) for case in asked}):
        if where == "before the noun" and len(sites) > 1:
            continue
        here, there = (
            [case for case in cases if (case.clause, case.where) == (clause, where)] for cases in (asked, more)
        )
        trial = Trial.of(setup, [*here, *_some(there, _MANY, setup.seed)])
        train, test = trial.for_fitting, trial.tested
        if min(len(train.cases), len(test.cases)) >= _FEWEST:
            for rank in ranks[: 2 if where == "before the noun" else None]:
                rows = _MANY if rank == 1 and len(sites) == 1 else _SOME
                place = _Place(sites, train.only(_some(train.cases, rows, setup.seed)), test)
                found.append(place.erased(rank))
    return tuple(found)


def _some(cases: Sequence[PlaceCase], rows: int, seed: int) -> list[PlaceCase]:
    """Cases with so many states, drawn: a stride would take the same of a sentence's four versions."""
    drawn = np.random.default_rng(seed).permutation(len(cases))
    states = np.cumsum([len(cases[row].steps) for row in drawn])
    return [cases[row] for row in sorted(drawn[: np.searchsorted(states, rows) + 1])]


def place_cases(suite: Iterable[Tagged]) -> list[PlaceCase]:
    """The crossed sentences, by the clause and the side of its noun whose words are judged."""
    cases = []
    for pair, _ in crossed(suite):
        for clause in (0, 1):
            nouns = controllers(pair, clause)
            if nouns:
                lemma, noun = noun_pair(nouns[-1].lemma), nouns[-1].written
                begins = -1 if clause == 0 else joint_of(pair)
                cases.append(PlaceCase(pair, clause, begins, lemma, "before the noun", noun))
                cases.append(PlaceCase(pair, clause, noun, lemma, "after the noun", len(pair.target)))
    return [case for case in cases if case.judged]


def joint_of(pair: SentencePair) -> int:
    """The position of the word after which the second clause begins: the last Czech joint before its noun."""
    window = switch_window(pair, "dec")
    joints = [step - 1 for step in window if pair.target[step - 1] in CZECH_JOINTS]
    return joints[-1] if joints else min(window, default=0) - 1


def outcome(kept: Estimate, turned: Estimate, read_again: Sequence[Estimate] = ()) -> Outcome:
    """What the words say: by the whole intervals of what kept its gender, and of what took the other one.

    read_again: what new probes read at the erased words; "erased" is what none of them reads, in words still in one of
    their two forms. Where all noun pairs say the same, their number decides, as everywhere (`verdicts/bars.py`).
    """
    if _is_most(kept):
        return "survives"
    if _is_most(turned):
        return "turned"
    is_whole = kept.value + turned.value >= _WHOLE
    is_gone = all(each.high < BAR for each in (kept, turned, *read_again))
    return "erased" if is_whole and is_gone else "undecided"


def _is_most(share: Estimate) -> bool:
    return share.low >= BAR or (share.value == 1 and share.low > 0.5)


@dataclass(frozen=True)
class _Rows:
    """States at the places of some cases, `[row, unit]`. case: whose. place: words from the first of them."""

    x: np.ndarray
    case: np.ndarray
    place: np.ndarray
    trial: Trial[PlaceCase]

    @property
    def feminine(self) -> np.ndarray:
        return np.array([case.judged[0].gender == "f" for case in self.trial.cases])[self.case]

    @property
    def lemmas(self) -> np.ndarray:
        return np.array(self.trial.lemmas)[self.case]

    def eraser(self, rank: int) -> lab.Affine:
        return eraser_of(self.x, by_place(self.feminine.astype(float), self.place, rank))


class _Place:
    """One place: its sentences for fitting and for testing, and the states that erasers are fitted on."""

    def __init__(self, sites: Sequence[Site], train: Trial[PlaceCase], test: Trial[PlaceCase]):
        self.sites, self.train, self.test = tuple(sites), train, test
        self.plain = {site: _states(site, train, [()] * len(train.cases)) for site in sites}
        self.rng = np.random.default_rng(train.setup.seed)

    def erased(self, rank: int) -> PlaceErasure:
        """What an eraser of this rank does; 0: nothing is erased."""
        erasers = {site: rows.eraser(rank) for site, rows in self.plain.items() if rank}
        counted = self._count(erasers) if rank else self.test.count_own()
        case, main = self.test.cases[0], rank == 1 and len(self.sites) == 1
        draws = DRAWS if main else 1
        random = self._count(*(self._matched(erasers, rank) for _ in range(draws))) if rank else None
        components = [self._count(eraser).kept for eraser in self._components(erasers)] if main else []
        (linear, nonlinear, rows) = zip(*self._probed(erasers, later=case.where == "after the noun"), strict=True)
        return PlaceErasure(
            clause=case.clause,
            where=case.where,
            rank=rank,
            kept=counted.kept,
            turned=counted.turned,
            outcome=outcome(counted.kept, counted.turned, (linear[0], nonlinear[0])),
            rest_words=counted.rest_words,
            random=random.kept if random else None,
            components=tuple(components),
            linear=linear,
            nonlinear=nonlinear,
            rows=rows,
            sentences=len(self.test.cases),
            by_gender={g: counted.share(counted.kept_words, counted.word_genders == g) for g in GENDERS},
        )

    def _matched(self, erasers: Erasers, rank: int) -> Erasers:
        return {
            site: matched_eraser(self.plain[site].x, erased_directions(eraser, rank), self.rng)
            for site, eraser in erasers.items()
        }

    def _components(self, erasers: Erasers) -> list[Erasers]:
        """For the first site, as many erasers as components are looked at."""
        site, x = self.sites[0], self.plain[self.sites[0]].x
        directions = erased_directions(erasers[site], 1)
        if not directions.shape[1]:
            return []
        return [{site: eraser} for eraser in component_erasers(x, directions[:, 0], COMPONENTS)]

    def _count(self, *draws: Erasers) -> Tally:
        return self.test.count(*(_runs(self.test, erasers) for erasers in draws))

    def _probed(self, erasers: Erasers, later: bool) -> list[tuple[Estimate, Estimate, int]]:
        """Probes of the first site: where it is erased, and `later` so many words after its first state alone was."""
        trials, site = (self.train, self.test), self.sites[0]
        now = [_states(site, trial, _runs(trial, erasers)) for trial in trials]
        if not later:
            return [self._accuracies(*now)]
        first = [_states_later(site, trial, _runs(trial, erasers, alone=True)) for trial in trials]
        return [self._accuracies(*pair) for pair in (now, *zip(*first, strict=True))]

    def _accuracies(self, fit: _Rows, judged: _Rows) -> tuple[Estimate, Estimate, int]:
        seed = self.test.setup.seed
        if min(len(fit.x), len(judged.x)) < FEW:
            return nothing_measured("words"), nothing_measured("words"), len(fit.x)
        probes = (fitted(fit.x, fit.feminine, fit.lemmas, seed) for fitted in (fit_column, fit_curve))
        right = [probe.right(judged.x, judged.feminine) for probe in probes]
        linear, nonlinear = (lab.mean_over(each, judged.lemmas, "words", seed) for each in right)
        return linear, nonlinear, len(fit.x)


def _runs(trial: Trial[PlaceCase], erasers: Erasers, alone: bool = False) -> list[Run]:
    """For each case, erasures at all steps of its place, or at the first one alone."""
    return [
        [lab.Edit(site, eraser, case.steps[:1] if alone else case.steps) for site, eraser in erasers.items()]
        for case in trial.cases
    ]


def _states(site: Site, trial: Trial[PlaceCase], runs: Sequence[Run]) -> _Rows:
    """What edited free runs hold at the steps of each case."""
    places = [(row, step, step - case.steps[0]) for row, case in enumerate(trial.cases) for step in case.steps]
    return _rows(trial, _traced(site, trial, runs), *np.array(places).T)


def _states_later(site: Site, trial: Trial[PlaceCase], runs: Sequence[Run]) -> list[_Rows]:
    """The same one, two and three steps after the first one of each case."""
    values, every = _traced(site, trial, runs), np.arange(len(trial.cases))
    first = np.array([case.steps[0] for case in trial.cases])
    return [_rows(trial, values, every, first + words, np.zeros_like(every)) for words in range(1, LATER + 1)]


def _rows(trial: Trial[PlaceCase], values: np.ndarray, case: np.ndarray, step: np.ndarray, place: np.ndarray) -> _Rows:
    """The states at a step of each case, `[case, time, unit]` at hand; a run that is over by then has none."""
    held = values[case, np.minimum(step, values.shape[1] - 1)]
    there = (step < values.shape[1]) & ~np.isnan(held[:, 0])
    return _Rows(held[there], case[there], place[there], trial)


def _traced(site: Site, trial: Trial[PlaceCase], runs: Sequence[Run]) -> np.ndarray:
    sentences, network = [case.base.source for case in trial.cases], lab.EditedNetwork(trial.setup.network, runs)
    return lab.trace(trial.setup.translator, sentences, sites=site, network=network)[site].numpy()
