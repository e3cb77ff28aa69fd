"""Looking words up by their form, all from the lexicon: what gender it shows, and the same word in the other gender.

`gender_of`, `twin`, `noun` and `noun_twin` know the nominatives of the singular, in which a form has one twin;
`shown_gender`, `noun_gender` and `family` know every case and number.
"""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from translate.language.lexicon import lexicon
from translate.language.words import Gender

# Slots of pronouns.tsv whose nominatives show the gender of a noun elsewhere; každý is not among them, since the
# adverbials každý den, každou neděli have it.
_SLOTS = ("který nom", "rád", "nerad", "můj nom", "tvůj nom", "sám nom", "jeden nom", "ten nom")


class NounForm(NamedTuple):
    """A noun in the nominative singular."""

    lemma: str
    gender: Gender


class _Gendered(NamedTuple):
    """A form that shows a gender, and the same word in the other one."""

    form: str
    gender: Gender
    twin: str


def gender_of(form: str) -> Gender | None:
    """The gender that an agreeing Czech word shows (která → "f"), None if it shows none. Case does not matter."""
    entry = _agreeing().get(form.lower())
    return entry.gender if entry else None


def twin(form: str) -> str | None:
    """The same agreeing Czech word in the other gender: která → který, zpíval → zpívala; None if there is none."""
    entry = _agreeing().get(form.lower())
    return entry.twin if entry else None


def shown_gender(form: str) -> Gender | None:
    """The gender that an agreeing Czech word shows in its case and number, None if none or either: které, moji."""
    entry = _lookup(form)
    return entry[1] if entry else None


def family(form: str) -> str:
    """One spelling for all forms of a noun or an agreeing word in both genders: kterou → který, holce → kluk."""
    entry = _lookup(form)
    if entry is None:
        entry = _all_nouns().get(form) or _all_nouns().get(form.lower())
    return entry[0] if entry else form.lower()


def noun_gender(form: str) -> Gender | None:
    """The gender of a Czech noun or name in any case and number; None of other words, and where it may be either."""
    entry = _all_nouns().get(form) or _all_nouns().get(form.lower())
    return entry[1] if entry else None


def noun(form: str) -> NounForm | None:
    """The gendered Czech noun whose nominative singular is `form`, None if there is none."""
    entry = _as_written(_nouns(), form)
    return NounForm(entry.form, entry.gender) if entry else None


def noun_twin(form: str) -> str | None:
    """The Czech noun of the other gender: kluk → holka, None if `form` is no nominative of a known noun."""
    entry = _as_written(_nouns(), form)
    return entry.twin if entry else None


def english_twin(word: str) -> str | None:
    """The English word for the other gender: boy → girl, his → her, he → she; None if the word has no gender."""
    entry = _as_written(_english(), word)
    return entry.twin if entry else None


def english_gender(word: str) -> Gender | None:
    """The gender that an English word fixes: boy → "m", she → "f", teacher → None."""
    entry = _as_written(_english(), word)
    return entry.gender if entry else None


def czech_nouns(english: str) -> frozenset[str]:
    """The Czech nouns that an English noun may be, in all their forms and lower case: boy → kluk, kluka, chlapec …"""
    return _czech_nouns().get(english.lower(), frozenset())


def _as_written(table: dict[str, _Gendered], word: str) -> _Gendered | None:
    """What `table` has for `word`, or else for the word in lower case."""
    return table.get(word) or table.get(word.lower())


def _by_form(pairs: Iterable[tuple[str, str]]) -> dict[str, _Gendered]:
    """Each masculine and each feminine form of `pairs`."""
    table: dict[str, _Gendered] = {}
    for masculine, feminine in pairs:
        table[masculine] = _Gendered(masculine, "m", feminine)
        table[feminine] = _Gendered(feminine, "f", masculine)
    return table


@cache
def _agreeing() -> dict[str, _Gendered]:
    book = lexicon()
    verbs = [*book.verbs.values(), *book.people_verbs, *book.main_verbs.values()]
    forms = [book.forms[slot] for slot in _SLOTS]
    forms += [verb.past for verb in verbs]
    forms += [adjective.nom for adjective in book.adjectives.values() if adjective.kind != "soft"]
    forms += [participle.singular for participle in book.participles.values()]
    return _by_form((form["m"], form["f"]) for form in forms)


