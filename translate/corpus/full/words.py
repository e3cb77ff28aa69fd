"""Which words of the lexicon the whole grammar draws, sorted by what they can be said of."""

from collections.abc import Collection
from functools import cache

from translate.language.lexicon import lexicon
from translate.language.words import (
    GENDERS,
    Adjective,
    Adverbial,
    Complement,
    Gender,
    GenderedNoun,
    NounPair,
)

# One English pair, one Czech pair: chlapec and dívka are the literary boy and girl.
_SYNONYMS = ("chlapec",)
_RELATIONS = (
    *("brother", "father", "dad", "daddy", "son", "grandfather", "grandson", "uncle", "nephew", "husband"),
    *("boyfriend", "stepfather", "father-in-law", "son-in-law", "brother-in-law", "godfather"),
)
_AMBIGUOUS_RELATIONS = ("friend", "neighbour", "cousin", "colleague", "classmate", "teacher", "doctor", "coach")
_SPOUSES = ("husband", "boyfriend")
# What people come to, not what they are doing: without a complement, and of any person.
_EVENTS = ("come", "leave", "return", "fall asleep", "wake up", "win", "get lost", "fall ill", "lie", "cry", "wait")
_STATES = ("lie", "cry", "wait")
# Said with that; "say" alone is also said of a quotation.
_SAYING = ("say", "think", "know (a fact)", "believe", "admit", "hope")
_TELLING = ("say", "reply", "add", "whisper", "shout", "answer", "exclaim", "admit", "explain", "sigh", "think")


class Pools:
    """The words to draw from; `barred` noun pairs are left out of all but the simplest constructions."""

    def __init__(self, barred: Collection[NounPair] = (), only: Collection[NounPair] = ()) -> None:
        book = lexicon()
        pairs = [pair for pair in book.nouns if pair.m.lemma not in _SYNONYMS and pair not in barred]
        if only:
            pairs = [pair for pair in pairs if pair in only]
        fixed = [pair for pair in pairs if pair.section == "fixed"]
        self.fixed = _by_gender(fixed)
        self.ambiguous = _by_gender([pair for pair in pairs if pair.section == "ambiguous"] or fixed)
        self.names: dict[Gender, list[GenderedNoun]] = {
            gender: [name for name in book.people if name.gender == gender] for gender in GENDERS
        }
        self.relations = _by_gender([book.noun(word) for word in _RELATIONS])
        self.ambiguous_relations = _by_gender([book.noun(word) for word in _AMBIGUOUS_RELATIONS])
        self.spouses = {noun for word in _SPOUSES for noun in (book.noun(word).m, book.noun(word).f)}
        self.adjectives: list[Adjective] = list(book.adjectives.values())
        self.like = list(book.verbs.values())
        self.complements = {verb: list(verb.complements.values()) for verb in self.like}
        self.things = _things()
        self.events = [book.main_verbs[word] for word in _EVENTS]
        self.states = [book.main_verbs[word] for word in _STATES]
        self.saying = [book.main_verbs[word] for word in _SAYING]
        self.says = book.main_verbs["say (habitually)"]
        self.telling = [book.main_verbs[word] for word in _TELLING]
        # Half of these verbs are perfective: they have no habitual present, and nobody likes to find somebody.
        self.people = list(book.people_verbs)
        self.lasting = [verb for verb in book.people_verbs if verb.aspect == "ipf"]
        # English says *helped* for both: of one act in the past it is taken as pomohl.
        helps, helped = (next(v for v in self.people if v.infinitive == word) for word in ("pomáhat", "pomoct"))
        self.once = {helps: helped}
        self.direct = [verb for verb in self.people if verb.object_case == "acc"]

    def adverbials(self, kind: str, environment: str, mid: bool) -> list[Adverbial]:
        """The adverbials of `kind` (time, place or company) that fit a verb of `environment`."""
        return _adverbials(kind, environment, mid)


def _by_gender(pairs: list[NounPair]) -> dict[Gender, list[GenderedNoun]]:
    return {gender: [pair.of(gender) for pair in pairs] for gender in GENDERS}


@cache
def _adverbials(kind: str, environment: str, mid: bool) -> list[Adverbial]:
    kinds = {"time": ("time", "frequency"), "once": ("time",)}.get(kind, (kind,))
    if kind == "time" and not mid:
        kinds = (*kinds, "duration")
    return [
        adverbial
        for adverbial in lexicon().adverbials.values()
        if adverbial.type in kinds
        and (adverbial.mid or not mid)
        and (kind != "place" or "any" in (environment, adverbial.environment) or adverbial.environment == environment)
    ]


@cache
def _things() -> list[Complement]:
    """What one can like: the accusatives of all verbs that are things and no people, each once."""
    things: dict[str, Complement] = {}
    for verb in lexicon().verbs.values():
        for english, complement in verb.complements.items():
            plain = english and complement.case == "acc" and not english.startswith(("about ", "the ", "to the "))
            if plain and english not in ("people", "a lot"):
                bare = english.removeprefix("to ")  # listen to music, like music
                things.setdefault(bare, Complement(tuple(bare.split()), complement.czech, complement.case))
    return list(things.values())
