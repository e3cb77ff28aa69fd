"""The constructions that a grammar can say. Each is one function here; its name is its key in a grammar's weights."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from translate.corpus.choice import pick
from translate.language.clause import Active, Clause, Copular, NounPhrase
from translate.language.words import Attractor, Gender, GenderedNoun, Person, Tense

if TYPE_CHECKING:
    from translate.corpus.grammar import VerbUse
    from translate.corpus.sampling import Sampler


class Layout(NamedTuple):
    """The kinds of adverbials of a predicate: in the middle, and at the end."""

    mid: tuple[str, ...] = ()
    final: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What a drawn clause must have; None leaves it to chance."""

    noun: GenderedNoun | None = None
    use: "VerbUse | None" = None
    tense: Tense | None = None
    layout: Layout | None = None
    relative: bool | None = None
    # Exactly these attractors, each where the layout has a place for its kind: no other word fills that place.
    attractors: tuple[Attractor, ...] | None = None
    third: bool = False  # no I or you
    person: Person | None = None


FREE = Wish()

Draw = Callable[["Sampler", Gender, Wish], Clause]
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
def _copula_pronoun(sampler: "Sampler", gender: Gender, wish: Wish) -> Clause:
    """*I am a boy who likes to read.*"""
    tense, person = sampler.tense(wish), sampler.person(gender, wish)
    noun = wish.noun or sampler.noun(gender)
    phrase = sampler.phrase("a", noun, tense, wish, third=person.person == 3)
    return Copular("copula-pronoun", person, tense, phrase)


@construction("copula-definite")
def _copula_definite(sampler: "Sampler", gender: Gender, wish: Wish) -> Clause:
    """*The boy who likes to read is happy.*"""
    tense = sampler.tense(wish)
    subject = sampler.phrase("the", wish.noun or sampler.noun(gender), tense, wish)
    return Copular("copula-definite", subject, tense, sampler.predicate_adjective(subject.adjective))


@construction("copula-possessive")
def _copula_possessive(sampler: "Sampler", gender: Gender, wish: Wish) -> Clause:
    """*My brother is a king who likes to read.*"""
    tense = sampler.tense(wish)
    subject = sampler.possessed(gender)
    noun = wish.noun or sampler.noun(gender)
    while noun is subject:
        noun, subject = sampler.noun(gender), sampler.possessed(gender)
    phrase = sampler.phrase("a", noun, tense, wish)
    return Copular("copula-possessive", NounPhrase("my", subject), tense, phrase)


@construction("likes-possessive")
def _likes_possessive(sampler: "Sampler", gender: Gender, wish: Wish) -> Clause:
    """*My sister likes to read.*"""
    subject = sampler.possessed(gender)
    predicate = sampler.liking(subject, sampler.tense(wish), wish, middle=False)
    return Active("likes-possessive", NounPhrase("my", subject), predicate)


@construction("likes-definite")
def _likes_definite(sampler: "Sampler", gender: Gender, wish: Wish) -> Clause:
    """*The old king likes to read.*"""
    noun = wish.noun or sampler.noun(gender)
    predicate = sampler.liking(noun, sampler.tense(wish), wish, middle=False)
    return Active("likes-definite", NounPhrase("the", noun, sampler.adjective()), predicate)


@construction("likes-relative")
def _likes_relative(sampler: "Sampler", gender: Gender, wish: Wish) -> Clause:
    """*The uncle who likes to learn likes to laugh.*"""
    noun, tense = wish.noun or sampler.noun(gender), sampler.tense(wish)
    subject = sampler.phrase("the", noun, tense, replace(wish, relative=True))
    while True:
        predicate = sampler.liking(noun, tense, FREE, middle=False)
        if subject.relative is None or predicate.verb is not subject.relative.verb:
            return Active("likes-relative", subject, predicate)


@construction(AGAIN)
def _copula_again(sampler: "Sampler", gender: Gender, wish: Wish) -> Clause:
    """*…, and I am tired*: the gender is that of the noun that the clause before gave to the pronoun."""
    adjective = pick(sampler.rng, sampler.grammar.adjectives)
    return Copular(AGAIN, sampler.person(gender, wish), sampler.tense(wish), adjective)
