"""How English says each part of a sentence, written as people do but for the capital of the first word."""

from functools import cache
from typing import NamedTuple

from translate.language.clause import Adverbials, Determiner, Link, Start
from translate.language.lexicon import lexicon
from translate.language.words import Adjective, Attractor, Complement, Gender, GenderedNoun, Person, Tense, Verb

_POSSESSIVE: dict[Gender, str] = {"m": "his", "f": "her"}
# (tense, negative) → what stands before the infinitive.
_LIKES = {
    ("present", False): ("likes", "to"),
    ("present", True): ("does", "not", "like", "to"),
    ("past", False): ("liked", "to"),
    ("past", True): ("did", "not", "like", "to"),
}


class English(NamedTuple):
    """The words of a part, and the positions of its gendered nouns among them."""

    words: tuple[str, ...]
    nouns: tuple[int, ...] = ()


@cache
def article(word: str) -> str:
    """The indefinite article before `word`: by its first letter, unless the lexicon knows better."""
    return lexicon().articles.get(word) or ("an" if word[0] in "aeiouAEIOU" else "a")


def noun_phrase(determiner: Determiner, noun: GenderedNoun, adjective: Adjective | None) -> English:
    """*a happy boy*; the noun is the last word."""
    described = adjective.english + noun.english if adjective is not None else noun.english
    words = (article(described[0]) if determiner == "a" else determiner, *described)
    return English(words, (len(words) - 1,))


def pronoun_is(
    person: Person, tense: Tense, determiner: Determiner, noun: GenderedNoun, adjective: Adjective | None
) -> English:
    """*I was a boy*; raises `ValueError` for *he is a girl*."""
    if person.gender not in (None, noun.gender):
        raise ValueError(f'"{person.english}" cannot be a noun of gender {noun.gender}')
    words = (person.english, person.be[tense], *noun_phrase(determiner, noun, adjective).words)
    return English(words, (len(words) - 1,))


def pronoun_again(person: Person, tense: Tense, adjective: Adjective) -> English:
    """*I am tired*."""
    return English((person.english, person.be[tense], *adjective.english))


def be(tense: Tense, adjective: Adjective | None) -> English:
    """What a noun *is*: *is happy*, or *is* alone."""
    is_ = lexicon().persons["he"].be[tense]
    return English((is_, *adjective.english) if adjective is not None else (is_,))


def begin(start: Start) -> English:
    """*who*, and nothing where no relative clause begins."""
    return English(("who",) if start == "relative" else ())


def likes(start: Start, verb: Verb, complement: Complement, tense: Tense, negative: bool) -> English:
    """*who likes to read books*."""
    return English(begin(start).words + _LIKES[tense, negative] + verb.english + complement.english)


def adverbials(phrases: Adverbials, gender: Gender) -> English:
    """*in the garden with his sister*, said of somebody of `gender`."""
    words: list[str] = []
    nouns: list[int] = []
    for adverbial in phrases:
        words += adverbial.english
        if isinstance(adverbial, Attractor):
            words.append(_POSSESSIVE[gender] if adverbial.determiner == "own" else "the")
            words += adverbial.noun.english
            nouns.append(len(words) - 1)
    return English(tuple(words), tuple(nouns))


def link(link: Link) -> English:
    """*, and*"""
    comma = (",",) if link.comma else ()
    return English(comma if link.conjunction is None else (*comma, link.conjunction.english))


def stop() -> English:
    """The full stop."""
    return English((".",))
