"""Looking words up by their form, all from the lexicon: what gender it shows, and the same word in the other gender."""

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
    return _nouns().get(form) or _nouns().get(form.lower())


def noun_twin(form: str) -> str | None:
    """The Czech noun of the other gender: kluk → holka, None if `form` is no nominative of a known noun."""
    return _noun_twins().get(form) or _noun_twins().get(form.lower())


def english_twin(word: str) -> str | None:
    """The English word for the other gender: boy → girl, his → her, he → she; None if the word has no gender."""
    return _english().get(word) or _english().get(word.lower())


def english_gender(word: str) -> Gender | None:
    """The gender that an English word fixes: boy → "m", she → "f", teacher → None."""
    genders = _english_genders()
    return genders.get(word) or genders.get(word.lower())


def czech_nouns(english: str) -> frozenset[str]:
    """Every form, in any case, of the Czech nouns that an English noun may be: boy → kluk, kluka, chlapec … (lower case)."""
    return _czech_nouns().get(english.lower(), frozenset())


@cache
def proper() -> frozenset[str]:
    """Words of both languages that keep their capital inside a sentence: I, Sunday, Prague, Praze, Angličan."""
    book = lexicon()
    words: set[str] = {"I"}
    for pair in book.nouns:
        for entry in (pair.m, pair.f):
            words.update(entry.english, *(form.split() for form in entry.forms.values()))
    for adverbial in book.adverbials.values():
        words.update(adverbial.english, adverbial.czech)
    for verb in book.verbs.values():
        for complement in verb.complements.values():
            words.update(complement.english, complement.czech)
    for name in book.names:
        words.update(form for column, form in name.items() if column != "gender")
    return frozenset(word for word in words if word[:1].isupper())


@cache
def _agreeing() -> dict[str, tuple[Gender, str]]:
    book = lexicon()
    verbs = [*book.verbs.values(), *book.people_verbs, *book.main_verbs.values()]
    sources = [book.forms[slot] for slot in _SLOTS]
    sources += [verb.past for verb in verbs]
    sources += [adjective.nom for adjective in book.adjectives.values()]
    found: dict[str, tuple[Gender, str]] = {}
    for forms in sources:
        found[forms["m"]] = ("m", forms["f"])
        found[forms["f"]] = ("f", forms["m"])
    return found


@cache
def _nouns() -> dict[str, NounForm]:
    return {e.lemma: NounForm(e.lemma, e.gender) for pair in lexicon().nouns for e in (pair.m, pair.f)}


@cache
def _noun_twins() -> dict[str, str]:
    twins: dict[str, str] = {}
    for pair in lexicon().nouns:
        twins |= {pair.m.lemma: pair.f.lemma, pair.f.lemma: pair.m.lemma}
    return twins


@cache
def _czech_nouns() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for pair in lexicon().nouns:
        for entry in (pair.m, pair.f):
            name = " ".join(entry.english).lower()
            found[name] = found.get(name, frozenset()) | {form.lower() for form in entry.forms.values()}
    return found


@cache
def _english() -> dict[str, str]:
    twins = {"he": "she", "she": "he", "his": "her", "her": "his", "himself": "herself", "herself": "himself"}
    for pair in lexicon().nouns:
        if pair.section == "fixed":
            m, f = " ".join(pair.m.english), " ".join(pair.f.english)
            twins |= {m: f, f: m}
    return twins


@cache
def _english_genders() -> dict[str, Gender]:
    found: dict[str, Gender] = {"he": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "herself": "f"}
    for pair in lexicon().nouns:
        if pair.section == "fixed":
            found |= {" ".join(pair.m.english): "m", " ".join(pair.f.english): "f"}
    return found
