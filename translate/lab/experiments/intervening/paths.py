"""By which way does the gender come to the words: from the encoder, in the decoder's state, or from the word just written?

A decoder reads what it has written: after *holka* it could write *která* without any memory. So what the state says and
what the last word says are set against each other, on minimal pairs that differ in one noun's gender, and each way is
tried by itself. Apart from the words that are said to be forced the decoder writes freely.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from translate import lab
from translate.lab.editing.counterfactual import forced
from translate.lab.editing.edit import Edit
from translate.lab.editing.network import Run
from translate.lab.editing.operations import From
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.cases import Own, run
from translate.lab.sentences.events import controllers
from translate.lab.sentences.minimal_pairs import Swap, find_swaps, usable
from translate.lab.statistics.estimate import Estimate
from translate.model import cells

Way = Literal["encoder", "against words", "words", "noun", "before", "after", "held", "agreeing"]
"""What alone says the other gender.

encoder: the encoder's state. against words: the same, with the words up to the noun forced to be the base's.
words: the words up to the noun, against the encoder's state. noun: the noun alone, as it is read.
before: the decoder's state before it reads the noun, against the noun. after: that after it has read the noun.
held: the same, against the word that it writes then. agreeing: the first agreeing word alone, as it is read.
"""


@dataclass(frozen=True)
class PathEffect:
    """What comes of it when one thing alone says the other gender.

    name: what says it. clause: whose words, after the noun, are judged. turned: share of its agreeing words that take that
    gender. kept: of those that go with all the rest; what is left takes neither. other, rest: as in `Effect`.
    """

    name: Way
    clause: int
    turned: Estimate
    kept: Estimate
    other: Estimate | None
    rest: Estimate
    sentences: int


@dataclass(frozen=True)
class Paths:
    """All ways, for each clause."""

    effects: tuple[PathEffect, ...]

    def of(self, name: Way, clause: int = 0) -> PathEffect | None:
        """One of them, None where there was nothing to try it on."""
        return next((path for path in self.effects if (path.name, path.clause) == (name, clause)), None)


def paths(setup: Setup) -> Paths:
    """Try each way by itself, for both clauses of switch sentences about test nouns."""
    found = []
    for clause in (0, 1):
        swaps = find_swaps(setup.material.suites.get("switch", []), clause, "after noun")
        swaps, own = usable(setup.translator, [s for s in swaps if s.lemma in setup.split.test], setup.network)
        # The words after the noun count, the very next one included.
        swaps = [replace(swap, step=controllers(swap.base, clause)[-1].target) for swap in swaps]
        if swaps:
            found += _tried(setup, swaps, own)
    return Paths(tuple(found))


def _tried(setup: Setup, swaps: Sequence[Swap], own: Own) -> list[PathEffect]:
    ways, found = _Ways(setup, swaps, own), []
    for name, way in ways.by_name.items():
        runs = [way(row, swap) for row, swap in enumerate(swaps)]
        judged = list(swaps)
        if name == "agreeing":  # that word itself is forced, and the later ones count
            judged = [replace(swap, step=_first_word(swap).position) for swap in swaps]
        elif name == "held":  # so is the word after the noun
            judged = [replace(swap, step=swap.step + 1) for swap in swaps]
        some = [row for row, swap in enumerate(judged) if swap.judged]
        if some:
            cases = [judged[row] for row in some]
            counted = run(setup.translator, setup.network, cases, own, [[runs[row] for row in some]], setup.seed)
            found.append(
                PathEffect(
                    name, swaps[0].clause, counted.share("turned"), counted.share("kept"), counted.other,
                    counted.unchanged, len(cases),
                )
            )  # fmt: skip
    return found


def _first_word(swap: Swap):
    return min(swap.judged, key=lambda word: word.position)


class _Ways:
    """The edits by which one thing alone says the source's gender; everything else is the base's."""

    def __init__(self, setup: Setup, swaps: Sequence[Swap], own: Own):
        self.own, self.target = own, setup.translator.target
        self.reversed = setup.config.reverse_source
        self.sites = [
            f"l{layer}.{state}" for layer in range(setup.config.layers) for state in cells.STATES[setup.config.cell]
        ]
        self.source = lab.trace(
            setup.translator, [swap.source.source for swap in swaps], [own.of(swap.source) for swap in swaps],
            [f"{side}.{site}" for side in ("enc", "dec") for site in self.sites], network=setup.network,
        )  # fmt: skip
        self.by_name: dict[Way, Callable[[int, Swap], Run]] = {
            "encoder": self._encoder,
            "against words": lambda row, swap: self._encoder(row, swap) + self._force(self._words(swap.base, swap)),
            "words": lambda row, swap: self._force(self._words(swap.source, swap)),
            "noun": lambda row, swap: self._force(
                [*self._words(swap.base, swap)[:-1], self._words(swap.source, swap)[-1]]
            ),
            "before": lambda row, swap: self._state(row, swap.step) + self._force(self._words(swap.base, swap)),
            "after": lambda row, swap: self._state(row, swap.step + 1),
            "held": lambda row, swap: (
                self._state(row, swap.step + 1) + self._force(self.own.of(swap.base)[: swap.step + 2])
            ),
            "agreeing": self._agreeing,
        }

    def _words(self, pair, swap: Swap) -> list[str]:
        """What the model itself writes for one of the two sentences, up to and with the noun."""
        return self.own.of(pair)[: swap.step + 1]

    def _force(self, words: Sequence[str]) -> Run:
        return forced(self.target.ids(words), len(self.target))

    def _encoder(self, row: int, swap: Swap) -> Run:
        """The source's state when the encoder has read everything."""
        last = 0 if self.reversed else len(swap.base.source) - 1
        return [Edit(f"enc.{site}", From(self.source[f"enc.{site}"][row, last]), last) for site in self.sites]

    def _state(self, row: int, step: int) -> Run:
        return [Edit(f"dec.{site}", From(self.source[f"dec.{site}"][row, step]), step) for site in self.sites]

    def _agreeing(self, row: int, swap: Swap) -> Run:
        word = _first_word(swap)
        return self._force([*self.own.of(swap.base)[: word.position], word.other])
