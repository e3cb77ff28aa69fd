"""Pairs held back from training: neither sentence of any of them stands there."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from translate.errors import UsageError
from translate.text import normal, split

Pair = tuple[str, str]


def with_dev(pairs: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    """The pairs to train on and those to check on: about a fortieth of them, evenly spread, at most 1000.

    No sentence of the second, on either side, is one of the first, whatever its case and punctuation. Pairs that share
    a sentence with others are taken only where too few share none, and then together, each once.

    Raises `UsageError` where all pairs hang together by sentences that they share.
    """
    group_of = _groups(pairs)
    size = Counter(group_of)
    count = max(1, min(1000, len(pairs) // 40))
    step = max(1, len(pairs) // count)
    alone = (place for place in range(count * step) if size[group_of[place]] == 1)
    chosen = {place // step: place for place in sorted(alone, reverse=True)}.values()  # the first of each stretch
    taken, dev = {group_of[place] for place in chosen}, len(chosen)
    for group, members in sorted(size.items(), key=lambda item: (item[1], item[0])):
        if group not in taken and dev + members <= (count if taken else len(pairs) - 1):
            taken.add(group)
            dev += members
    if not taken or dev == len(pairs):
        raise UsageError(
            "No pair can be held back to check on: all hang together by sentences that repeat; "
            "give a text of other sentences as `dev`."
        )
    held = [place for place in range(len(pairs)) if group_of[place] in taken]
    kept = [pair for place, pair in enumerate(pairs) if group_of[place] not in taken]
    return kept, list(dict.fromkeys(pairs[place] for place in held))


def in_both(dev: Iterable[Pair], pairs: Iterable[Pair]) -> int:
    """How many pairs of `dev` have a sentence, on either side, that stands on the same side of `pairs`."""
    sides = [{key(pair[side]) for pair in pairs} for side in (0, 1)]
    return sum(any(key(pair[side]) in sides[side] for side in (0, 1)) for pair in dev)


def _groups(pairs: Sequence[Pair]) -> list[int]:
    """For each pair the place of the first of those that hang together with it by a sentence on either side."""
    first: tuple[dict[str, int], dict[str, int]] = ({}, {})
    parent = list(range(len(pairs)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = place = parent[parent[place]]
        return place

    for place, pair in enumerate(pairs):
        for side in (0, 1):
            one, other = root(first[side].setdefault(key(pair[side]), place)), root(place)
            parent[max(one, other)] = min(one, other)
    return [root(place) for place in range(len(pairs))]


def key(text: str) -> str:
    """What makes two sentences the same: the words, whatever their case, their bytes and the punctuation."""
    text = normal(text).casefold()
    words = re.findall(r"\w+", text) if text.isascii() else [word for word in split(text) if word[0].isalnum()]
    return " ".join(words) or text
