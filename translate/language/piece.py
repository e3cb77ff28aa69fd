"""The pieces that sentences are put together from: a few words in English, their Czech, and which of them agree.

English and Czech say the pieces in the same order. A piece recurs in thousands of sentences and is made once.
Rules and their numbers are those of the project's Czech grammar: rád (§1), clitic second (§3), past (§4), comma (§8, §14).
"""

import json
from dataclasses import dataclass, field
from functools import cache, lru_cache

from translate.language import english
from translate.language.lexicon import lexicon
from translate.language.words import (
    Adjective,
    Adverbial,
    Attractor,
    Complement,
    Conjunction,
    Gender,
    GenderedNoun,
    Person,
    Tense,
    Verb,
)

Adverbials = tuple[Adverbial | Attractor, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Words of both languages; positions are counted from the first word of the piece.

    All words that agree do so with one noun of `gender`: one said before, or the first of `nouns` if that is a
    "controller".
    """

    source: tuple[str, ...]
    target: tuple[str, ...]
    gender: Gender
    # entry, position in source, position in target, "controller" or "attractor"
    nouns: tuple[tuple[GenderedNoun, int, int, str], ...]
    # position in target, kind, form in the other gender, how many nouns of the piece come before
    agreeing: tuple[tuple[int, str, str, int], ...]
    # The words as text, with the space before them, and as JSON strings, with a comma before each.
    source_text: str = field(init=False)
    target_text: str = field(init=False)
    source_json: str = field(init=False)
    target_json: str = field(init=False)

    def __post_init__(self) -> None:
        for side, words in (("source", self.source), ("target", self.target)):
            object.__setattr__(self, f"{side}_text", "".join(map(_spaced, words)))
            object.__setattr__(self, f"{side}_json", "".join(map(_quoted, words)))


@cache
def _spaced(word: str) -> str:
    return word if word in (",", ".") else f" {word}"


@cache
def _quoted(word: str) -> str:
    return f", {json.dumps(word, ensure_ascii=False)}"


class _Writer:
    """Puts the words of a piece down in order."""

    def __init__(self, gender: Gender) -> None:
        self.gender = gender
        self.source: list[str] = []
        self.target: list[str] = []
        self.nouns: list[tuple[GenderedNoun, int, int, str]] = []
        self.agreeing: list[tuple[int, str, str, int]] = []

    def say(self, source: tuple[str, ...], *target: str) -> None:
        self.source += source
        self.target += target

    def noun(self, noun: GenderedNoun, role: str) -> None:
        """Record that the last word of both sides is `noun`."""
        self.nouns.append((noun, len(self.source) - 1, len(self.target) - 1, role))

    def agree(self, forms: dict[Gender, str], kind: str) -> None:
        """Put down the Czech form that agrees."""
        other = forms["f" if self.gender == "m" else "m"]
        self.agreeing.append((len(self.target), kind, other, len(self.nouns)))
        self.target.append(forms[self.gender])

    def noun_phrase(self, determiner: str, noun: GenderedNoun, adjective: Adjective | None) -> None:
        """*můj hodný bratr*; the noun stands in the nominative."""
        if determiner == "my":
            self.agree(lexicon().forms["můj nom"], "possessive")
        if adjective is not None:
            self.agree(adjective.nom, "attribute")
        self.say(english.noun_phrase(determiner, noun, adjective), noun.lemma)
        self.noun(noun, "controller")

    def adverbials(self, adverbials: Adverbials) -> None:
        """Put down `adverbials`; their nouns control nothing here."""
        for adverbial in adverbials:
            self.say(english.adverbial(adverbial, self.gender), *adverbial.czech)
            if isinstance(adverbial, Attractor):
                self.noun(adverbial.noun, "attractor")

    def piece(self) -> Piece:
        return Piece(
            tuple(self.source), tuple(self.target), self.gender, tuple(self.nouns), tuple(self.agreeing)
        )


@cache
def noun_phrase(determiner: str, noun: GenderedNoun, adjective: Adjective | None) -> Piece:
    """*the happy boy*, without its relative clause."""
    writer = _Writer(noun.gender)
    writer.noun_phrase(determiner, noun, adjective)
    return writer.piece()


@cache
def pronoun_is(
    person: Person, tense: Tense, determiner: str, noun: GenderedNoun, adjective: Adjective | None
) -> Piece:
    """*I was a boy* = *byl jsem kluk*: the pronoun is dropped; the third person is *je to kluk*.

    Raises `ValueError` for *he is a girl*.
    """
    if person.gender not in (None, noun.gender):
        raise ValueError(f'"{person.english}" cannot be a noun of gender {noun.gender}')
    writer = _Writer(noun.gender)
    _pronoun_be(writer, person, tense)
    if person.person == 3:
        writer.target.append("to")
    writer.noun_phrase(determiner, noun, adjective)
    return writer.piece()


@cache
def pronoun_again(person: Person, tense: Tense, adjective: Adjective, gender: Gender) -> Piece:
    """*I am tired*, said by somebody whose gender an earlier clause has told."""
    writer = _Writer(gender)
    _pronoun_be(writer, person, tense)
    writer.source += adjective.english
    writer.agree(adjective.nom, "predicate")
    return writer.piece()


def _pronoun_be(writer: _Writer, person: Person, tense: Tense) -> None:
    writer.source += (person.english, english.be(tense, person))
    be = lexicon().main_verbs["be"]
    if tense == "past":
        writer.agree(be.past, "copula")
    if tense == "present" or person.person < 3:
        writer.target.append(be.persons[f"sg{person.person}"])


@cache
def be(tense: Tense, gender: Gender, closing: bool, adjective: Adjective | None) -> Piece:
    """*is happy*, or *is* alone before a noun phrase; `closing`: Czech closes the relative clause before it."""
    writer = _Writer(gender)
    if closing:
        writer.target.append(",")
    writer.source.append(english.be(tense))
    if tense == "past":
        writer.agree(lexicon().main_verbs["be"].past, "copula")
    else:
        writer.target.append(lexicon().main_verbs["be"].persons["sg3"])
    if adjective is not None:
        writer.source += adjective.english
        writer.agree(adjective.nom, "predicate")
    return writer.piece()


@cache
def lead(opening: str, reflexive: str, gender: Gender) -> Piece:
    """What comes before the adverbials in the middle: *who* = *, který se*. `opening` as in `likes`."""
    writer = _Writer(gender)
    _open(writer, opening, reflexive)
    return writer.piece()


@cache
def likes(
    opening: str, reflexive: str, verb: Verb, complement: Complement, tense: Tense, negative: bool, gender: Gender
) -> Piece:
    """*likes to read books*: [se|si] rád verb (complement), the canonical order of §3, without adverbials.

    `opening` is "who" in a relative clause, "," where Czech closes one before, else nothing.
    """
    writer = _Writer(gender)
    _open(writer, opening, reflexive)
    writer.agree(lexicon().forms["nerad" if negative else "rád"], "rad")
    if tense == "past":
        writer.agree(verb.past, "participle")
    else:
        writer.target.append(verb.persons["sg3"])
    writer.say(english.likes(verb, complement, tense, negative), *complement.czech)
    return writer.piece()


def _open(writer: _Writer, opening: str, reflexive: str) -> None:
    if opening == "who":
        writer.say(("who",), ",")
        writer.agree(lexicon().forms["který nom"], "relative")
    elif opening:
        writer.target.append(opening)
    if reflexive:
        writer.target.append(reflexive)


@lru_cache(maxsize=60_000)
def adverbials(said: Adverbials, gender: Gender) -> Piece:
    """*in the garden with his sister*, said of somebody of `gender`."""
    writer = _Writer(gender)
    writer.adverbials(said)
    return writer.piece()


@cache
def link(conjunction: Conjunction | None, comma: bool, closing: bool) -> Piece:
    """*, and*; before *a* a Czech comma stands only where a relative clause has to be closed (§8)."""
    source: list[str] = [","] if comma else []
    target: list[str] = [","] if closing or conjunction is None or conjunction.comma == "before" else []
    if conjunction is not None:
        source.append(conjunction.english)
        target += conjunction.czech
    return Piece(tuple(source), tuple(target), "m", (), ())


STOP = Piece((".",), (".",), "m", (), ())
