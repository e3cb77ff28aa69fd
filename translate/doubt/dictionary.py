"""The lexicon as a dictionary: an English word or phrase, in any of its forms, to all Czech that may stand for it.

It is looked up by what is written (*liked*, *policewomen*, *in the garden*), not by meaning; where English has one word
for several things (*cook*, *patient*), all of them are readings of it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from typing import Literal, NamedTuple

from translate.doubt import inflection
from translate.doubt.inflection import Analysis, Forms
from translate.language.lexicon import lexicon
from translate.language.table import read_table
from translate.language.words import GENDERS, Adjective, Gender, GenderedNoun, Lexicon, Participle, Verb
from translate.resources import data

Kind = Literal["noun", "verb", "modal", "adjective", "like", "be", "phrase", "word"]
VerbForm = Literal["", "base", "third", "past", "ing", "participle"]
_PREPOSITIONS = {"ve": "v", "se": "s", "ke": "k", "ze": "z"}
MAYBE_S = "se?"
"""*se* where it may be the reflexive or the preposition: se smutnou."""

_S = frozenset(("s", MAYBE_S))
_DOUBLED = ("win", "get", "admit", "forget")
_MODALS = frozenset(("can", "must", "want", "be able to", "start", "have"))


class Reading(NamedTuple):
    """One thing that English words may be, and the Czech for it.

    kind, form: what it is in the sentence; `form` of verbs only. heads: the word that inflects, in all its forms.
    others: the words beside it (na kytaru), each in the forms it may have. gender, plural: of a noun, where English
    tells. needed: whether Czech must say it.
    """

    kind: Kind
    heads: Forms
    others: tuple[frozenset[str], ...] = ()
    form: VerbForm = ""
    gender: str | None = None
    plural: bool = False
    needed: bool = True


_Maker = Callable[[], Reading]
"""Makes a reading when it is wanted: a sentence has a few words, and the lexicon thousands of forms."""


@cache
def look_up(phrase: tuple[str, ...]) -> tuple[Reading, ...]:
    """The readings of an English phrase in lower case; none if it is not in the dictionary."""
    return tuple(_merged(make() for make in _index().get(phrase, ())))


def knows(phrase: tuple[str, ...]) -> bool:
    """Whether an English phrase in lower case is in the dictionary."""
    return phrase in _index()


def phrases() -> Iterable[tuple[str, ...]]:
    """Every English phrase that the dictionary has, in lower case."""
    return _index().keys()


def has_word(word: str) -> bool:
    """Whether the dictionary has the English word, alone or in a phrase, or it is one that no Czech word stands for."""
    return word.lower() in _words()


@cache
def _words() -> frozenset[str]:
    silent = "a an to not do does did will would used who whom whose which of at in on by from"
    return frozenset(silent.split()).union(*_index())


@cache
def _index() -> dict[tuple[str, ...], list[_Maker]]:
    entries: dict[tuple[str, ...], list[_Maker]] = defaultdict(list)
    for english, maker in _all(lexicon()):
        entries[tuple(english.lower().split())].append(maker)
    return dict(entries)


def _verbs() -> tuple[Verb, ...]:
    book = lexicon()
    return (*book.verbs.values(), *book.people_verbs, *book.main_verbs.values())


@cache
def participles() -> frozenset[str]:
    """Every l-participle that the lexicon has, and those of *být*."""
    forms = {form for verb in _verbs() for form in (*verb.past.values(), *verb.past_plural.values())}
    return frozenset(("ne" * negated + form) for form in forms for negated in (False, True))


@cache
def infinitives() -> frozenset[str]:
    """Every infinitive that the lexicon has but *být*."""
    return frozenset(verb.infinitive for verb in _verbs()) - {"být"}


@cache
def instrumentals() -> frozenset[str]:
    """The words before which *se* may be a preposition: se sestrou, se kterým."""
    book = lexicon()
    forms = set(["kterým", "kterou", "kterými", "svým", "svou", "svojí", "svými", "mnou", "všemi"])
    forms.update(noun.forms["ins_sg"].lower() for pair in book.nouns for noun in (pair.m, pair.f))
    forms.update(name.forms["ins_sg"].lower() for name in book.people)
    forms.update(adjective.forms[case] for adjective in book.adjectives.values() for case in ("m_ins", "f_ins"))
    for verb in book.verbs.values():
        forms.update(complement.czech[1] for complement in verb.complements.values() if complement.case == "s+ins")
    return frozenset(forms)


def _merged(readings: Iterable[Reading]) -> list[Reading]:
    """Readings that differ in their heads alone made one: know = znát or vědět, boy = kluk or chlapec."""
    merged: dict[tuple, Reading] = {}
    for reading in readings:
        key = (reading.kind, reading.others, reading.form, reading.plural)
        if key in merged:
            before = merged[key]
            heads = {
                form: before.heads.get(form, ()) + reading.heads.get(form, ()) for form in before.heads | reading.heads
            }
            gender = before.gender if before.gender == reading.gender else None
            reading = before._replace(heads=heads, gender=gender)
        merged[key] = reading
    return list(merged.values())


def _all(book: Lexicon) -> Iterator[tuple[str, _Maker]]:
    for pair in book.nouns:
        for noun in (pair.m, pair.f):
            english = " ".join(noun.english)
            for words, plural in ((english, False), (plural_of(english, book.plurals), True)):
                yield words, partial(_noun, noun, plural, pair.section == "fixed")
    for name in book.people:
        for english in {" ".join(name.english), name.lemma}:
            yield english, partial(_noun, name, False, True)
    for english, participle in book.participles.items():
        yield english, partial(_participle, participle)
    for adjective in book.adjectives.values():
        yield " ".join(adjective.english), partial(_adjective, adjective)
    for verb in _verbs():
        yield from _verb(verb)
    for adverbial in book.adverbials.values():
        yield " ".join(adverbial.english), partial(_phrase, adverbial.czech)
    yield from _grammar(book)
    yield from _counterparts(book)


def _noun(noun: GenderedNoun, plural: bool, fixed: bool) -> Reading:
    return Reading("noun", inflection.noun_forms(noun, plural), gender=noun.gender if fixed else None, plural=plural)


def _participle(participle: Participle) -> Reading:
    return Reading("verb", inflection.passive_forms(participle), form="participle")


def _adjective(adjective: Adjective) -> Reading:
    return Reading("adjective", inflection.adjective_forms(adjective))


def plural_of(english: str, irregular: Mapping[str, str]) -> str:
    """The plural of an English noun: policewomen, ladies, sons-in-law. irregular: also of nouns that end so."""
    for singular in (english, *(ending for ending in irregular if english.endswith(ending))):
        if singular in irregular:
            return english.removesuffix(singular) + irregular[singular]
    if english.endswith("y") and english[-2] not in "aeiou":
        return english[:-1] + "ies"
    return english + ("es" if english.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _verb(verb: Verb) -> Iterator[tuple[str, _Maker]]:
    english = " ".join(verb.english).partition(" (")[0]
    if english == "be":
        return
    kind: Kind = "modal" if english in _MODALS else "verb"
    for form, words in _english_forms(verb.kind, english, verb.english_forms):
        yield words, partial(_verb_reading, verb, kind, form)
        if verb.kind == "pers" and " " in english and not english.startswith("be "):  # of whom she thinks
            yield words.partition(" ")[0], partial(_verb_reading, verb, kind, form, bare=True)
    for complement in verb.complements.values():
        if complement.english:
            yield " ".join(complement.english), partial(_phrase, complement.czech)


def _verb_reading(verb: Verb, kind: Kind, form: VerbForm, bare: bool = False) -> Reading:
    """bare: without its preposition, which stands elsewhere."""
    preposition, plus, _ = verb.object_case.partition("+")
    others: tuple[frozenset[str], ...] = (_spelt(preposition),) if plus and not bare else ()
    if "" in verb.complements:
        others += tuple(map(_spelt, verb.complements[""].czech))
    return Reading(kind, inflection.verb_forms(verb), others, form)


def _english_forms(kind: str, base: str, forms: dict[str, str]) -> Iterator[tuple[VerbForm, str]]:
    yield "base", base
    third, past, other = (forms[name].partition(" (")[0] for name in ("en_3sg", "en_past", "en_other"))
    yield "third", third
    yield "past", past
    if other not in ("", "-"):
        yield ("ing" if kind == "like" else "participle"), other
    if kind != "like" and not base.startswith("be "):
        yield "ing", ing_of(base)
    if base.startswith("be "):  # be afraid of
        rest = base.removeprefix("be ")
        yield "ing", rest  # she is not afraid of him
        yield "base", f"am {rest}"
        yield "base", f"are {rest}"
        yield "past", f"were {rest}"
    if base == "must":
        yield "base", "have to"
        yield "third", "has to"


def ing_of(base: str) -> str:
    """The *-ing* form of an English verb or verb phrase: waiting for, lying, getting lost."""
    verb, space, rest = base.partition(" ")
    if verb.endswith("ie"):
        verb = verb[:-2] + "y"
    elif verb.endswith("e") and not verb.endswith("ee"):
        verb = verb[:-1]
    elif verb in _DOUBLED:
        verb += verb[-1]
    return f"{verb}ing{space}{rest}"


def _spelt(word: str) -> frozenset[str]:
    """A Czech word as it is compared: in lower case, prepositions without their second form."""
    return _S if normal(word) == "s" else frozenset((normal(word),))


def normal(word: str) -> str:
    """`word` in lower case; *ve* as *v*."""
    folded = word.lower()
    return _PREPOSITIONS.get(folded, folded)


def _phrase(czech: Iterable[str], needed: bool = True) -> Reading:
    """Words that do not inflect: the last is the head."""
    *others, head = map(normal, czech)
    return Reading("phrase", {head: (Analysis(),)}, tuple(map(_spelt, others)), needed=needed)


def _grammar(book: Lexicon) -> Iterator[tuple[str, _Maker]]:
    """*like*, *be*, *alone*: words whose Czech is grammar."""
    like: dict[str, VerbForm] = {"like": "base", "likes": "third", "liked": "past", "liking": "ing"}
    for english, form in like.items():
        yield english, partial(_agreeing, "like", ("rád", "nerad"), form)
    have = book.main_verbs["have"]
    yield "should", partial(_verb_reading, have, "modal", "base")
    yield "alone", partial(_agreeing, "adjective", ("sám nom",))
    be: dict[VerbForm, str] = {"third": "is", "base": "am are be", "past": "was were", "participle": "been"}
    for form, words in be.items():
        for english in words.split():
            yield english, partial(_be, form)


def _agreeing(kind: Kind, slots: Iterable[str], form: VerbForm = "") -> Reading:
    forms: Forms = {}
    for slot in slots:
        singular = lexicon().forms[slot]
        stem = singular["f"][:-1]
        plural: dict[Gender, str] = {"m": stem + "i", "f": stem + "y"}
        forms |= inflection.agreeing_forms(singular, plural, slot.startswith("ne"))
    return Reading(kind, forms, form=form)


def _be(form: VerbForm) -> Reading:
    return Reading("be", inflection.be_forms(), form=form)


def _counterparts(book: Lexicon) -> Iterator[tuple[str, _Maker]]:
    """Conjunctions, pronouns, possessives and small adverbs; *who* and *whose* are the relative clause's."""
    for conjunction in book.conjunctions.values():
        english = conjunction.english.partition(" (")[0]
        if english not in ("who", "whom", "whose", "that", "where"):
            yield english, partial(_word, conjunction.czech[-1:], True)  # i když is looked for as když
    for row in read_table(data("lexicon/counterparts.tsv"), "en cs needed", "en"):
        yield row["en"], partial(_word, row["cs"].split(), row.choice("needed", ("yes", "no")) == "yes")


def _word(alternatives: Iterable[str], needed: bool) -> Reading:
    """A word that has one of several counterparts."""
    words = [normal(word) for word in alternatives]
    if "s" in words:
        words += _S
    heads: Forms = {word: (Analysis(_possessives().get(word)),) for word in words}
    return Reading("word", heads, needed=needed)


@cache
def _possessives() -> dict[str, Gender]:
    """*můj*, *moje* … with the gender of what is possessed."""
    book = lexicon()
    return {book.forms[slot][gender]: gender for slot in ("můj nom", "tvůj nom") for gender in GENDERS}
