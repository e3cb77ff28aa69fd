"""A part of a sentence in both languages at once, which say their parts in the same order.

`english` and `czech` know what the words are. A piece recurs in thousands of sentences and is made once.
"""

from dataclasses import dataclass
from functools import cache

from translate.language import czech, english
from translate.language.clause import Adverbials, Determiner, Link, Start
from translate.language.czech import Agreeing, Czech, Role
from translate.language.english import English
from translate.language.words import Adjective, Complement, Gender, GenderedNoun, Person, Tense, Verb


@dataclass(slots=True, eq=False)
class Named:
    """A noun of a piece; one object wherever the same noun has the same place, as `Agreeing` is."""

    noun: GenderedNoun
    source: int  # position in the source
    target: int  # position in the target
    role: Role


@dataclass(slots=True, eq=False)
class Piece:
    """Words of both languages; positions are counted from the first word of the piece.

    All words that agree do so with one noun: one said before, or the first of `nouns` if that is a "controller".
    """

    source: tuple[str, ...]
    target: tuple[str, ...]
    nouns: tuple[Named, ...]
    agreeing: tuple[Agreeing, ...]
    # The words as text, with the space before them.
    source_text: str
    target_text: str


_named = cache(Named)


def _text(words: tuple[str, ...]) -> str:
    return f" {' '.join(words)}".replace(" ,", ",").replace(" .", ".") if words else ""


def _pair(source: English, target: Czech) -> Piece:
    both = zip(source.nouns, target.nouns, strict=True)
    nouns = [_named(noun, in_source, in_target, role) for in_source, (noun, in_target, role) in both]
    texts = _text(source.words), _text(target.words)
    return Piece(source.words, target.words, tuple(nouns), target.agreeing, *texts)


@cache
def noun_phrase(determiner: Determiner, noun: GenderedNoun, adjective: Adjective | None) -> Piece:
    """*the happy boy*, without its relative clause."""
    parts = determiner, noun, adjective
    return _pair(english.noun_phrase(*parts), czech.noun_phrase(*parts))


@cache
def pronoun_is(
    person: Person, tense: Tense, determiner: Determiner, noun: GenderedNoun, adjective: Adjective | None
) -> Piece:
    """*I was a boy*. Raises `ValueError` for *he is a girl*."""
    parts = person, tense, determiner, noun, adjective
    return _pair(english.pronoun_is(*parts), czech.pronoun_is(*parts))


@cache
def pronoun_again(person: Person, tense: Tense, adjective: Adjective, gender: Gender) -> Piece:
    """*I am tired*, said by somebody whose `gender` an earlier clause has told."""
    parts = person, tense, adjective
    return _pair(english.pronoun_again(*parts), czech.pronoun_again(*parts, gender))


@cache
def be(tense: Tense, gender: Gender, after_relative: bool, adjective: Adjective | None) -> Piece:
    """*is happy*, or *is* alone before a noun phrase.

    after_relative: whether the relative clause of its subject ends here.
    """
    return _pair(english.be(tense, adjective), czech.be(tense, gender, after_relative, adjective))


@cache
def begin(start: Start, verb: Verb, gender: Gender) -> Piece:
    """What comes before the adverbials in the middle: *who*."""
    return _pair(english.begin(start), czech.begin(start, verb, gender))


@cache
def likes(start: Start, verb: Verb, complement: Complement, tense: Tense, negative: bool, gender: Gender) -> Piece:
    """*who likes to read books*, without adverbials."""
    parts = start, verb, complement, tense, negative
    return _pair(english.likes(*parts), czech.likes(*parts, gender))


@cache
def adverbials(phrases: Adverbials, gender: Gender) -> Piece:
    """*in the garden with his sister*, said of somebody of `gender`."""
    return _pair(english.adverbials(phrases, gender), czech.adverbials(phrases, gender))


@cache
def link(link: Link, after_relative: bool) -> Piece:
    """*, and*; after_relative: whether a relative clause ends before it."""
    return _pair(english.link(link), czech.link(link, after_relative))


STOP = _pair(english.stop(), czech.stop())
