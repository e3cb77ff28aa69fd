"""What does the cell still store when the decoder may look back? Cell and attention say different genders.

With attention every step reads the encoder's states again (the *bank*), and what a probe finds in the cell is no sign
of use. So, on minimal pairs, from one word after the noun on, the cell's state is exchanged, or the bank, or both; or
attention is cut, and the cell must do alone. The words that agree are counted in what the decoder then writes.

Up to the place of the exchange the run is the base's own, to the last bit, whatever the bank holds. The controls are of
equal strength: the state, or the bank, of another sentence whose nouns have the *same* genders.

Misleads when: where attention looks is taken for what it reads (after the noun the state at every word may tell the
gender: `bank elsewhere`). A context that is 0, or the mean, is none that a run has, and the sentence may fall apart
(`rest`): what that says of the gender is told by the words that still take one of their two forms (`own`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np

from translate import lab
from translate.corpus.pair import Agreement, SentencePair
from translate.lab.editing.network import Run
from translate.lab.experiments.intervening.tally import Tally, Trial
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.alike import Alike
from translate.lab.sentences.events import controllers
from translate.lab.sentences.lemmas import noun_pair
from translate.lab.sentences.minimal_pairs import Moment, Swap, find_swaps
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.shown import Shown
from translate.lab.tracing.site import ATTENTION, CONTEXT, Site, bank_of, states, states_of
from translate.model.search import longest

Way = Literal[
    "cell",
    "cell, h follows",
    "state",
    "bank",
    "bank at noun",
    "bank elsewhere",
    "cell and bank",
    "state and bank",
    "same cell",
    "same bank",
    "same state",
    "no context",
    "mean context",
]
"""What says something else than the sentence, from one word after the noun on.

cell: the memory, h restored at that word; with h following; state: all that a step hands on. bank: what attention
reads, at all of its positions, at the noun's alone, or at all others. Both together. same …: of another sentence with
the same genders. no context, mean context: attention gives nothing, or always the same.
"""
WAYS: tuple[Way, ...] = tuple(way for way in get_args(Way) if way != "same state")
AT_START: tuple[Way, ...] = (
    *("state", "bank", "bank at noun", "bank elsewhere", "state and bank"),
    *("same state", "same bank"),
)
"""From one word after the noun on, and from the sentence's start: there the state is all that is handed over."""
BANDS = {"1–2": 2, "3–5": 5, "6 or more": 10**6}
"""Words from the noun to the agreeing word, and how far each band reaches."""


@dataclass(frozen=True)
class Turned:
    """Shares of some agreeing words: turned to the other gender, kept in their own; what is left is neither.

    own: of those that are either, the share that kept their own; a sentence that falls apart does not count.
    """

    turned: Estimate
    kept: Estimate
    own: Estimate


@dataclass(frozen=True)
class Looked:
    """What one way does. words: all of them; by_clause ("1", "2"), by_kind ("relative", …), by_distance: some.

    other, rest: words of the other clause that turned, and sentences whose other words all stayed, as in `Effect`.
    """

    way: Way
    words: Turned
    by_clause: dict[str, Turned]
    by_kind: dict[str, Turned]
    by_distance: dict[str, Turned]
    other: Estimate | None
    rest: Estimate
    sentences: int


@dataclass(frozen=True)
class Gaze:
    """Where attention looks when an agreeing word is written: shares of its weight, means over words of one kind.

    noun: on the English noun that the word agrees with. others: on the sentence's other nouns, together.
    uniform: what one word would have if all had the same. most: the English words that have most of it, with their
    mean weights.
    """

    noun: Estimate
    others: Estimate
    uniform: Estimate
    most: dict[str, float]


@dataclass(frozen=True)
class Attention(Shown):
    """All ways, and where attention looks, by kind of agreeing word ("all": of every kind)."""

    site: str
    ways: tuple[Looked, ...]
    gaze: dict[str, Gaze]

    def of(self, way: Way) -> Looked | None:
        """One of the ways, None where there was nothing to try it on."""
        return next((looked for looked in self.ways if looked.way == way), None)


