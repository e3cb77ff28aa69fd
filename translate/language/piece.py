"""A part of a sentence in both languages at once, which say their parts in the same order.

What the words are, `english` and `czech` know. A piece recurs in thousands of sentences and is made once.
"""

import json
from functools import cache
from typing import NamedTuple

from translate.language import czech, english
from translate.language.clause import Adverbials, Start
from translate.language.czech import Agreeing, Czech
from translate.language.english import English
from translate.language.words import (
    Adjective,
    Complement,
    Conjunction,
    Gender,
    GenderedNoun,
    Person,
    Tense,
    Verb,
)


class Piece(NamedTuple):
    """Words of both languages; positions are counted from the first word of the piece.

    All words that agree do so with one noun of `gender`: one said before, or the first of `nouns` if that is a
    "controller".
    """

    source: tuple[str, ...]
    target: tuple[str, ...]
    gender: Gender
    # entry, position in source, position in target, "controller" or "attractor"
    nouns: tuple[tuple[GenderedNoun, int, int, str], ...]
    agreeing: tuple[Agreeing, ...]
    # For source and target: the words as text, with the space before them, and as JSON strings, with a comma before each.
    written: tuple[str, str, str, str]


@cache
def _spaced(word: str) -> str:
    return word if word in (",", ".") else f" {word}"


@cache
def _quoted(word: str) -> str:
    return f", {json.dumps(word, ensure_ascii=False)}"


def _pair(source: English, target: Czech, gender: Gender = "m") -> Piece:
    nouns = [(noun, there, here, role) for there, (noun, here, role) in zip(source.nouns, target.nouns, strict=True)]
    english_words, czech_words = source.words, target.words
    written = (
        "".join(map(_spaced, english_words)),
        "".join(map(_spaced, czech_words)),
        "".join(map(_quoted, english_words)),
        "".join(map(_quoted, czech_words)),
    )
    return Piece(english_words, czech_words, gender, tuple(nouns), target.agreeing, written)


@cache
def noun_phrase(determiner: str, noun: GenderedNoun, adjective: Adjective | None) -> Piece:
    """*the happy boy*, without its relative clause."""
    said = determiner, noun, adjective
    return _pair(english.noun_phrase(*said), czech.noun_phrase(*said), noun.gender)


@cache
def pronoun_is(person: Person, tense: Tense, determiner: str, noun: GenderedNoun, adjective: Adjective | None) -> Piece:
    """*I was a boy*. Raises `ValueError` for *he is a girl*."""
    said = person, tense, determiner, noun, adjective
    return _pair(english.pronoun_is(*said), czech.pronoun_is(*said), noun.gender)


@cache
def pronoun_again(person: Person, tense: Tense, adjective: Adjective, gender: Gender) -> Piece:
    """*I am tired*, said by somebody whose `gender` an earlier clause has told."""
    said = person, tense, adjective
    return _pair(english.pronoun_again(*said), czech.pronoun_again(*said, gender), gender)


@cache
def be(tense: Tense, gender: Gender, after_relative: bool, adjective: Adjective | None) -> Piece:
    """*is happy*, or *is* alone before a noun phrase; `after_relative`: the relative clause of its subject ends here."""
    return _pair(english.be(tense, adjective), czech.be(tense, gender, after_relative, adjective), gender)


@cache
def begin(start: Start, verb: Verb, gender: Gender) -> Piece:
    """What comes before the adverbials in the middle: *who*."""
    return _pair(english.begin(start), czech.begin(start, verb, gender), gender)


@cache
def likes(start: Start, verb: Verb, complement: Complement, tense: Tense, negative: bool, gender: Gender) -> Piece:
    """*who likes to read books*, without adverbials."""
    said = start, verb, complement, tense, negative
    return _pair(english.likes(*said), czech.likes(*said, gender), gender)


@cache
def adverbials(said: Adverbials, gender: Gender) -> Piece:
    """*in the garden with his sister*, said of somebody of `gender`."""
    return _pair(english.adverbials(said, gender), czech.adverbials(said, gender), gender)


@cache
def link(conjunction: Conjunction | None, comma: bool, after_relative: bool) -> Piece:
    """*, and*; `comma`: whether English writes one."""
    return _pair(english.link(conjunction, comma), czech.link(conjunction, after_relative))


STOP = _pair(english.stop(), czech.stop())
