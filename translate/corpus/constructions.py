"""The constructions that a grammar can say. Each is one function here; its name is its key in a grammar's weights."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from translate.language.meaning import Being, Clause, Determiner, Liking, NounPhrase, Pronoun, Referent
from translate.language.words import Adjective, Attractor, Complement, Gender, GenderedNoun, Person, Tense, Verb


@dataclass(frozen=True, slots=True, eq=False)
class VerbUse:
    """A verb as a grammar uses it: its complements, and the adverbials it is not said with."""

    verb: Verb
    plain: Complement | None  # what it has where no complement is chosen; None if it always has one
    complements: tuple[Complement, ...]
    avoid: frozenset[str]


class Layout(NamedTuple):
    """The kinds of adverbials of a predicate: in the middle, and at the end."""

    mid: tuple[str, ...] = ()
    final: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What a drawn clause must have; None leaves it to chance."""

    noun: GenderedNoun | None = None
    use: VerbUse | None = None
    tense: Tense | None = None
    layout: Layout | None = None
    relative: bool | None = None
    # Exactly these attractors, each where the layout has a place for its kind: no other word fills that place.
    attractors: tuple[Attractor, ...] | None = None
    third: bool = False  # no I or you
    again: Pronoun | None = None  # the pronoun of the clause before


FREE = Wish()


class Parts(Protocol):
    """What a construction draws its parts from: the `Sampler`, whose methods these are."""

    def noun(self, gender: Gender) -> GenderedNoun: ...

    def possessed(self, gender: Gender) -> GenderedNoun: ...

    def person(self, gender: Gender, wish: Wish) -> Person: ...

    def tense(self, wish: Wish) -> Tense: ...

    def adjective(self) -> Adjective | None: ...

    def predicate_adjective(self, attribute: Adjective | None) -> Adjective: ...

    def phrase(
        self, determiner: Determiner, noun: GenderedNoun, tense: Tense, wish: Wish, third: bool = True
    ) -> NounPhrase: ...

    def liking(
        self, noun: GenderedNoun, tense: Tense, wish: Wish, middle: bool = True, third: bool = True
    ) -> Liking: ...


Draw = Callable[[Parts, Gender, Wish], Clause]
CONSTRUCTIONS: dict[str, Draw] = {}
# Said only after a clause with the same pronoun.
AGAIN = "copula-again"


def construction(name: str) -> Callable[[Draw], Draw]:
    """Register the function below as the construction `name`."""

    def register(draw: Draw) -> Draw:
        CONSTRUCTIONS[name] = draw
        return draw

    return register


@construction("copula-pronoun")
def _copula_pronoun(parts: Parts, gender: Gender, wish: Wish) -> Clause:
    """*I am a boy who likes to read.*"""
    tense, person = parts.tense(wish), parts.person(gender, wish)
    noun = wish.noun or parts.noun(gender)
    phrase = parts.phrase("a", noun, tense, wish, third=person.person == 3)
    return Clause("copula-pronoun", Pronoun(phrase.who, person), Being(phrase, tense))


@construction("copula-definite")
def _copula_definite(parts: Parts, gender: Gender, wish: Wish) -> Clause:
    """*The boy who likes to read is happy.*"""
    tense = parts.tense(wish)
    subject = parts.phrase("the", wish.noun or parts.noun(gender), tense, wish)
    return Clause("copula-definite", subject, Being(parts.predicate_adjective(subject.adjective), tense))


@construction("copula-possessive")
def _copula_possessive(parts: Parts, gender: Gender, wish: Wish) -> Clause:
    """*My brother is a king who likes to read.*"""
    tense = parts.tense(wish)
    subject = parts.possessed(gender)
    noun = wish.noun or parts.noun(gender)
    while noun is subject:
        noun, subject = parts.noun(gender), parts.possessed(gender)
    phrase = parts.phrase("a", noun, tense, wish)
    return Clause("copula-possessive", NounPhrase(phrase.who, "my", subject), Being(phrase, tense))


@construction("likes-possessive")
def _likes_possessive(parts: Parts, gender: Gender, wish: Wish) -> Clause:
    """*My sister likes to read.*"""
    subject = parts.possessed(gender)
    predicate = parts.liking(subject, parts.tense(wish), wish, middle=False)
    return Clause("likes-possessive", NounPhrase(Referent(gender), "my", subject), predicate)


@construction("likes-definite")
def _likes_definite(parts: Parts, gender: Gender, wish: Wish) -> Clause:
    """*The old king likes to read.*"""
    noun = wish.noun or parts.noun(gender)
    predicate = parts.liking(noun, parts.tense(wish), wish, middle=False)
    return Clause("likes-definite", NounPhrase(Referent(gender), "the", noun, parts.adjective()), predicate)


@construction("likes-relative")
def _likes_relative(parts: Parts, gender: Gender, wish: Wish) -> Clause:
    """*The uncle who likes to learn likes to laugh.*"""
    noun, tense = wish.noun or parts.noun(gender), parts.tense(wish)
    subject = parts.phrase("the", noun, tense, replace(wish, relative=True))
    while True:
        predicate = parts.liking(noun, tense, FREE, middle=False)
        relative = subject.relative
        if not isinstance(relative, Liking) or predicate.verb is not relative.verb:
            return Clause("likes-relative", subject, predicate)


@construction(AGAIN)
def _copula_again(parts: Parts, gender: Gender, wish: Wish) -> Clause:
    """*…, and I am tired*: the gender is that of the noun that the clause before gave to the pronoun."""
    adjective = parts.predicate_adjective(None)
    subject = wish.again or Pronoun(Referent(gender), parts.person(gender, wish))
    return Clause(AGAIN, subject, Being(adjective, parts.tense(wish)))
