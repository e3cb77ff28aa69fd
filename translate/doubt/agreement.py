"""Do the words that show a gender show that of whom the English says it? Is who does it the subject in Czech too?"""

from collections.abc import Iterator

from translate.doubt.doubt import Doubt, listed
from translate.doubt.english import Person, Unit
from translate.doubt.inflection import Analysis
from translate.doubt.pairing import Pairing

_RELATIVE_FORMS: dict[str, frozenset[tuple[str | None, bool]]] = {
    "který": frozenset((("m", False),)),
    "která": frozenset((("f", False),)),
    "kterého": frozenset((("m", False),)),
    "kterému": frozenset((("m", False),)),
    "kterém": frozenset((("m", False),)),
    "kterou": frozenset((("f", False),)),
    "které": frozenset((("f", False), ("f", True), ("m", True))),
    "kteří": frozenset((("m", True),)),
    "kterým": frozenset((("m", False), ("m", True), ("f", True))),
    "kterých": frozenset((("m", True), ("f", True))),
    "kterými": frozenset((("m", True), ("f", True))),
    "jehož": frozenset((("m", False),)),
    "jejíž": frozenset((("f", False),)),
    "jejichž": frozenset((("m", True), ("f", True))),
}
_ANY = frozenset((gender, plural) for gender in ("m", "f") for plural in (False, True))


def doubts(pairing: Pairing) -> Iterator[Doubt]:
    """Where a gender is not that of the English, and where subject and object have changed places."""
    shown: dict[int, set[str]] = {}
    for number, unit in enumerate(pairing.english.units):
        analyses = pairing.alignment.analyses(number, pairing.czech)
        if not analyses:
            continue
        if unit.be("noun"):
            yield from _role(pairing, number, unit, analyses)
        elif unit.subject is not None:
            yield from _agrees(pairing, number, unit, unit.subject, analyses)
            genders = _genders(analyses, unit.attributive)
            if len(genders) == 1:
                shown.setdefault(id(unit.subject), set()).update(genders)
    yield from _relatives(pairing)
    yield from _named(pairing)
    yield from _one_speaker(pairing, shown)


def gender_of(person: Person, pairing: Pairing) -> str | None:
    """The gender of `person`: as the English tells it, or else as the Czech noun for them; None if neither does."""
    told = _told(person)
    if told is not None:
        return told
    genders: set[str] = set()
    for noun in person.nouns:
        number = pairing.english.units.index(noun)
        analyses = pairing.alignment.analyses(number, pairing.czech)
        genders.update(gender for each in analyses if (gender := each.gender) is not None)
    return next(iter(genders)) if len(genders) == 1 else None


def _told(person: Person) -> str | None:
    """The gender that the English tells of `person`, by a pronoun or by any of the nouns for them."""
    nouns = (reading.gender for noun in person.nouns for reading in noun.readings)
    return next((gender for gender in (person.gender, *nouns) if gender is not None), None)


def _genders(analyses: tuple[Analysis, ...], attributive: bool) -> set[str]:
    """The genders that a form may show; without the nominatives of another number it could also be, of predicates."""
    if any(each.gender is None for each in analyses):
        return set()
    return {each.gender for each in analyses if each.gender is not None and (attributive or each.nominative)}


def _agrees(
    pairing: Pairing, number: int, unit: Unit, subject: Person, analyses: tuple[Analysis, ...]
) -> Iterator[Doubt]:
    gender = gender_of(subject, pairing)
    if any(each.gender is None for each in analyses):
        return
    fitting = [each for each in analyses if unit.attributive or each.nominative]
    if not fitting:
        return
    number_known = subject.number != 2 and not (unit.attributive and subject.plural)
    wrong_gender = gender is not None and all(each.gender != gender for each in fitting)
    wrong_number = number_known and all(each.plural not in (None, subject.plural) for each in fitting)
    if wrong_gender or wrong_number:
        position = pairing.czech.positions[pairing.alignment.heads[number]]
        word = pairing.czech.words[position]
        source = tuple(range(unit.start, unit.end))
        yield Doubt("gender", f"'{word}' does not agree with '{subject.shown}'", (word,), source, (position,))


def _role(pairing: Pairing, number: int, unit: Unit, analyses: tuple[Analysis, ...]) -> Iterator[Doubt]:
    if unit.is_subject and not any(each.nominative for each in analyses):
        position = pairing.czech.positions[pairing.alignment.heads[number]]
        word = pairing.czech.words[position]
        source = tuple(range(unit.start, unit.end))
        reason = f"'{word}' is not the one who does it, {listed([' '.join(unit.words)])} is"
        yield Doubt("role", reason, (word,), source, (position,))


def _relatives(pairing: Pairing) -> Iterator[Doubt]:
    """Each *který* beside its *who*, in order, where there are as many."""
    for relative, position in pairing.relatives():
        word, antecedent = pairing.czech.words[position], relative.antecedent
        gender = gender_of(antecedent, pairing) if antecedent is not None else None
        if antecedent is None or gender is None:
            continue
        if (gender, antecedent.plural) not in _RELATIVE_FORMS.get(word.lower(), _ANY):
            reason = f"'{word}' does not agree with '{antecedent.shown}'"
            yield Doubt("gender", reason, (word,), (relative.position,), (position,))


def _named(pairing: Pairing) -> Iterator[Doubt]:
    """What somebody is called is of their gender: *my sister is a teacher* is no učitel."""
    units = {id(unit): number for number, unit in enumerate(pairing.english.units)}
    for person in pairing.english.persons:
        gender = _told(person)
        for noun in person.nouns:
            analyses = pairing.alignment.analyses(units[id(noun)], pairing.czech)
            if gender is not None and analyses and all(each.gender != gender for each in analyses):
                position = pairing.czech.positions[pairing.alignment.heads[units[id(noun)]]]
                word = pairing.czech.words[position]
                yield Doubt("gender", f"'{word}' is not of the gender of '{person.shown}'", (word,), (), (position,))


def _one_speaker(pairing: Pairing, shown: dict[int, set[str]]) -> Iterator[Doubt]:
    """*I* and *you* may be of either gender, but not of both."""
    for person in pairing.english.persons:
        if gender_of(person, pairing) is None and len(shown.get(id(person), ())) > 1:
            yield Doubt("gender", f"'{person.shown}' is both a man and a woman", (person.shown,), (), ())
