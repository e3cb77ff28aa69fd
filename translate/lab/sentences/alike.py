"""For a minimal pair, the sentence that is most like it and about another noun of the same gender.

What is taken from that sentence is as foreign as what is taken from the one about the other gender, and says the same
gender: the control of every exchange.
"""

from collections.abc import Iterable

from translate.lab.sentences.minimal_pairs import Swap


class Alike:
    """Minimal pairs by what two of them must share for one to be read in place of the other."""

    def __init__(self, swaps: Iterable[Swap]):
        self._by_shape: dict[tuple, list[Swap]] = {}
        for swap in swaps:
            self._by_shape.setdefault(_shape(swap), []).append(swap)

    def same(self, swap: Swap) -> Swap | None:
        """The sentence of the same length and genders, about another noun, that has most words in common."""
        others = [other for other in self._by_shape[_shape(swap)] if other.lemma != swap.lemma]
        words = swap.base.source, swap.base.target

        def in_common(other: Swap) -> int:
            sides = zip(words, (other.base.source, other.base.target), strict=True)
            return sum(ours == theirs for side in sides for ours, theirs in zip(*side, strict=False))

        return max(others, key=in_common, default=None)


def _shape(swap: Swap) -> tuple:
    """Length, and the nouns' genders."""
    genders = [noun.gender for noun in swap.base.nouns if noun.role == "controller"]
    return swap.clause, len(swap.base.source), *genders
