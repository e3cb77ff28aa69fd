"""A sentence in English, and where in it the gendered nouns stand."""

from functools import cache, lru_cache
from typing import NamedTuple

from translate.language.clause import Active, Clause, Liking, NounPhrase, Sentence
from translate.language.lexicon import lexicon
from translate.language.words import Adjective, Adverbial, Attractor, Complement, Gender, GenderedNoun, Tense, Verb

_POSSESSIVE: dict[Gender, str] = {"m": "his", "f": "her"}
# (tense, negative) → what stands before the infinitive.
_LIKES = {
    ("present", False): ("likes", "to"),
    ("present", True): ("does", "not", "like", "to"),
    ("past", False): ("liked", "to"),
    ("past", True): ("did", "not", "like", "to"),
}


class EnglishText(NamedTuple):
    """`words` as people write them but for the capital of the first; `nouns`: the position of each gendered noun."""

    words: list[str]
    nouns: list[int]


def speak(sentence: Sentence) -> EnglishText:
    """`sentence` in English. The positions in `nouns` come in the order of `czech.speak(sentence).nouns`."""
    words: list[str] = []
    nouns: list[int] = []
    for index, clause in enumerate(sentence.clauses):
        if index:
            conjunction, comma = sentence.links[index - 1]
            if comma:
                words.append(",")
            if conjunction is not None:
                words.append(conjunction.english)
        _clause(words, nouns, clause)
    if sentence.stop:
        words.append(".")
    return EnglishText(words, nouns)


@cache
def article(word: str) -> str:
    """The indefinite article before `word`: by its first letter, unless the lexicon knows better."""
    return lexicon().articles.get(word) or ("an" if word[0] in "aeiouAEIOU" else "a")


def _clause(words: list[str], nouns: list[int], clause: Clause) -> None:
    subject = clause.subject
    if type(subject) is NounPhrase:
        _noun_phrase(words, nouns, subject)
        person = lexicon().persons["he"]
    else:
        words.append(subject.english)
        person = subject
    if type(clause) is Active:
        _liking(words, nouns, clause.predicate, subject.noun.gender)
        return
    words.append(person.be[clause.tense])
    if type(clause.complement) is NounPhrase:
        _noun_phrase(words, nouns, clause.complement)
    else:
        words += clause.complement.english


def _noun_phrase(words: list[str], nouns: list[int], phrase: NounPhrase) -> None:
    determiner, noun, adjective, relative = phrase
    words += _described(determiner, noun, adjective)
    nouns.append(len(words) - 1)
    if relative is not None:
        words.append("who")
        _liking(words, nouns, relative, noun.gender)


def _liking(words: list[str], nouns: list[int], liking: Liking, gender: Gender) -> None:
    verb, complement, tense, negative, mid, final = liking
    if mid:
        _adverbials(words, nouns, mid, gender)
    words += _likes(verb, complement, tense, negative)
    if final:
        _adverbials(words, nouns, final, gender)


def _adverbials(
    words: list[str], nouns: list[int], adverbials: tuple[Adverbial | Attractor, ...], gender: Gender
) -> None:
    said, offsets = _said(adverbials, gender)
    for offset in offsets:
        nouns.append(len(words) + offset)
    words += said


# The pieces below recur in thousands of sentences.


@cache
def _described(determiner: str, noun: GenderedNoun, adjective: Adjective | None) -> tuple[str, ...]:
    """*a happy boy*; the noun is the last word."""
    described = adjective.english + noun.english if adjective is not None else noun.english
    return (article(described[0]) if determiner == "a" else determiner, *described)


@cache
def _likes(verb: Verb, complement: Complement, tense: Tense, negative: bool) -> tuple[str, ...]:
    """*likes to read books*."""
    return _LIKES[tense, negative] + verb.english + complement.english


@lru_cache(maxsize=60_000)
def _said(adverbials: tuple[Adverbial | Attractor, ...], gender: Gender) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """*in the garden with his sister*, said of somebody of `gender`, and where in it the gendered nouns stand."""
    words: list[str] = []
    nouns: list[int] = []
    for adverbial in adverbials:
        words += adverbial.english
        if isinstance(adverbial, Attractor):
            words.append(_POSSESSIVE[gender] if adverbial.determiner == "own" else "the")
            words += adverbial.noun.english
            nouns.append(len(words) - 1)
    return tuple(words), tuple(nouns)
