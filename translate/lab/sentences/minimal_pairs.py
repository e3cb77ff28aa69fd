"""Minimal pairs: which sentences are exchanged in an intervention."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from translate.corpus.pair import SentencePair
from translate.lab.sentences.cases import Case, Own
from translate.lab.sentences.events import controllers
from translate.lab.sentences.lemmas import noun_pair

Moment = Literal["start", "after noun"]
"""When a state is exchanged: at the start of the sentence, or one word after the noun."""


@dataclass(frozen=True)
class Swap(Case):
    """A minimal pair for an intervention: `source` differs from `base` in the gender of one clause's nouns.

    clause: that clause. step: the decoder step after which the state is exchanged. moment: which that is.
    """

    source: SentencePair
    moment: Moment


def find_swaps(suite: Iterable[tuple[SentencePair, dict]], clause: int, moment: Moment) -> list[Swap]:
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
            step = 0 if moment == "start" else nouns[-1].target + 1
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