def attention(setup: Setup, moment: Moment = "after noun") -> Attention | None:
    """Try each way on both clauses of switch sentences about test nouns.

    moment: from when on. At the start it is the state that the decoder begins with, and all words are judged: by which
    way does a gender come from the encoder at all? None for a model without attention, and where it translates no such
    sentence well.
    """
    if not setup.config.attention:
        return None
    swaps = [swap for clause in (0, 1) for swap in find_swaps(setup.switch, clause, moment)]
    if moment == "start":
        swaps = [replace(swap, step=-1) for swap in swaps]
    trial = Trial.of(setup, swaps)
    tested = trial.tested
    if not tested.cases:
        return None
    runs, has_two = _Runs(trial), len(states(setup.config)) > 1
    asked = AT_START if moment == "start" else [way for way in WAYS if has_two or way not in _OF_TWO]
    ways = (_looked(way, tested, runs) for way in asked)
    return Attention(setup.memory, tuple(looked for looked in ways if looked is not None), runs.gaze(tested))


_OF_TWO = ("cell, h follows", "state", "state and bank")
"""The ways that are no others than *cell* where the cell has but one state."""


def _looked(way: Way, trial: Trial[Swap], runs: "_Runs") -> Looked | None:
    made = {row: run for row, swap in enumerate(trial.cases) if (run := runs.run(way, swap)) is not None}
    if not made:
        return None
    counted = trial.only([trial.cases[row] for row in made]).count(list(made.values()))
    swaps = counted.trial.cases
    words = [(swap, word) for swap in swaps for word in swap.judged]
    everywhere = _share(counted, np.ones(len(words), dtype=bool))
    return Looked(
        way=way,
        words=everywhere,
        by_clause=_by(counted, [str(swap.clause + 1) for swap, _ in words]),
        by_kind=_by(counted, [word.kind for _, word in words]),
        by_distance=_by(counted, [_band(word) for _, word in words], BANDS),
        other=counted.other,
        rest=counted.rest,
        sentences=len(swaps),
    )


def _by(counted: Tally, names: Sequence[str], order: Iterable[str] = ()) -> dict[str, Turned]:
    """The words' shares by the names that they have, in this order, or that of the alphabet."""
    known, of = set(names), np.array(names)
    return {name: _share(counted, of == name) for name in order or sorted(known) if name in known}


def _share(counted: Tally, which: np.ndarray) -> Turned:
    turned, kept = counted.turned_words, counted.kept_words
    either = which & ((turned + kept).mean(1) > 0)
    return Turned(counted.share(turned, which), counted.share(kept, which), counted.share(kept, either))


def _band(word: Agreement) -> str:
    return next(name for name, most in BANDS.items() if word.distance <= most)


