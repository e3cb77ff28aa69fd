"""What a sentence means, before any language has said it: frozen data, one type a construction.

`speech.speak` says a `Sentence` in both languages. Named tuples, because the generator makes hundreds of
thousands of them.
"""

from typing import Literal, NamedTuple

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


class Liking(NamedTuple):
    """*likes to read books in the garden*; `mid` stands between *who* and *likes*, `final` at the end."""

    verb: Verb
    complement: Complement
    tense: Tense = "present"
    negative: bool = False
    mid: Adverbials = ()
    final: Adverbials = ()


class NounPhrase(NamedTuple):
    """*a happy boy who likes to read*."""

    determiner: Literal["a", "the", "my"]
    noun: GenderedNoun
    adjective: Adjective | None = None
    relative: Liking | None = None


class Copular(NamedTuple):
    """*I am a boy …*, *the boy … is happy*, *my brother was a king …*, *…, and I am tired*.

    A pronoun with an adjective takes its gender from the noun that an earlier clause gave to the same pronoun.
    """

    construction: str
    subject: Person | NounPhrase
    tense: Tense
    complement: NounPhrase | Adjective


class Active(NamedTuple):
    """*my sister likes to read*, *the uncle who likes to learn likes to laugh*."""

    construction: str
    subject: NounPhrase
    predicate: Liking


Clause = Copular | Active


class Link(NamedTuple):
    """What joins two clauses: a conjunction, or nothing but a comma; `comma`: whether English writes one."""

    conjunction: Conjunction | None
    comma: bool


class Sentence(NamedTuple):
    """Clauses, the links between them (one fewer), and whether a full stop ends them."""

    clauses: tuple[Clause, ...]
    links: tuple[Link, ...] = ()
    stop: bool = True


def swap_gender(clause: Clause, pair_of: dict[GenderedNoun, NounPair], persons: dict[str, Person]) -> Clause:
    """The same clause about somebody of the other gender: boy ↔ girl, he ↔ she; attractors stay who they are."""
    subject, rest = clause.subject, {}
    if isinstance(subject, NounPhrase):
        subject = subject._replace(noun=_twin(subject.noun, pair_of))
    elif subject.gender is not None:
        subject = next(p for p in persons.values() if p.gender == opposite(subject.gender))
    if isinstance(clause, Copular) and isinstance(clause.complement, NounPhrase):
        rest["complement"] = clause.complement._replace(noun=_twin(clause.complement.noun, pair_of))
    return clause._replace(subject=subject, **rest)


def _twin(noun: GenderedNoun, pair_of: dict[GenderedNoun, NounPair]) -> GenderedNoun:
    return pair_of[noun].of(opposite(noun.gender))
