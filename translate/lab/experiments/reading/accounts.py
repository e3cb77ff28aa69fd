"""At which word is the gender written, how long does it last, and what takes it away? The ledger's answer.

Two sentences that differ in one noun's gender are run side by side. What their cells differ in along the direction of
the readout is the gender, and the ledger says of every bit of that difference at which step it was written. Exact
accounting, no statistics, except for the interval over nouns.

Misleads when it is taken for a cause: it says what became of a difference along one direction, not whether the network
used it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from translate import lab
from translate.corpus.pair import SentencePair
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.events import OFFSETS, Seen, controllers, second_noun
from translate.lab.sentences.minimal_pairs import Swap, find_swaps
from translate.lab.sentences.switch_words import NOUN, in_order, switch_window, switch_words
from translate.lab.statistics.estimate import Course, Estimate
from translate.lab.statistics.resample import course_over, ratio_over
from translate.lab.statistics.shown import Shown
from translate.lab.tracing.ledger import Ledger
from translate.lab.tracing.positions import align
from translate.lab.tracing.site import Site

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
    by_writing: the two parts of it. forgotten_at: by_forgetting, by the word that the step has just read (named as in
    `switch_words`), as shares of all sentences' difference; they add up to it. inside: a control, what the forget gate
    takes in as many words of the first clause, from its noun to its last agreeing word: a cell that leaks all the time
    loses as much there. conservation: the largest error of any balance. pairs: minimal pairs.
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
    forgotten_at: dict[str, Estimate] = field(default_factory=dict)
    inside: Estimate | None = None

    @property
    def before_noun(self) -> float:
        """The part of by_forgetting that is over before the second noun has been read."""
        return sum(share.value for word, share in self.forgotten_at.items() if word != NOUN)


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
    lost = books.losses(first)

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
        erased=course(lost.erased, lost.before, lemmas[first]),
        written=course(lost.written, lost.before, lemmas[first]),
        gone=share(lost.gone, lost.before, lemmas[first]),
        by_forgetting=share(lost.forgotten, lost.before, lemmas[first]),
        by_writing=share(lost.gone - lost.forgotten, lost.before, lemmas[first]),
        conservation=max(ledger.conservation for ledger in books.ledgers),
        pairs=len(swaps),
        forgotten_at={
            name: share(lost.forgotten_at(name), lost.before, lemmas[first]) for name in in_order(lost.names.flat)
        },
        inside=share(lost.inside, lost.before_inside, lemmas[first]) if lost.before_inside.sum() else None,
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

    def losses(self, rows: Sequence[int]) -> "_Losses":
        """What becomes of the first gender from the end of its clause until the second noun has been seen.

        rows: pairs that differ in the first clause.
        """
        m, f = (ledger.along(self.direction) for ledger in self.ledgers)
        erased, written, difference = (f.erased - m.erased)[rows], (f.written - m.written)[rows], self.difference[rows]
        bases, numbers = [self.swaps[row].base for row in rows], np.arange(len(rows))
        windows = [switch_window(pair, self.side) for pair in bases]
        second, steps = np.array([window[-1] for window in windows], dtype=int), np.arange(erased.shape[1])
        before = difference[numbers, [window[0] - 1 for window in windows]]
        in_window = np.array([np.isin(steps, window) for window in windows])
        names = [switch_words(pair, self.side) for pair in bases]
        noun = np.array([Seen.of(controllers(pair, 0)[-1]).on(self.side) for pair in bases], dtype=int)
        begins, length = np.array([window[0] for window in windows]), np.array([len(window) for window in windows])
        between = (steps > noun[:, None]) & (steps < begins[:, None])
        some = between.any(1)  # elsewhere the clause ends with its noun
        return _Losses(
            erased=align(erased, numbers, second, OFFSETS),
            written=align(written, numbers, second, OFFSETS),
            gone=before - difference[numbers, second],
            at_step=-np.where(in_window, erased, 0.0),
            names=np.array([[of_pair.get(step, "") for step in steps] for of_pair in names]),
            before=before,
            inside=-np.where(between, erased, 0.0).sum(1) * length / np.maximum(between.sum(1), 1),
            before_inside=np.where(some, difference[numbers, noun], 0.0),
        )


@dataclass(frozen=True)
class _Losses:
    """See `_Books.losses`. erased, written: around the second noun, `[pair, offset]`. gone, before: `[pair]`.

    at_step: what the forget gate took, by step, `[pair, step]`; names: what each step has just read, "" elsewhere.
    inside, before_inside `[pair]`: what it takes in as many words of the first clause, and what there was (0: none).
    """

    erased: np.ndarray
    written: np.ndarray
    gone: np.ndarray
    at_step: np.ndarray
    names: np.ndarray
    before: np.ndarray
    inside: np.ndarray
    before_inside: np.ndarray

    @property
    def forgotten(self) -> np.ndarray:
        """What the forget gate took in all, `[pair]`."""
        return self.at_step.sum(1)

    def forgotten_at(self, name: str) -> np.ndarray:
        """What it took at the words of this name, `[pair]`."""
        return np.where(self.names == name, self.at_step, 0.0).sum(1)


def _needed(pair: SentencePair, clause: int, side: str) -> int:
    """The last place at which the gender of a clause is needed."""
    return len(pair.source) - 1 if side == "enc" else _last_agreeing(pair, clause)


def _last_agreeing(pair: SentencePair, clause: int) -> int:
    return max(word.position for word in pair.agreements if word.clause == clause)
