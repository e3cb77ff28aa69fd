"""What a sentence means, before any language has said it: one tree of plain data, whose types name one another, and so
one file of more than 300 lines.

`english` and `czech` walk the same tree, each alone and in its own order. A `Referent` is somebody spoken of: phrases,
pronouns and predicates about the same person share it, and every Czech word that agrees carries it.

Nothing changes these objects; they are not frozen because that doubles the time of making one, and the generator makes
hundreds of thousands.
"""

from dataclasses import dataclass
from typing import Literal

from translate.language.words import (
    Adjective,
    Adverbial,
    Attractor,
    Case,
    Complement,
    Conjunction,
    Gender,
    GenderedNoun,
    Number,
    Participle,
    Person,
    Tense,
    Verb,
)

# "" is never said; the Czech of *never* negates its verb too.
Frequency = Literal["", "always", "never", "often"]
# How English begins a clause about somebody who is its object; "" for not at all.
Beginning = Literal["whom", "who", "that", ""]
# What stands before the first clause of an answer.
Opening = Literal["", "yes", "no", "but"]
# "his" and "own" are of the phrase's `owner`: "own" where that is the subject of the clause (svůj).
Determiner = Literal["a", "the", "my", "your", "our", "his", "own", ""]


@dataclass(slots=True, eq=False)
class Referent:
    """Somebody, or several, spoken of; the same object is the same person."""

    gender: Gender
    number: Number = "sg"


# --- who is spoken of ------------------------------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class NounPhrase:
    """*a happy boy who likes to read*, *his sister*, *Peter*, *girls*."""

    who: Referent
    determiner: Determiner
    noun: GenderedNoun
    adjective: Adjective | None = None
    relative: "Relative | None" = None
    owner: "Pronoun | None" = None
    loose: bool = False  # English sets its relative clause off by commas: *Clara, who is talented*


@dataclass(slots=True, eq=False)
class Pronoun:
    """*I, you, he, she, we, they*; Czech drops the subject unless it is `stressed` (a contrast)."""

    who: Referent
    person: Person
    stressed: bool = False


@dataclass(slots=True, eq=False)
class Both:
    """*the boy and the girl*."""

    who: Referent
    first: NounPhrase
    second: NounPhrase


Somebody = NounPhrase | Pronoun | Both


@dataclass(slots=True, eq=False)
class Beside:
    """An adverbial about somebody: *with the king*, *without her*; `case` is what the Czech preposition wants."""

    english: tuple[str, ...]
    czech: str
    case: Case
    whom: NounPhrase | Pronoun


Adverbials = tuple[Adverbial | Attractor | Beside, ...]


# --- what is said of them --------------------------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class Liking:
    """*likes to read books in the garden*; `mid` stands between *who* and *likes*, `final` at the end."""

    verb: Verb
    complement: Complement
    tense: Tense = "present"
    negative: bool = False
    mid: Adverbials = ()
    final: Adverbials = ()


@dataclass(slots=True, eq=False)
class Doing:
    """*reads books in the garden*, *returned*, *got lost*."""

    verb: Verb
    complement: Complement | None = None
    tense: Tense = "present"
    negative: bool = False
    final: Adverbials = ()
    used: bool = False  # English: *used to read*
    progressive: bool = False  # English: *is reading*
    perfect: bool = False  # English: *had returned*
    to: Somebody | None = None  # *said to the queen*


@dataclass(slots=True, eq=False)
class Being:
    """*is happy*, *was always tired after dinner*, *is a boy who likes to read*, *is old but strong*."""

    complement: "NounPhrase | Adjective | tuple[Adjective, Conjunction, Adjective]"
    tense: Tense = "present"
    negative: bool = False
    manner: Adverbials = ()  # before the adjective in Czech: *bude po večeři unavená*
    frequency: Frequency = ""


@dataclass(slots=True, eq=False)
class Staying:
    """*is (alone) at home*: sám doma; *is not alone*."""

    place: Adverbial | None
    alone: bool
    tense: Tense = "present"
    negative: bool = False


@dataclass(slots=True, eq=False)
class Fond:
    """*likes tea*: má rád čaj; *likes him*: má ho rád."""

    thing: Complement | Somebody
    tense: Tense = "present"
    negative: bool = False


@dataclass(slots=True, eq=False)
class Acting:
    """*sees the girl*, *likes to praise her*, *invited him to the cinema*."""

    verb: Verb
    object: Somebody
    tense: Tense = "present"
    negative: bool = False
    liking: bool = False
    final: Adverbials = ()


@dataclass(slots=True, eq=False)
class Having:
    """*has a brother who likes to learn*."""

    object: NounPhrase | Both
    tense: Tense = "present"


