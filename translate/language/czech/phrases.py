"""Czech noun phrases in every case, prepositions that change their shape, pronouns and adverbials."""

from functools import cache
from typing import NamedTuple

from translate.language.czech.verbs import inflected, joined
from translate.language.lexicon import lexicon
from translate.language.meaning import Adverbials, Beside, Both, NounPhrase, Pronoun, Referent, Somebody
from translate.language.utterance import Fragment, Utterance
from translate.language.words import Adjective, Adverbial, Case, Gender, GenderedNoun, Number, opposite

Words = tuple[str, ...]
_SLOT_OF = {"my": "můj", "your": "tvůj", "our": "náš"}
# Person and number of the owner; where that is the subject, Czech says svůj.
_OWN: dict[str, tuple[int, Number]] = {"my": (1, "sg"), "your": (2, "sg"), "our": (1, "pl")}
# Before these, k, s and v take a vowel; s before what sounds like it, v before what sounds like that.
_VOCALISED = {
    "s": ("s", "z", "š", "ž", "kt", "ps", "vš", "vz", "mn"),
    "k": ("k", "g", "kt"),
    "v": ("v", "f", "šk", "měs", "kt"),
}


# How pronouns.tsv calls a personal pronoun by its person; those of the first two show no gender.
_STRESSED = {(1, "sg"): "já", (2, "sg"): "ty", (1, "pl"): "my", (2, "pl"): "vy"}
_BASE = {1: "já", 2: "ty", 3: "on/ona"}


class Governed(NamedTuple):
    """What a verb wants: a case, perhaps after a preposition ("na+acc")."""

    preposition: str
    case: Case


@cache
def governed(by: str) -> Governed:
    """The reading of `Verb.object_case`: "dat", "s+ins"."""
    preposition, _, case = by.rpartition("+")
    for known in ("gen", "dat", "acc", "loc", "ins"):
        if case == known:
            return Governed(preposition, known)
    raise ValueError(f'"{by}" is no case')


@cache
def preposition(word: str, before: str) -> Words:
    """*s* or *se*, *k* or *ke*, *v* or *ve*, by the word that follows."""
    if not word:
        return ()
    return (word + "e",) if before.lower().startswith(_VOCALISED.get(word, ("\0",))) else (word,)


def form(slot: str, gender: Gender, number: Number) -> str:
    """A form of pronouns.tsv: form("který acc", "f", "sg") is kterou."""
    book = lexicon()
    return (book.forms if number == "sg" else book.plural_forms)[slot][gender]


@cache
def agreeing(slot: str, kind: str, gender: Gender, number: Number) -> Fragment:
    """The form of `slot` for `gender`, as a word that agrees; one that is alike in both genders agrees with nobody."""
    own, other = form(slot, gender, number), form(slot, opposite(gender), number)
    return inflected({gender: own, opposite(gender): other}, kind, gender) if own != other else Fragment((own,))


@cache
def adjective(word: Adjective, kind: str, case: Case, gender: Gender, number: Number) -> Fragment:
    """*hodný, hodnou, hodní*; a soft adjective shows no gender in the nominative."""
    own, other = (word.forms[f"{g}_{case}" + "_pl" * (number == "pl")] for g in (gender, opposite(gender)))
    return inflected({gender: own, opposite(gender): other}, kind, gender) if own != other else Fragment((own,))


@cache
def _phrase(determiner: str, noun: GenderedNoun, attribute: Adjective | None, case: Case, number: Number) -> Fragment:
    """Determiner, adjective and noun, the noun last."""
    gender, parts = noun.gender, list[Fragment | Words]()
    if determiner in _SLOT_OF:
        parts.append(agreeing(f"{_SLOT_OF[determiner]} {case}", "possessive", gender, number))
    elif determiner == "own":
        parts.append(agreeing(f"svůj {case}", "possessive", gender, number))
    if attribute is not None:
        parts.append(adjective(attribute, "attribute", case, gender, number))
    parts.append((noun.forms[f"{case}_{number}"],))
    return joined(*parts)


