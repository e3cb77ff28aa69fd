"""Noun phrases, pronouns, possessives and adverbials of English."""

from functools import cache

from translate.language.lexicon import lexicon
from translate.language.meaning import Adverbials, Beside, Both, NounPhrase, Pronoun, Referent, Somebody
from translate.language.utterance import Utterance
from translate.language.words import Adjective, Adverbial, Gender, GenderedNoun, Number

_POSSESSIVE: dict[Gender, str] = {"m": "his", "f": "her"}


@cache
def article(word: str) -> str:
    """The indefinite article before `word`: by its first letter, unless the lexicon knows better."""
    return lexicon().articles.get(word) or ("an" if word[0] in "aeiouAEIOU" else "a")


@cache
def plural(words: tuple[str, ...]) -> tuple[str, ...]:
    """*boys, wives, policemen*: irregular ones stand in the lexicon, whole or by their end."""
    word, known = words[-1], lexicon().plurals
    ends = [end for end in known if word.endswith(end)]
    if ends:
        end = max(ends, key=len)
        return (*words[:-1], word.removesuffix(end) + known[end])
    if word.endswith(("s", "x", "ch", "sh")):
        return (*words[:-1], word + "es")
    if word.endswith("y") and word[-2] not in "aeiou":
        return (*words[:-1], word[:-1] + "ies")
    return (*words[:-1], word + "s")


def possessive(owner: Pronoun) -> str:
    """*my, your, his, her, our, their*."""
    person = owner.person
    return person.possessive if person.person < 3 or person.number == "pl" else _POSSESSIVE[owner.who.gender]


def noun_phrase(out: Utterance, phrase: NounPhrase) -> None:
    """*a happy boy*, without its relative clause."""
    noun, who, owner = phrase.noun, phrase.who, phrase.owner
    determiner: str = phrase.determiner
    if owner is not None and determiner != "a":
        determiner = possessive(owner)
        if determiner in ("his", "her"):
            out.told.add(owner.who)
            out.mention(id(owner), owner.who, owner.person.english, owner.who.gender, 0)
    words, last = _phrase(determiner, noun, phrase.adjective, who.number)
    out.mention(id(phrase), who, noun.lemma, noun.gender, last)
    if noun.tells:
        out.told.add(who)
    out.words += words


@cache
def _phrase(
    determiner: str, noun: GenderedNoun, adjective: Adjective | None, number: Number
) -> tuple[tuple[str, ...], int]:
    """The words of a noun phrase, and which of them is the last of the noun."""
    words = noun.english if number == "sg" else plural(noun.english)
    behind: tuple[str, ...] = ()
    if adjective is not None and len(adjective.english) > 1:  # *the emperor in love*
        behind = adjective.english
    elif adjective is not None:
        words = adjective.english + words
    if determiner == "a":
        determiner = article(words[0])
    words = (determiner, *words) if determiner else words
    return words + behind, len(words) - 1


def pronoun(out: Utterance, pronoun: Pronoun, form: str | None = None) -> None:
    """*she*; `form`: *her*."""
    if pronoun.person.gender is not None:
        out.told.add(pronoun.who)
        out.mention(id(pronoun), pronoun.who, pronoun.person.english, pronoun.who.gender, 0)
    out.words.append(form or pronoun.person.english)


def adverbials(out: Utterance, phrases: Adverbials, subject: Referent) -> None:
    """*in the garden with his sister*, said of `subject`."""
    for adverbial in phrases:
        out.words += adverbial.english
        if isinstance(adverbial, Adverbial):
            continue
        if isinstance(adverbial, Beside):
            whom = adverbial.whom
            if isinstance(whom, Pronoun):
                pronoun(out, whom, whom.person.object)
            else:
                noun_phrase(out, whom)
        else:
            own = adverbial.determiner == "own"
            if own:
                out.told.add(subject)
            out.words.append(_POSSESSIVE[subject.gender] if own else "the")
            noun = adverbial.noun
            out.mention(id(adverbial), None, noun.lemma, noun.gender, len(noun.english) - 1, "attractor")
            out.words += noun.english


def third_person(somebody: Somebody) -> bool:
    """Whether the verb takes an -s."""
    if isinstance(somebody, Pronoun):
        return somebody.person.person == 3 and somebody.person.number == "sg"
    return somebody.who.number == "sg" and not isinstance(somebody, Both)
