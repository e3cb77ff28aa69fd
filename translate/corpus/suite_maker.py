"""What every suite needs: sentences taken once, twins of the other gender, and trying until it works."""

from collections.abc import Callable

from translate.corpus.grammar import Grammar
from translate.corpus.heldout import HeldOut, spoken_of
from translate.corpus.pair import SentencePair
from translate.language.clause import Clause, swap_gender
from translate.language.lexicon import lexicon
from translate.language.words import Attractor, NounPair

Item = tuple[SentencePair, dict]

# The constructions about one noun of any pair.
_OF_ANY_NOUN = ("copula-pronoun", "copula-definite", "copula-possessive", "likes-definite", "likes-relative")


def key(source: str) -> str:
    """What makes two source texts the same sentence: the words, whatever their case and the punctuation."""
    return source.lower().replace(",", "").replace(".", "")


class SuiteMaker:
    """No source sentence is taken twice, within a suite or in two of them."""

    def __init__(self, grammar: Grammar, held: HeldOut, seed: int) -> None:
        self.grammar, self.held, self.seed = grammar, held, seed
        self.taken: set[str] = set()
        self.of_any_noun = [name for name in _OF_ANY_NOUN if grammar.weights["construction"].get(name)]
        self.pair_of = {noun: pair for pair in lexicon().nouns for noun in (pair.m, pair.f)}

    def take(self, *pairs: SentencePair) -> bool:
        """Claim all of `pairs`, or none if one is taken."""
        keys = [key(pair.source_text) for pair in pairs]
        if len(set(keys)) < len(keys) or not self.taken.isdisjoint(keys):
            return False
        self.taken.update(keys)
        return True

    def twin(self, clause: Clause) -> Clause | None:
        """`clause` about the other gender, None where that would be nonsense (her wife, the girl with the girl)."""
        nouns = [self.pair_of[noun] for noun, _ in spoken_of(clause)]
        for attractor in attractors_of(clause):
            if attractor.subject != "any" or (attractor.determiner == "the" and self.pair_of[attractor.noun] in nouns):
                return None
        return swap_gender(clause, self.pair_of, lexicon().persons)


def repeat(count: int, attempt: Callable[[int], bool], tries: int = 300) -> None:
    """`attempt` each number below `count` until it succeeds, or give that number up after `tries`."""
    for number in range(count):
        for _ in range(tries):
            if attempt(number):
                break


def attractors_of(clause: Clause) -> list[Attractor]:
    likings = [liking for _, liking in spoken_of(clause) if liking is not None]
    return [a for liking in likings for a in liking.mid + liking.final if isinstance(a, Attractor)]


def repeats(clause: Clause, pair_of: dict) -> bool:
    """Whether an attractor is the very noun that the clause is about, or its spouse of the wrong gender."""
    nouns: list[NounPair] = [pair_of[noun] for noun, _ in spoken_of(clause)]
    return any(a.determiner == "the" and pair_of[a.noun] in nouns for a in attractors_of(clause))
