"""The parts of a Czech clause, found with the lexicon alone: what opens it, clitics, rád, adverbials, nouns.

No parser: enough to tell which words may change places. What the lexicon does not know is a part of its own.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from translate.language.lexicon import lexicon
from translate.language.words import GenderedNoun

Kind = Literal["link", "opener", "clitic", "glad", "adverbial", "noun", "role", "word"]
_WOULD = ("by", "bych", "bys", "bychom", "byste")
_AUXILIARIES = ("jsem", "jsi", "jsme", "jste")
_ALWAYS = ("se", "si", "ses", "sis", "ho", "mu", "ji", "mi", "ti", "mě", "tě", *_WOULD)  # jí is a verb as well
_GLAD = frozenset(("rád", "ráda", "rádi", "rády", "nerad", "nerada", "neradi", "nerady"))
_HAVE = ("má", "mám", "máš", "máme", "máte", "mají", "měl", "měla", "měli", "měly")
_OFTEN = ("vždycky", "vždy", "nikdy", "často", "někdy", "obvykle")
_PREPOSITIONS = frozenset(
    ("v", "ve", "s", "se", "k", "ke", "na", "u", "o", "bez", "vedle", "po", "do", "z", "ze", "pro", "před")
)
_AFTER_PREPOSITION = (
    *("něj", "něho", "ni", "ní", "něm", "němu", "ním", "mě", "mně", "mnou", "tebe", "tobě", "tebou"),
    *("nich", "nimi", "nim", "ně", "kterým", "kterou", "kterém"),
)
_OWNERS = (
    *("má", "tvá", "mou", "tvou", "mojí", "tvojí", "svojí", "svoji", "svoje"),
    *("jeho", "její", "jejich", "váš", "vaše"),
)
_LINKS = ("ale",)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words that stay together. subject: of a noun, whether it is in the nominative."""

    kind: Kind
    words: tuple[str, ...]
    subject: bool = False


def chunks(words: tuple[str, ...]) -> list[Chunk]:
    """The parts of one clause, in lower case and without its punctuation."""
    found: list[Chunk] = []
    place = 0
    while place < len(words):
        chunk = _next(words, place, found)
        found.append(chunk)
        place += len(chunk.words)
    return found


def _next(words: tuple[str, ...], place: int, before: list[Chunk]) -> Chunk:
    word = words[place]
    if not any(chunk.kind != "link" for chunk in before):
        if word in _LINKS and not before:
            return Chunk("link", (word,))
        length = _opener(words, place)
        if length:
            return Chunk("opener", words[place : place + length])
        if word == "jako" and (length := _noun(words, place + 1)[0]):
            return Chunk("role", words[place : place + 1 + length])
    if word in _GLAD:
        have = before and before[-1].words[-1].removeprefix("ne") in _HAVE
        return Chunk("word" if have else "glad", (word,))  # má rád is one thing
    length = _phrase(words, place)
    if length:
        return Chunk("adverbial", words[place : place + length])
    if word in _PREPOSITIONS and (length := _after_preposition(words, place)):
        return Chunk("adverbial", words[place : place + 1 + length])
    if word in _ALWAYS or (word in _AUXILIARIES and _has_participle(words)):
        return Chunk("clitic", (word,))
    length, subject = _noun(words, place)
    return Chunk("noun", words[place : place + length], subject) if length else Chunk("word", (word,))


def _opener(words: tuple[str, ...], place: int) -> int:
    """How many words open a dependent clause: *že*, *se kterým*, *jehož sestra*; 0 if none does."""
    if words[place] in _conjunctions():
        return 1
    at = place + (words[place] in _PREPOSITIONS)
    if at < len(words) and words[at] in _relatives():
        if words[at] == "jehož" or words[at].startswith("její"):
            return at - place + 1 + _noun(words, at + 1)[0]
        return at - place + 1
    return 0


