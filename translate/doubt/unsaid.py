"""Where the English does not tell a gender that Czech must show (*I like to read*): both translations."""

from collections.abc import Iterator
from dataclasses import dataclass

from translate.doubt.english import Person, Unit
from translate.doubt.inflection import Analysis, Forms
from translate.doubt.pairing import Pairing
from translate.language import forms
from translate.language.words import GENDERS, Gender, opposite
from translate.text import join

_CUES = ("he", "she", "his", "her", "him", "himself", "herself")
_REASONS = {"i": "who speaks", "you": "who is spoken to"}


@dataclass(frozen=True)
class Unsaid:
    """What the English does not say, as a sentence for people, and the translations: of a man, of a woman."""

    reason: str
    translations: tuple[str, str]


def unsaid(pairing: Pairing) -> Unsaid | None:
    """The first person of whom the Czech shows a gender that nothing in the English tells; None without one."""
    has_cue = pairing.english.has(*_CUES)
    for person in pairing.english.persons:
        # Who speaks in a quotation, and to whom, is told around it.
        told = has_cue if person.number == 3 else '"' in pairing.english.words
        if person.word in ("we", "they") or told or not _is_open(person):
            continue
        turned = dict(_turned(pairing, person))
        genders = {gender for gender, _ in turned.values()}
        if len(genders) == 1:
            reason = _REASONS.get(person.word, f"whether the {person.word} is a man or a woman")
            return Unsaid(f"the English does not say {reason}", _both(pairing, turned, genders.pop()))
    return None


def _is_open(person: Person) -> bool:
    return person.gender is None and all(
        reading.gender is None and not reading.plural for noun in person.nouns for reading in noun.readings
    )


def _turned(pairing: Pairing, person: Person) -> Iterator[tuple[int, tuple[Gender, str]]]:
    """The positions of the words that show the gender of `person`: which, and the word in the other one."""
    linked = [person, *(noun.person for noun in person.nouns if noun.person is not None)]
    for number, unit in enumerate(pairing.english.units):
        if unit in person.nouns or any(unit.subject is each for each in linked):
            yield from _turned_word(pairing, number, unit)
    for relative, position in pairing.relatives():
        word = pairing.czech.words[position].lower()
        other, gender = forms.twin(word), forms.gender_of(word)
        if any(relative.antecedent is each for each in linked) and other and gender:
            yield position, (gender, other)


def _turned_word(pairing: Pairing, number: int, unit: Unit) -> Iterator[tuple[int, tuple[Gender, str]]]:
    for analysis in pairing.alignment.analyses(number, pairing.czech)[:1]:
        gender = analysis.gender
        if gender is not None and (analysis.nominative or analysis.case or unit.attributive):
            head = pairing.alignment.heads[number]
            other = _in_gender(pairing.alignment.readings[number].heads, pairing.czech.forms[head], analysis)
            if other is not None:
                yield pairing.czech.positions[head], (gender, other)


def _in_gender(heads: Forms, form: str, analysis: Analysis) -> str | None:
    """The form that says the same of the other gender; of several words the one most like `form`."""
    wanted = analysis._replace(gender=opposite(analysis.gender or "m"))
    candidates = [other for other, analyses in heads.items() if wanted in analyses]
    return max(candidates, key=lambda other: _shared(other, form), default=None)


def _shared(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    return next((k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _both(pairing: Pairing, turned: dict[int, tuple[Gender, str]], gender: Gender) -> tuple[str, str]:
    words = list(pairing.czech.words)
    other = [turned[t][1] if t in turned else word for t, word in enumerate(words)]
    texts = {gender: join(words), opposite(gender): join(other)}
    masculine, feminine = (texts[each] for each in GENDERS)
    return masculine, feminine
