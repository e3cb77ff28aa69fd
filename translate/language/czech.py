"""How Czech says each part of a sentence, and which of its words agree with the noun that the part is about.

*Rád* and the past tense agree, and so do *který*, adjectives, *můj* and *byl*; a clitic (*se, si*) stands second in its
clause; a comma opens and closes every relative clause.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from translate.language.clause import Adverbials, Determiner, Link, Start
from translate.language.lexicon import lexicon
from translate.language.words import (
    Adjective,
    Attractor,
    Complement,
    Gender,
    GenderedNoun,
    Person,
    Tense,
    Verb,
    opposite,
)

Role = Literal["controller", "attractor"]


class SaidNoun(NamedTuple):
    """A noun, its position among the words of the part, and what it does there."""

    noun: GenderedNoun
    position: int
    role: Role


@dataclass(frozen=True, slots=True, eq=False)
class Agreeing:
    """A word that agrees with the noun that the part is about."""

    position: int
    kind: str  # relative | rad | participle | predicate | attribute | copula | possessive
    gender: Gender
    other: str  # the form in the other gender
    nouns_before: int  # how many nouns of the part come before it


class Czech(NamedTuple):
    """The words of a part, its nouns, and its words that agree."""

    words: tuple[str, ...]
    nouns: tuple[SaidNoun, ...] = ()
    agreeing: tuple[Agreeing, ...] = ()


# The same word in the same place of many parts is one object, so that looking things up by it costs little.
_agreeing = cache(Agreeing)


class _Writer:
    """Puts the words of a part about somebody of `gender` down in order."""

    def __init__(self, gender: Gender) -> None:
        self.gender = gender
        self.words: list[str] = []
        self.nouns: list[SaidNoun] = []
        self.agreeing: list[Agreeing] = []

    def noun(self, noun: GenderedNoun, role: Role) -> None:
        """Record that the last word is `noun`."""
        self.nouns.append(SaidNoun(noun, len(self.words) - 1, role))

    def agree(self, forms: dict[Gender, str], kind: str) -> None:
        """Put down the form that agrees."""
        other = forms[opposite(self.gender)]
        self.agreeing.append(_agreeing(len(self.words), kind, self.gender, other, len(self.nouns)))
        self.words.append(forms[self.gender])

    def noun_phrase(self, determiner: Determiner, noun: GenderedNoun, adjective: Adjective | None) -> None:
        """The nominative; Czech has no articles."""
        if determiner == "my":
            self.agree(lexicon().forms["můj nom"], "possessive")
        if adjective is not None:
            self.agree(adjective.nom, "attribute")
        self.words.append(noun.lemma)
        self.noun(noun, "controller")

    def pronoun_be(self, person: Person, tense: Tense) -> None:
        """*jsem, byl jsem, je, byl*: the pronoun is dropped, and the third person has no auxiliary in the past."""
        be = lexicon().main_verbs["be"]
        if tense == "past":
            self.agree(be.past, "copula")
        if tense == "present" or person.person < 3:
            self.words.append(be.persons[f"sg{person.person}"])

    def begin(self, start: Start, verb: Verb) -> None:
        """A comma opens and closes a relative clause; the clitic comes as early as it can."""
        if start == "begun":
            return
        if start != "main":
            self.words.append(",")
        if start == "relative":
            self.agree(lexicon().forms["který nom"], "relative")
        if verb.reflexive:
            self.words.append(verb.reflexive)

    def done(self) -> Czech:
        return Czech(tuple(self.words), tuple(self.nouns), tuple(self.agreeing))


def noun_phrase(determiner: Determiner, noun: GenderedNoun, adjective: Adjective | None) -> Czech:
    """*můj hodný bratr*."""
    writer = _Writer(noun.gender)
    writer.noun_phrase(determiner, noun, adjective)
    return writer.done()


def pronoun_is(
    person: Person, tense: Tense, determiner: Determiner, noun: GenderedNoun, adjective: Adjective | None
) -> Czech:
    """*byl jsem kluk*; the third person is *je to kluk*."""
    writer = _Writer(noun.gender)
    writer.pronoun_be(person, tense)
    if person.person == 3:
        writer.words.append("to")
    writer.noun_phrase(determiner, noun, adjective)
    return writer.done()


def pronoun_again(person: Person, tense: Tense, adjective: Adjective, gender: Gender) -> Czech:
    """*jsem unavený*."""
    writer = _Writer(gender)
    writer.pronoun_be(person, tense)
    writer.agree(adjective.nom, "predicate")
    return writer.done()


def be(tense: Tense, gender: Gender, after_relative: bool, adjective: Adjective | None) -> Czech:
    """*je šťastný*, or *je* alone; a comma closes the relative clause before it."""
    writer, verb = _Writer(gender), lexicon().main_verbs["be"]
    if after_relative:
        writer.words.append(",")
    if tense == "past":
        writer.agree(verb.past, "copula")
    else:
        writer.words.append(verb.persons["sg3"])
    if adjective is not None:
        writer.agree(adjective.nom, "predicate")
    return writer.done()


def begin(start: Start, verb: Verb, gender: Gender) -> Czech:
    """What comes before adverbials in the middle: *, který se*."""
    writer = _Writer(gender)
    writer.begin(start, verb)
    return writer.done()


def likes(start: Start, verb: Verb, complement: Complement, tense: Tense, negative: bool, gender: Gender) -> Czech:
    """*, který se rád učí anglicky*: se or si, rád, the verb, its complement."""
    writer = _Writer(gender)
    writer.begin(start, verb)
    writer.agree(lexicon().forms["nerad" if negative else "rád"], "rad")
    if tense == "past":
        writer.agree(verb.past, "participle")
    else:
        writer.words.append(verb.persons["sg3"])
    writer.words += complement.czech
    return writer.done()


def adverbials(phrases: Adverbials, gender: Gender) -> Czech:
    """*na zahradě se svou sestrou*; the nouns control nothing here."""
    writer = _Writer(gender)
    for adverbial in phrases:
        writer.words += adverbial.czech
        if isinstance(adverbial, Attractor):
            writer.noun(adverbial.noun, "attractor")
    return writer.done()


def link(link: Link, after_relative: bool) -> Czech:
    """*, ale*; before *a* a comma stands only where a relative clause has to be closed."""
    conjunction = link.conjunction
    if conjunction is None:
        return Czech((",",))
    comma = after_relative or conjunction.comma == "before"
    return Czech((",", *conjunction.czech) if comma else conjunction.czech)


def stop() -> Czech:
    """The full stop."""
    return Czech((".",))
