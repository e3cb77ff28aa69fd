"""Which sentences are exchanged in an intervention, and what came of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from translate.corpus.pair import SentencePair
from translate.lab.editing.transplant import Part, Transplant, transplant
from translate.lab.sentences.cases import Case, Own, Tally, tally
from translate.lab.sentences.events import controllers
from translate.lab.sentences.lemmas import noun_pair
from translate.lab.statistics.estimate import Estimate

START_OF_SENTENCE, AFTER_NOUN = "at the start", "one word after the noun"
MOMENTS = (START_OF_SENTENCE, AFTER_NOUN)


@dataclass(frozen=True)
class Swap(Case):
    """A minimal pair for an intervention: `source` differs from `base` in the gender of one clause's nouns.

    clause: that clause. step: the decoder step after which the state is exchanged. moment: its name.
    """

    source: SentencePair
    moment: str


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


def effect(part: str, units: int | None, swaps: Sequence[Swap], counted: Tally) -> Effect:
    """A count over `swaps`, all of one clause and moment, as an `Effect`."""
    return Effect(
        part, units, swaps[0].moment, swaps[0].clause, counted.share("turned"), counted.other, counted.unchanged,
        len(swaps), counted.turned.shape[1],
    )  # fmt: skip


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
            source, nouns = versions.get(tuple(other)), controllers(base, clause)
            if source is None or not nouns or not _parallel(base, source):
                continue
            step = 0 if moment == START_OF_SENTENCE else nouns[-1].target + 1
            swap = Swap(base, clause, step, noun_pair(nouns[-1].lemma), source, moment)
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


def usable(translator, swaps: Sequence[Swap], network) -> tuple[list[Swap], Own]:
    """The swaps of which the model itself writes both sentences with every agreeing word in its place, and what it writes.

    The others are left aside: there nothing could be compared.
    """
    own = Own(translator, (pair for swap in swaps for pair in (swap.base, swap.source)), network)
    return [swap for swap in swaps if own.in_place(swap.base) and own.in_place(swap.source)], own


def measure(
    translator, swaps: Sequence[Swap], parts: Sequence[tuple[str, Sequence[Part]]], seed: int = 0, network=None
) -> list[Effect]:
    """The effect of each kind of part on `swaps`, which must all be of one clause and moment; none if none can be used.

    parts: (name, the parts that count as this kind: one, or several random draws that are averaged).
    """
    network = network or translator.network(10_000)
    swaps, own = usable(translator, swaps, network)
    if not swaps:
        return []
    flat = [part for _, draws in parts for part in draws]
    written = _transplanted(translator, network, swaps, flat)
    effects, first = [], 0
    for name, draws in parts:
        units = draws[0].units
        counted = tally(swaps, own, written[first : first + len(draws)], seed)
        effects.append(effect(name, None if units is None else len(units), swaps, counted))
        first += len(draws)
    return effects


def _transplanted(translator, network, swaps: Sequence[Swap], parts: Sequence[Part]) -> list[list[list[str]]]:
    """What each swap's base writes with each part of the source's state put in: tokens by part and swap."""
    vocabulary = translator.target.vocabulary
    outputs: list[list[list[str]]] = [[[]] * len(swaps) for _ in parts]
    for rows in _by_length(swaps):
        base = np.array([translator.source.ids(swaps[row].base.source) for row in rows])
        source = np.array([translator.source.ids(swaps[row].source.source) for row in rows])
        edits = [Transplant(i, swaps[row].step, part) for part in parts for i, row in enumerate(rows)]
        written = iter(transplant(network, base, source, edits))
        for of_part in outputs:
            for row in rows:
                of_part[row] = [vocabulary[i] for i in next(written)]
    return outputs


def _by_length(swaps: Sequence[Swap]) -> list[list[int]]:
    by_length: dict[int, list[int]] = defaultdict(list)
    for row, swap in enumerate(swaps):
        by_length[len(swap.base.source)].append(row)
    return list(by_length.values())
