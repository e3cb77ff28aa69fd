"""Is a direction enough? Exchanges inside small subspaces of the memory, judged on what the decoder then writes freely.

A basis is trained on some nouns (`das.py`) and judged on others: IIA, interchange intervention accuracy, is the share
of agreeing words that then have the counterfactual's gender. One basis serves both clauses. Training could also make
an effect out of nothing (Makelov et al. 2023), so each number has its controls beside it:

- random bases, the difference of the two means, the readout's direction, and the whole site as the ceiling;
- the part of the exchange that runs along directions in which base and source do differ, and the rest, which does not
  (`dormant`). An illusion works by the latter: it reads a difference that does nothing and writes it where nothing
  ever differs;
- the part of the basis that anything downstream listens to (the row space): a direction that also reads what nobody
  listens to loses that part. The rest of the network meets c and h as h alone, through the recurrent and the output
  weights. Where these have full rank, as trained weights do, every direction is heard;
- the same training on the untrained network.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from translate.lab.editing.edit import Edit
from translate.lab.editing.operations import Set
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.cases import Own, Tally, run
from translate.lab.sentences.minimal_pairs import Swap, find_swaps, usable
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.resample import mean_over
from translate.model.network import Network

RANKS, STEPS, QUICK_STEPS = (1, 2, 4), 100, 40
DRAWS = 5
NATURAL = 0.99
"""The share of the squared differences of base and source that the directions counted as natural must cover."""


@dataclass(frozen=True)
class Interchange:
    """What an exchange did on held-out nouns: IIA, the same in other clauses (containment), and the unchanged rest."""

    iia: Estimate
    other: Estimate | None
    rest: Estimate


@dataclass(frozen=True)
class Subspace:
    """A trained basis `[unit, rank]` and what exchanging inside it does.

    held_out: on nouns that it was not trained on. by_clause: its IIA for each clause. trained_on: IIA on the nouns of the
    training. random: IIA of random bases of this rank. natural, dormant: IIA of the two parts of the exchange. row_space:
    IIA if only what is heard downstream is read from the source; None where all of it is. forced: share of first agreeing words whose
    preferred form turns under teacher forcing, to compare with the untrained network.
    means, readout: length of the unit vector of the difference of means, and of the readout, inside the subspace.
    """

    site: str
    rank: int
    basis: np.ndarray
    held_out: Interchange
    by_clause: dict[int, Estimate]
    trained_on: Estimate
    random: Estimate
    natural: Estimate
    dormant: Estimate
    row_space: Estimate | None
    forced: Estimate
    means: float
    readout: float

    @property
    def iia(self) -> Estimate:
        """IIA on held-out nouns."""
        return self.held_out.iia


@dataclass(frozen=True)
class Subspaces:
    """All of a site's exchanges.

    whole: the whole site, the ceiling. difference_of_means, readout: these directions alone. bases: the trained ones.
    unheard: how many dimensions of the site nothing downstream listens to. natural: how many directions cover the
    natural differences. untrained, untrained_whole: share of first agreeing words whose preferred form turns in the
    untrained network, by a basis of rank 1 trained in the same way, and by exchanging the whole site; compare
    `Subspace.forced`. trained, tested: minimal pairs.
    """

    site: str
    whole: Interchange
    difference_of_means: Interchange
    readout: Interchange
    bases: tuple[Subspace, ...]
    unheard: int
    natural: int
    untrained: Estimate
    untrained_whole: Estimate
    trained: int
    tested: int


def subspace(
    setup: Setup, ranks: Sequence[int] = RANKS, steps: int = STEPS, site: str | None = None
) -> Subspaces | None:
    """Train a basis of each rank for the gender at a decoder site, and judge it; None without enough minimal pairs.

    site: default the memory; c or h of the last layer. steps: of training; `quick` reports take rank 1 and `QUICK_STEPS`.
    """
    swaps = [s for clause in (0, 1) for s in find_swaps(setup.material.suites.get("switch", []), clause, "after noun")]
    swaps, own = usable(setup.translator, swaps, setup.network)
    train = [swap for swap in swaps if setup.split.fits(swap.base)]
    test = [swap for swap in swaps if swap.lemma in setup.split.test]
    if not train or not test:
        return None
    return _Search(setup, site or setup.memory, train, test, own).results(ranks, steps)


class _Search:
    """The minimal pairs of one site with what the runs hold there; every measure is a method."""

    def __init__(self, setup: Setup, site: str, train: list[Swap], test: list[Swap], own: Own):
        from translate.lab.experiments.intervening import das

        self.setup, self.site, self.train, self.test, self.own, self.das = setup, site, train, test, own, das
        self.module = setup.translator.checkpoint.module("cpu").eval().requires_grad_(False)
        self.fitting, self.held = self._examples(train), self._examples(test)
        self.signs = np.array([1 if swap.judged[0].gender == "m" else -1 for swap in train])
        self.natural = _natural(_differences(self.fitting))
        self.heard = _heard(self.module, site)
        self.rng = np.random.default_rng(setup.seed)

    def results(self, ranks: Sequence[int], steps: int) -> Subspaces:
        means = _unit(self.signs @ _differences(self.fitting))
        readout = _unit(self.setup.readout.directions[self.site].astype(np.float32))
        whole = self._exchange(np.eye(len(means), dtype=np.float32))
        found = tuple(self._subspace(rank, steps, means, readout) for rank in ranks)
        untrained, untrained_whole = self._untrained(steps)
        return Subspaces(
            self.site, whole, self._exchange(means[:, None]), self._exchange(readout[:, None]), found,
            self.heard.shape[0] - self.heard.shape[1], self.natural.shape[1], untrained, untrained_whole,
            len(self.train), len(self.test),
        )  # fmt: skip

    def _subspace(self, rank: int, steps: int, means: np.ndarray, readout: np.ndarray) -> Subspace:
        basis = self.das.fit_basis(self.module, self.fitting, rank, steps, self.setup.seed)
        draws = [np.linalg.qr(self.rng.standard_normal(basis.shape))[0].astype(np.float32) for _ in range(DRAWS)]
        inside = basis @ basis.T
        natural = self.natural @ self.natural.T
        held_out = self._tally(self.test, [_moved(self.held, inside)])
        heard, all_heard = self.heard @ self.heard.T, self.heard.shape[0] == self.heard.shape[1]
        return Subspace(
            self.site, rank, basis, _as_exchange(held_out), _by_clause(self.test, held_out),
            trained_on=self._tally(self.train, [_moved(self.fitting, inside)]).share(),
            random=self._tally(self.test, [_moved(self.held, draw @ draw.T) for draw in draws]).share(),
            natural=self._tally(self.test, [_moved(self.held, inside @ natural)]).share(),
            dormant=self._tally(self.test, [_moved(self.held, inside - inside @ natural)]).share(),
            row_space=None if all_heard else self._tally(self.test, [_moved(self.held, heard @ inside @ heard)]).share(),
            forced=self._turned(self.module, self.held, inside),
            means=float(np.linalg.norm(means @ basis)), readout=float(np.linalg.norm(readout @ basis)),
        )  # fmt: skip

    def _exchange(self, basis: np.ndarray) -> Interchange:
        return _as_exchange(self._tally(self.test, [_moved(self.held, basis @ basis.T)]))

    def _tally(self, swaps: Sequence[Swap], draws: Sequence[np.ndarray]) -> Tally:
        """Free runs in which the site is set, at each swap's step, to its row of each of `draws` `[row, unit]`."""
        runs = [
            [[Edit(self.site, Set(value), swap.step)] for swap, value in zip(swaps, draw, strict=True)]
            for draw in draws
        ]
        return run(self.setup.translator, self.setup.network, swaps, self.own, runs, self.setup.seed)

    def _untrained(self, steps: int) -> tuple[Estimate, Estimate]:
        """What a basis of rank 1, and the whole site, turn in a network with random weights (the setup's seed + 1)."""
        module = self.setup.untrained_module
        fitting, held = (self._examples(swaps, Network.of(module)) for swaps in (self.train, self.test))
        basis = self.das.fit_basis(module, fitting, 1, steps, self.setup.seed)
        return self._turned(module, held, basis @ basis.T), self._turned(module, held, np.eye(len(basis)))

    def _examples(self, swaps: Sequence[Swap], network=None):
        """The pairs as the trained network writes them itself, or as another one is made to read the references."""
        if network is None:
            texts = [(self.own.of(swap.base), self.own.of(swap.source)) for swap in swaps]
        else:
            texts = [(swap.base.target, swap.source.target) for swap in swaps]
        return self.das.examples(self.setup.translator, self.site, swaps, texts, network or self.setup.network)

    def _turned(self, module, some, inside: np.ndarray) -> Estimate:
        """Of the held-out pairs whose first agreeing word is preferred in its own form: how many prefer the other then."""
        before = self._margins(module, some, np.zeros_like(inside)) < 0
        after = self._margins(module, some, inside) > 0
        lemmas = [swap.lemma for swap, own in zip(self.test, before, strict=True) if own]
        return mean_over(after[before], lemmas, "words", self.setup.seed)

    def _margins(self, module, some, inside: np.ndarray) -> np.ndarray:
        """By how much the first agreeing word's other form has the higher logit, `[row]`."""
        edited = some.base.new_tensor(_moved(some, inside))
        logits = self.das.forced_logits(module, some, edited).numpy()
        words = [min(swap.judged, key=lambda word: word.position) for swap in self.test]
        rows, places = np.arange(len(words)), [w.position - s.step for s, w in zip(self.test, words, strict=True)]
        own, other = (
            self.setup.translator.target.ids(forms)
            for forms in (
                [swap.base.target[word.position] for swap, word in zip(self.test, words, strict=True)],
                [word.other for word in words],
            )
        )
        return logits[rows, places, other] - logits[rows, places, own]


