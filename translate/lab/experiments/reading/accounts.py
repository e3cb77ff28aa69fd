"""At which word is the gender written, how long does it last, and what takes it away? The ledger's answer.

Two sentences that differ in one noun's gender are run side by side. What their cells differ in along the direction of
the readout is the gender, and the ledger says of every bit of that difference at which step it was written. Exact
accounting, no statistics, except for the interval over nouns.

Misleads when it is taken for a cause: it says what became of a difference along one direction, not whether the network
used it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from translate import lab
from translate.corpus.pair import SentencePair
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.events import OFFSETS, Seen, controllers, second_noun
from translate.lab.sentences.minimal_pairs import Swap, find_swaps
from translate.lab.statistics.estimate import Course, Estimate
from translate.lab.statistics.resample import course_over, ratio_over
from translate.lab.statistics.shown import Shown
from translate.lab.tracing.ledger import Ledger
from translate.lab.tracing.positions import align
from translate.lab.tracing.site import Site

_JOINTS = ("and", "but", ",")
_AT_NOUN = (-1, 0, 1)


@dataclass(frozen=True)
class Accounts(Shown):
    """The accounts of one side ("dec", "enc") along the gender direction of its cell; shares of the pair's difference.

    by_word: which share of the difference, where it is needed, was written at which word from the noun (0: the step
    that has read it); needed is the clause's last agreeing word in the decoder, the end of the sentence in the encoder.
    at_noun: the same for the noun and its two neighbours together. brought: the share that was there before the side's
    first step (the decoder's came from the encoder). erased, written: per step around the second noun, what the forget
    gate took and the memory valve gave, in units of the first gender's difference before. gone: the share of the first
    gender's difference at the end of its clause that is gone once the second noun has been read; by_forgetting and
    by_writing: the two parts of it. conservation: the largest error of any balance. pairs: minimal pairs.
    """

    side: str
    site: str
    by_word: Course
    at_noun: Estimate
    brought: Estimate
    erased: Course
    written: Course
    gone: Estimate
    by_forgetting: Estimate
    by_writing: Estimate
    conservation: float
    pairs: int


def accounts(setup: Setup, side: str) -> Accounts | None:
    """The accounts of a side, on minimal pairs of the switch suite with test nouns.

    None for a cell without a ledger, and where no pair differs along the direction when the gender is needed.
    """
    if setup.config.cell != "lstm" or setup.config.reverse_source:
        return None
    swaps = [
        swap
        for clause in (0, 1)
        for swap in find_swaps(setup.switch, clause, "after noun")
        if swap.lemma in setup.split.test
        and controllers(swap.source, clause)[-1].gender == "f"
        and second_noun(swap.base)
    ]
    site = setup.memory.on(side)
    books = _Books(setup, site, swaps) if swaps else None
    if books is None or not books.needed.any():  # no gender in the cell where it is needed: nothing to account for
        return None
    lemmas = np.array([swap.lemma for swap in swaps])
    first = [row for row, swap in enumerate(swaps) if swap.clause == 0]
    shares, brought = books.origins()
    erased, written, gone, forgotten, before = books.losses(first)

    def share(parts: np.ndarray, wholes: np.ndarray, names: np.ndarray) -> Estimate:
        return ratio_over(parts, wholes, names, "pairs", setup.seed)

    def course(parts: np.ndarray, wholes: np.ndarray, names: np.ndarray) -> Course:
        return course_over(parts / wholes.mean(), names, OFFSETS, setup.seed)

    return Accounts(
        side=side,
        site=site,
        by_word=course(shares, books.needed, lemmas),
        at_noun=share(np.nansum(shares[:, np.isin(OFFSETS, _AT_NOUN)], 1), books.needed, lemmas),
        brought=share(brought, books.needed, lemmas),
        erased=course(erased, before, lemmas[first]),
        written=course(written, before, lemmas[first]),
        gone=share(gone, before, lemmas[first]),
        by_forgetting=share(forgotten, before, lemmas[first]),
        by_writing=share(gone - forgotten, before, lemmas[first]),
        conservation=max(ledger.conservation for ledger in books.ledgers),
        pairs=len(swaps),
    )


class _Books:
    """The ledgers of the masculine and of the feminine sentence of each minimal pair, and the places in them.

    needed `[pair]`: the difference of the two where the gender is needed.
    """

    def __init__(self, setup: Setup, site: Site, swaps: Sequence[Swap]):
        self.side, self.swaps, self.rows = site.side, swaps, np.arange(len(swaps))
        direction = setup.readout.directions[site]
        self.direction = direction / np.linalg.norm(direction)
        masculine, feminine = [swap.base for swap in swaps], [swap.source for swap in swaps]
        self.ledgers = tuple(self._ledger(setup, site, pairs) for pairs in (masculine, feminine))
        m, f = (ledger.state @ self.direction for ledger in self.ledgers)
        self.difference = f - m
        self.until = np.array([_needed(swap.base, swap.clause, self.side) for swap in swaps])
        self.needed = self.difference[self.rows, self.until]

    @staticmethod
    def _ledger(setup: Setup, site: Site, pairs: Sequence[SentencePair]) -> Ledger:
        sites = [f"*.l{site.layer}.{name}" for name in "figc"]
        return Ledger.of(lab.trace(setup.translator, pairs, pairs, sites, network=setup.network), site.side, site.layer)

    def origins(self) -> tuple[np.ndarray, np.ndarray]:
        """How much of `needed` each step has written, `[pair, offset]` from the noun, and what there was before."""
        (m_written, m_start), (f_written, f_start) = (ledger.contributions(self.until) for ledger in self.ledgers)
        noun = [Seen.of(controllers(swap.base, swap.clause)[-1]).on(self.side) for swap in self.swaps]
        written = (f_written - m_written) @ self.direction
        return align(written, self.rows, np.array(noun), OFFSETS), (f_start - m_start) @ self.direction

    def losses(self, rows: Sequence[int]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """What becomes of the first gender from the end of its clause until the second noun has been seen.

        rows: pairs that differ in the first clause. Returns what is erased and written around the second noun,
        `[pair, offset]`; and what is gone, what of it by forgetting, and what there was before, `[pair]`.
        """
        m, f = (ledger.along(self.direction) for ledger in self.ledgers)
        erased, written, difference = (f.erased - m.erased)[rows], (f.written - m.written)[rows], self.difference[rows]
        last = np.array([_last(self.swaps[row].base, self.side) for row in rows], dtype=int)
        second = np.array([_second(self.swaps[row].base, self.side) for row in rows], dtype=int)
        numbers = np.arange(len(rows))
        before = difference[numbers, last]
        steps = np.arange(erased.shape[1])
        between = (steps > last[:, None]) & (steps <= second[:, None])
        forgotten = -np.where(between, erased, 0.0).sum(1)
        around = (align(values, numbers, second, OFFSETS) for values in (erased, written))
        return *around, before - difference[numbers, second], forgotten, before


def _second(pair: SentencePair, side: str) -> int:
    """The state that has seen the second noun."""
    noun = second_noun(pair)
    assert noun is not None
    return Seen.of(noun).on(side)


def _needed(pair: SentencePair, clause: int, side: str) -> int:
    """The last place at which the gender of a clause is needed."""
    return len(pair.source) - 1 if side == "enc" else _last_agreeing(pair, clause)


def _last(pair: SentencePair, side: str) -> int:
    """The last place of the first clause: its last agreeing word, or in English the word before the joint."""
    if side == "dec":
        return _last_agreeing(pair, 0)
    first, second = Seen.of(controllers(pair, 0)[-1]).enc, _second(pair, "enc")
    joints = [t for t in range(first + 1, second) if pair.source[t] in _JOINTS]
    return (joints[-1] if joints else second) - 1


def _last_agreeing(pair: SentencePair, clause: int) -> int:
    return max(word.position for word in pair.agreements if word.clause == clause)
