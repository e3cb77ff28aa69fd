"""Looking words up by their form, all from the lexicon: what gender it shows, and the same word in the other gender."""

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
