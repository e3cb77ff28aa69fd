"""Was the network ever taught sentences of this kind? One that it fails is no proof against the rule that it learnt.

Told by what stands beside what: the lesson's grammar is drawn from, its people, verbs, adjectives and things are each
put for one another, and a sentence is of its kind if every two neighbours in it were neighbours there and it joins no
more clauses. Misleads where a long sentence is made of pieces each of which was seen; it then counts as taught.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from translate.corpus.show import sample
from translate.language import forms
from translate.language.lexicon import lexicon

NEVER = "It was never taught sentences with {what}: this shows how far its rule reaches, not that it has none."
"""What a learner is told of a sentence that lacks something, in the terminal and on the page."""
_DRAWN, _SEED = 2000, 0
_JOIN = ("and", "but")
_EDGE = ""
_SIGNS = frozenset(".,!?")


@dataclass(frozen=True)
class Taught:
    """What a grammar's sentences are made of. kinds: of a word that stands for its like, which. neighbours: the kinds
    that stand side by side, the sentence's edges included. joins: the most *and* and *but* in one sentence."""

    kinds: dict[str, str]
    neighbours: frozenset[tuple[str, str]]
    joins: int

    def lacks(self, words: Iterable[str]) -> str:
        """What of an English sentence, given as tokens, was never taught; "" where nothing is."""
        words = [word for word in words if word != "."]
        joins = sum(word.lower() in _JOIN for word in words)
        if joins > self.joins:
            return f"{joins + 1} clauses"
        for before, after in zip([_EDGE, *words], [*words, _EDGE], strict=True):
            if (self._kind(before), self._kind(after)) not in self.neighbours:
                return f"“{f'{before} {after}'.strip()}”"
        return ""

    def _kind(self, word: str) -> str:
        return self.kinds.get(word.lower(), word.lower())


@cache
def taught(grammar: str = "lesson") -> Taught:
    """What the sentences of a grammar are made of."""
    sentences = [pair.source for pair in sample(grammar, _DRAWN, _SEED)]
    words = sorted({word.lower() for sentence in sentences for word in sentence})
    verbs = {after.lower() for sentence in sentences for before, after in _pairs(sentence) if before == "to"}
    kinds = {word: kind for word in words if (kind := _kind_of(word, verbs))}
    edged = [
        [_EDGE, *(kinds.get(word.lower(), word.lower()) for word in words), _EDGE] for words in map(_bare, sentences)
    ]
    return Taught(
        kinds=kinds,
        neighbours=frozenset(pair for sentence in edged for pair in _pairs(sentence)),
        joins=max(sum(word.lower() in _JOIN for word in sentence) for sentence in sentences),
    )


def of_model(words: Iterable[str]) -> Taught | None:
    """What a model was taught whose English words these are; None where it may have seen more than the lesson."""
    known = {word.lower() for pair in sample("lesson", _DRAWN, _SEED) for word in pair.source}
    return taught() if {word.lower() for word in words} - _SIGNS <= known else None


def _kind_of(word: str, verbs: set[str]) -> str:
    if forms.english_gender(word) and forms.english_twin(word) and word not in ("he", "she", "his", "her"):
        return "person"
    if any(word in adjective.english for adjective in lexicon().adjectives.values()):
        return "adjective"
    if word in verbs:
        return "verb"
    return "thing" if word in _things() else ""


@cache
def _things() -> frozenset[str]:
    """The words with which it is said what is done, where and when: (to play) football, in the park, every day."""
    book = lexicon()
    phrases = [adverbial.english for adverbial in book.adverbials.values()]
    phrases += [each.english for verb in book.verbs.values() for each in verb.complements.values()]
    return frozenset(phrase[-1].lower() for phrase in phrases if phrase)


def _bare(sentence: Sequence[str]) -> list[str]:
    return [word for word in sentence if word != "."]


def _pairs(words: Sequence[str]) -> list[tuple[str, str]]:
    return list(pairwise(words))
