"""The verb group of English: tense, negation, and the shift of tenses in reported speech."""

from functools import cache
from typing import NamedTuple

from translate.language.meaning import Pronoun, Somebody
from translate.language.words import Number, Tense, Verb

Words = tuple[str, ...]
_IRREGULAR_PARTICIPLES = {
    "came": "come",
    "became": "become",
    "fell asleep": "fallen asleep",
    "fell ill": "fallen ill",
    "woke up": "woken up",
    "got lost": "got lost",
    "was born": "been born",
    "forgot": "forgotten",
}


class Agreement(NamedTuple):
    """What an English verb agrees with."""

    person: int
    number: Number


THIRD = Agreement(3, "sg")


def agreement(subject: Somebody) -> Agreement:
    """Person and number of `subject`."""
    if type(subject) is Pronoun:
        return _agreement(subject.person.person, subject.person.number)
    return _agreement(3, subject.who.number)


@cache
def _agreement(person: int, number: Number) -> Agreement:
    return Agreement(person, number)


def be(tense: Tense, negative: bool, who: Agreement, shifted: bool) -> Words:
    """*am, was not, will be, had been*; `shifted`: what was said after a past verb of saying."""
    return _be(tense, negative, who, shifted)


@cache
def _be(tense: Tense, negative: bool, who: Agreement, shifted: bool) -> Words:
    no = ("not",) if negative else ()
    if tense in ("future", "conditional"):
        return ("would" if shifted or tense == "conditional" else "will", *no, "be")
    if tense == "past" and shifted:
        return ("had", *no, "been")
    singular = who.number == "sg"
    if tense == "past" or shifted:
        return ("was" if singular and who.person != 2 else "were", *no)
    return (("am", "are", "is")[who.person - 1] if singular else "are", *no)


@cache
def group(verb: Verb, tense: Tense, negative: bool, who: Agreement, shifted: bool) -> Words:
    """*reads books, did not return, will come, had won*; verbs with *be* inside them too."""
    base, head = verb.english, verb.english[0]
    if head == "be" or verb.infinitive in ("moct", "muset"):
        return _special(verb, tense, negative, who, shifted)
    third = who == THIRD
    no = ("not",) if negative else ()
    if tense in ("future", "conditional"):
        return ("would" if shifted or tense == "conditional" else "will", *no, *base)
    if tense == "past" and shifted:
        return ("had", *no, *participle(verb))
    if tense == "past" or shifted:
        said = _split(verb.english_forms["en_past"])
        return ("did", "not", *base[: len(said)]) if negative else said  # *helped*, *did not help*: no *out*
    if negative:
        return ("does" if third else "do", "not", *base)
    return _split(verb.english_forms["en_3sg"]) if third else base


def _special(verb: Verb, tense: Tense, negative: bool, who: Agreement, shifted: bool) -> Words:
    no = ("not",) if negative else ()
    if verb.infinitive == "moct":
        return ("could" if tense == "past" or shifted else "can", *no)
    if verb.infinitive == "muset":
        if tense == "past" or shifted:
            return ("did", "not", "have", "to") if negative else ("had", "to")
        return ("must",)
    return (*_be(tense, negative, who, shifted), *verb.english[1:])


def participle(verb: Verb) -> Words:
    """*returned, come, fallen asleep*; where the lexicon has none, that of a regular verb is its past."""
    past, other = verb.english_forms["en_past"], verb.english_forms["en_other"]
    if verb.kind == "pers" and other not in ("", "-"):
        return _split(other)
    return _split(_IRREGULAR_PARTICIPLES.get(past, past))


def ing(verb: Verb) -> Words:
    """*reading*; only the verbs of what one likes to do have it."""
    return _split(verb.english_forms["en_other"])


@cache
def _split(words: str) -> Words:
    return tuple(words.split())


def do(tense: Tense, who: Agreement) -> str:
    """What a question begins with where there is no other auxiliary: *do, does, did, will, would*."""
    words: dict[Tense, str] = {"past": "did", "future": "will", "conditional": "would"}
    return words.get(tense) or ("does" if who == THIRD else "do")


@cache
def like(tense: Tense, negative: bool, who: Agreement, shifted: bool) -> Words:
    """*likes to, did not like to, would like to*."""
    if tense == "conditional":
        return ("would", "not", "like", "to") if negative else ("would", "like", "to")
    if tense == "past" and shifted:
        return ("had", "not", "liked", "to") if negative else ("had", "liked", "to")
    if tense == "past" or shifted:
        return ("did", "not", "like", "to") if negative else ("liked", "to")
    third = who == THIRD
    if negative:
        return ("does" if third else "do", "not", "like", "to")
    return ("likes" if third else "like", "to")
