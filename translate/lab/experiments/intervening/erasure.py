"""What is left of agreement when the gender is taken out of the state: LEACE, clause by clause and over both.

LEACE (least-squares concept erasure, Belrose et al. 2023) is the smallest affine change of a state after which no
linear probe does better than chance. It is fitted on some nouns, at the words after their noun; on sentences about
others it is applied at every step from the noun to the clause's last agreeing word, and the decoder writes freely.
Where nothing tells the gender any more, half of the words are right. The control is a random direction along which the
states vary as much, projected out.

One eraser for all words (*pooled*) takes out what one line reads everywhere; its mean over two clauses may be half by
leaving the gender in the one and *turning* it in the other. So each clause is asked apart as well (`places`, see
`clause_erasure.py`), and what is said of a model rests on these.

Applied at one step alone, by an eraser fitted at that step, it shows how well the rest of the state knows the gender:
h holds what c held, and a step later c may have it back.

Misleads when: a linear eraser is taken for more than it is. A curve may read what no line does, and so may the network.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from translate import lab
from translate.lab.editing.network import Run
from translate.lab.experiments.intervening.clause_erasure import RANKS, PlaceErasure, Where, clause_erasures
from translate.lab.experiments.intervening.tally import Tally, Trial
from translate.lab.experiments.setup import Setup
from translate.lab.probes.leace import erased_directions, eraser_of, matched_eraser
from translate.lab.probes.probe import fit_column
from translate.lab.sentences.minimal_pairs import Case, cases_after_noun
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.shown import Shown
from translate.lab.tracing.site import Site

DRAWS, _ROWS = 3, 2000  # random directions; states to measure a variance on, at most
Erasers = Mapping[Site, lab.Affine]


@dataclass(frozen=True)
class Probed:
    """Accuracy of probes fitted anew on the states of runs that were erased at one step, on nouns for testing.

    plain: at that step without the erasure. erased: at that step with it. later: one step later, where nothing is
    erased any more.
    """

    plain: Estimate
    erased: Estimate
    later: Estimate


@dataclass(frozen=True)
class Erasure(Shown):
    """What taking the gender out of some sites does.

    before, after: agreement in the clause that is about the erased noun. other: words of other clauses that turned;
    None where all were written before. rest: sentences whose other words all stayed as they were; rest_words: the
    share of those words that did. random: agreement after random directions of the same variance were taken out, and
    `random_rest`, `random_rest_words` the same for them. once: agreement after erasure at the one step that has read
    the noun. probed: the memory (the first of `sites`), then. All of these are *pooled*: one eraser for both clauses,
    whose mean may hide two opposites (`after_by_clause`). places: clause by clause, each with an eraser of its own.
    """

    sites: tuple[str, ...]
    rank: int
    before: Estimate
    after: Estimate
    other: Estimate | None
    rest: Estimate
    rest_words: Estimate
    random: Estimate
    random_rest: Estimate
    random_rest_words: Estimate
    once: Estimate
    probed: Probed
    sentences: int
    places: tuple[PlaceErasure, ...] = ()
    after_by_clause: tuple[Estimate, ...] = ()

    def of(self, clause: int, rank: int = 1, where: Where = "after the noun") -> PlaceErasure | None:
        """One of the places, None where too few sentences had it."""
        asked = (clause, rank, where)
        return next((place for place in self.places if (place.clause, place.rank, place.where) == asked), None)


def erasure(setup: Setup) -> tuple[Erasure, ...]:
    """Erase the current gender from c, from h, and from both (from h alone where the cell has no c).

    Empty where the model has too few sentences in which every agreeing word is in its place.
    """
    trial = Trial.of(setup, [case for clause in (0, 1) for case in cases_after_noun(setup.switch, clause)])
    train, test = trial.for_fitting, trial.tested
    if not test.cases or not train.cases:
        return ()
    sites = [site for site in setup.sites if site.side == "dec"]
    combinations = [(site,) for site in sites] + ([tuple(sites)] if len(sites) > 1 else [])
    erased = _Erased(sites, train, test)
    pooled = [erased.from_sites(sites) for sites in combinations]
    # Of the memory all ranks; of all sites at once the first, which says whether h gave back what the memory lost.
    ranks = {combinations[-1]: RANKS[1:2], combinations[0]: RANKS}
    places = {sites: clause_erasures(setup, sites, asked) for sites, asked in ranks.items()}
    return tuple(
        replace(result, places=places.get(sites, ())) for sites, result in zip(combinations, pooled, strict=True)
    )


def fit_eraser(setup: Setup, site: str) -> lab.Affine:
    """The LEACE eraser of the current gender at a decoder site, fitted on the nouns for fitting, after their noun."""
    labels = setup.fitting.labels["dec"]
    nouns = [
        setup.pairs[sentence].nouns[noun].target for sentence, noun in zip(labels.sentence, labels.noun, strict=True)
    ]
    after = labels.where(labels.position > np.array(nouns))
    return eraser_of(setup.observed.rows(site, after), after.feminine)


def clause_steps(case: Case) -> tuple[int, ...]:
    """The steps from the one that has read the noun to the one that writes the last word to judge."""
    return tuple(range(case.step + 1, max(word.position for word in case.judged) + 1))


class _Erased:
    """The sentences to fit on and to test on, and the erasers of each site: for every step, and for one step alone."""

    def __init__(self, sites: Sequence[Site], train: Trial[Case], test: Trial[Case]):
        self.setup, self.train, self.test = test.setup, train, test
        self.every_step = {site: fit_eraser(self.setup, site) for site in sites}
        plain = {site: [_states(site, trial, [()] * len(trial.cases)) for trial in (train, test)] for site in sites}
        self.one_step = {site: eraser_of(states[0], _feminine(train)) for site, states in plain.items()}
        self.plain = {site: self._accuracy(*states) for site, states in plain.items()}
        self.rng = np.random.default_rng(self.setup.seed)

    def from_sites(self, sites: tuple[Site, ...]) -> Erasure:
        before = self.test.count_own()
        erased = self.test.count(_over_clause(self.test, sites, self.every_step))
        random = self.test.count(*(_over_clause(self.test, sites, self._random(sites)) for _ in range(DRAWS)))
        once = self.test.count(_at_noun(self.test, sites, self.one_step))
        return Erasure(
            sites=sites,
            rank=1,
            before=before.kept,
            after=erased.kept,
            other=erased.other,
            rest=erased.rest,
            rest_words=erased.rest_words,
            random=random.kept,
            random_rest=random.rest,
            random_rest_words=random.rest_words,
            once=once.kept,
            probed=Probed(self.plain[sites[0]], self._probed(sites, 0), self._probed(sites, 1)),
            sentences=len(self.test.cases),
            after_by_clause=tuple(_kept_in(erased, clause) for clause in (0, 1)),
        )

    def _random(self, sites: Sequence[Site]) -> Erasers:
        """For each site, the operation that projects one random direction out; states vary as much along it."""
        labels = self.setup.fitting.labels["dec"]
        labels = labels.where(np.arange(0, len(labels), 1 + len(labels) // _ROWS))
        return {
            site: matched_eraser(
                self.setup.observed.rows(site, labels), erased_directions(self.every_step[site], 1), self.rng
            )
            for site in sites
        }

    def _probed(self, sites: Sequence[Site], later: int) -> Estimate:
        trials = (self.train, self.test)
        return self._accuracy(
            *(_states(sites[0], trial, _at_noun(trial, sites, self.one_step), later) for trial in trials)
        )

    def _accuracy(self, states: np.ndarray, tested: np.ndarray) -> Estimate:
        """Of a probe fitted on the states of the sentences to fit on, `[case, unit]`, on those of the others.

        Runs that are over by then are left out.
        """
        fit, judged = (~np.isnan(each[:, 0]) for each in (states, tested))
        lemmas = np.array(self.train.lemmas)[fit]
        probe = fit_column(states[fit], _feminine(self.train)[fit], lemmas, self.setup.seed)
        right = probe.right(tested[judged], _feminine(self.test)[judged])
        return lab.mean_over(right, np.array(self.test.lemmas)[judged], "sentences", self.setup.seed)


def _kept_in(counted: Tally, clause: int) -> Estimate:
    """The share of one clause's words that kept their gender."""
    return counted.share(counted.kept_words, counted.word_clauses == clause)


def _over_clause(trial: Trial[Case], sites: Sequence[Site], erasers: Erasers) -> list[Run]:
    """For each case, erasures at all steps of its clause."""
    return [[lab.Edit(site, erasers[site], clause_steps(case)) for site in sites] for case in trial.cases]


def _at_noun(trial: Trial[Case], sites: Sequence[Site], erasers: Erasers) -> list[Run]:
    """For each case, erasures at the one step that has read its noun."""
    return [[lab.Edit(site, erasers[site], case.step + 1) for site in sites] for case in trial.cases]


def _feminine(trial: Trial[Case]) -> np.ndarray:
    return np.array([case.judged[0].gender == "f" for case in trial.cases])


def _states(site: Site, trial: Trial[Case], runs: Sequence[Run], later: int = 0) -> np.ndarray:
    """What edited free runs hold at a decoder site, `later` steps after the one that has read the noun: `[case, unit]`.

    NaN where a run is over by then.
    """
    sentences, network = [case.base.source for case in trial.cases], lab.EditedNetwork(trial.setup.network, runs)
    trace = lab.trace(trial.setup.translator, sentences, sites=site, network=network)
    nouns = [case.step + 1 for case in trial.cases]
    return trace.aligned(site, nouns, [later])[:, 0].numpy()
