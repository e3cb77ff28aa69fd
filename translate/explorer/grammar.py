"""What the page knows of the words: genders, agreeing forms, twins, and an English gloss for each Czech word."""

from collections.abc import Iterable

from translate.language import forms
from translate.language.english import article
from translate.language.lexicon import lexicon

# Words that no table of the lexicon glosses by themselves.
_SMALL = {
    ",": "", ".": "", "je": "is", "to": "it, that", "jsem": "(I) am", "jsi": "(you) are", "byl": "was", "byla": "was",
    "a": "and", "ale": "but", "v": "in", "ve": "in", "s": "with", "se": "oneself (reflexive); with", "si": "oneself (reflexive)",
    "o": "at, about", "po": "after", "u": "at, by", "na": "in, on", "vedle": "next to", "bez": "without",
    "rád": "gladly (likes to)", "ráda": "gladly (likes to)", "nerad": "not gladly (does not like to)",
    "nerada": "not gladly (does not like to)", "který": "who", "která": "who", "můj": "my", "moje": "my",
    "tvůj": "your", "tvoje": "your", "svým": "his/her own (with …)", "svou": "his/her own (with …)", "den": "day",
    "každý": "every", "přáteli": "friends (with …)", "dopisy": "letters", "fotbal": "football", "není": "is not", "nebyl": "was not",
}  # fmt: skip


def agreeing(words: Iterable[str]) -> dict[str, dict]:
    """By form in lower case: its gender, whether it is a "noun" or "agrees", and the other gender's form."""
    found = {}
    for word in words:
        noun, twin = forms.noun(word), forms.noun_twin(word)
        if noun and twin:
            found[word.lower()] = {"gender": noun.gender, "kind": "noun", "other": twin}
        elif forms.gender_of(word) and forms.twin(word):
            found[word.lower()] = {"gender": forms.gender_of(word), "kind": "agrees", "other": forms.twin(word)}
    return found


def genders(source: Iterable[str], target: Iterable[str]) -> dict[str, dict[str, str]]:
    """The words of each language that fix a gender: {"en": {"boy": "m", …}, "cs": {"kluk": "m", …}}."""
    english = {word: forms.english_gender(word) for word in source}
    czech = {word: noun.gender for word in target if (noun := forms.noun(word))}
    return {"en": {word: gender for word, gender in english.items() if gender}, "cs": czech}


def twins(words: Iterable[str]) -> dict[str, str]:
    """The English words of the vocabulary that have one of the other gender, and which: boy → girl."""
    words = set(words)
    return {word: twin for word in sorted(words) if (twin := forms.english_twin(word)) and twin in words}


def taking_an(words: Iterable[str]) -> list[str]:
    """Those of `words` before which English says *an*."""
    return [word for word in words if article(word) == "an"]


def glosses(words: Iterable[str]) -> dict[str, str]:
    """An English gloss by Czech word, for as many of `words` as the lexicon knows."""
    known = _from_lexicon()
    return {word: gloss for word in words if (gloss := known.get(word) or known.get(word.lower()))}


def _from_lexicon() -> dict[str, str]:
    book, found = lexicon(), dict(_SMALL)

    def add(czech: str, english: str) -> None:
        found.setdefault(czech, english)

    for pair in book.nouns:
        for noun in (pair.m, pair.f):
            for form in noun.forms.values():
                add(form, " ".join(noun.english))
    for english, adjective in book.adjectives.items():
        for form in (*adjective.nom.values(), *adjective.forms.values()):
            add(form, english)
    for verb in (*book.verbs.values(), *book.people_verbs, *book.main_verbs.values()):
        name = " ".join(verb.english)
        add(verb.infinitive, f"to {name}")
        for person in verb.persons.values():
            add(person, verb.english_forms.get("en_3sg", name))
        for form in (*verb.past.values(), *verb.past_plural.values()):
            add(form, verb.english_forms.get("en_past", name))
        for complement in verb.complements.values():
            _phrase(complement.czech, complement.english, add)
    for adverbial in book.adverbials.values():
        _phrase(adverbial.czech, adverbial.english, add)
    return found


def _phrase(czech: tuple[str, ...], english: tuple[str, ...], add) -> None:
    """A phrase's one word gets its gloss; the words of a longer one say of what they are a part."""
    gloss = " ".join(english)
    for word in czech if gloss else ():
        add(word, gloss if len(czech) == 1 else f"in “{' '.join(czech)}”: {gloss}")
