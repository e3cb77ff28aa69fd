"""Drawing people from the whole lexicon: nouns, names, relations and pronouns."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

from translate.corpus.full.words import Pools
from translate.language.lexicon import lexicon
from translate.language.meaning import NounPhrase, Pronoun, Referent
from translate.language.words import GENDERS, Adjective, Gender, GenderedNoun, Tense, Verb

T = TypeVar("T")


class People:
    """Draws with the random stream `rng` from `pools`, and keeps which nouns and verbs it has drawn."""

    def __init__(self, rng: Random, pools: Pools) -> None:
        self.rng, self.pools, self.book = rng, pools, lexicon()
        self.nouns: list[GenderedNoun] = []
        self.verbs: list[Verb] = []

    # --- chance ----------------------------------------------------------------------------------------------------

    def chance(self, share: float) -> bool:
        """True with probability `share`."""
        return self.rng.random() < share

    def pick(self, items: Sequence[T]) -> T:
        """One of `items`."""
        return items[int(self.rng.random() * len(items))]

    def gender(self) -> Gender:
        """m or f."""
        return GENDERS[self.rng.random() < 0.5]

    def tense(self, past: float = 0.45) -> Tense:
        """Past or present."""
        return "past" if self.rng.random() < past else "present"

    # --- people ----------------------------------------------------------------------------------------------------

    def noun(self, gender: Gender, ambiguous: float = 0.0) -> GenderedNoun:
        """A noun of `gender`; with probability `ambiguous` one whose English does not tell it."""
        pool = self.pools.ambiguous if ambiguous and self.chance(ambiguous) else self.pools.fixed
        noun = self.pick(pool[gender])
        self.nouns.append(noun)
        return noun

    def name(self, who: Referent) -> NounPhrase:
        """*Eve*."""
        return NounPhrase(who, "", self.pick(self.pools.names[who.gender]))

    def called(self, who: Referent) -> NounPhrase:
        """*Peter, Mum*: how somebody is called."""
        if self.chance(0.8):
            return self.name(who)
        return NounPhrase(who, "", self.pick(self.pools.relations[who.gender]))

    def someone(self, gender: Gender | None = None, ambiguous: float = 0.0, adjective: float = 0.16) -> NounPhrase:
        """*the boy*, *my sister*, *Eve*, *the happy king*, without a relative clause."""
        who, chance = Referent(gender or self.gender()), self.rng.random()
        if chance < 0.18:
            return self.name(who)
        if chance < 0.38:
            tells = not ambiguous or not self.chance(ambiguous)
            relations = self.pools.relations if tells else self.pools.ambiguous_relations
            return NounPhrase(who, self.pick(("my", "my", "my", "your", "our")), self.pick(relations[who.gender]))
        word = self.adjective() if self.chance(adjective) else None
        return NounPhrase(who, "the", self.noun(who.gender, ambiguous), word)

    def the(self, gender: Gender | None = None, ambiguous: float = 0.0, adjective: float = 0.1) -> NounPhrase:
        """*the boy*, with an adjective now and then."""
        who = Referent(gender or self.gender())
        word = self.adjective() if self.chance(adjective) else None
        return NounPhrase(who, "the", self.noun(who.gender, ambiguous), word)

    def a(self, who: Referent, ambiguous: float = 0.0, adjective: float = 0.12) -> NounPhrase:
        """*a boy*, *a happy teacher*, *girls*: what `who` is."""
        word = self.adjective() if self.chance(adjective) else None
        if who.number == "pl":
            return NounPhrase(who, "", self.noun(who.gender), word)
        return NounPhrase(who, "a", self.noun(who.gender, ambiguous), word)

    def many(self, gender: Gender | None = None, adjective: float = 0.1) -> NounPhrase:
        """*the girls*."""
        who = Referent(gender or self.gender(), "pl")
        word = self.adjective() if self.chance(adjective) else None
        return NounPhrase(who, "the", self.noun(who.gender), word)

    def own(self, owner: Pronoun, gender: Gender | None = None) -> NounPhrase:
        """*her brother*, where she is the subject: *svého bratra*."""
        gender = gender or self.gender()
        return NounPhrase(Referent(gender), "own", self._relation(owner, gender), owner=owner)

    def his(self, owner: Pronoun, gender: Gender | None = None) -> NounPhrase:
        """*her brother*, where she is not the subject: *její bratr*."""
        gender = gender or self.gender()
        return NounPhrase(Referent(gender), "his", self._relation(owner, gender), owner=owner)

    def _relation(self, owner: Pronoun, gender: Gender) -> GenderedNoun:
        while True:
            noun = self.pick(self.pools.relations[gender])
            if noun not in self.pools.spouses or noun.gender != owner.who.gender:
                return noun

    def pronoun(self, word: str, who: Referent | None = None) -> Pronoun:
        """*I, you, he, she, we, they*, of `who` or somebody new."""
        person = self.book.persons[word]
        return Pronoun(who or Referent(person.gender or self.gender(), person.number), person)

    def third(self, who: Referent) -> Pronoun:
        """*he, she* or *they*."""
        word = "they" if who.number == "pl" else "he" if who.gender == "m" else "she"
        return Pronoun(who, self.book.persons[word])

    def adjective(self, besides: object = None) -> Adjective:
        """An adjective other than `besides`."""
        while (word := self.pick(self.pools.adjectives)) is besides:
            pass
        return word