class _Runs:
    """What the runs of all sentences hold, and the edits of each way."""

    def __init__(self, trial: Trial[Swap]):
        setup, self.own = trial.setup, trial.own
        self.seed, self.states, self.bank = setup.seed, states_of(setup.config, "dec"), bank_of(setup.config)
        self.memory = [site for site in self.states if site.name == setup.memory.name]
        pairs = {pair.source: pair for swap in trial.cases for pair in swap.sentences}
        self.row = {source: row for row, source in enumerate(pairs)}
        sites = [*self.states, *self.bank, CONTEXT, ATTENTION]
        written = [self.own[source] for source in pairs]
        self.trace = lab.trace(setup.translator, list(pairs), written, sites, network=setup.network)
        fitted = trial.for_fitting.cases or trial.cases
        self.mean = lab.Mean(
            np.concatenate([self._values(CONTEXT, swap.base)[swap.place :] for swap in fitted]).mean(0)
        )
        self.alike = Alike(trial.cases)
        self.ways: Mapping[str, Callable[[Swap, SentencePair, int], Run]] = {
            "cell": lambda swap, other, place: self._states(swap, other, place, self.memory),
            "cell, h follows": lambda swap, other, place: self._follows(swap, other, place),
            "state": lambda swap, other, place: self._states(swap, other, place, self.states),
            "bank": lambda swap, other, _: self._bank(swap, other),
            "bank at noun": lambda swap, other, _: self._bank(swap, other, _nouns(swap)),
            "bank elsewhere": lambda swap, other, _: self._bank(swap, other, _elsewhere(swap)),
            "no context": lambda swap, *_: [lab.Edit(CONTEXT, lab.Zero(), _from(swap))],
            "mean context": lambda swap, *_: [lab.Edit(CONTEXT, self.mean, _from(swap))],
        }

    def run(self, way: Way, swap: Swap) -> Run | None:
        """The edits of one way; None where there is no other sentence to take something from."""
        part = way.removeprefix("same ")
        if part != way:
            same = self.alike.same(swap)
            return None if same is None else self.ways[part](swap, same.base, same.place)
        # The bank first: it holds the state at the start to the base's, which the state then is exchanged for there.
        parts = reversed(way.split(" and "))
        return [edit for part in parts for edit in self.ways[part](swap, swap.source, swap.place)]

    def gaze(self, trial: Trial[Swap]) -> dict[str, Gaze]:
        """Where attention looks, in the model's own translations of the sentences of some cases."""
        pairs = {swap.base.source: swap.base for swap in trial.cases}.values()
        words = [(pair, word) for pair in pairs for word in pair.agreements]
        kinds, lemmas = np.array([word.kind for _, word in words]), np.array([_lemma(*each) for each in words])
        weights = np.array([self._weights(pair, word) for pair, word in words])

        def mean(which: np.ndarray) -> Gaze:
            noun, others, uniform = (lab.mean_over(of, lemmas[which], "words", self.seed) for of in weights[which].T)
            return Gaze(noun, others, uniform, self._most([words[row] for row in np.flatnonzero(which)]))

        return {"all": mean(kinds != "")} | {str(kind): mean(kinds == kind) for kind in np.unique(kinds)}

    def _weights(self, pair: SentencePair, word: Agreement) -> tuple[float, float, float]:
        """The weight of the word's noun, of all other nouns, and of any word if all had the same."""
        weights = self.trace[ATTENTION][self.row[pair.source], word.position]
        noun = pair.nouns[word.controller].source
        others = {other.source for other in pair.nouns} - {noun}
        return float(weights[noun]), float(weights[list(others)].sum()), 1 / len(pair.source)

    def _most(self, words: Sequence[tuple[SentencePair, Agreement]]) -> dict[str, float]:
        """The English words with the largest mean weight as these agreeing words are written."""
        weight: dict[str, float] = {}
        for pair, word in words:
            row = self.trace[ATTENTION][self.row[pair.source], word.position].tolist()
            for english, share in zip(pair.source, row, strict=False):
                weight[english] = weight.get(english, 0.0) + share / len(words)
        return dict(sorted(weight.items(), key=lambda item: -item[1])[:3])

    def _states(self, swap: Swap, other: SentencePair, place: int, sites: Sequence[Site]) -> Run:
        """The other sentence's state at its place; first all is restored to what the base holds at the swap's."""
        restored = [lab.Edit(site, lab.From(self._values(site, swap.base)), swap.place) for site in self.states]
        return restored + [lab.Edit(site, lab.From(self._values(site, other)[place]), swap.place) for site in sites]

    def _follows(self, swap: Swap, other: SentencePair, place: int) -> Run:
        return self._states(swap, other, place, self.memory)[len(self.states) :]

    def _bank(self, swap: Swap, other: SentencePair, positions: Sequence[int] | None = None) -> Run:
        """Attention reads the other sentence's encoder at some English positions (None: all), from the place on.

        The decoder starts from the base's state, and until the place it is given the base's context.
        """
        edits = []
        for site in self.bank:
            values = self._values(site, swap.base).copy()
            chosen = slice(None) if positions is None else list(positions)
            values[chosen] = self._values(site, other)[chosen]
            edits.append(lab.Edit(site, lab.From(values)))  # at all positions: those left alone are held as they were
        edits += [lab.Edit(site, lab.From(self._values(site, swap.base)), 0) for site in self.states]
        before = lab.Edit(CONTEXT, lab.From(self._values(CONTEXT, swap.base)), range(swap.place))
        return [*edits, before] if swap.place else edits

    def _values(self, site: str, pair: SentencePair) -> np.ndarray:
        """What a sentence's own run holds, `[time, unit]`, without what stands beyond its end."""
        row, side = self.row[pair.source], Site(site).side
        return self.trace[site][row, : int(self.trace.lengths[side][row])].numpy()


def _nouns(swap: Swap) -> list[int]:
    return [noun.source for noun in controllers(swap.base, swap.clause)]


def _elsewhere(swap: Swap) -> list[int]:
    return [position for position in range(len(swap.base.source)) if position not in _nouns(swap)]


def _from(swap: Swap) -> range:
    """All steps from the place of the exchange on, as long as a translation may be."""
    return range(swap.place, longest(len(swap.base.source)))


def _lemma(pair: SentencePair, word: Agreement) -> str:
    return noun_pair(pair.nouns[word.controller].lemma)
