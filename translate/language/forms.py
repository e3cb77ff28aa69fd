"""Looking words up by their form, all from the lexicon: what gender it shows, and the same word in the other gender."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, TypeVar

from translate.language.lexicon import lexicon
from translate.language.words import Gender, GenderedNoun

T = TypeVar("T")

# Slots of pronouns.tsv whose nominatives show the gender of a noun elsewhere; každý is not among them, since the
# adverbials každý den, každou neděli have it.
_SLOTS = ("který nom", "rád", "nerad", "můj nom", "tvůj nom", "sám nom", "jeden nom", "ten nom")


class NounForm(NamedTuple):
    """A noun in the nominative singular."""

    lemma: str
    gender: Gender


def gender_of(form: str) -> Gender | None:
    """The gender that an agreeing Czech word shows (která → "f"), None if it shows none. Case does not matter."""
    entry = _agreeing().get(form.lower())
    return entry[0] if entry else None


def twin(form: str) -> str | None:
    """The same agreeing Czech word in the other gender: která → který, zpíval → zpívala; None if there is none."""
    entry = _agreeing().get(form.lower())
    return entry[1] if entry else None


def noun(form: str) -> NounForm | None:
    """The gendered Czech noun whose nominative singular is `form`, None if there is none."""
    return _as_written(_nouns(), form)


def noun_twin(form: str) -> str | None:
    """The Czech noun of the other gender: kluk → holka, None if `form` is no nominative of a known noun."""
    return _as_written(_noun_twins(), form)


def english_twin(word: str) -> str | None:
    """The English word for the other gender: boy → girl, his → her, he → she; None if the word has no gender."""
    return _as_written(_english_twins(), word)


def english_gender(word: str) -> Gender | None:
    """The gender that an English word fixes: boy → "m", she → "f", teacher → None."""
    return _as_written(_english_genders(), word)


def czech_nouns(english: str) -> frozenset[str]:
    """The Czech nouns that an English noun may be, in all their forms and lower case: boy → kluk, kluka, chlapec …"""
    return _czech_nouns().get(english.lower(), frozenset())


def _as_written(table: dict[str, T], word: str) -> T | None:
    """What `table` has for `word`, or else for the word in lower case."""
    return table.get(word) or table.get(word.lower())


@cache
def proper() -> frozenset[str]:
    """Words of both languages that keep their capital inside a sentence: I, Sunday, Prague, Praze, Angličan."""
    book = lexicon()
    words: set[str] = {"I"}
    for noun in _gendered_nouns():
        words.update(noun.english, *(form.split() for form in noun.forms.values()))
    for adverbial in book.adverbials.values():
        words.update(adverbial.english, adverbial.czech)
    for verb in book.verbs.values():
        for complement in verb.complements.values():
            words.update(complement.english, complement.czech)
    for name in book.names:
        words.update(form for column, form in name.items() if column != "gender")
    return frozenset(word for word in words if word[:1].isupper())


def _gendered_nouns() -> Iterator[GenderedNoun]:
    for pair in lexicon().nouns:
        yield from (pair.m, pair.f)


@cache
def _agreeing() -> dict[str, tuple[Gender, str]]:
    book = lexicon()
    verbs = [*book.verbs.values(), *book.people_verbs, *book.main_verbs.values()]
    sources = [book.forms[slot] for slot in _SLOTS]
    sources += [verb.past for verb in verbs]
    sources += [adjective.nom for adjective in book.adjectives.values()]
    agreeing: dict[str, tuple[Gender, str]] = {}
    for forms in sources:
        agreeing[forms["m"]] = ("m", forms["f"])
        agreeing[forms["f"]] = ("f", forms["m"])
    return agreeing


@cache
def _nouns() -> dict[str, NounForm]:
    return {noun.lemma: NounForm(noun.lemma, noun.gender) for noun in _gendered_nouns()}


@cache
def _noun_twins() -> dict[str, str]:
    twins: dict[str, str] = {}
    for pair in lexicon().nouns:
        twins |= {pair.m.lemma: pair.f.lemma, pair.f.lemma: pair.m.lemma}
    return twins


@cache
def _czech_nouns() -> dict[str, frozenset[str]]:
    nouns: dict[str, frozenset[str]] = {}
    for noun in _gendered_nouns():
        name = " ".join(noun.english).lower()
        nouns[name] = nouns.get(name, frozenset()) | {form.lower() for form in noun.forms.values()}
    return nouns


@cache
def _english_pairs() -> list[tuple[str, str]]:
    """The masculine and the feminine of every English word that fixes a gender."""
    nouns = [
        (" ".join(pair.m.english), " ".join(pair.f.english)) for pair in lexicon().nouns if pair.section == "fixed"
    ]
    return [("he", "she"), ("his", "her"), ("himself", "herself"), *nouns]


@cache
def _english_twins() -> dict[str, str]:
    twins: dict[str, str] = {}
    for masculine, feminine in _english_pairs():
        twins |= {masculine: feminine, feminine: masculine}
    return twins


@cache
def _english_genders() -> dict[str, Gender]:
    genders: dict[str, Gender] = {}
    for masculine, feminine in _english_pairs():
        genders |= {masculine: "m", feminine: "f"}
    return genders
