"""What a sentence means, before any language has said it: plain data, one type a construction.

`speech.speak` says a `Sentence` in both languages. Nothing changes these objects; they are not frozen because that
doubles the time of making one, and the generator makes hundreds of thousands.
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
Determiner = Literal["a", "the", "my"]
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

    determiner: Determiner
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


@dataclass(frozen=True, slots=True)
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

    def twin(phrase: NounPhrase) -> NounPhrase:
        other = pair_of[phrase.noun].of(opposite(phrase.noun.gender))
        return replace(phrase, noun=other)

    if isinstance(clause, Active):
        return replace(clause, subject=twin(clause.subject))
    subject, complement = clause.subject, clause.complement
    if isinstance(subject, NounPhrase):
        subject = twin(subject)
    elif subject.gender is not None:
        other_gender = opposite(subject.gender)
        subject = next(person for person in persons.values() if person.gender == other_gender)
    if isinstance(complement, NounPhrase):
        complement = twin(complement)
    return replace(clause, subject=subject, complement=complement)
