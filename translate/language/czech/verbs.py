"""Czech verbs: forms by tense, person and number, and the clitics that stand second in their clause."""

from functools import cache
from typing import NamedTuple

from translate.language.lexicon import lexicon
from translate.language.utterance import Fragment, Mark
from translate.language.words import GENDERS, Gender, Number, Tense, Verb, opposite

Words = tuple[str, ...]
WOULD = {"sg1": "bych", "sg2": "bys", "sg3": "by", "pl1": "bychom", "pl2": "byste", "pl3": "by"}
_WILL = {"sg1": "budu", "sg2": "budeš", "sg3": "bude", "pl1": "budeme", "pl2": "budete", "pl3": "budou"}


class Subject(NamedTuple):
    """What a verb agrees with."""

    person: int
    number: Number
    gender: Gender

    @property
    def key(self) -> str:
        """The name of the form in `Verb.persons`: "sg1"."""
        return f"{self.number}{self.person}"


@cache
def subject(person: int, number: Number, gender: Gender) -> Subject:
    """The one `Subject` of these, which takes less time than another."""
    return Subject(person, number, gender)


def be() -> Verb:
    """*být*."""
    return lexicon().main_verbs["be"]


def inflected(forms: dict[Gender, str], kind: str, gender: Gender, offset: int = 0) -> Fragment:
    """One word that agrees."""
    return Fragment((forms[gender],), (Mark(offset, kind, gender, forms[opposite(gender)]),))


def joined(*parts: Fragment | Words) -> Fragment:
    """Fragments and plain words, one after the other."""
    words: list[str] = []
    marks: list[Mark] = []
    for part in parts:
        if isinstance(part, Fragment):
            at = len(words)  # a mark is made anew: `_replace` takes twice as long
            marks += [Mark(offset + at, kind, gender, other) for offset, kind, gender, other in part.marks]
            part = part.words
        words += part
    return Fragment(tuple(words), tuple(marks))


@cache
def rad(negative: bool, subject: Subject) -> Fragment:
    """*rád, ráda, rádi, rády, nerad …*"""
    book, slot = lexicon(), "nerad" if negative else "rád"
    forms = book.forms if subject.number == "sg" else book.plural_forms
    return inflected(forms[slot], "rad", subject.gender)


@cache
def participle(verb: Verb, negative: bool, subject: Subject, kind: str = "participle") -> Fragment:
    """The l-participle: *četl, nečetla, četli*."""
    forms = verb.past if subject.number == "sg" else verb.past_plural
    if negative:
        forms = {gender: "ne" + forms[gender] for gender in GENDERS}
    return inflected(forms, kind, subject.gender)


@cache
def finite(verb: Verb, tense: Tense, negative: bool, subject: Subject, kind: str = "participle") -> Fragment:
    """The verb without its clitics: *čte, nečetla, bude číst, přijde*."""
    if tense in ("past", "conditional"):
        return participle(verb, negative, subject, kind)
    if tense == "future" and verb.aspect == "ipf":
        will = "ne" * negative + _WILL[subject.key]
        return Fragment((will,) if verb is be() else (will, verb.infinitive))
    form = verb.persons[subject.key]
    if negative:
        form = "není" if form == "je" else f"ne{form}"
    return Fragment((form,))


@cache
def auxiliary(tense: Tense, subject: Subject) -> Words:
    """The clitic that the tense needs: *jsem* of the past, *by* of the conditional."""
    if tense == "conditional":
        return (WOULD[subject.key],)
    if tense == "past" and subject.person < 3:
        return (be().persons[subject.key],)
    return ()


@cache
def cluster(tense: Tense, subject: Subject, reflexive: str, pronouns: Words = ()) -> Words:
    """The clitics in their order: by – jsem – se – dative – accusative; *jsi se* is *ses*, *bys se* is *by ses*."""
    first, second = auxiliary(tense, subject), (reflexive,) if reflexive else ()
    if second and first == ("jsi",):
        first, second = (), (f"{reflexive}s",)
    elif second and first == ("bys",):
        first, second = ("by",), (f"{reflexive}s",)
    return first + second + pronouns


@cache
def placed(clitics: Words, said: Fragment, hosted: bool) -> Fragment:
    """`clitics` before `said` where something hosts them there, or else after its first word."""
    return joined(clitics, said) if hosted else second(clitics, said)


@cache
def split(said: Fragment) -> tuple[Fragment, Fragment]:
    """The first word of `said`, and the others."""
    rest = tuple(mark._replace(offset=mark.offset - 1) for mark in said.marks if mark.offset)
    first = tuple(mark for mark in said.marks if not mark.offset)
    return Fragment(said.words[:1], first), Fragment(said.words[1:], rest)


@cache
def second(clitics: Words, said: Fragment) -> Fragment:
    """`clitics` after the first word of `said`, for clauses in which nothing stands before it."""
    marks = tuple(mark._replace(offset=mark.offset + len(clitics)) if mark.offset else mark for mark in said.marks)
    return Fragment((*said.words[:1], *clitics, *said.words[1:]), marks)
