"""Which Czech word may stand for which: pracuju for pracuji, dívka for holka, svoji for svou, usmála se for usmívala.

Most are rows of `variants.tsv`; the rest follow from the lexicon by rule: *-uju* and *-ou* for *-uji* and *-í*, and
both endings of a masculine dative. A word is never taken for one of another gender, number or person.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from translate.language.lexicon import lexicon
from translate.language.table import Row, read_table
from translate.language.words import Adjective, GenderedNoun, Verb
from translate.resources import data

_ENDINGS = ("", "a", "i", "y")  # of an l-participle


def may_stand_for(word: str, reference: str) -> bool:
    """Whether `word` is accepted where the reference has `reference`; both in lower case."""
    return word == reference or word in _table().get(reference, ())


def instrumental_of(word: str, reference: str) -> bool:
    """Whether the two are nominative and instrumental of one noun: lékařka and lékařkou."""
    return _instrumentals().get(word) == reference or _instrumentals().get(reference) == word


@cache
def _table() -> dict[str, frozenset[str]]:
    """For each word the others that are accepted in its place."""
    table: dict[str, set[str]] = {}
    for reference, accepted in (*_written(), *_by_rule()):
        if accepted != reference:
            table.setdefault(reference.lower(), set()).add(accepted.lower())
    return {word: frozenset(others) for word, others in table.items()}


def _written() -> Iterator[tuple[str, str]]:
    """What `variants.tsv` says, form by form."""
    columns, key = "kind generated accepted way note", "kind generated accepted"
    for row in read_table(data("lexicon") / "variants.tsv", columns, key, "note"):
        both = row.choice("way", ("both", "one")) == "both"
        for reference, accepted in _forms(row):
            yield reference, accepted
            if both:
                yield accepted, reference


def _forms(row: Row) -> Iterable[tuple[str, str]]:
    kind = row.choice("kind", ("word", "noun", "past", "adjective"))
    words = row["generated"], row["accepted"]
    if kind == "word":
        return [words]
    if kind == "past":
        stems = [word + ending for ending in _ENDINGS for word in words]
        return list(zip(stems[::2], stems[1::2], strict=True))
    one, other = (_noun(word) if kind == "noun" else _adjective(word) for word in words)
    if one is None or other is None:
        raise row.wrong(f"the lexicon has no {kind} of one of the two")
    return [(form, other.forms[case]) for case, form in one.forms.items() if form and other.forms.get(case)]


def _noun(lemma: str) -> GenderedNoun | None:
    nouns = (pair.of(gender) for pair in lexicon().nouns for gender in ("m", "f"))
    return next((noun for noun in nouns if noun.lemma == lemma), None)


def _adjective(lemma: str) -> Adjective | None:
    return next((word for word in lexicon().adjectives.values() if word.nom["m"] == lemma), None)


def _by_rule() -> Iterator[tuple[str, str]]:
    """*pracuji ~ pracuju, pracují ~ pracujou, pijí ~ pijou; klukovi ~ kluku, manželovi ~ manželi*."""
    for verb in _verbs():
        first, they = verb.persons["sg1"], verb.persons["pl3"]
        if first.endswith("ji"):
            yield from _both(first, first[:-1] + "u")
            if they.endswith("jí"):
                yield from _both(they, they[:-1] + "ou")
        elif they.endswith("jí") and verb.persons["sg3"].endswith("je"):
            yield from _both(they, they[:-1] + "ou")
    for noun in (*(pair.m for pair in lexicon().nouns), *lexicon().people):
        for case in ("dat_sg", "loc_sg"):
            form, genitive = noun.forms[case], noun.forms["gen_sg"]
            if noun.gender == "m" and form.endswith("ovi") and genitive[-1] in "ae":
                yield from _both(form, form[:-3] + ("u" if genitive[-1] == "a" else "i"))
            elif noun.gender == "m" and form.endswith("i") and genitive[-1] == "e":
                yield from _both(form, form[:-1] + "ovi")


def _both(one: str, other: str) -> Iterator[tuple[str, str]]:
    yield one, other
    yield other, one


def _verbs() -> Iterator[Verb]:
    book = lexicon()
    yield from (*book.verbs.values(), *book.people_verbs, *book.main_verbs.values())


@cache
def _instrumentals() -> dict[str, str]:
    nouns = (pair.of(gender) for pair in lexicon().nouns for gender in ("m", "f"))
    return {noun.forms["nom_sg"].lower(): noun.forms["ins_sg"].lower() for noun in nouns}
