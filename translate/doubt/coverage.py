"""Does the Czech say what the English says, no less and no more? Held against the lexicon, without a reference.

Every English word and phrase must have its own Czech word, and every Czech word must stand for an English one. The
verbs must say the same of the same person at the same time. What shows a gender must show that of whom it is said.
Where the lexicon leaves a choice (*teacher* is učitel or učitelka), any will do. Inside a clause words may stand in any
order.
"""

from collections.abc import Sequence

from translate.doubt import agreement, verbs, words
from translate.doubt.doubt import Doubt
from translate.doubt.pairing import Pairing


def coverage(english: Sequence[str], czech: Sequence[str]) -> list[Doubt]:
    """What is doubtful about the words `czech` as a translation of `english`; both are tokens without end mark."""
    return doubts_about(Pairing(english, czech))


def doubts_about(pairing: Pairing) -> list[Doubt]:
    """What is doubtful about a translation whose words have been paired."""
    return [*words.doubts(pairing), *verbs.doubts(pairing), *agreement.doubts(pairing)]
