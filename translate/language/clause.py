"""What a sentence means, before any language has said it: plain data, one type a construction.

`speech.speak` says a `Sentence` in both languages. Nothing changes one; they are not frozen because that would double
the time of making one, and the generator makes hundreds of thousands.
"""

from dataclasses import dataclass, replace
from typing import Literal

from translate.language.words import (
    Adjective,
    Adverbial,
    Attractor,
    Complement,
    Conjunction,
    GenderedNoun,
    NounPair,
    Person,
    Tense,
    Verb,
    opposite,
)

Adverbials = tuple[Adverbial | Attractor, ...]
# How the predicate that says what somebody likes begins: in a main clause; as a relative clause; in a main clause after
# the relative clause of its subject; after adverbials, which stand between the beginning (said already) and the rest.
Start = Literal["main", "relative", "after-relative", "begun"]


@dataclass(slots=True)
class Liking:
    """*likes to read books in the garden*; `mid` stands between *who* and *likes*, `final` at the end."""

    verb: Verb
    complement: Complement
    tense: Tense = "present"
    negative: bool = False
    mid: Adverbials = ()
    final: Adverbials = ()


@dataclass(slots=True)
class NounPhrase:
    """*a happy boy who likes to read*."""

    determiner: Literal["a", "the", "my"]
    noun: GenderedNoun
    adjective: Adjective | None = None
    relative: Liking | None = None


@dataclass(slots=True)
class Copular:
    """*I am a boy …*, *the boy … is happy*, *my brother was a king …*, *…, and I am tired*.

    A pronoun with an adjective takes its gender from the noun that an earlier clause gave to the same pronoun.
    """

    construction: str
    subject: Person | NounPhrase
    tense: Tense
    complement: NounPhrase | Adjective


@dataclass(slots=True)
class Active:
    """*my sister likes to read*, *the uncle who likes to learn likes to laugh*."""

    construction: str
    subject: NounPhrase
    predicate: Liking


Clause = Copular | Active


@dataclass(slots=True)
class Link:
    """What joins two clauses: a conjunction, or nothing but a comma; `comma`: whether English writes one."""

    conjunction: Conjunction | None
    comma: bool


@dataclass(slots=True)
class Sentence:
    """Clauses, the links between them (one fewer), and whether a full stop ends them."""

    clauses: tuple[Clause, ...]
    links: tuple[Link, ...] = ()
    stop: bool = True


def swap_gender(clause: Clause, pair_of: dict[GenderedNoun, NounPair], persons: dict[str, Person]) -> Clause:
    """The same clause about somebody of the other gender: boy ↔ girl, he ↔ she; attractors stay who they are."""
    subject, rest = clause.subject, {}
    if isinstance(subject, NounPhrase):
        subject = replace(subject, noun=_twin(subject.noun, pair_of))
    elif subject.gender is not None:
        subject = next(p for p in persons.values() if p.gender == opposite(subject.gender))
    if isinstance(clause, Copular) and isinstance(clause.complement, NounPhrase):
        rest["complement"] = replace(clause.complement, noun=_twin(clause.complement.noun, pair_of))
    return replace(clause, subject=subject, **rest)


def _twin(noun: GenderedNoun, pair_of: dict[GenderedNoun, NounPair]) -> GenderedNoun:
    return pair_of[noun].of(opposite(noun.gender))
