"""What closes the valve? The sum that a gate is told, word by word, taken apart exactly; then the paths are cut.

A gate is σ(W x + U h + b): what the word that is read says to it, what the state says, and its bias. At the words at
which a sentence turns from its first noun to its second (`switch_words`) the sum is that of its parts: the word; h
along the readout's direction of gender; the rest of h; the bias. The account is exact (`conservation`), for the best
units' forget gate f and input gate i, and each part is told as its difference from what it is while the first noun's
gender is held (the mean over those words, on nouns for fitting).

A part that is large need not matter. So it is cut: at those words it is set to that mean (z − part + mean, the part as
it is in the sentence's own run), and what the decoder then writes shows whether the valve stays open, and whether the
old gender comes back. Controls: sentences of one gender, in which the right gender must stay; the same cut on random
units; and the forget gate held open as the ceiling.

Misleads when: parts are called independent. The state has heard the words before: a valve that is closed by "the rest
of h" may be closed by the last word but one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from translate import lab
from translate.lab.editing.network import Run
from translate.lab.experiments.intervening.tally import Tally, Trial
from translate.lab.experiments.mechanism.told import PARTS, PartName, Sums, held_means, sums_of
from translate.lab.experiments.reading.units import Ranking
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.events import two_nouns
from translate.lab.sentences.minimal_pairs import ClampCase, find_clamp_cases
from translate.lab.sentences.switch_words import in_order, switch_words
from translate.lab.statistics.estimate import Course, Estimate
from translate.lab.statistics.shown import Shown

GATES = ("f", "i")
UNITS, DRAWS, LOUDEST = 3, 3, 5
Cutting = Literal["word", "gender", "rest of h", "all", "open"]
"""Which part is cut; all: all three; open: the ceiling, f = 1 (with i: i = 0)."""
CUTS: tuple[Cutting, ...] = ("word", "gender", "rest of h", "all", "open")
_HELD = {"f": lab.Set(1.0), "i": lab.Set(0.0)}


@dataclass(frozen=True)
class Told:
    """What one gate is told in sentences of one kind ("m>f"): courses over `words`, by their place in that list.

    pre: the whole sum; gate: σ of it. word, gender, rest: how far each part is from what it is while the gender is
    held. Means over the best units.
    """

    gate: str
    kind: str
    words: list[str]
    pre: Course
    open: Course
    word: Course
    gender: Course
    rest: Course


@dataclass(frozen=True)
class Cut:
    """What came of one cut, at all of the words, on sentences that switch the gender.

    gates: "f", "i" or "f, i". is_random: on random units instead of the best ones. old, new, neither: the words that
    agree with the second noun, by the gender they took; rest: sentences whose other words all stayed. same: of the
    words in sentences without a switch, those that kept the right gender. kept: what the forget gates leave of the cell
    over the words, ∏ f; let_in: the largest i. Means over the units.
    """

    gates: str
    cut: Cutting
    is_random: bool
    old: Estimate
    new: Estimate
    neither: Estimate
    rest: Estimate
    same: Estimate
    kept: float
    let_in: float


@dataclass(frozen=True)
class Speaker:
    """A unit of h, and what it adds to a gate at a word, beyond what it adds while the gender is held."""

    unit: int
    adds: float


@dataclass(frozen=True)
class Closing(Shown):
    """The accounts and the cuts.

    units: whose gates. told: by gate and kind of sentence. held: by gate, what each part and the bias are while the
    gender is held. loudest: by gate, the units of h that say most at the word where f is lowest and i highest.
    conservation: the largest error of any sum. switching, same: sentences.
    """

    units: list[int]
    told: tuple[Told, ...]
    held: dict[str, dict[str, float]]
    loudest: dict[str, list[Speaker]]
    cuts: tuple[Cut, ...]
    conservation: float
    switching: int
    same: int

    def of(self, gates: str, cut: Cutting, is_random: bool = False) -> Cut | None:
        """One of the cuts, None where it was not made."""
        return next((each for each in self.cuts if (each.gates, each.cut, each.is_random) == (gates, cut, is_random)), None)


def closing(setup: Setup, ranking: Ranking, count: int = UNITS) -> Closing | None:
    """Take the sums of the best units' gates apart, and cut their parts; on sentences whose second noun is a test noun.

    ranking: of the decoder's units. count: how many of the best. None for a cell without these gates, and where no
    sentence can be judged.
    """
    if setup.config.cell != "lstm":
        return None
    trial = Trial.of(setup, find_clamp_cases(setup.switch, setup.split.test))
    if not any(case.same is not None for case in trial.cases):
        return None
    best = tuple(map(int, ranking.best(count)))
    pairs = [case.base for case in trial.cases]
    sums = sums_of(setup, pairs, [trial.own[pair.source] for pair in pairs], GATES)
    held = held_means(setup, GATES)
    kinds = [sentence.kind for sentence in two_nouns(pairs)]
    words = [switch_words(pair, "dec") for pair in pairs]
    told = [_told(sums, held, best, gate, kind, kinds, words, trial) for gate in GATES for kind in sorted(set(kinds))]
    cutter = _Cutter(trial, sums, held, best, ranking)
    return Closing(
        units=list(best),
        told=tuple(told),
        held={gate: _named(held[gate][:, best].mean(1), float(sums.bias[gate][list(best)].mean())) for gate in GATES},
        loudest={gate: _loudest(setup, trial, best, gate, told) for gate in GATES},
        cuts=cutter.cuts(),
        conservation=sums.error,
        switching=sum(case.same is not None for case in trial.cases),
        same=sum(case.same is None for case in trial.cases),
    )
