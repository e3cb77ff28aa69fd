"""The words of the lexicon as typed, frozen things.

Rows are compared by identity (`eq=False`): each exists once, and using one as a dictionary key costs nothing.
"""

from dataclasses import dataclass
from typing import Literal

Gender = Literal["m", "f"]
Number = Literal["sg", "pl"]
Case = Literal["nom", "gen", "dat", "acc", "loc", "ins", "voc"]
# The conditional is among them because a predicate has it in place of a tense.
Tense = Literal["present", "past", "future", "conditional"]
Section = Literal["fixed", "ambiguous"]
VerbKind = Literal["like", "pers", "main"]
GENDERS: tuple[Gender, Gender] = ("m", "f")


def opposite(gender: Gender) -> Gender:
    """The other gender."""
    return "f" if gender == "m" else "m"


@dataclass(frozen=True, slots=True, eq=False)
class GenderedNoun:
    """One noun of a pair, or a name: its English words, its gender and its Czech forms by case.

    `tells`: whether the English shows the gender, as *actress* does and *teacher* does not.
    """

    english: tuple[str, ...]
    gender: Gender
    lemma: str
    forms: dict[str, str]
    tells: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class NounPair:
    """Two nouns that differ in gender alone. In the section "ambiguous" English has one word for both."""

    section: Section
    m: GenderedNoun
    f: GenderedNoun

    def of(self, gender: Gender) -> GenderedNoun:
        """The noun of this pair with `gender`."""
        return self.m if gender == "m" else self.f


@dataclass(frozen=True, slots=True, eq=False)
class Adjective:
    """An adjective: `nom["m"]` is šťastný, `nom["f"]` šťastná; a soft one is the same in both genders: nervózní.

    `forms["f_acc"]` is the feminine accusative singular, `forms["m_nom_pl"]` the masculine nominative plural.
    """

    english: tuple[str, ...]
    nom: dict[Gender, str]
    forms: dict[str, str]
    kind: Literal["hard", "suppletive", "soft"] = "hard"


@dataclass(frozen=True, slots=True, eq=False)
class Complement:
    """What completes a verb: money = peníze (accusative)."""

    english: tuple[str, ...]
    czech: tuple[str, ...]
    case: str


@dataclass(frozen=True, slots=True, eq=False)
class Verb:
    """A verb; `past["f"]` is zpívala, `persons["pl1"]` zpíváme, `reflexive` se, si or nothing.

    `complements` maps the English words of each known complement to it; "" stands for none. A verb that is never
    without one (play football = hrát fotbal) has its Czech part under "" itself.
    """

    kind: VerbKind
    english: tuple[str, ...]
    english_forms: dict[str, str]
    infinitive: str
    reflexive: Literal["", "se", "si"]
    aspect: Literal["ipf", "pf"]
    persons: dict[str, str]
    past: dict[Gender, str]
    past_plural: dict[Gender, str]
    object_case: str
    environment: str
    complements: dict[str, Complement]


@dataclass(frozen=True, slots=True, eq=False)
class Adverbial:
    """An adverbial that names nobody of either gender: in the garden = na zahradě."""

    english: tuple[str, ...]
    czech: tuple[str, ...]
    type: str
    environment: str
    mid: bool


@dataclass(frozen=True, slots=True, eq=False)
class Attractor:
    """An adverbial with a gendered noun: with his/her sister = se svou sestrou.

    `subject` is the gender of those of whom it can be said: only men have a wife here.
    """

    english: tuple[str, ...]
    determiner: Literal["own", "the"]
    noun: GenderedNoun
    czech: tuple[str, ...]
    type: str
    subject: Literal["any", "m", "f"]

    @property
    def name(self) -> str:
        """How grammars name it: "with own sister", "next to the man"."""
        return " ".join((*self.english, self.determiner, *self.noun.english))


@dataclass(frozen=True, slots=True, eq=False)
class Participle:
    """The short participle of a passive: praised = pochválen, pochválena; in the plural pochváleni, pochváleny."""

    english: str
    singular: dict[Gender, str]
    plural: dict[Gender, str]


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    """A personal pronoun of English; `gender` is None where the pronoun does not tell it."""

    english: str
    person: int
    number: Number
    gender: Gender | None
    be: dict[Tense, str]
    possessive: str
    object: str


@dataclass(frozen=True, slots=True, eq=False)
class Conjunction:
    """A conjunction; `comma`: "before" always, "none" only where an embedded clause has to be closed."""

    english: str
    czech: tuple[str, ...]
    comma: Literal["before", "none"]
    hosts_clitics: bool


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All tables.

    `forms` and `plural_forms` map a slot ("který nom", "rád", "můj acc") to its forms in the singular and the plural.
    `people` are the names, as nouns without a plural; `plurals` the irregular English plurals.
    """

    nouns: tuple[NounPair, ...]
    adjectives: dict[str, Adjective]
    verbs: dict[str, Verb]
    people_verbs: tuple[Verb, ...]
    main_verbs: dict[str, Verb]
    adverbials: dict[str, Adverbial]
    attractors: dict[str, Attractor]
    forms: dict[str, dict[Gender, str]]
    plural_forms: dict[str, dict[Gender, str]]
    persons: dict[str, Person]
    conjunctions: dict[str, Conjunction]
    articles: dict[str, str]
    people: tuple[GenderedNoun, ...]
    participles: dict[str, Participle]
    plurals: dict[str, str]

    def noun(self, english: str) -> NounPair:
        """The pair whose masculine or feminine English word is `english`; "boy=chlapec" picks among several.

        Raises `KeyError` if there is none.
        """
        word, _, czech = english.partition("=")
        for pair in self.nouns:
            named = word in (" ".join(pair.m.english), " ".join(pair.f.english))
            if named and czech in ("", pair.m.lemma, pair.f.lemma):
                return pair
        raise KeyError(english)