# What pronouns.tsv has in these slots is of a person; without jí, je and jim, which are verbs and others as well.
_PERSONAL: dict[str, dict[Gender, tuple[str, ...]]] = {
    "on": {"m": ("on", "oni", "ho", "něho", "němu", "něj", "něm", "ním"), "f": ("ona", "ony", "ji", "ní", "ni")},
    "jeho": {"m": ("jeho",), "f": ("její", "jejího", "jejímu", "jejím")},
    "jehož": {"m": ("jehož",), "f": ("jejíž", "jejíhož", "jejímuž", "jejímž")},
}
_DECLINED = ("který", "rád", "nerad", "sám", "ten", "můj", "tvůj", "svůj", "náš")


def _lookup(form: str) -> tuple[str, Gender | None] | None:
    """The family of an agreeing word and the gender it shows; the negative of a verb is looked up without its ne-."""
    form, table = form.lower(), _all_agreeing()
    return table.get(form) or (table.get(form[2:]) if form.startswith("ne") else None)


@cache
def _all_agreeing() -> dict[str, tuple[str, Gender | None]]:
    book = lexicon()
    rows: list[tuple[str, Gender, str]] = []  # family, gender, form
    for name, by_gender in _PERSONAL.items():
        rows += [(name, gender, form) for gender, forms in by_gender.items() for form in forms]
    for slots in (book.forms, book.plural_forms):
        for slot, pair in slots.items():
            if slot.split()[0] in _DECLINED:
                rows += [(slot.split()[0], gender, form) for gender, form in pair.items() if form]
    for adjective in book.adjectives.values():
        rows += [(adjective.nom["m"], "f" if name[0] == "f" else "m", form) for name, form in adjective.forms.items()]
    for verb in (*book.verbs.values(), *book.people_verbs, *book.main_verbs.values()):
        for past in (verb.past, verb.past_plural):
            rows += [(verb.past["m"], gender, form) for gender, form in past.items()]
    for participle in book.participles.values():
        for number in (participle.singular, participle.plural):
            rows += [(participle.singular["m"], gender, form) for gender, form in number.items()]
    return _by_family(rows)


@cache
def _all_nouns() -> dict[str, tuple[str, Gender | None]]:
    book = lexicon()
    rows: list[tuple[str, Gender, str]] = []
    for pair in book.nouns:
        for entry in (pair.m, pair.f):
            rows += [(pair.m.lemma, entry.gender, form) for form in entry.forms.values()]
    for name in book.people:
        rows += [(name.lemma, name.gender, form) for form in name.forms.values()]
    return _by_family(rows)


def _by_family(rows: Iterable[tuple[str, Gender, str]]) -> dict[str, tuple[str, Gender | None]]:
    """For each form its first family, and its gender where it has but one."""
    table: dict[str, tuple[str, Gender | None]] = {}
    for name, gender, form in rows:
        known = table.get(form)
        table[form] = (name, gender) if known is None else (known[0], known[1] if known[1] == gender else None)
    return table


@cache
def _nouns() -> dict[str, _Gendered]:
    return _by_form((pair.m.lemma, pair.f.lemma) for pair in lexicon().nouns)


@cache
def _english() -> dict[str, _Gendered]:
    fixed = [pair for pair in lexicon().nouns if pair.section == "fixed"]
    nouns = [(" ".join(pair.m.english), " ".join(pair.f.english)) for pair in fixed]
    return _by_form([("he", "she"), ("his", "her"), ("himself", "herself"), *nouns])


@cache
def _czech_nouns() -> dict[str, frozenset[str]]:
    forms: dict[str, frozenset[str]] = {}
    for pair in lexicon().nouns:
        for entry in (pair.m, pair.f):
            name = " ".join(entry.english).lower()
            forms[name] = forms.get(name, frozenset()) | {form.lower() for form in entry.forms.values()}
    return forms
