"""What the page knows of the words: genders, agreeing forms, twins, and an English gloss for each Czech word."""

import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from translate.doubt import dictionary
from translate.language import forms
from translate.language.english.phrases import article
from translate.language.lexicon import lexicon
from translate.language.words import Gender, Lexicon

Phrase = tuple[str, ...]
_OURS = 0.95
"""The share of a model's English words that the dictionary must have, as for the doubts of the terminal."""
_SILENT = frozenset(("a", "an", "the", "to", "not", "do", "does", "did", "who"))
_GRAMMAR = frozenset(("se", "si", "to"))


def agreeing(words: Iterable[str]) -> dict[str, dict[str, str]]:
    """By form in lower case: its gender, whether it is a "noun" or "agrees", and the other gender's form."""
    known = {}
    for word in words:
        noun, noun_twin = forms.noun(word), forms.noun_twin(word)
        gender, twin = forms.gender_of(word), forms.twin(word)
        if noun and noun_twin:
            known[word.lower()] = {"gender": noun.gender, "kind": "noun", "other": noun_twin}
        elif gender and twin:
            known[word.lower()] = {"gender": gender, "kind": "agrees", "other": twin}
    return known


def genders(source: Iterable[str], target: Iterable[str]) -> dict[str, dict[str, Gender]]:
    """The words of each language that fix a gender: {"en": {"boy": "m", …}, "cs": {"kluk": "m", …}}."""
    english = {word: gender for word in source if (gender := forms.english_gender(word))}
    return {"en": english, "cs": {word: noun.gender for word in target if (noun := forms.noun(word))}}


def twins(words: Iterable[str]) -> dict[str, str]:
    """The English words of the vocabulary that have one of the other gender, and which: boy → girl."""
    words = set(words)
    return {word: twin for word in sorted(words) if (twin := forms.english_twin(word)) and twin in words}


def taking_an(words: Iterable[str]) -> list[str]:
    """Those of `words` before which English says *an*."""
    return [word for word in words if article(word) == "an"]


def counterparts(source: Iterable[str], target: Iterable[str]) -> dict[str, list[str]]:
    """The English words of which one must be there for each Czech word, by its form in lower case: zpívá: sing, sings.

    After the dictionary of the doubts, as far as its phrases are made of the words of `source`. "" among them: the word
    may be grammar and need none (se, si, to). Empty where the dictionary does not have the model's English.
    """
    english = {word.lower() for word in source if word[0].isalpha()}
    if not english or sum(map(dictionary.has_word, english)) < _OURS * len(english):
        return {}
    wanted: dict[str, set[str]] = {}
    for phrase in filter(english.issuperset, dictionary.phrases()):
        said = set(phrase) - _SILENT
        for reading in dictionary.look_up(phrase):
            for form in (*reading.heads, *(form for beside in reading.others for form in beside)):
                wanted.setdefault(form, set()).update(said)
    found = {word.lower(): wanted.get(dictionary.normal(word)) for word in target}
    return {word: sorted(said | {""} if word in _GRAMMAR else said) for word, said in found.items() if said}


def glosses(words: Iterable[str]) -> dict[str, str]:
    """An English gloss by Czech word, for as many of `words` as the lexicon knows."""
    known = tomllib.loads(Path(__file__).with_name("small_words.toml").read_text(encoding="utf-8"))
    for form, english in _of_lexicon(lexicon()):
        known.setdefault(form, english)
    return {word: gloss for word in words if (gloss := known.get(word) or known.get(word.lower()))}


def _of_lexicon(book: Lexicon) -> Iterator[tuple[str, str]]:
    """Every form of the lexicon with its gloss; where a form has several, the first counts."""
    for pair in book.nouns:
        for noun in (pair.m, pair.f):
            yield from ((form, " ".join(noun.english)) for form in noun.forms.values())
    for english, adjective in book.adjectives.items():
        yield from ((form, english) for form in (*adjective.nom.values(), *adjective.forms.values()))
    for verb in (*book.verbs.values(), *book.people_verbs, *book.main_verbs.values()):
        name = " ".join(verb.english)
        yield verb.infinitive, f"to {name}"
        yield from ((form, verb.english_forms.get("en_3sg", name)) for form in verb.persons.values())
        past = verb.english_forms.get("en_past", name)
        yield from ((form, past) for form in (*verb.past.values(), *verb.past_plural.values()))
        for complement in verb.complements.values():
            yield from _of_phrase(complement.czech, complement.english)
    for adverbial in book.adverbials.values():
        yield from _of_phrase(adverbial.czech, adverbial.english)


def _of_phrase(czech: Phrase, english: Phrase) -> Iterator[tuple[str, str]]:
    """A phrase's one word gets its gloss; the words of a longer one say of what they are a part."""
    gloss = " ".join(english)
    for word in czech if gloss else ():
        yield word, gloss if len(czech) == 1 else f"in “{' '.join(czech)}”: {gloss}"
