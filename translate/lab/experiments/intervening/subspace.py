"""Is a direction enough? Exchanges inside small subspaces of the memory, judged on what the decoder then writes freely.

A basis is trained on some nouns (`das.py`) and judged on others: IIA, interchange intervention accuracy, is the share
of agreeing words that then have the counterfactual's gender. One basis serves both clauses.

Misleads when: the training makes an effect out of nothing (Makelov et al. 2023). So each number has its controls
beside it:

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
from typing import TYPE_CHECKING

import numpy as np

from translate import lab
from translate.lab.experiments.intervening.tally import Tally, Trial
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.minimal_pairs import Swap, find_swaps
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.shown import Shown
from translate.lab.tracing.site import Site
from translate.model.network import Network

if TYPE_CHECKING:  # it imports torch
    from translate.lab.experiments.intervening.das import Examples
    from translate.model.encoder_decoder import EncoderDecoder

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

    held_out: on nouns that it was not trained on. by_clause: its IIA for each clause. trained_on: IIA on the nouns of
    the training. random: IIA of random bases of this rank. natural, dormant: IIA of the two parts of the exchange.
    row_space: IIA if only what is heard downstream is read from the source; None where all of it is. forced: share of
    first agreeing words whose preferred form turns under teacher forcing, to compare with the untrained network.
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
class Subspaces(Shown):
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
    setup: Setup, ranks: Sequence[int] = RANKS, steps: int = STEPS, site: Site | None = None
) -> Subspaces | None:
    """Train a basis of each rank for the gender at a decoder site, and judge it.

    None without enough minimal pairs, and for a model with attention: the fused decoder that a basis is trained on
    does not look back at the source.

    site: default the memory; c or h of the last layer. steps: of training; `quick` reports take rank 1 and
    `QUICK_STEPS`.
    """
    if setup.config.attention:
        return None
    trial = Trial.of(setup, [swap for clause in (0, 1) for swap in find_swaps(setup.switch, clause, "after noun")])
    train, test = trial.for_fitting, trial.tested
    if not train.cases or not test.cases:
        return None
    search = _Search(train, test, site or setup.memory)
    means = _unit(search.signs @ _differences(search.fitting))
    readout = _unit(setup.readout.directions[search.site].astype(np.float32))
    whole = search.interchange(np.eye(len(means)))
    bases = tuple(search.subspace(rank, steps, means, readout) for rank in ranks)
    untrained, untrained_whole = search.untrained(steps)
    return Subspaces(
        site=search.site,
        whole=whole,
        difference_of_means=search.interchange(np.outer(means, means)),
        readout=search.interchange(np.outer(readout, readout)),
        bases=bases,
        unheard=search.heard.shape[0] - search.heard.shape[1],
        natural=search.natural.shape[1],
        untrained=untrained,
        untrained_whole=untrained_whole,
        trained=len(train.cases),
        tested=len(test.cases),
    )


def dormant_parts(inside: np.ndarray, natural: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """An exchange by a matrix `[unit, unit]` in two: along the `natural` directions `[unit, k]`, and the rest."""
    along = inside @ natural @ natural.T
    return along, inside - along


def natural_directions(differences: np.ndarray) -> np.ndarray:
    """The fewest directions `[unit, k]` that cover `NATURAL` of the squared `differences` `[row, unit]`."""
    _, sizes, directions = np.linalg.svd(differences, full_matrices=False)
    covered = np.cumsum(sizes**2) / max((sizes**2).sum(), 1e-12)
    return directions[: int(np.searchsorted(covered, NATURAL)) + 1].T


def moved_runs(site: Site, swaps: Sequence[Swap], values: np.ndarray) -> list[list[lab.Edit]]:
    """For each swap, the edit that sets the site to its row of `values` `[row, unit]` where the state is exchanged."""
    return [[lab.Edit(site, lab.Set(value), swap.place)] for swap, value in zip(swaps, values, strict=True)]


class _Search:
    """The minimal pairs of one site with what the runs hold there; every measure is a method."""

    def __init__(self, train: Trial[Swap], test: Trial[Swap], site: Site):
        from translate.lab.experiments.intervening import das

        self.setup, self.train, self.test, self.site, self.das = test.setup, train, test, site, das
        self.module = self.setup.translator.checkpoint.module("cpu").eval().requires_grad_(False)
        self.fitting, self.held = self._examples(train), self._examples(test)
        self.signs = np.array([1 if swap.judged[0].gender == "m" else -1 for swap in train.cases])
        self.natural = natural_directions(_differences(self.fitting))
        self.heard = _heard(self.module, site)
        self.rng = np.random.default_rng(self.setup.seed)

    def subspace(self, rank: int, steps: int, means: np.ndarray, readout: np.ndarray) -> Subspace:
        """A trained basis and all that is measured of it."""
        basis = self.das.fit_basis(self.module, self.fitting, rank, steps, self.setup.seed)
        draws = [np.linalg.qr(self.rng.standard_normal(basis.shape))[0].astype(np.float32) for _ in range(DRAWS)]
        inside = basis @ basis.T
        natural, dormant = dormant_parts(inside, self.natural)
        held_out = self._count(inside)
        heard, all_heard = self.heard @ self.heard.T, self.heard.shape[0] == self.heard.shape[1]
        return Subspace(
            site=self.site,
            rank=rank,
            basis=basis,
            held_out=_interchange(held_out),
            by_clause=_by_clause(held_out),
            trained_on=self.train.count(self._runs(self.train, self.fitting, inside)).turned,
            random=self._count(*(draw @ draw.T for draw in draws)).turned,
            natural=self._count(natural).turned,
            dormant=self._count(dormant).turned,
            row_space=None if all_heard else self._count(heard @ inside @ heard).turned,
            forced=self._turned(self.module, self.held, inside),
            means=float(np.linalg.norm(means @ basis)),
            readout=float(np.linalg.norm(readout @ basis)),
        )

    def interchange(self, matrix: np.ndarray) -> Interchange:
        """What moving the held-out pairs by a matrix `[unit, unit]` does."""
        return _interchange(self._count(matrix))

    def untrained(self, steps: int) -> tuple[Estimate, Estimate]:
        """What a basis of rank 1, and the whole site, turn in a network with random weights (the setup's seed + 1)."""
        module = self.setup.untrained_module
        network = Network.of(module)
        fitting, held = self._examples(self.train, network), self._examples(self.test, network)
        basis = self.das.fit_basis(module, fitting, 1, steps, self.setup.seed)
        return self._turned(module, held, basis @ basis.T), self._turned(module, held, np.eye(len(basis)))

    def _count(self, *matrices: np.ndarray) -> Tally:
        """Free runs of the held-out pairs, moved by each of the matrices `[unit, unit]`."""
        return self.test.count(*(self._runs(self.test, self.held, matrix) for matrix in matrices))

    def _runs(self, trial: Trial[Swap], held: "Examples", matrix: np.ndarray) -> list[list[lab.Edit]]:
        return moved_runs(self.site, trial.cases, held.moved(matrix).numpy())

    def _examples(self, trial: Trial[Swap], network: Network | None = None) -> "Examples":
        """The pairs as the trained network writes them itself, or as another one is made to read the references."""
        if network is not None:
            texts = [(swap.base.target, swap.source.target) for swap in trial.cases]
            return self.das.examples(self.setup, self.site, trial.cases, texts, network)
        own = [(trial.own[swap.base.source], trial.own[swap.source.source]) for swap in trial.cases]
        return self.das.examples(self.setup, self.site, trial.cases, own, self.setup.network)

    def _turned(self, module: "EncoderDecoder", held: "Examples", inside: np.ndarray) -> Estimate:
        """Of the held-out pairs that prefer their first agreeing word in its own form: how many then turn."""
        before = self._margins(module, held, np.zeros_like(inside)) < 0
        after = self._margins(module, held, inside) > 0
        return lab.mean_over(after[before], np.array(self.test.lemmas)[before], "words", self.setup.seed)

    def _margins(self, module: "EncoderDecoder", held: "Examples", inside: np.ndarray) -> np.ndarray:
        """By how much the first agreeing word's other form has the higher logit, `[row]`."""
        logits = self.das.forced_logits(module, held, held.moved(inside)).numpy()
        swaps, ids = self.test.cases, self.setup.translator.target.ids
        words = [swap.first_judged for swap in swaps]
        places = [word.position - swap.place for swap, word in zip(swaps, words, strict=True)]
        own = ids([swap.base.target[word.position] for swap, word in zip(swaps, words, strict=True)])
        at = logits[np.arange(len(words)), places]
        return at[np.arange(len(words)), ids([word.other for word in words])] - at[np.arange(len(words)), own]


def _differences(examples: "Examples") -> np.ndarray:
    return (examples.source - examples.base).numpy()


def _heard(module: "EncoderDecoder", site: Site) -> np.ndarray:
    """An orthonormal basis `[unit, k]` of what recurrent and output weights take of the last layer's c or h."""
    last = module.config.layers - 1
    weights = np.concatenate([getattr(module.decoder, f"weight_hh_l{last}").numpy(), module.output.weight.numpy()])
    if site.name == "c":  # h = o ⊙ tanh(c): each unit has a gate of its own, and is heard if any weight takes it
        return np.eye(weights.shape[1], dtype=np.float32)[:, (weights != 0).any(0)]
    _, sizes, directions = np.linalg.svd(weights, full_matrices=False)
    return directions[sizes > 1e-6 * sizes[0]].T


def _unit(direction: np.ndarray) -> np.ndarray:
    return (direction / max(np.linalg.norm(direction), 1e-12)).astype(np.float32)


def _interchange(counted: Tally) -> Interchange:
    return Interchange(counted.turned, counted.other, counted.rest)


def _by_clause(counted: Tally) -> dict[int, Estimate]:
    clauses = counted.word_clauses
    return {int(one): counted.share(counted.turned_words, clauses == one) for one in np.unique(clauses)}
