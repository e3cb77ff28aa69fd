"""An English sentence as far as doubt needs it: the words and phrases it is made of, and what is known of each."""

from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from translate.doubt.dictionary import Kind, Reading, knows, look_up, phrases
from translate.doubt.inflection import word_set

Time = Literal["present", "past", "would", "will", "infinitive"]
PRONOUNS: dict[str, tuple[int, bool, str | None]] = {
    "i": (1, False, None),
    "you": (2, False, None),
    "he": (3, False, "m"),
    "she": (3, False, "f"),
    "we": (1, True, None),
    "they": (3, True, None),
}
AUXILIARIES: dict[str, Time] = {
    "do": "present",
    "does": "present",
    "did": "past",
    "will": "will",
    "would": "would",
    "should": "infinitive",
    "used": "past",
}
NOT = frozenset(("not", "never"))
SUBORDINATORS = word_set("because when if whether although though while until so before") | {"so that", "as soon as"}
ENDS = frozenset((".", "!", "?", ":", '"'))
COORDINATORS = frozenset(("and", "but", "or"))
DETERMINERS = word_set("a an the my your his her our their this that two one every")
PREPOSITIONS = word_set("with without about for by of to from at in on near behind between as") | {"next to"}
OBJECTS = frozenset(("me", "you", "him", "her"))
REPORTING = word_set(
    "said thought knew believed admitted hoped wrote told heard forgot asked replied answered added whispered shouted "
    "exclaimed sighed explained agreed say think know believe admit hope write tell hear forget ask"
)
TRANSPARENT = word_set("always often sometimes usually still already also only") | NOT
_BARE = word_set("of at in on by from")


@dataclass(eq=False)
class Person:
    """Somebody whom a clause is about; several words may be about the same one (*I am a boy*).

    number: 1, 2 or 3. gender: as English tells it. nouns: the units that name them.
    """

    word: str
    number: int = 3
    plural: bool = False
    gender: str | None = None
    nouns: list["Unit"] = field(default_factory=list)

    @property
    def shown(self) -> str:
        """The word as it is written."""
        return "I" if self.word == "i" else self.word


@dataclass(eq=False)
class Group:
    """A finite verb and what hangs on it: *does not like to read*."""

    subject: Person | None
    time: Time
    negated: bool = False
    may_be_negated: bool = False  # until: dokud ne-
    names: bool = False  # it says what somebody is: he is a boy
    resumes: bool = False  # it goes on with a clause that a relative clause has interrupted
    units: list["Unit"] = field(default_factory=list)

    def is_of(self, *words: str) -> bool:
        """Whether one of these words is its subject."""
        return self.subject is not None and self.subject.word in words


@dataclass(eq=False)
class Unit:
    """A word or phrase of the sentence, from `start` to `end`. subject: what it is said of, None if unknown."""

    start: int
    end: int
    words: tuple[str, ...]
    readings: list[Reading]
    subject: Person | None = None
    person: Person | None = None  # whom a noun names
    group: Group | None = None
    time: Time | None = None
    attributive: bool = False
    is_subject: bool = False
    is_silent: bool = False

    def be(self, *kinds: Kind) -> bool:
        """Whether it may be of one of these kinds."""
        return any(reading.kind in kinds for reading in self.readings)


@dataclass(eq=False)
class Relative:
    """*who*, *whom*, *whose* at `position`, and whom it is about. certain: it is one, and not *that he …*."""

    position: int
    word: str
    antecedent: Person | None
    certain: bool = True


@dataclass(eq=False)
class English:
    """What was read.

    unknown: positions of words that the dictionary lacks. reported: the position of the first past verb of saying,
    behind which past is Czech present; None without one. contents: how many clauses begin with *that* behind a verb.
    inverts: whether Czech turns a clause round that has another one in it, so that no order can be asked for. dropped:
    how many relative clauses have no pronoun.
    """

    words: list[str]
    units: list[Unit]
    groups: list[Group] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)
    relatives: list[Relative] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    reported: int | None = None
    contents: int = 0
    inverts: bool = False
    dropped: int = 0

    @property
    def prepositions(self) -> int:
        """How many prepositions may have a Czech one that no phrase of the dictionary accounts for."""
        after = (*self.units[1:], None)
        bare = [(unit, follows) for unit, follows in zip(self.units, after, strict=False) if not unit.readings]
        return sum(
            unit.words[0] in _BARE
            or (unit.words[0] == "to" and follows is not None and not follows.be("verb", "be", "modal"))
            for unit, follows in bare
        )

    def is_reported(self, unit: Unit) -> bool:
        """Whether a unit may stand in indirect speech behind a past verb of saying."""
        return self.reported is not None and unit.start > self.reported

    def has(self, *words: str) -> bool:
        """Whether one of the words is in the sentence."""
        return any(word in self.words for word in words)


def units_of(words: list[str]) -> list[Unit]:
    """The words cut into phrases of the dictionary."""
    # best[t]: the cost of the best way to cut the first t words, and where its last phrase begins.
    best = [(0.0, 0)]
    for end in range(1, len(words) + 1):
        starts = (
            start
            for start in range(max(0, end - _longest()), end)
            if end - start == 1 or knows(tuple(words[start:end]))
        )
        best.append(min((best[start][0] + _cost(tuple(words[start:end])), start) for start in starts))
    spans: list[tuple[int, int]] = []
    end = len(words)
    while end:
        spans.append((best[end][1], end))
        end = best[end][1]
    units = []
    for start, end in reversed(spans):
        phrase = tuple(words[start:end])
        units.append(Unit(start, end, phrase, list(look_up(phrase))))
    _choose_nouns(units)
    return units


@cache
def _longest() -> int:
    """How many words the longest phrase of the dictionary has."""
    return max(map(len, phrases()))


@cache
def _cost(phrase: tuple[str, ...]) -> float:
    """Dear are unknown words; cheap are fixed phrases (*about work*), cheaper than *talk about* and *work with*."""
    if not knows(phrase):
        return 10
    if len(phrase) == 1:
        return 1
    return 0.1 if any(reading.kind == "phrase" for reading in look_up(phrase)) else 1.2


def _choose_nouns(units: list[Unit]) -> None:
    """Of what may be a noun or something else (*cook*, *patient*), keep what it is here."""
    for before, unit, after in zip([None, *units], units, [*units[1:], None], strict=False):
        kinds = {reading.kind for reading in unit.readings}
        if len(kinds) > 1 and "noun" in kinds:
            determined = before is not None and (before.words[-1] in DETERMINERS or before.be("adjective"))
            plural = any(reading.plural for reading in unit.readings) and (before is None or not before.be("noun"))
            is_noun = (determined or (plural and "verb" not in kinds)) and not (after is not None and after.be("noun"))
            dropped = ("verb", "adjective", "like", "modal") if is_noun else ("noun",)
            unit.readings = [reading for reading in unit.readings if reading.kind not in dropped]


def is_copula(unit: Unit) -> bool:
    return unit.be("be") or unit.words[0] in ("become", "becomes", "became", "becoming")


_PARTICIPLES_LIKE_BASES = ("come", "become", "run")


def is_perfect(after: list[Unit]) -> bool:
    """Whether *has* is an auxiliary: a participle follows, only small words between."""
    for unit in after:
        forms = {reading.form for reading in unit.readings}
        if forms & {"past", "participle"} or unit.words[0] in _PARTICIPLES_LIKE_BASES:
            return True
        if unit.words[0] not in TRANSPARENT and unit.words[0] not in PRONOUNS:
            return False
    return False
