"""By which way does the gender come to the words: from the encoder, in the state, or from the word just written?

A decoder reads what it has written: after *holka* it could write *která* without any memory. So what the state says and
what the last word says are set against each other, on minimal pairs that differ in one noun's gender, and each way is
tried by itself. Apart from the words that are said to be forced the decoder writes freely.

Misleads when: a way is tried that no run of the model goes, as where the words say *kluk* and the state says *holka*.
What the words then follow is what weighs more, not what alone would do.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from translate import lab
from translate.lab.editing.network import Run
from translate.lab.experiments.intervening.tally import Trial
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.minimal_pairs import Swap, find_swaps
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.shown import Shown
from translate.lab.tracing.site import Site, states_of

Way = Literal["encoder", "against words", "words", "noun", "before", "after", "held", "agreeing"]
"""What alone says the other gender.

encoder: the encoder's state. against words: the same, with the words up to the noun forced to be the base's.
words: the words up to the noun, against the encoder's state. noun: the noun alone, as it is read.
before: the decoder's state before it reads the noun, against the noun. after: that after it has read the noun.
held: the same, against the word that it writes then. agreeing: the first agreeing word alone, as it is read.
"""
WAYS: tuple[Way, ...] = ("encoder", "against words", "words", "noun", "before", "after", "held", "agreeing")


@dataclass(frozen=True)
class PathEffect:
    """What comes of it when one thing alone says the other gender.

    name: what says it. clause: whose words, after the noun, are judged. turned: share of its agreeing words that take
    that gender. kept: of those that go with all the rest; what is left takes neither. other, rest: as in `Effect`.
    """

    name: Way
    clause: int
    turned: Estimate
    kept: Estimate
    other: Estimate | None
    rest: Estimate
    sentences: int


@dataclass(frozen=True)
class Paths(Shown):
    """All ways, for each clause."""

    effects: tuple[PathEffect, ...]

    def of(self, name: Way, clause: int = 0) -> PathEffect | None:
        """One of them, None where there was nothing to try it on."""
        return next((path for path in self.effects if (path.name, path.clause) == (name, clause)), None)


def paths(setup: Setup) -> Paths:
    """Try each way by itself, for both clauses of switch sentences about test nouns."""
    effects = []
    for clause in (0, 1):
        trial = Trial.of(setup, find_swaps(setup.switch, clause, "after noun", tested=setup.split.test))
        # The words after the noun count, the very next one included.
        trial = trial.only([replace(swap, step=swap.place - 1) for swap in trial.cases])
        if trial.cases:
            sources = _Sources(trial)
            effects += [effect for way in WAYS if (effect := _tried(way, trial, sources)) is not None]
    return Paths(tuple(effects))


def _tried(way: Way, trial: Trial[Swap], sources: "_Sources") -> PathEffect | None:
    runs = {row: sources.edits(way, row, swap) for row, swap in enumerate(trial.cases)}
    swaps = {row: replace(swap, step=_last_given(way, swap)) for row, swap in enumerate(trial.cases)}
    rows = [row for row, swap in swaps.items() if swap.judged]
    if not rows:
        return None
    counted = trial.only([swaps[row] for row in rows]).count([runs[row] for row in rows])
    return PathEffect(
        name=way,
        clause=trial.cases[0].clause,
        turned=counted.turned,
        kept=counted.kept,
        other=counted.other,
        rest=counted.rest,
        sentences=len(rows),
    )


def _last_given(way: Way, swap: Swap) -> int:
    """The last step whose word is given: the noun's, or that of the word that is forced after it."""
    return {"agreeing": swap.first_judged.position, "held": swap.step + 1}.get(way, swap.step)


class _Sources:
    """What the runs of the sources hold, and the edits by which one thing alone says the source's gender."""

    def __init__(self, trial: Trial[Swap]):
        setup, self.own = trial.setup, trial.own
        self.target, self.reversed = setup.translator.target, setup.config.reverse_source
        self.sites = {side: states_of(setup.config, side) for side in ("enc", "dec")}
        sources = [swap.source.source for swap in trial.cases]
        self.held = lab.trace(
            setup.translator,
            sources,
            [trial.own[source] for source in sources],
            [*self.sites["enc"], *self.sites["dec"]],
            network=setup.network,
        )

    def edits(self, way: Way, row: int, swap: Swap) -> Run:
        """The edits of one way; all that they leave alone is the base's."""
        noun, own = swap.step, self.own[swap.base.source]
        match way:
            case "encoder":
                return self._encoder(row, swap)
            case "against words":
                return [*self._encoder(row, swap), *self._words(own[: noun + 1])]
            case "words":
                return self._words(self.own[swap.source.source][: noun + 1])
            case "noun":
                return self._words([*own[:noun], self.own[swap.source.source][noun]])
            case "before":
                return [*self._state(row, noun), *self._words(own[: noun + 1])]
            case "after":
                return self._state(row, noun + 1)
            case "held":
                return [*self._state(row, noun + 1), *self._words(own[: noun + 2])]
            case "agreeing":
                word = swap.first_judged
                return self._words([*own[: word.position], word.other])

    def _encoder(self, row: int, swap: Swap) -> Run:
        """The source's state when the encoder has read everything."""
        last = len(swap.base.source) - 1
        ends = {site: 0 if self.reversed or site.is_reverse else last for site in self.sites["enc"]}
        return [self._held(site, row, end) for site, end in ends.items()]

    def _state(self, row: int, step: int) -> Run:
        """The source's state of the decoder at a step."""
        return [self._held(site, row, step) for site in self.sites["dec"]]

    def _held(self, site: Site, row: int, step: int) -> lab.Edit:
        return lab.Edit(site, lab.From(self.held[site][row, step].numpy()), step)

    def _words(self, words: Sequence[str]) -> Run:
        """These words are written, whatever the decoder would say."""
        return lab.forced(self.target.ids(words), len(self.target))
