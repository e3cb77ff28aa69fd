"""Do the verbs say the same? Who does it (the ending), when, and whether not."""

import re
from collections.abc import Iterator

from translate.doubt.doubt import Doubt, listed
from translate.doubt.english import Group, Unit
from translate.doubt.inflection import Analysis, word_set
from translate.doubt.pairing import Pairing

_MARKS = {
    "i": (1, False, word_set("jsem nejsem bych kdybych abych budu nebudu mám nemám")),
    "you": (
        2,
        False,
        word_set("jsi nejsi bys kdybys abys budeš nebudeš jste nejste byste budete nebudete máš nemáš máte nemáte"),
    ),
    "we": (1, True, word_set("jsme nejsme bychom kdybychom abychom budeme nebudeme máme nemáme")),
}
"""The first and second persons: number and plural, and the auxiliaries that say them."""

_NEGATED = re.compile("ne(m[áaě]|bud|js)").match
"""Finds the negated auxiliaries: nebude číst, nemá ráda, nejsem."""

_CZECH_TENSES: dict[str, frozenset[str]] = {
    "present": frozenset(("present",)),
    "past": frozenset(("past",)),
    "would": frozenset(("past",)),
    "will": frozenset(("present", "future", "infinitive")),
    "infinitive": frozenset(("infinitive", "present", "past")),
}
"""By English time, the Czech tenses that say it."""


def doubts(pairing: Pairing) -> Iterator[Doubt]:
    """Where the verbs differ."""
    yield from _persons(pairing)
    for number, unit in enumerate(pairing.english.units):
        analyses = pairing.alignment.analyses(number, pairing.czech)
        if analyses and unit.be("verb", "modal", "be"):
            yield from _tense(pairing, number, unit, analyses)
            yield from _person(pairing, number, unit, analyses)
    yield from _negations(pairing)


def _tense(pairing: Pairing, number: int, unit: Unit, analyses: tuple[Analysis, ...]) -> Iterator[Doubt]:
    english = pairing.english
    if unit.time is None:
        return
    allowed = set(_CZECH_TENSES[unit.time])
    if "so that" in (" ".join(each.words) for each in english.units):  # aby + past
        allowed |= {"past"}
    if english.is_reported(unit):  # no sequence of tenses in Czech
        allowed |= {"present", "future", "infinitive"}
    if english.has("will", "would", "if") or unit.group is None:  # when she returns: až se vrátí, až bude doma
        allowed |= {"future", "past" if english.has("if", "would") else "future"}
    if english.has("will") and english.has("if", "when"):  # if she learns, she will …: pokud se bude učit
        allowed |= {"infinitive"}
    if {analysis.tense for analysis in analyses}.isdisjoint(allowed):
        yield _at(pairing, "tense", number, "{czech} and {english} are not of the same time")


def _person(pairing: Pairing, number: int, unit: Unit, analyses: tuple[Analysis, ...]) -> Iterator[Doubt]:
    subject = unit.subject
    if subject is None or subject.word == "who" or any(each.tense not in ("present", "future") for each in analyses):
        return
    persons = {(analysis.person, analysis.plural) for analysis in analyses}
    wanted = {(subject.number, subject.plural)} | ({(2, True)} if subject.number == 2 else set())
    if persons.isdisjoint(wanted):
        yield _at(
            pairing,
            "person",
            number,
            f"{{czech}} is not what {subject.word.replace('i', 'I', subject.word == 'i')!r} would do",
        )


def _persons(pairing: Pairing) -> Iterator[Doubt]:
    """*I*, *you*, *we*: as often in the Czech as in the English, where the auxiliary may be left out after *and*."""
    english, czech = pairing.english, pairing.czech
    for word, (number, plural, marks) in _MARKS.items():
        places = [at for at, form in enumerate(czech.forms) if form in marks]
        for unit, head in pairing.alignment.heads.items():
            analyses = pairing.alignment.analyses(unit, czech)
            says = {(each.tense == "present" and each.person == number and each.plural == plural) for each in analyses}
            if says == {True} and head not in places:
                places.append(head)
        groups = [group for group in english.groups if group.subject is not None and group.subject.word == word]
        unsure = any(group.subject is None for group in english.groups)
        shown = "I" if word == "i" else word
        if groups and not places:
            source = tuple(t for t, each in enumerate(english.words) if each == word)
            yield Doubt("person", f"no Czech verb says {listed([shown])}", (shown,), source, ())
        elif len(places) > len(groups) and not unsure:
            target = tuple(sorted({czech.positions[at] for at in places}))
            words = tuple(czech.words[t] for t in target)
            reason = f"{listed(words)}: the English does not say {listed([shown])}" + (" so often" if groups else "")
            yield Doubt("person", reason, words, (), target)


def _negations(pairing: Pairing) -> Iterator[Doubt]:
    units = {id(unit): number for number, unit in enumerate(pairing.english.units)}
    before = -1
    for group in pairing.english.groups:
        heads = [pairing.alignment.heads.get(units[id(unit)]) for unit in group.units]
        places = [head for head in heads if head is not None]
        if places and len(places) == len(group.units):
            beside = (*pairing.alignment.free, *pairing.czech.auxiliaries)
            auxiliaries = [at for at in beside if before < at < max(places)]
            yield from _negation(
                pairing, group, places, [at for at in auxiliaries if _NEGATED(pairing.czech.forms[at])]
            )
        before = max([before, *places])


def _negation(pairing: Pairing, group: Group, places: list[int], auxiliaries: list[int]) -> Iterator[Doubt]:
    czech = pairing.czech
    negated = [*auxiliaries, *(at for at in places if _is_negated(pairing, at))]
    target = tuple(czech.positions[at] for at in negated or places)
    words = tuple(czech.words[t] for t in target)
    if group.negated and not negated:
        yield Doubt("negation", f"the English says 'not', {listed(words)} does not", ("not", *words), (), target)
    elif negated and not (group.negated or group.may_be_negated):
        yield Doubt("negation", f"{listed(words)} says 'not', the English does not", words, (), target)


def _is_negated(pairing: Pairing, at: int) -> bool:
    form = pairing.czech.forms[at]
    number = next(unit for unit, head in pairing.alignment.heads.items() if head == at)
    return any(analysis.negated for analysis in pairing.alignment.readings[number].heads[form])


def _at(pairing: Pairing, kind: str, number: int, reason: str) -> Doubt:
    unit, position = pairing.english.units[number], pairing.czech.positions[pairing.alignment.heads[number]]
    english, czech = " ".join(unit.words), pairing.czech.words[position]
    source = tuple(range(unit.start, unit.end))
    text = reason.format(czech=listed([czech]), english=listed([english]))
    return Doubt(kind, text, (english, czech), source, (position,))  # type: ignore[arg-type]