def _noun(words: tuple[str, ...], place: int) -> tuple[int, bool]:
    """How many words from `place` are a noun and what stands before it, and whether it is a nominative."""
    end = place
    while end < len(words) and words[end] in _determiners():
        end += 1
    if end < len(words) and words[end] in _nouns():
        return end + 1 - place, words[end] in _nominatives()
    return 0, False


def _after_preposition(words: tuple[str, ...], place: int) -> int:
    """How many words belong to the preposition at `place`; 0 where *se* is no preposition."""
    at = place + 1
    if at < len(words) and words[at] in _AFTER_PREPOSITION and words[place] != "se":
        return 1
    length = _noun(words, at)[0]
    if words[place] == "se":
        return length if length and words[at + length - 1] in _instrumentals() else int(words[at : at + 1] == ("mnou",))
    return length


def _phrase(words: tuple[str, ...], place: int) -> int:
    """How many words from `place` are an adverbial of the lexicon, or a complement that begins with a preposition."""
    for phrase in _phrases().get(words[place], ()):
        if words[place : place + len(phrase)] == phrase:
            return len(phrase)
    return 0


def _has_participle(words: tuple[str, ...]) -> bool:
    return any(word in _participles() or word.removeprefix("ne") in _participles() for word in words)


@cache
def _phrases() -> dict[str, list[tuple[str, ...]]]:
    book = lexicon()
    found = {tuple(word.lower() for word in adverbial.czech) for adverbial in book.adverbials.values()}
    found |= {(word,) for word in _OFTEN}
    for verb in book.verbs.values():
        found |= {
            tuple(word.lower() for word in complement.czech)
            for complement in verb.complements.values()
            if len(complement.czech) > 1 and complement.czech[0] in _PREPOSITIONS
        }
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(found, key=len, reverse=True):
        by_first.setdefault(phrase[0], []).append(phrase)
    return by_first


@cache
def _conjunctions() -> frozenset[str]:
    hosts = {one.czech[0] for one in lexicon().conjunctions.values() if one.hosts_clitics and len(one.czech) == 1}
    persons = {stem + ending for stem in ("kdyby", "aby") for ending in ("", "ch", "s", "chom", "ste")}
    return frozenset(hosts - _relatives() | persons | {"ačkoli", "ačkoliv", "zda", "aby"})


@cache
def _relatives() -> frozenset[str]:
    book = lexicon()
    slots = [*book.forms.items(), *book.plural_forms.items()]
    forms = {form for slot, pair in slots if slot.startswith(("který", "jehož")) for form in pair.values() if form}
    return frozenset(forms | {"jejíhož", "jejímuž", "jejímž"})


@cache
def _determiners() -> frozenset[str]:
    """Adjectives in every form, and possessives."""
    book = lexicon()
    forms = {form for adjective in book.adjectives.values() for form in adjective.forms.values()}
    slots = [*book.forms.items(), *book.plural_forms.items()]
    owners = ("můj", "tvůj", "svůj", "náš", "její", "ten")
    forms |= {form for slot, pair in slots if slot.split()[0] in owners for form in pair.values() if form}
    return frozenset({*forms, *_OWNERS} - {"to"})


def _all() -> list[GenderedNoun]:
    return [*(pair.of(gender) for pair in lexicon().nouns for gender in ("m", "f")), *lexicon().people]


@cache
def _nouns() -> frozenset[str]:
    return frozenset(form.lower() for noun in _all() for form in noun.forms.values() if form)


@cache
def _nominatives() -> frozenset[str]:
    cases = ("nom_sg", "nom_pl")
    return frozenset(noun.forms[case].lower() for noun in _all() for case in cases if noun.forms.get(case))


@cache
def _instrumentals() -> frozenset[str]:
    return frozenset(noun.forms["ins_sg"].lower() for noun in _all()) | {"psem"}


@cache
def _participles() -> frozenset[str]:
    book = lexicon()
    verbs = (*book.verbs.values(), *book.people_verbs, *book.main_verbs.values())
    return frozenset(form for verb in verbs for past in (verb.past, verb.past_plural) for form in past.values())
