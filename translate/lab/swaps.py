"""Which sentences are exchanged in an intervention, and what came of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from translate.corpus.pair import Agreement, SentencePair
from translate.lab.intervene import Part, Transplant, transplant
from translate.lab.lemmas import noun_pair
from translate.lab.statistics import Estimate, over_lemmas, wilson
from translate.model import search

START_OF_SENTENCE, AFTER_NOUN = "at the start", "one word after the noun"
MOMENTS = (START_OF_SENTENCE, AFTER_NOUN)


@dataclass(frozen=True)
class Swap:
    """A minimal pair for an intervention: `source` differs from `base` in the gender of one clause's nouns.

    clause: that clause. step: the decoder step after which the state is exchanged. moment: its name.
    lemma: the noun pair of the clause's last controlling noun.
    """

    base: SentencePair
    source: SentencePair
    clause: int
    step: int
    moment: str
    lemma: str

    @property
    def judged(self) -> list[Agreement]:
        """The base's agreeing words of the clause that are written after the edit, in the base's gender."""
        return [word for word in self.base.agreements if word.clause == self.clause and word.position > self.step]

    @property
    def others(self) -> list[Agreement]:
        """The agreeing words of other clauses that are written after the edit."""
        return [word for word in self.base.agreements if word.clause != self.clause and word.position > self.step]

    @property
    def may_change(self) -> set[int]:
        """The positions of the clause's nouns and agreeing words: all others are the rest of the sentence."""
        nouns = {noun.target for noun in self.base.nouns if noun.clause == self.clause and noun.role == "controller"}
        return nouns | {word.position for word in self.base.agreements if word.clause == self.clause}


@dataclass(frozen=True)
class Effect:
    """What an intervention did, over many sentences, on free-running output.

    flipped: share of the clause's agreeing words that took the other gender. other: the same in the other clauses
    (None where they were written before the edit). rest: share of sentences in which every word that is neither of
    the clause's nouns nor agrees with them stayed as it was, in number and place. draws: of random units.
    """

    part: str
    units: int | None
    moment: str
    clause: int
    flipped: Estimate
    other: Estimate | None
    rest: Estimate
    sentences: int
    draws: int = 1


def find_swaps(suite: Iterable[tuple[SentencePair, dict]], clause: int, moment: str) -> list[Swap]:
    """The minimal pairs in a switch suite whose sentences differ in the gender of `clause` alone, each both ways."""
    items: dict[int, dict[tuple[str, str], SentencePair]] = defaultdict(dict)
    for pair, tags in suite:
        if ">" in tags.get("switch", ""):
            items[tags["item"]][tags["y1"], tags["y2"]] = pair
    found = []
    for versions in items.values():
        for genders, base in versions.items():
            other = list(genders)
            other[clause] = "f" if genders[clause] == "m" else "m"
            source = versions.get(tuple(other))
            nouns = [noun for noun in base.nouns if noun.clause == clause and noun.role == "controller"]
            if source is None or not nouns or not _parallel(base, source):
                continue
            step = 0 if moment == START_OF_SENTENCE else nouns[-1].target + 1
            swap = Swap(base, source, clause, step, moment, noun_pair(nouns[-1].lemma))
            if swap.judged:
                found.append(swap)
    return found


def _parallel(base: SentencePair, source: SentencePair) -> bool:
    """Whether the two are word for word beside each other, on both sides."""
    return (
        len(base.source) == len(source.source)
        and len(base.target) == len(source.target)
        and [word.position for word in base.agreements] == [word.position for word in source.agreements]
    )


