"""Where the words of a role stand: "controller 2", "agreeing word of clause 1".

A role is what a word is for agreement, not which word it is: *controller* (the noun that fixes a gender), *attractor*
(a noun in between), *agreeing word*, or a kind of agreeing word (relative, rad, participle, …). Each can be counted
through the sentence ("controller 2") or within a clause ("agreeing word of clause 2"); clauses count from 1 as in
speech. Nouns stand in both languages, agreeing words in Czech alone.
"""

from collections.abc import Sequence
from typing import NamedTuple

from translate.corpus.pair import SentencePair

Roles = dict[str, list[int]]
"""The positions of each role in one sentence, in its order."""


def source_roles(pair: SentencePair) -> Roles:
    """The roles of the English words."""
    return _numbered([_Word(noun.role, noun.source, noun.clause) for noun in pair.nouns])


def target_roles(pair: SentencePair) -> Roles:
    """The roles of the Czech words, and "end" for the step that writes the end mark."""
    words = [_Word(noun.role, noun.target, noun.clause) for noun in pair.nouns if noun.target is not None]
    for word in pair.agreements:
        words += [_Word(role, word.position, word.clause) for role in ("agreeing word", word.kind)]
    return _numbered(words) | {"end": [len(pair.target)]}


def is_written(pair: SentencePair, written: Sequence[str]) -> bool:
    """Whether a translation (tokens without the end mark) is the annotated one but for the genders it agrees in."""
    either = {word.position: (pair.target[word.position], word.other) for word in pair.agreements}
    return len(written) == len(pair.target) and all(
        word in either.get(position, (pair.target[position],)) for position, word in enumerate(written)
    )


class _Word(NamedTuple):
    role: str
    position: int
    clause: int


def _numbered(words: list[_Word]) -> Roles:
    roles: Roles = {}
    for role, position, clause in sorted(words, key=lambda word: word.position):
        roles.setdefault(role, []).append(position)
        roles[f"{role} {len(roles[role])}"] = [position]
        roles.setdefault(f"{role} of clause {clause + 1}", []).append(position)
    return roles
