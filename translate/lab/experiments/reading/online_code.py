"""How short can the genders be sent to one who has the states? The online code (Voita & Titov 2020).

Sender and receiver both have the states. The labels are sent block by block; before each block the receiver fits a
probe on all blocks before it, and with that probe's probabilities the next block is coded. The code length

    L = t₁ log2 K - Σᵢ log2 p_θᵢ(labels of block i+1 | states)      (eq. 3; here K = 2, and in bits)

counts how well the gender can be read *and* from how few examples. Compression is n log2 K / L: 1 for labels that
the states do not tell.

The blocks are to end at 0.1, 0.2, 0.4, … 100 % of the rows, and a noun pair must stay within one block, or a noun
would be recognised rather than its gender read. So the rows are ordered by noun pair, the pairs at random, and each end
is moved to the nearest border between pairs. Blocks that are smaller than a pair become one (of 26 pairs one is 4 % of
the rows): the first pair is sent without a probe, which bounds the compression by about the number of pairs. The length
is the mean over several orders of the pairs.

Misleads when codes of different numbers of noun pairs are compared: the first pair is always sent in full.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from translate.lab.experiments.setup import Setup
from translate.lab.probes import examples
from translate.lab.probes.probe import fit_columns, surprisal
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.resample import mean_over
from translate.lab.statistics.shown import Shown
from translate.lab.tracing.site import Site

SHARES = (0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.0625, 0.125, 0.25, 0.5, 1.0)
ORDERS = 3


@dataclass(frozen=True)
class OnlineCode(Shown):
    """The code of the current gender at every word, given the states of a site.

    bits: L. uniform_bits: n log2 K, the length without states. compression: their ratio; shuffled: the same for
    shuffled labels. n: words. blocks: the words sent after each block, in the first of the `orders` of noun pairs.
    """

    site: str
    bits: float
    uniform_bits: float
    compression: Estimate
    shuffled: Estimate
    n: int
    blocks: tuple[int, ...]
    orders: int = ORDERS


def online_code(setup: Setup, site: str) -> OnlineCode:
    """The online code at a site ("dec.l0.c") of the setup, over all words and noun pairs."""
    labels = setup.observed.labels[Site(site).side]
    shuffled = np.random.default_rng(setup.seed).permutation(labels.feminine)
    both = np.column_stack([labels.feminine, shuffled])
    bits, blocks = code_lengths(setup.observed.rows(site, labels), both, labels.lemma, setup.seed)
    compression, control = (_compression(column, labels.lemma, setup.seed) for column in bits.T)
    return OnlineCode(
        site=site,
        bits=float(bits[:, 0].sum()),
        uniform_bits=float(len(labels)),
        compression=compression,
        shuffled=control,
        n=len(labels),
        blocks=blocks,
    )


def code_lengths(
    x: np.ndarray, labels: np.ndarray, groups: np.ndarray, seed: int = 0, orders: int = ORDERS
) -> tuple[np.ndarray, tuple[int, ...]]:
    """What each label of each problem costs in the online code, in bits, and the ends of the blocks of the first order.

    x `[n, unit]`, labels `[n, problem]`, groups `[n]` (noun pairs) → bits `[n, problem]`, the mean over the orders.
    """
    x = examples.as_states(x)
    known = examples.as_labels(labels, len(x), problems=True)
    labels, groups = examples.positive(known, examples.classes_of(known)), examples.as_groups(groups, x.shape)
    rng, bits = np.random.default_rng(seed), np.zeros(labels.shape)
    blocks: tuple[int, ...] = ()
    groups = np.asarray(groups, dtype=str)
    names, group = np.unique(groups, return_inverse=True)
    for _ in range(orders):
        place = rng.permutation(len(names))[group]
        rows, ends = np.argsort(place, kind="stable"), block_ends(np.bincount(place))
        blocks = blocks or ends
        bits[rows[: ends[0]]] += 1.0  # log2 of two labels
        for start, end in pairwise(ends):
            known, sent = rows[:start], rows[start:end]
            probes = fit_columns(x[known], labels[known], groups[known], seed=seed)
            bits[sent] += surprisal(probes.logit(x[sent]), labels[sent])
    return bits / orders, blocks


def block_ends(counts: np.ndarray) -> tuple[int, ...]:
    """Where the blocks end, in rows: at the border between groups that is nearest to each of `SHARES`, each once.

    counts: the rows of each group, in their order.
    """
    borders = np.cumsum(counts)
    nearest = np.abs(borders[None] - np.array(SHARES)[:, None] * borders[-1]).argmin(1)
    return tuple(int(end) for end in np.unique(borders[nearest]))


def _compression(bits: np.ndarray, lemmas: np.ndarray, seed: int) -> Estimate:
    """1 / (bits a label), with the interval that resampling the noun pairs gives."""
    each = mean_over(bits, lemmas, "words", seed)
    return Estimate(1 / each.value, 1 / each.high, 1 / each.low, each.n, each.unit, each.method, is_share=False)
