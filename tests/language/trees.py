"""Trees of meaning, built by the English words of the lexicon."""

from translate.language.lexicon import lexicon
from translate.language.meaning import (
    Acting,
    Because,
    Being,
    Beside,
    Clause,
    Doing,
    Liking,
    Link,
    NounPhrase,
    Pronoun,
    Referent,
    Saying,
    Sentence,
    Whom,
)

BOOK = lexicon()
ADJECTIVES, MAIN = BOOK.adjectives, BOOK.main_verbs


def noun(word, determiner="the", relative=None, *, gender=None, adjective=None, number="sg", who=None, owner=None):
    """A noun phrase; `gender` picks one of two nouns that English calls alike, `who` the person it is about."""
    name = next((name for name in BOOK.people if name.english == (word,)), None)
    pair = None if name else BOOK.noun(word)
    chosen = gender or (who.gender if who else None) or ("f" if pair and " ".join(pair.f.english) == word else "m")
    if pair and pair.section == "fixed" and not gender:
        chosen = "f" if word.partition("=")[0] == " ".join(pair.f.english) else "m"
    entry = name or pair.of(chosen)
    who = who or Referent(entry.gender, number)
    attribute = ADJECTIVES[adjective] if adjective else None
    return NounPhrase(who, "" if name else determiner, entry, attribute, relative, owner)


def told(word, who, stressed=False):
    """A pronoun for the person of `who`: a gender, a phrase, another pronoun, or the person itself."""
    if isinstance(who, str):
        who = Referent(who, BOOK.persons[word].number)
    return Pronoun(who if isinstance(who, Referent) else who.who, BOOK.persons[word], stressed)


def he_or_she(who, stressed=False):
    """*he* or *she* (*they*), of a phrase."""
    word = "they" if who.who.number == "pl" else "he" if who.who.gender == "m" else "she"
    return told(word, who, stressed)


def where(*names):
    """Adverbials and attractors by name."""
    return tuple(BOOK.adverbials.get(name) or BOOK.attractors[name] for name in names)


def likes(verb, complement="", tense="present", *, mid=(), final=(), negative=False):
    entry = BOOK.verbs[verb]
    return Liking(entry, entry.complements[complement], tense, negative, where(*mid), where(*final))


def does(verb, complement=None, tense="present", *, negative=False, final=(), **more):
    entry = BOOK.verbs.get(verb) if complement is not None else None
    entry = entry or MAIN[verb]
    said = entry.complements[complement] if complement is not None else None
    return Doing(entry, said, tense, negative, where(*final), **more)


def is_(complement, tense="present", **more):
    if isinstance(complement, str):
        first, joint, second = complement.partition(" and ")
        complement = ADJECTIVES[first]
        if joint:
            complement = complement, BOOK.conjunctions["and"], ADJECTIVES[second]
    return Being(complement, tense, **more)


def to_people(verb):
    """What one does to people."""
    return next(entry for entry in BOOK.people_verbs if " ".join(entry.english) == verb)


def meets(verb, whom, tense="present", **more):
    return Acting(to_people(verb), whom, tense, **more)


def whom(verb, subject, tense="present", **more):
    return Whom(to_people(verb), subject, tense, **more)


def says(verb, content, tense="past", **more):
    return Saying(MAIN[verb], content, tense, **more)


def with_own(word, owner):
    """*with her brother*."""
    return Beside(("with",), "s", "ins", noun(word, "own", owner=he_or_she(owner)))


def clause(subject, predicate, **more):
    return Clause("test", subject, predicate, **more)


def because(main, word, dependent, fronted=False):
    return Because("test", main, BOOK.conjunctions[word], dependent, fronted)


def sentence(*clauses, links=(), **more):
    """`links`: pairs of a conjunction ("" for a comma alone) and whether English has a comma before it."""
    return Sentence(clauses, tuple(Link(BOOK.conjunctions.get(word), comma) for word, comma in links), **more)


def says_who(word, gender, predicate, *, number="sg", **more):
    """A sentence about a pronoun."""
    return sentence(clause(told(word, Referent(gender, number)), predicate, **more))


def is_a(word, pronoun, relative=None, tense="present", end="."):
    """*I am a boy who …*"""
    phrase = noun(word, "a", relative)
    return sentence(clause(told(pronoun, phrase), is_(phrase, tense)), end=end)