@dataclass(slots=True, eq=False)
class Becoming:
    """*became a queen*, *would like to become famous*: the complement is an instrumental."""

    complement: NounPhrase | Adjective
    tense: Tense = "past"
    liking: bool = False


@dataclass(slots=True, eq=False)
class Modal:
    """*wants to learn Czech*, *can swim*, *should rest*."""

    verb: Verb
    doing: Doing
    tense: Tense = "present"
    negative: bool = False


@dataclass(slots=True, eq=False)
class Passive:
    """*was praised by her father*, *was found in the forest*."""

    participle: Participle
    agent: NounPhrase | None = None
    tense: Tense = "past"
    place: Adverbial | None = None


@dataclass(slots=True, eq=False)
class Saying:
    """*said that she was tired*, *asked the boy whether he was ill*; after a past English shifts its tense."""

    verb: Verb
    content: "Clause"
    tense: Tense = "past"
    second: "Clause | None" = None  # *… and that she was happy*
    that: bool = True  # whether English says *that*; Czech always says *že*
    whether: bool = False
    negative: bool = False
    whom: Somebody | None = None


@dataclass(slots=True, eq=False)
class Series:
    """*met the boy and invited him to the cinema*."""

    first: "Predicate"
    second: "Predicate"
    conjunction: Conjunction


Predicate = Liking | Doing | Being | Staying | Fond | Acting | Having | Becoming | Modal | Passive | Saying | Series


# --- relative clauses ------------------------------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class Whom:
    """*whom the girl sees*, *with whom my sister works*."""

    verb: Verb
    subject: NounPhrase
    tense: Tense = "present"
    liking: bool = False
    pronoun: Beginning = "whom"
    stranded: bool = False  # *whom my sister works with*


@dataclass(slots=True, eq=False)
class Whose:
    """*whose sister likes to sing*, *whose sister the king knows*."""

    possession: NounPhrase
    said: "Predicate | Whom"


@dataclass(slots=True, eq=False)
class Twice:
    """*who in summer liked to bathe and who in winter liked to skate*: no comma between the two."""

    first: Predicate
    second: Predicate


Relative = Predicate | Whom | Whose | Twice


# --- clauses and sentences -------------------------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class Clause:
    """Somebody and what is said of them; `role`: *as a girl* in front; `opening`: *today*-like adverbial in front."""

    construction: str
    subject: Somebody
    predicate: Predicate
    role: NounPhrase | None = None
    opening: Adverbial | None = None


@dataclass(slots=True, eq=False)
class Because:
    """A main clause and a clause that depends on it: *when the girl is at home, she is happy*."""

    construction: str
    main: Clause
    conjunction: Conjunction
    dependent: Clause
    fronted: bool = False


AnyClause = Clause | Because


@dataclass(frozen=True, slots=True)
class Link:
    """What joins two clauses: a conjunction, or nothing but a comma; `comma`: whether English writes one."""

    conjunction: Conjunction | None
    comma: bool


@dataclass(slots=True, eq=False)
class Sentence:
    """Clauses, the links between them (one fewer), and what ends them: full stop, question mark or nothing.

    `address`: *Peter, you are …*. `opening`: *yes*, *no* or *but* before the first clause.
    """

    clauses: tuple[AnyClause, ...]
    links: tuple[Link, ...] = ()
    end: Literal[".", "?", "!", ""] = "."
    address: NounPhrase | None = None
    address_last: bool = False
    opening: Opening = ""


@dataclass(slots=True, eq=False)
class Quote:
    """*The woman smiled. "I think I am happy," she said.*: `lead` says who speaks, `tag` that they did."""

    lead: AnyClause | None
    sentence: Sentence
    tag: Clause | None = None
    colon: bool = False  # the lead goes on with what is said: *The girl asked: "…"*
    tag_inverted: bool = False  # English: *said the woman*; Czech always says the verb first
    rest: "tuple[Conjunction, Clause] | None" = None  # *"I am fat," he said, "but I like soup."*


@dataclass(slots=True, eq=False)
class Discourse:
    """Sentences and quotes one after the other."""

    parts: tuple[Sentence | Quote, ...]


Meaning = Sentence | Quote | Discourse


def constructions(meaning: Meaning) -> tuple[str, ...]:
    """The construction of each clause, in order."""
    if isinstance(meaning, Sentence):
        return tuple([clause.construction for clause in meaning.clauses])
    if isinstance(meaning, Quote):
        rest = meaning.rest[1] if meaning.rest is not None else None
        lead, tag, more = [
            () if clause is None else (clause.construction,) for clause in (meaning.lead, meaning.tag, rest)
        ]
        return (*lead, *constructions(meaning.sentence), *tag, *more)
    return tuple([name for part in meaning.parts for name in constructions(part)])
