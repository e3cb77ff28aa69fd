"""A sentence pair: tokens of both sides, and for each agreeing Czech word the noun that controls it.

Nouns and agreements recur in thousands of sentences; `noun` and `agreement` hand out one object for equal contents,
and their JSON is made once.
"""

import json
from dataclasses import dataclass
from functools import lru_cache

from translate.errors import TranslateError
from translate.language import czech, english
from translate.language.clause import Sentence
from translate.text import join


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that fixes a gender."""

    lemma: str  # Czech nominative singular of this noun: holka
    gender: str  # "m" | "f"
    source: int  # position in SentencePair.source
    target: int  # position in SentencePair.target
    clause: int  # 0-based
    role: str  # "controller" | "attractor"


@dataclass(frozen=True, slots=True)
class Agreement:
    """A Czech word that must agree."""

    position: int  # in SentencePair.target
    controller: int  # index into SentencePair.nouns
    gender: str
    kind: str  # relative | rad | participle | predicate | attribute | copula | possessive
    clause: int
    distance: int  # |position − the controller's target position| in tokens: 1 = next token; punctuation counts
    direction: str  # "forward": the noun comes first | "backward"
    attractors: tuple[int, ...]  # indices into SentencePair.nouns of the nouns between the two, of either gender
    other: str  # the same word in the other gender: "která" → "který"


@dataclass(frozen=True, slots=True)
class SentencePair:
    """An English sentence and its Czech, both as truecased tokens, with nouns and agreements."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    nouns: tuple[Noun, ...]
    agreements: tuple[Agreement, ...]
    constructions: tuple[str, ...]  # one name a clause

    @property
    def source_text(self) -> str:
        """The English as people write it."""
        return join(self.source)

    @property
    def target_text(self) -> str:
        """The Czech as people write it."""
        return join(self.target)

    def to_json(self, tags: dict | None = None) -> str:
        """One line of JSON (without the line end); `tags` is added when given."""
        nouns, agreements = ", ".join(map(_json, self.nouns)), ", ".join(map(_json, self.agreements))
        line = (
            f'{{"source": {_strings(self.source)}, "target": {_strings(self.target)}, "nouns": [{nouns}], '
            f'"agreements": [{agreements}], "constructions": {_strings(self.constructions)}'
        )
        return line + (f', "tags": {json.dumps(tags, ensure_ascii=False)}}}' if tags is not None else "}")

    @classmethod
    def from_json(cls, line: str | dict) -> "SentencePair":
        """The pair that `to_json` wrote, from its line or the parsed object; raises `ValueError` if it is not one."""
        try:
            found = json.loads(line) if isinstance(line, str) else line
            agreements = [Agreement(**(a | {"attractors": tuple(a["attractors"])})) for a in found["agreements"]]
            nouns = tuple(Noun(**noun) for noun in found["nouns"])
            constructions = tuple(found["constructions"])
            return cls(tuple(found["source"]), tuple(found["target"]), nouns, tuple(agreements), constructions)
        except (KeyError, TypeError, json.JSONDecodeError) as error:
            raise ValueError(f"not a sentence pair ({error})") from error


@lru_cache(maxsize=50_000)
def _noun(lemma: str, gender: str, source: int, target: int, clause: int, role: str) -> Noun:
    return Noun(lemma, gender, source, target, clause, role)


@lru_cache(maxsize=100_000)
def _agreement(
    position: int,
    controller: int,
    gender: str,
    kind: str,
    clause: int,
    at: int,
    attractors: tuple[int, ...],
    other: str,
) -> Agreement:
    direction = "forward" if at < position else "backward"
    return Agreement(position, controller, gender, kind, clause, abs(position - at), direction, attractors, other)


_json_of: dict[int, tuple[object, str]] = {}


def _json(thing: Noun | Agreement) -> str:
    # By identity: hashing a dataclass costs more than writing it. The object is kept beside its text, so that its
    # identity cannot be given to another one.
    known = _json_of.get(id(thing))
    if known is None:
        if len(_json_of) > 150_000:
            _json_of.clear()
        fields = [f'"{name}": {_value(getattr(thing, name))}' for name in thing.__slots__]
        known = _json_of[id(thing)] = (thing, "{" + ", ".join(fields) + "}")
    return known[1]


def _value(value: str | int | tuple[int, ...]) -> str:
    if type(value) is str:
        return json.dumps(value, ensure_ascii=False)
    return str(value) if type(value) is int else str(list(value))


_BETWEEN = '", "'
_plain: set[str] = set()


def _strings(words: tuple[str, ...]) -> str:
    if not _plain.issuperset(words):
        # Words that need no escaping are remembered, so that the next time they are only joined.
        if not all(word.isprintable() and '"' not in word and "\\" not in word for word in words):
            return json.dumps(words, ensure_ascii=False)
        if len(_plain) < 100_000:
            _plain.update(words)
    return f'["{_BETWEEN.join(words)}"]' if words else "[]"


def realise(sentence: Sentence) -> SentencePair:
    """`sentence` in both languages, annotated.

    Raises `ValueError` for a sentence that cannot be said, `TranslateError` if the two sides do not name the same
    nouns (a fault of the grammar, not of the request).
    """
    source, spoken = english.speak(sentence), czech.speak(sentence)
    if len(source.nouns) != len(spoken.nouns):
        raise TranslateError(f"English and Czech disagree about the nouns of: {' '.join(source.words)}.")
    nouns = tuple([
        _noun(entry.lemma, entry.gender, at, position, clause, role)
        for at, (entry, position, clause, role) in zip(source.nouns, spoken.nouns, strict=True)
    ])  # fmt: skip
    agreements = []
    for position, controller, kind, clause, other in spoken.agreements:
        noun = nouns[controller]
        between = _between(nouns, controller, position) if len(nouns) > 1 else ()
        agreements.append(_agreement(position, controller, noun.gender, kind, clause, noun.target, between, other))
    constructions = tuple([clause.construction for clause in sentence.clauses])
    return SentencePair(tuple(source.words), tuple(spoken.words), nouns, tuple(agreements), constructions)


def _between(nouns: tuple[Noun, ...], controller: int, position: int) -> tuple[int, ...]:
    """The nouns between noun `controller` and the word at `position`; nouns stand in the order of the sentence."""
    at = nouns[controller].target
    if position < at:
        return tuple([i for i in range(controller) if position < nouns[i].target])
    if controller + 1 == len(nouns) or nouns[controller + 1].target > position:
        return ()
    return tuple([i for i in range(controller + 1, len(nouns)) if nouns[i].target < position])