def _differences(some) -> np.ndarray:
    return (some.source - some.base).numpy()


def _moved(some, matrix: np.ndarray) -> np.ndarray:
    """z_b + (z_s − z_b) M for a matrix M `[unit, unit]`: `[row, unit]`."""
    return some.base.numpy() + _differences(some) @ matrix.astype(np.float32)


def _natural(differences: np.ndarray) -> np.ndarray:
    """The fewest directions `[unit, k]` that cover `NATURAL` of the squared `differences` `[row, unit]`."""
    _, sizes, directions = np.linalg.svd(differences, full_matrices=False)
    covered = np.cumsum(sizes**2) / max((sizes**2).sum(), 1e-12)
    return directions[: int(np.searchsorted(covered, NATURAL)) + 1].T


def _heard(module, site: str) -> np.ndarray:
    """An orthonormal basis `[unit, k]` of what recurrent and output weights take of the last layer's c or h."""
    last = module.config.layers - 1
    weights = np.concatenate([getattr(module.decoder, f"weight_hh_l{last}").numpy(), module.output.weight.numpy()])
    if site.endswith(".c"):  # h = o ⊙ tanh(c): each unit has a gate of its own, and is heard if any weight takes it
        return np.eye(weights.shape[1], dtype=np.float32)[:, (weights != 0).any(0)]
    _, sizes, directions = np.linalg.svd(weights, full_matrices=False)
    return directions[sizes > 1e-6 * sizes[0]].T


def _unit(direction: np.ndarray) -> np.ndarray:
    return (direction / max(np.linalg.norm(direction), 1e-12)).astype(np.float32)


def _as_exchange(counted: Tally) -> Interchange:
    return Interchange(counted.share(), counted.other, counted.unchanged)


def _by_clause(swaps: Sequence[Swap], counted: Tally) -> dict[int, Estimate]:
    clauses = np.array([swap.clause for swap in swaps for _ in swap.judged])
    return {
        int(clause): mean_over(
            counted.turned[clauses == clause].mean(1),
            np.array(counted.lemmas)[clauses == clause],
            "words",
            counted.seed,
        )
        for clause in np.unique(clauses)
    }
