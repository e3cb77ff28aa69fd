"""At which word is the gender written, how long does it last, and what takes it away? The ledger's answer.

Two sentences that differ in one noun's gender are run side by side. What their cells differ in along the direction of the
readout is the gender, and the ledger says of every bit of that difference at which step it was written. Exact
accounting, no statistics, except for the interval over nouns.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from translate import lab
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.events import OFFSETS, Seen, controllers, second_noun
from translate.lab.sentences.minimal_pairs import Swap, find_swaps
from translate.lab.statistics.estimate import Course, Estimate
from translate.lab.statistics.resample import course_over, ratio_over
from translate.lab.tracing.ledger import Ledger

_JOINTS = ("and", "but", ",")
_AT_NOUN = (-1, 0, 1)


@dataclass(frozen=True)
class Accounts:
    """The accounts of one side ("dec", "enc") along the gender direction of its cell; shares of the minimal pair's difference.

    by_word: which share of the difference, where it is needed, was written at which word from the noun (0: the step
    that has read it); needed is the clause's last agreeing word in the decoder, the end of the sentence in the encoder.
    at_noun: the same for the noun and its two neighbours together. brought: the share that was there before the side's first step
    (the decoder's came from the encoder). erased, written: per step around the second noun, what the forget gate took and
    the memory valve gave, in units of the first gender's difference before. gone: the share of the first gender's
    difference at the end of its clause that is gone once the second noun has been read; by_forgetting and by_writing: the two
    parts of it. conservation: the largest error of any balance. pairs: minimal pairs.
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
    site = setup.memory.on(side)
    if setup.config.cell != "lstm" or setup.config.reverse_source:
        return None
    suite = setup.material.suites.get("switch", [])
    swaps = [
        swap for clause in (0, 1) for swap in find_swaps(suite, clause, "after noun")
        if swap.lemma in setup.split.test and swap.source.nouns[_noun(swap)].gender == "f" and controllers(swap.base, 1)
    ]  # fmt: skip
    if not swaps:
        return None
    pairs = _Pairs(setup, side, site, swaps)
    if not pairs.needed.any():  # the cell holds no gender where it is needed, so there is nothing to account for
        return None
    shares, brought = pairs.origins()
    at_noun = np.isin(OFFSETS, _AT_NOUN)
    first = [row for row, swap in enumerate(swaps) if swap.clause == 0]
    erased, written, gone, forgetting = pairs.losses(first)
    lemmas, of_first = [swap.lemma for swap in swaps], [swaps[row].lemma for row in first]
    total, lost = pairs.needed, pairs.before(first)
    return Accounts(
        side, site,
        course_over(shares / total.mean(), lemmas, OFFSETS, setup.seed),
        ratio_over(np.nansum(shares[:, at_noun], 1), total, lemmas, "pairs", setup.seed),
        ratio_over(brought, total, lemmas, "pairs", setup.seed),
        course_over(erased / lost.mean(), of_first, OFFSETS, setup.seed),
        course_over(written / lost.mean(), of_first, OFFSETS, setup.seed),
        ratio_over(gone, lost, of_first, "pairs", setup.seed),
        ratio_over(forgetting, lost, of_first, "pairs", setup.seed),
        ratio_over(gone - forgetting, lost, of_first, "pairs", setup.seed),
        max(pairs.base.conservation, pairs.source.conservation),
        len(swaps),
    )  # fmt: skip


class _Pairs:
    """The two runs of each minimal pair, the masculine one first, and the places in them."""

    def __init__(self, setup: Setup, side: str, site: str, swaps: Sequence[Swap]):
        self.side, self.swaps = side, swaps
        direction = setup.readout.directions[site]
        self.direction = direction / np.linalg.norm(direction)
        layer = site.layer
        sites = [f"{one}.l{layer}.{name}" for one in ("enc", "dec") for name in "figc"]
        self.base, self.source = (
            Ledger.of(self._trace(setup, [getattr(swap, which) for swap in swaps], sites), side, layer)
            for which in ("base", "source")
        )
        self.rows = np.arange(len(swaps))
        self.until = np.array([self._needed(swap) for swap in swaps])
        self.needed = self._difference("state")[self.rows, self.until]

    @staticmethod
    def _trace(setup: Setup, pairs, sites):
        return lab.trace(
            setup.translator,
            [pair.source for pair in pairs],
            [pair.target for pair in pairs],
            sites,
            network=setup.network,
        )

    def origins(self) -> tuple[np.ndarray, np.ndarray]:
        """What of the difference at the needed place each step has written, `[pair, offset]`, and what was brought along."""
        (f_written, f_start), (m_written, m_start) = (one.contributions(self.until) for one in (self.source, self.base))
        written = (f_written - m_written) @ self.direction
        places = np.array([self._reads(swap) for swap in self.swaps])
        return self._around(written, places, self.rows), (f_start - m_start) @ self.direction

    def losses(self, rows: Sequence[int]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """What became of the first gender: erased and written `[pair, offset]` around the second noun, gone in all, and by forgetting."""
        f, m = (one.along(self.direction) for one in (self.source, self.base))
        erased, written = f.erased - m.erased, f.written - m.written
        places = np.array([self._second(self.swaps[row]) for row in rows])
        lasts = np.array([self._last(self.swaps[row]) for row in rows])
        state = self._difference("state")
        gone = state[rows, lasts] - state[rows, places]
        between = [slice(last + 1, place + 1) for last, place in zip(lasts, places, strict=True)]
        forgetting = np.array([-erased[row, steps].sum() for row, steps in zip(rows, between, strict=True)])
        return self._around(erased, places, rows), self._around(written, places, rows), gone, forgetting

    def before(self, rows: Sequence[int]) -> np.ndarray:
        """The first gender's difference at the end of its clause."""
        return self._difference("state")[rows, [self._last(self.swaps[row]) for row in rows]]

    def _difference(self, name: str) -> np.ndarray:
        return (getattr(self.source, name) - getattr(self.base, name)) @ self.direction

    def _around(self, values: np.ndarray, places: np.ndarray, rows: Sequence[int]) -> np.ndarray:
        out = np.full((len(rows), len(OFFSETS)), np.nan)
        for line, (row, place) in enumerate(zip(rows, places, strict=True)):
            for column, offset in enumerate(OFFSETS):
                if 0 <= place + offset < values.shape[1]:
                    out[line, column] = values[row, place + offset]
        return out

    # --- places: the decoder has read a word one step after the one that wrote it -------------------------------

    def _reads(self, swap: Swap, clause: int | None = None) -> int:
        return Seen.of(controllers(swap.base, swap.clause if clause is None else clause)[-1]).on(self.side)

    def _second(self, swap: Swap) -> int:
        return Seen.of(second_noun(swap.base)).on(self.side)

    def _needed(self, swap: Swap) -> int:
        if self.side == "enc":
            return len(swap.base.source) - 1
        return max(word.position for word in swap.base.agreements if word.clause == swap.clause)

    def _last(self, swap: Swap) -> int:
        """The last place of the first clause: its last agreeing word, or in English the word before the joint."""
        if self.side == "dec":
            return max(word.position for word in swap.base.agreements if word.clause == 0)
        words, first, second = swap.base.source, self._reads(swap, 0), self._second(swap)
        joints = [t for t in range(first + 1, second) if words[t] in _JOINTS]
        return (joints[-1] if joints else second) - 1


def _noun(swap: Swap) -> int:
    return swap.base.nouns.index(controllers(swap.base, swap.clause)[-1])
