"""What every suite needs: sentences taken once, twins of the other gender, and trying until it works."""

from collections.abc import Callable

from translate.corpus.grammar import Grammar
from translate.corpus.heldout import HeldOut, spoken_of
from translate.corpus.pair import SentencePair, Tags
from translate.corpus.suites.twins import other_gender
from translate.language.lexicon import lexicon
from translate.language.meaning import Clause
from translate.language.words import Attractor

Item = tuple[SentencePair, Tags]
Attempt = Callable[[int], list[Item] | None]  # None: this try fails

# The constructions about one noun of any pair.
_OF_ANY_NOUN = ("copula-pronoun", "copula-definite", "copula-possessive", "likes-definite", "likes-relative")
_TRIES = 300


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

    def collect(self, count: int, attempt: Attempt) -> list[Item]:
        """What `attempt` makes of each number below `count`."""
        return [item for number in range(count) for item in self.make_one(number, attempt)]

    def make_one(self, number: int, attempt: Attempt) -> list[Item]:
        """The first try of `attempt` that succeeds with sentences that are not taken; nothing after many in vain."""
        for _ in range(_TRIES):
            items = attempt(number)
            if items is not None and self.take(*(pair for pair, _ in items)):
                return items
        return []

    def twin(self, clause: Clause) -> Clause | None:
        """`clause` about the other gender, None where that would be nonsense (her wife, the girl with the girl)."""
        if self.repeats(clause) or any(attractor.subject != "any" for attractor in attractors_of(clause)):
            return None
        return other_gender(clause, self.pair_of)

    def repeats(self, clause: Clause) -> bool:
        """Whether an attractor is the very noun that the clause is about, or its counterpart of the other gender."""
        nouns = [self.pair_of[noun] for noun, _ in spoken_of(clause)]
        attractors = attractors_of(clause)
        return any(attractor.determiner == "the" and self.pair_of[attractor.noun] in nouns for attractor in attractors)


def attractors_of(clause: Clause) -> list[Attractor]:
    """The attractors in all that `clause` says somebody to like."""
    likings = [liking for _, liking in spoken_of(clause) if liking is not None]
    return [phrase for liking in likings for phrase in liking.mid + liking.final if isinstance(phrase, Attractor)]
