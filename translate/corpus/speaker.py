"""Whoever draws the sentences of a corpus: the grammar's own sampler, alone or with others by weight."""

from random import Random

from translate.corpus.choice import Weighted
from translate.corpus.constructions import AGAIN, CONSTRUCTIONS, Wish
from translate.corpus.full.sampler import Sampler as WholeSampler
from translate.corpus.grammar import OWN, RETURN, Grammar
from translate.corpus.heldout import HeldOut
from translate.corpus.sampling import Sampler, tense_of
from translate.language.meaning import Clause, Meaning, Pronoun, Sentence
from translate.language.words import GENDERS, Gender

_TRIES = 1_000


class Speaker:
    """Draws the sentences of `grammar` from the random stream `rng`."""

    def __init__(self, grammar: Grammar, rng: Random, held: HeldOut, seed: int) -> None:
        self.own = Sampler(grammar, rng, held)
        self.beyond = Weighted(grammar.beyond) if grammar.beyond else None
        self.whole = WholeSampler(rng, seed)

    def listen(self, rng: Random) -> None:
        """Go on with another random stream."""
        self.own.rng = self.whole.rng = rng

    def sentence(self) -> Meaning:
        """The next sentence, a quote or a discourse; it may be one that nothing in the English lets Czech say."""
        if self.beyond is None:
            return self.own.sentence()
        name = self.beyond.draw(self.own.rng)
        if name == OWN:
            return self.own.sentence()
        return returning(self.own) if name == RETURN else self.whole.of(name)


def returning(sampler: Sampler, genders: tuple[Gender, Gender] | None = None) -> Sentence:
    """*I am a girl who likes to learn, my brother is a boy who likes to run, and I am tired.*"""
    first_gender, other_gender = genders or tuple(GENDERS[sampler.rng.random() < 0.5] for _ in range(2))
    for _ in range(_TRIES):
        first = sampler.clause("copula-pronoun", first_gender, Wish(relative=True))
        other = sampler.clause(_named(sampler), other_gender, Wish(third=True))
        pronoun = first.subject
        assert isinstance(pronoun, Pronoun)
        if pronoun.person.gender == other_gender:  # he … , my brother …, and he: which of them?
            continue
        last = CONSTRUCTIONS[AGAIN](sampler, first_gender, Wish(tense=tense_of(first), again=pronoun))
        clauses: tuple[Clause, ...] = (first, other, last)
        if not sampler.held.said(clauses):
            return sampler.joined(clauses)
    return sampler.sentence()


def _named(sampler: Sampler) -> str:
    return ("copula-possessive", "likes-possessive", "copula-definite")[int(sampler.rng.random() * 3)]
