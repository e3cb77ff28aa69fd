"""Where in a sentence about two people a step stands: so many words from its noun, in every sentence alike.

Steps up to the last word of the first clause are counted from the first noun, those from the turn to the second clause
on from the second one. Offsets are those of `events.py`: 0 is the first state that has seen the noun. Where a sentence
has one contrast of one's own, all steps are counted from its noun.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from translate.corpus.pair import SentencePair
from translate.lab.sentences.events import Seen, controllers, second_noun
from translate.lab.sentences.switch_words import switch_window


@dataclass(frozen=True, order=True)
class Place:
    """A place beside a noun. noun: 0 for the first clause's, 1 for the second's. offset: words from its event."""

    noun: int
    offset: int


def places_of(pair: SentencePair, side: str) -> list[Place]:
    """The place of each step of a side ("enc" or "dec"), but for the one that writes the end mark.

    Empty where the sentence has no first noun, or is about two people and has no second one.
    """
    firsts, second, window = controllers(pair, 0), second_noun(pair), switch_window(pair, side)
    length = len(pair.source if side == "enc" else pair.target)
    if not firsts or not (window or len(pair.constructions) == 1):
        return []
    events = [Seen.of(noun).on(side) for noun in (firsts[-1], second) if noun is not None]
    # The decoder reads the last word of the first clause that agrees in the first step of the window.
    turn = window[0] + (side == "dec") if window else length
    return [Place(int(step >= turn), step - events[step >= turn]) for step in range(length)]


def common_places(sentences: Iterable[list[Place]], share: float) -> list[Place]:
    """The places that at least this share of the sentences have, in the order of a sentence."""
    lists = list(sentences)
    counts = Counter(place for places in lists for place in places)
    return sorted(place for place, count in counts.items() if count >= share * len(lists))
