"""What differs between two sentences, told the same way wherever translations or twins are laid side by side."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple


class Difference(NamedTuple):
    """The places at which two sentences say different things; one of the two may be empty."""

    before: range
    after: range


def differences(before: Sequence[str], after: Sequence[str]) -> list[Difference]:
    """Where `after` says something else than `before`, in the order of the sentence.

    Equally long sentences, as twins almost always are, are compared place by place. Others are laid side by side by
    their longest common runs, which could pair *kluk, který rád* of one clause with that of another.
    """
    if len(before) == len(after):
        places = [place for place, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
        return [Difference(range(place, place + 1), range(place, place + 1)) for place in places]
    opcodes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [Difference(range(a, b), range(c, d)) for tag, a, b, c, d in opcodes if tag != "equal"]


def changed_places(before: Sequence[str], after: Sequence[str]) -> set[int]:
    """The places of the words in `before` that `after` does not repeat."""
    return {place for difference in differences(before, after) for place in difference.before}


def changed_words(before: Sequence[str], after: Sequence[str]) -> list[tuple[str, str]]:
    """What stands in `after` for what in `before`; an empty text where words were added or left out."""
    return [
        (" ".join(before[place] for place in old), " ".join(after[place] for place in new))
        for old, new in differences(before, after)
    ]


def count_changed(before: Sequence[str], after: Sequence[str]) -> int:
    """How many words differ; one that only one of the two has counts."""
    return sum(max(len(old), len(new)) for old, new in differences(before, after))
