"""The words at which a sentence turns from its first noun to its second, named, so that a number can say *where*.

They are counted by what a state has just read. The decoder's begin with the last word that agrees with the first noun,
the encoder's with the joint of the two clauses, and both end with the second noun.
"""

from collections.abc import Iterable
from typing import Literal

from translate.corpus.pair import SentencePair
from translate.lab.sentences.events import Seen, controllers, second_noun

JOINTS = ("and", "but", ",")
"""What an English clause is joined on with. What a Czech one is:"""
CZECH_JOINTS = (",", "a", "ale")

LAST, FIRST_CLAUSE, SECOND_CLAUSE, NOUN = "last agreeing word", "rest of clause 1", "before the noun", "second noun"
ORDER = (LAST, FIRST_CLAUSE, *dict.fromkeys((*CZECH_JOINTS, *JOINTS)), SECOND_CLAUSE, NOUN)
"""All names of such words, in the order in which they come. A joint is named by itself."""


def switch_window(pair: SentencePair, side: str) -> tuple[int, ...]:
    """The states of a side ("enc" or "dec") that have just read one of these words, in order.

    Empty where the sentence has no second noun, or no first one.
    """
    firsts, second = controllers(pair, 0), second_noun(pair)
    if not firsts or second is None:
        return ()
    seen = Seen.of(second).on(side)
    if side == "dec":
        agreeing = (word.position for word in pair.agreements if word.clause == 0)
        return tuple(range(max(agreeing, default=firsts[-1].written) + 1, seen + 1))
    joints = [t for t in range(firsts[-1].source + 1, seen) if pair.source[t] in JOINTS]
    return tuple(range(joints[-1] if joints else seen, seen + 1))


def switch_words(pair: SentencePair, side: str) -> dict[int, str]:
    """The name of what each state of `switch_window` has just read; the end of what `ORDER` lists is the noun."""
    window = switch_window(pair, side)
    words, shift, joints = (pair.source, 0, JOINTS) if side == "enc" else (pair.target, 1, CZECH_JOINTS)
    read = {step: words[step - shift] for step in window}
    last_joint = max((step for step, word in read.items() if word in joints), default=-1)
    names = {}
    for step, word in read.items():
        if step == window[-1]:
            names[step] = NOUN
        elif side == "dec" and step == window[0]:
            names[step] = LAST
        elif word in joints:
            names[step] = word
        else:
            names[step] = FIRST_CLAUSE if step < last_joint else SECOND_CLAUSE
    return names


def in_order(names: Iterable[str]) -> list[str]:
    """The names that there are, each once, in the order of the sentence."""
    given = set(names)
    return [name for name in ORDER if name in given]


Span = Literal["one word", "up to the noun", "to the end"]
"""How long something is done: at one of these words, from the first of them to the last, or to the sentence's end."""
