"""English words without Czech, and Czech words without English."""

from collections import Counter
from collections.abc import Iterator, Sequence

from translate.doubt.dictionary import MAYBE_S
from translate.doubt.doubt import Doubt, listed
from translate.doubt.english import COORDINATORS, REPORTING, SUBORDINATORS, Unit
from translate.doubt.pairing import CONDITIONAL, REFLEXIVES, RELATIVE, UNREAL, WHOSE, Pairing

_EMBEDDING = (*SUBORDINATORS, *REPORTING, "my", "that", "as", "says", "thinks", "knows", "believes", "hopes", "admits")


def doubts(pairing: Pairing) -> Iterator[Doubt]:
    """What was lost and what was added."""
    yield from _lost(pairing)
    yield from _added(pairing)
    yield from _counted(pairing)
    yield from _moved(pairing)


def _lost(pairing: Pairing) -> Iterator[Doubt]:
    """English words without Czech; those that stand together are one doubt."""
    units = pairing.english.units
    for run in _runs([number for number in range(len(units)) if number in pairing.alignment.lacking], units):
        source = tuple(range(run[0].start, run[-1].end))
        words = tuple(pairing.english.words[t] for t in source)
        yield Doubt("lost", f"nothing in the Czech stands for {listed([' '.join(words)])}", words, source, ())


def _runs(numbers: Sequence[int], units: Sequence[Unit]) -> Iterator[list[Unit]]:
    run: list[int] = []
    for number in numbers:
        if run and any(units[between].readings for between in range(run[-1] + 1, number)):
            yield [units[k] for k in run]
            run = []
        run.append(number)
    if run:
        yield [units[k] for k in run]


def _added(pairing: Pairing) -> Iterator[Doubt]:
    spare = pairing.spare()
    if len(spare) > len(pairing.english.unknown):
        target = tuple(dict.fromkeys(pairing.czech.positions[at] for at in spare))
        words = tuple(pairing.czech.words[t] for t in target)
        yield Doubt("added", f"nothing in the English is {listed(words)}", words, (), target)


def _counted(pairing: Pairing) -> Iterator[Doubt]:
    """Relative pronouns, reflexives and the question mark, which have no partner of their own."""
    english, forms = pairing.english, Counter(pairing.czech.forms)
    certain = [relative for relative in english.relatives if relative.certain]
    for words, wanted in ((RELATIVE, ("who", "whom", "which")), (WHOSE, ("whose",))):
        least = [relative for relative in certain if relative.word in wanted]
        free = english.dropped + sum(not relative.certain for relative in english.relatives)
        most = len(least) + (free if words is RELATIVE else 0)
        there = sum(forms[word] for word in words)
        if there < len(least):
            source = tuple(relative.position for relative in least)
            yield Doubt("clause", f"a clause with {listed([least[0].word])} is lost", (least[0].word,), source, ())
        elif there > most:
            target = tuple(t for t, word in enumerate(pairing.czech.words) if word.lower() in words)
            shown = tuple(pairing.czech.words[t] for t in target)
            yield Doubt("clause", f"{listed(shown[-1:])} begins a clause that the English lacks", shown, (), target)
    yield from _reflexives(pairing, forms)
    yield from _it_is(pairing, forms)
    if forms["že"] < english.contents:
        yield Doubt("clause", "a clause with 'that' is lost", ("that",), (english.words.index("that"),), ())
    if "would" in english.words and english.reported is None and (CONDITIONAL | UNREAL).isdisjoint(forms):
        yield Doubt("lost", "nothing in the Czech stands for 'would'", ("would",), (english.words.index("would"),), ())
    if "?" in english.words and "?" not in pairing.czech.words:
        yield Doubt("lost", "the English is a question, the Czech is none", ("?",), (english.words.index("?"),), ())


def _reflexives(pairing: Pairing, forms: Counter[str]) -> Iterator[Doubt]:
    """*se* and *si*, as many as the verbs need: učit se is learn, učit is teach."""
    for clitic in REFLEXIVES:
        needing, optional = 0, 0
        for number, unit in enumerate(pairing.english.units):
            kinds = {analysis.reflexive == clitic for analysis in pairing.alignment.analyses(number, pairing.czech)}
            if unit.be("verb", "modal"):
                needing += kinds == {True}
                optional += kinds == {True, False}
        there = forms[clitic]
        if clitic == "se":
            there += sum(pairing.czech.forms[at] == MAYBE_S for at in pairing.alignment.free)
        target = tuple(t for t, word in enumerate(pairing.czech.words) if word.lower() == clitic)
        is_free = bool(pairing.english.unknown) or any(
            word.endswith(("self", "selves")) for word in pairing.english.words
        )
        if there > needing + optional and not is_free:
            yield Doubt("added", f"no verb of the English needs {listed([clitic])}", (clitic,), (), target)
        elif there < min(needing, 1):
            yield Doubt("lost", f"a verb lacks its {listed([clitic])}", (clitic,), (), ())


def _it_is(pairing: Pairing, forms: Counter[str]) -> Iterator[Doubt]:
    """*He is a boy* is je to kluk; inside another clause it may be je kluk."""
    english = pairing.english
    if english.has(*_EMBEDDING) or len(english.groups) > 1 + len(english.relatives):
        return
    naming = (group for group in english.groups if group.names and group.time in ("present", "past"))
    if sum(group.is_of("he", "she") for group in naming) > forms["to"]:
        yield Doubt("lost", "the Czech of 'he is a …' is 'je to …'", ("to",), (), ())


def _moved(pairing: Pairing) -> Iterator[Doubt]:
    """Words in another clause than in the English; the clauses stand in one order in both languages."""
    english, czech = pairing.english, pairing.czech
    heads = pairing.alignment.heads
    moved: set[int] = set()
    for source, target in () if english.inverts else _joints(pairing):
        for number, head in heads.items():
            unit, position = english.units[number], czech.positions[head]
            is_content = not unit.be("word") and unit.start != source and position != target
            if is_content and (unit.start < source) != (position < target):
                moved.add(number)
    if moved:
        places = tuple(sorted(czech.positions[heads[number]] for number in moved))
        shown = tuple(czech.words[t] for t in places)
        yield Doubt("clause", f"{listed(shown)}: in another clause than in the English", shown, (), places)


def _joints(pairing: Pairing) -> Iterator[tuple[int, int]]:
    """Where a clause begins in the English and in the Czech: *who*, *and*, and the verb behind a relative clause."""
    units, heads = pairing.english.units, pairing.alignment.heads
    for relative, position in pairing.relatives():
        yield relative.position, position
    for number, head in heads.items():
        if " ".join(units[number].words) in COORDINATORS | SUBORDINATORS:
            yield units[number].start, pairing.czech.positions[head]
    numbers = {id(unit): number for number, unit in enumerate(units)}
    for group in pairing.english.groups:
        first = next(iter(group.units), None)
        if group.resumes and first is not None and numbers[id(first)] in heads:
            yield first.start, pairing.czech.positions[heads[numbers[id(first)]]]
