"""What is left of agreement when the gender is taken out of the state: LEACE, and how soon it comes back.

LEACE (least-squares concept erasure, Belrose et al. 2023) is the smallest affine change of a state after which no linear
probe does better than chance. It is fitted on some nouns, at the words after their noun; on sentences about others
it is applied at every step from the noun to the clause's last agreeing word, and the decoder writes freely. Where
nothing tells the gender any more, half of the words are right.

Applied at one step alone, by an eraser fitted at that step, it shows how well the rest of the state knows the gender:
h holds what c held, and a step later c may have it back.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from translate import lab
from translate.lab.editing.edit import Edit
from translate.lab.editing.network import EditedNetwork, Run
from translate.lab.editing.operations import Affine
from translate.lab.experiments.setup import Setup
from translate.lab.probes.probe import fit_probe
from translate.lab.sentences.cases import Case, Own, Tally, read_after_noun, run, tally
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.resample import mean_over

DRAWS = 3


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
class Erasure:
    """What taking the gender out of some sites does.

    before, after: agreement in the clause that is about the erased noun. other: words of other clauses that turned;
    None where all were written before. rest: sentences whose other words all stayed as they were; rest_words: the share
    of those words that did. random: agreement after random directions of the same rank were projected out, and
    `random_rest`, `random_rest_words` the same for them.
    once: agreement after erasure at the one step that has read the noun. probed: the memory (the first of `sites`), then.
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


def erasure(setup: Setup) -> tuple[Erasure, ...]:
    """Erase the current gender from c, from h, and from both (from h alone where the cell has no c).

    Empty where the model has too few sentences in which every agreeing word is in its place.
    """
    suite = setup.material.suites.get("switch", [])
    own = Own(setup.translator, (pair for pair, _ in suite), setup.network)
    cases = [case for clause in (0, 1) for case in read_after_noun(suite, clause) if own.in_place(case.base)]
    test = [case for case in cases if case.lemma in setup.split.test]
    train = [case for case in cases if setup.split.fits(case.base)]
    if not test or not train:
        return ()
    sites = [site for site in setup.sites if site.side == "dec"]
    combinations = [(site,) for site in sites] + ([tuple(sites)] if len(sites) > 1 else [])
    eraser = _Eraser(setup, sites, train, test, own)
    return tuple(eraser.erasure(some) for some in combinations)


def fit_eraser(setup: Setup, site: str) -> Affine:
    """The LEACE eraser of the current gender at a decoder site, fitted on the nouns for fitting, after their noun."""
    labels = setup.fitting.labels["dec"]
    nouns = [
        setup.pairs[sentence].nouns[noun].target for sentence, noun in zip(labels.sentence, labels.noun, strict=True)
    ]
    after = labels.where(labels.position > np.array(nouns))
    return leace(setup.observed.rows(site, after), after.feminine)


def leace(x: np.ndarray, feminine: np.ndarray) -> Affine:
    """The LEACE eraser of a label `[row]` from states x `[row, unit]`.

    Without the package's bound on the variance, which would give the guarantee up where the states fill few dimensions.
    """
    import torch
    from concept_erasure import LeaceFitter

    x, z = torch.as_tensor(x).double(), torch.as_tensor(feminine).double()
    eraser = LeaceFitter.fit(x, z, constrain_cov_trace=False).eraser
    matrix, mean = eraser.P.numpy(), eraser.bias.numpy()
    return Affine(matrix, mean - matrix @ mean)


