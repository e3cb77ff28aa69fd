"""The pieces of an English sentence as tuples of words, written as people do but for the capital of the first."""

from functools import cache

from translate.language.lexicon import lexicon
from translate.language.words import (
    Adjective,
    Adverbial,
    Attractor,
    Complement,
    Gender,
    GenderedNoun,
    Person,
    Tense,
    Verb,
)

_POSSESSIVE: dict[Gender, str] = {"m": "his", "f": "her"}
# (tense, negative) → what stands before the infinitive.
_LIKES = {
    ("present", False): ("likes", "to"),
    ("present", True): ("does", "not", "like", "to"),
    ("past", False): ("liked", "to"),
    ("past", True): ("did", "not", "like", "to"),
}


@cache
def article(word: str) -> str:
    """The indefinite article before `word`: by its first letter, unless the lexicon knows better."""
    return lexicon().articles.get(word) or ("an" if word[0] in "aeiouAEIOU" else "a")


def noun_phrase(determiner: str, noun: GenderedNoun, adjective: Adjective | None) -> tuple[str, ...]:
    """*a happy boy*; the noun is the last word."""
    described = adjective.english + noun.english if adjective is not None else noun.english
    return (article(described[0]) if determiner == "a" else determiner, *described)


def be(tense: Tense, person: Person | None = None) -> str:
    """*am*; without `person`, what a noun has: *is*."""
    return (person or lexicon().persons["he"]).be[tense]


def likes(verb: Verb, complement: Complement, tense: Tense, negative: bool) -> tuple[str, ...]:
    """*likes to read books*."""
    return _LIKES[tense, negative] + verb.english + complement.english


def adverbial(adverbial: Adverbial | Attractor, gender: Gender) -> tuple[str, ...]:
    """*with his sister*, said of somebody of `gender`; the noun of an attractor is its last word."""
    if isinstance(adverbial, Adverbial):
        return adverbial.english
    determiner = _POSSESSIVE[gender] if adverbial.determiner == "own" else "the"
    return (*adverbial.english, determiner, *adverbial.noun.english)