def measure(
    translator, swaps: Sequence[Swap], parts: Sequence[tuple[str, Sequence[Part]]], seed: int = 0, network=None
) -> list[Effect]:
    """The effect of each kind of part on `swaps`, which must all be of one clause and moment; none if none can be used.

    parts: (name, the parts that count as this kind: one, or several random draws that are averaged).
    Swaps are left aside where the model's own translation of base or source has not every agreeing word in its place:
    there nothing could be compared.
    """
    network = network or translator.network(10_000)
    own = _own(translator, swaps, network)
    swaps = [s for s in swaps if _in_place(s.base, own[s.base.source]) and _in_place(s.source, own[s.source.source])]
    if not swaps:
        return []
    flat = [part for _, draws in parts for part in draws]
    outputs: dict[tuple[int, int], list[int]] = {}
    for rows in _by_length(swaps):
        base = np.array([translator.source.ids(swaps[row].base.source) for row in rows])
        source = np.array([translator.source.ids(swaps[row].source.source) for row in rows])
        edits = [Transplant(i, swaps[row].step, part) for part in flat for i, row in enumerate(rows)]
        written = iter(transplant(network, base, source, edits))
        for number in range(len(flat)):
            for row in rows:
                outputs[row, number] = next(written)
    effects, first = [], 0
    for name, draws in parts:
        numbers = range(first, first + len(draws))
        effects.append(_effect(translator, name, draws, swaps, own, outputs, numbers, seed))
        first += len(draws)
    return effects


def _effect(translator, name, draws, swaps, own, outputs, numbers, seed) -> Effect:
    vocabulary = translator.target.vocabulary
    flipped, lemmas, other, other_lemmas, rest, rest_lemmas = [], [], [], [], [], []
    for row, swap in enumerate(swaps):
        runs = [[vocabulary[i] for i in outputs[row, number]] for number in numbers]
        for words, lemma_list, values in ((swap.judged, lemmas, flipped), (swap.others, other_lemmas, other)):
            for word in words:
                values.append(np.mean([_at(run, word.position) == word.other for run in runs]))
                lemma_list.append(swap.lemma)
        rest.append(np.mean([_kept(swap, own[swap.base.source], run) for run in runs]))
        rest_lemmas.append(swap.lemma)
    units = draws[0].units
    return Effect(
        name,
        None if units is None else len(units),
        swaps[0].moment,
        swaps[0].clause,
        _estimate(flipped, lemmas, "words", seed),
        _estimate(other, other_lemmas, "words", seed) if other else None,
        _estimate(rest, rest_lemmas, "sentences", seed),
        len(swaps),
        len(draws),
    )


def _estimate(values: list[float], lemmas: list[str], unit: str, seed: int) -> Estimate:
    if not values:
        return wilson(0, 0, unit)
    return over_lemmas(values, lemmas, unit, seed)


def _at(run: list[str], position: int) -> str | None:
    return run[position] if position < len(run) else None


def _kept(swap: Swap, own: list[str], run: list[str]) -> bool:
    """Whether the rest of the sentence stayed as the model writes it by itself."""
    free = swap.may_change | {word.position for word in swap.others}
    return len(run) == len(own) and all(word == own[t] for t, word in enumerate(run) if t not in free)


def _own(translator, swaps: Sequence[Swap], network) -> dict[tuple[str, ...], list[str]]:
    """The model's own translation of every sentence of `swaps`, as tokens, by its source."""
    sources = list(dict.fromkeys(pair.source for swap in swaps for pair in (swap.base, swap.source)))
    found = search.greedy(network, [translator.source.ids(source) for source in sources], scores=False)
    vocabulary = translator.target.vocabulary
    return {source: [vocabulary[i] for i in h.tokens] for source, h in zip(sources, found, strict=True)}


def _in_place(pair: SentencePair, own: list[str]) -> bool:
    """Whether a translation has every agreeing word in its gender where the reference has it."""
    return len(own) == len(pair.target) and all(own[w.position] == pair.target[w.position] for w in pair.agreements)


def _by_length(swaps: Sequence[Swap]) -> list[list[int]]:
    by_length: dict[int, list[int]] = defaultdict(list)
    for row, swap in enumerate(swaps):
        by_length[len(swap.base.source)].append(row)
    return list(by_length.values())