class _Eraser:
    """The sentences to fit on and to test on, and the erasers of each site."""

    def __init__(self, setup: Setup, sites: Sequence[str], train: list[Case], test: list[Case], own: Own):
        self.setup, self.train, self.test, self.own = setup, train, test, own
        self.everywhere = {site: fit_eraser(setup, site) for site in sites}
        plain = {site: [states_at(setup, site, cases, [[]] * len(cases)) for cases in (train, test)] for site in sites}
        self.at_once = {site: leace(states[0], _feminine(train)) for site, states in plain.items()}
        self.plain = {site: self._accuracy(*states) for site, states in plain.items()}
        self.means = {site: setup.observed.rows(site, setup.fitting.labels["dec"]).mean(0) for site in sites}
        self.rng = np.random.default_rng(setup.seed)

    def erasure(self, sites: tuple[str, ...]) -> Erasure:
        plain = tally(self.test, self.own, [[self.own.of(case.base) for case in self.test]], self.setup.seed)
        erased = self._tally([self.everywhere], sites)
        random = self._tally([self._random(sites) for _ in range(DRAWS)], sites)
        return Erasure(
            sites, 1, plain.share("kept"), erased.share("kept"), erased.other, erased.unchanged, erased.unchanged_words,
            random.share("kept"), random.unchanged, random.unchanged_words,
            once=self._tally([self.at_once], sites, once=True).share("kept"),
            probed=Probed(self.plain[sites[0]], self._probed(sites, 0), self._probed(sites, 1)),
            sentences=len(self.test),
        )  # fmt: skip

    def _tally(self, draws: Sequence[dict[str, Affine]], sites: tuple[str, ...], once: bool = False) -> Tally:
        runs = [self._runs(self.test, operations, sites, once) for operations in draws]
        return run(self.setup.translator, self.setup.network, self.test, self.own, runs, self.setup.seed)

    def _runs(self, cases: Sequence[Case], operations: dict[str, Affine], sites, once: bool) -> list[Run]:
        steps = [case.step + 1 if once else clause_steps(case) for case in cases]
        return [[Edit(site, operations[site], at) for site in sites] for at in steps]

    def _random(self, sites: tuple[str, ...]) -> dict[str, Affine]:
        """For each site, the operation that projects one random direction out, as it is projected to its mean."""
        drawn = {}
        for site in sites:
            direction = self.rng.standard_normal((len(self.means[site]), 1))
            drawn[site] = Affine.projecting_out(direction / np.linalg.norm(direction), self.means[site])
        return drawn

    def _probed(self, sites: tuple[str, ...], later: int) -> Estimate:
        return self._accuracy(*(
            states_at(self.setup, sites[0], cases, self._runs(cases, self.at_once, sites, once=True), later)
            for cases in (self.train, self.test)
        ))  # fmt: skip

    def _accuracy(self, states: np.ndarray, tested: np.ndarray) -> Estimate:
        """Of a probe fitted on the states of the sentences to fit on, `[case, unit]`, on those of the others."""
        lemmas = np.array([case.lemma for case in self.train])
        probe = fit_probe(states, _feminine(self.train), lemmas, self.setup.seed)
        right = probe.right(tested, _feminine(self.test))
        return mean_over(right, [case.lemma for case in self.test], "sentences", self.setup.seed)


def clause_steps(case: Case) -> tuple[int, ...]:
    """The steps from the one that has read the noun to the one that writes the last word to judge."""
    return tuple(range(case.step + 1, max(word.position for word in case.judged) + 1))


def _feminine(cases: Sequence[Case]) -> np.ndarray:
    return np.array([case.judged[0].gender == "f" for case in cases])


def states_at(setup: Setup, site: str, cases: Sequence[Case], runs: Sequence[Run], later: int = 0) -> np.ndarray:
    """What edited free runs hold at a decoder site, `later` steps after the one that has read the noun: `[case, unit]`.

    0 where a run is over by then.
    """
    sentences, network = [case.base.source for case in cases], EditedNetwork(setup.network, runs)
    values = lab.trace(setup.translator, sentences, sites=site, network=network)[site].nan_to_num()
    steps = np.array([case.step + 1 + later for case in cases])
    inside = steps < values.shape[1]
    states = values[np.arange(len(cases)), np.minimum(steps, values.shape[1] - 1)]
    return states.numpy() * inside[:, None].astype(np.float32)