def noun_phrase(out: Utterance, phrase: NounPhrase, case: Case = "nom", before: str = "") -> None:
    """*můj hodný bratr*, *se svou sestrou*, without its relative clause; `before`: a preposition."""
    who, noun, owner = phrase.who, phrase.noun, phrase.owner
    determiner = phrase.determiner if owner is None else _determiner(phrase, owner)
    if case not in ("nom", "voc") and _OWN.get(determiner) == out.doer:
        determiner = "own"  # I know my sister: svou sestru
    said = _phrase(determiner, noun, phrase.adjective, case, who.number)
    possessor = _possessor(phrase, case) if owner is not None and phrase.determiner == "his" else None
    first = possessor.words[0] if possessor is not None else said.words[0]
    if before or out.open:
        out.say(preposition(before, first) if before else ())
        out.close(said.words)
    if possessor is not None and owner is not None:
        out.put(possessor, owner.who)
    mention = out.mention(id(phrase), who, noun.lemma, noun.gender, len(said.words) - 1)
    out.put(said, who, mention)


def _determiner(phrase: NounPhrase, owner: Pronoun) -> str:
    """*my* of a known owner is that of the pronoun; *his* stands apart, since it agrees with somebody else."""
    if phrase.determiner == "his":
        return {"I": "my", "you": "your", "we": "our"}.get(owner.person.english, "")
    return phrase.determiner


def _possessor(phrase: NounPhrase, case: Case) -> Fragment | None:
    """*jeho* or *její*, which agree with the owner; *jejich*."""
    owner = phrase.owner
    if owner is None or owner.person.person < 3:
        return None
    if owner.who.number == "pl":
        return Fragment(("jejich",))
    return _his(owner.who.gender, phrase.noun.gender, case)


@cache
def _his(owner: Gender, possessed: Gender, case: Case) -> Fragment:
    hers = form(f"její {case}", possessed, "sg")
    return inflected({"m": "jeho", "f": hers}, "possessor", owner)


def clitic(pronoun: Pronoun, case: Case) -> Fragment:
    """*ho, ji, mu, jí*: an object without a preposition."""
    slot = f"{_BASE[pronoun.person.person]} {case} (clitic)"
    return agreeing(slot, "pronoun", pronoun.who.gender, pronoun.who.number)


def after_preposition(out: Utterance, pronoun: Pronoun, by: Governed) -> None:
    """*s ním, na ni, o něm*."""
    base = _BASE[pronoun.person.person]
    slot = f"{base} loc" if by.case == "loc" else f"{base} {by.case} after prep"
    said = agreeing(slot, "pronoun", pronoun.who.gender, pronoun.who.number)
    out.say(preposition(by.preposition, said.words[0]))
    out.put(said, pronoun.who)


def adverbials(out: Utterance, phrases: Adverbials) -> None:
    """*na zahradě se svou sestrou*; the nouns control nothing here."""
    for adverbial in phrases:
        if isinstance(adverbial, Adverbial):
            out.say(adverbial.czech)
        elif isinstance(adverbial, Beside):
            _beside(out, adverbial)
        else:
            words, noun = adverbial.czech, adverbial.noun
            out.close(words)
            out.mention(id(adverbial), None, noun.lemma, noun.gender, len(words) - 1, "attractor")
            out.say(words)


def _beside(out: Utterance, said: Beside) -> None:
    if isinstance(said.whom, Pronoun):
        after_preposition(out, said.whom, Governed(said.czech, said.case))
    else:
        noun_phrase(out, said.whom, said.case, said.czech)


def relative(case: Case, who: Referent) -> Fragment:
    """*který, kterou, kterým, kteří*."""
    return agreeing(f"který {case}", "relative", who.gender, who.number)


@cache
def whose(owner: Gender, number: Number, possessed: Gender, case: Case) -> Fragment:
    """*jehož, jejíž, jejichž*; that of a woman declines with what she has: *jejíhož bratra*."""
    if number == "pl":
        return Fragment(("jejichž",))
    hers = form(f"její {case}", possessed, "sg") + "ž" if case == "nom" or possessed == "f" else "jejíhož"
    return inflected({"m": "jehož", "f": hers}, "possessor", owner)


def somebody(out: Utterance, who: Somebody, case: Case = "nom", before: str = "") -> None:
    """A noun phrase with its relative clause, or two of them; a pronoun only where it is stressed."""
    if isinstance(who, NounPhrase):
        noun_phrase(out, who, case, before)
        if who.relative is not None:
            out.relate(out, who, who.relative)
    elif isinstance(who, Both):
        somebody(out, who.first, case, before)
        out.say(("a",))
        somebody(out, who.second, case)
        out.latest[who.who] = out.latest[who.second.who]
    elif who.person.person == 3:
        out.put(agreeing("on/ona nom", "pronoun", who.who.gender, who.who.number), who.who)
    else:
        out.say((_STRESSED[who.person.person, who.who.number],))
