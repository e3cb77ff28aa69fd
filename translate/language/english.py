"""A sentence in English, and where in it the gendered nouns stand."""

from functools import cache, lru_cache
from typing import NamedTuple

from translate.language.clause import Active, Clause, Copular, Liking, NounPhrase, Sentence
from translate.language.lexicon import lexicon
from translate.language.words import Adverbial, Attractor, Gender, Person

_POSSESSIVE: dict[Gender, str] = {"m": "his", "f": "her"}
# (tense, negative) → what stands before the infinitive.
_LIKES = {
    ("present", False): ("likes", "to"),
    ("present", True): ("does", "not", "like", "to"),
    ("past", False): ("liked", "to"),
    ("past", True): ("did", "not", "like", "to"),
}


class EnglishText(NamedTuple):
    """`words` as people write them but for the capital of the first; `nouns`: the position of each gendered noun."""

    words: list[str]
    nouns: list[int]


def speak(sentence: Sentence) -> EnglishText:
    """`sentence` in English. The positions in `nouns` come in the order of `czech.speak(sentence).nouns`."""
    spoken = EnglishText([], [])
    for index, clause in enumerate(sentence.clauses):
        if index:
            conjunction, comma = sentence.links[index - 1]
            if comma:
                spoken.words.append(",")
            if conjunction is not None:
                spoken.words.append(conjunction.english)
        _clause(spoken, clause)
    if sentence.stop:
        spoken.words.append(".")
    return spoken


@cache
def article(word: str) -> str:
    """The indefinite article before `word`: by its first letter, unless the lexicon knows better."""
    return lexicon().articles.get(word) or ("an" if word[0] in "aeiouAEIOU" else "a")


def _clause(spoken: EnglishText, clause: Clause) -> None:
    subject = clause.subject
    if isinstance(subject, Person):
        spoken.words.append(subject.english)
    else:
        _noun_phrase(spoken, subject)
    if isinstance(clause, Active):
        _liking(spoken, clause.predicate, subject.noun.gender)
    else:
        _copula(spoken, clause)


def _copula(spoken: EnglishText, clause: Copular) -> None:
    person = clause.subject if isinstance(clause.subject, Person) else lexicon().persons["he"]
    spoken.words.append(person.be[clause.tense])
    if isinstance(clause.complement, NounPhrase):
        _noun_phrase(spoken, clause.complement)
    else:
        spoken.words.extend(clause.complement.english)


def _noun_phrase(spoken: EnglishText, phrase: NounPhrase) -> None:
    words = spoken.words
    described = phrase.adjective.english + phrase.noun.english if phrase.adjective else phrase.noun.english
    words.append(article(described[0]) if phrase.determiner == "a" else phrase.determiner)
    words.extend(described)
    spoken.nouns.append(len(words) - 1)
    if phrase.relative is not None:
        words.append("who")
        _liking(spoken, phrase.relative, phrase.noun.gender)


def _liking(spoken: EnglishText, liking: Liking, gender: Gender) -> None:
    predicate, base = _predicate(liking, gender), len(spoken.words)
    spoken.words.extend(predicate.words)
    for offset in predicate.nouns:
        spoken.nouns.append(base + offset)


@lru_cache(maxsize=60_000)
def _predicate(liking: Liking, gender: Gender) -> EnglishText:
    """*likes to read books in the garden*, with positions from its start; many sentences share one."""
    spoken = EnglishText([], [])
    for adverbial in liking.mid:
        _adverbial(spoken, adverbial, gender)
    words = spoken.words
    words.extend(_LIKES[liking.tense, liking.negative])
    words.extend(liking.verb.english)
    words.extend(liking.complement.english)
    for adverbial in liking.final:
        _adverbial(spoken, adverbial, gender)
    return spoken


def _adverbial(spoken: EnglishText, adverbial: Adverbial | Attractor, gender: Gender) -> None:
    words = spoken.words
    words.extend(adverbial.english)
    if isinstance(adverbial, Attractor):
        words.append(_POSSESSIVE[gender] if adverbial.determiner == "own" else "the")
        words.extend(adverbial.noun.english)
        spoken.nouns.append(len(words) - 1)
