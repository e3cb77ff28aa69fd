"""A sentence pair: tokens of both sides, and for each agreeing Czech word the noun that controls it.

`realise` makes the object, `lines` only what is written to files; `_annotated` is the truth of both.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import TypeVar

from translate.language.clause import Sentence
from translate.language.czech import Agreeing
from translate.language.piece import Named
from translate.language.speech import Spoken, speak
from translate.text import join

N = TypeVar("N")
A = TypeVar("A")
# Of words that agree: where their piece begins in the target, their clause, the index of their noun and its position,
# and how many nouns come before the piece.
Place = tuple[int, int, int, int, int]


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
        nouns = [_noun_json(*_noun_values(noun)) for noun in self.nouns]
        agreements = [_agreement_json(*_agreement_values(agreement)) for agreement in self.agreements]
        source, target = _strings(self.source), _strings(self.target)
        line = _pair_json(source, target, nouns, agreements, self.constructions)
        return line[:-1] + (f', "tags": {_json(tags)}}}' if tags is not None else "}")

    @classmethod
    def from_json(cls, line: str | dict) -> "SentencePair":
        """The pair that `to_json` wrote, from its line or the parsed object; raises `ValueError` if it is not one."""
        try:
            found = json.loads(line) if isinstance(line, str) else line
            agreements = [Agreement(**(a | {"attractors": tuple(a["attractors"])})) for a in found["agreements"]]
            nouns = tuple(Noun(**noun) for noun in found["nouns"])
            constructions = tuple(found["constructions"])
            pair = cls(tuple(found["source"]), tuple(found["target"]), nouns, tuple(agreements), constructions)
            pair._check()
            return pair
        except (KeyError, TypeError, json.JSONDecodeError) as error:
            raise ValueError(f"not a sentence pair ({error})") from error

    def _check(self) -> None:
        """Raise `ValueError` where the annotation points outside the sentence, as a hand-made file's may."""
        if not all(isinstance(word, str) and word for word in self.source + self.target):
            raise ValueError("not a sentence pair (source and target must be lists of words)")
        for noun in self.nouns:
            if not (0 <= noun.source < len(self.source) and 0 <= noun.target < len(self.target)):
                raise ValueError(f'not a sentence pair (the noun "{noun.lemma}" stands outside the sentence)')
        for word in self.agreements:
            pointed = (word.controller, *word.attractors)
            if not 0 <= word.position < len(self.target) or not all(0 <= i < len(self.nouns) for i in pointed):
                raise ValueError("not a sentence pair (an agreeing word points outside the sentence)")
        if {thing.gender for thing in (*self.nouns, *self.agreements)} - {"m", "f"}:
            raise ValueError('not a sentence pair (a gender must be "m" or "f")')


_noun_values = attrgetter(*Noun.__slots__)
_agreement_values = attrgetter(*Agreement.__slots__)

# JSON is written out by hand: `json.dumps` takes several times as long, more than making the sentence does.


def _pair_json(
    source: str, target: str, nouns: Iterable[str], agreements: Iterable[str], constructions: tuple[str, ...]
) -> str:
    return (
        f'{{"source": [{source}], "target": [{target}], "nouns": [{", ".join(nouns)}], '
        f'"agreements": [{", ".join(agreements)}], "constructions": [{_strings(constructions)}]}}'
    )


def _noun_json(lemma: str, gender: str, source: int, target: int, clause: int, role: str) -> str:
    return (
        f'{{"lemma": {_string(lemma)}, "gender": "{gender}", "source": {source}, "target": {target}, '
        f'"clause": {clause}, "role": "{role}"}}'
    )


def _agreement_json(
    position: int, controller: int, gender: str, kind: str, clause: int, distance: int, direction: str,
    attractors: tuple[int, ...], other: str,
) -> str:  # fmt: skip
    return (
        f'{{"position": {position}, "controller": {controller}, "gender": "{gender}", "kind": "{kind}", '
        f'"clause": {clause}, "distance": {distance}, "direction": "{direction}", '
        f'"attractors": {list(attractors) if attractors else "[]"}, "other": {_string(other)}}}'
    )


_json = json.JSONEncoder(ensure_ascii=False).encode
_string = cache(_json)


def _strings(words: Iterable[str]) -> str:
    return ", ".join(map(_string, words))


def realise(sentence: Sentence) -> SentencePair:
    """`sentence` in both languages, annotated. Raises `ValueError` for a sentence that cannot be said."""
    spoken = speak(sentence)
    nouns, agreements = _annotated(spoken, _noun, _agreement)
    return SentencePair(
        tuple([word for said in spoken for word in said[0].source]),
        tuple([word for said in spoken for word in said[0].target]),
        tuple(nouns),
        tuple(agreements),
        _constructions(sentence),
    )


def lines(sentences: list[Sentence]) -> list[tuple[str, str, str]]:
    """`source_text`, `target_text` and `to_json()` of `realise(sentence)` for each; faster, since no objects are made.

    One step is done for all sentences before the next: a processor is faster at doing the same thing again and again.
    """
    spoken = [speak(sentence) for sentence in sentences]
    annotated = [_annotated(said, _noun_line, _agreement_line) for said in spoken]
    written = [_written(said) for said in spoken]
    constructions = [_constructions(sentence) for sentence in sentences]
    return [
        (source, target, _pair_json(source_json, target_json, *annotation, names))
        for (source, target, source_json, target_json), annotation, names in zip(
            written, annotated, constructions, strict=True
        )
    ]


def _constructions(sentence: Sentence) -> tuple[str, ...]:
    return tuple([clause.construction for clause in sentence.clauses])


def _written(spoken: list[Spoken]) -> tuple[str, str, str, str]:
    """Source and target as text, and source and target as JSON strings."""
    source = target = source_json = target_json = ""
    for piece, _, _ in spoken:
        source += piece.source_text
        target += piece.target_text
        source_json += piece.source_json
        target_json += piece.target_json
    # The first letter stands after a space, the first string after a comma and a space.
    return source[1].upper() + source[2:], target[1].upper() + target[2:], source_json[2:], target_json[2:]


def _annotated(
    spoken: list[Spoken], as_noun: Callable[..., N], as_agreement: Callable[..., A]
) -> tuple[list[N], list[A]]:
    """What the two functions make of each noun and each word that agrees."""
    nouns: list[N] = []
    agreements: list[A] = []
    source = target = 0  # words so far
    positions: list[int] = []  # of the nouns in the target
    for piece, controller, clause in spoken:
        before = len(positions)
        for noun in piece.nouns:
            positions.append(target + noun.target)
            nouns.append(as_noun(noun, source, target, clause))
        if piece.agreeing:
            place = target, clause, controller, positions[controller], before
            for word in piece.agreeing:
                agreements.append(as_agreement(word, place))
        source += piece.source_length
        target += piece.target_length
    return nouns, agreements


# The same nouns and agreements recur in thousands of sentences; there are some ten thousand.


@cache
def _noun(*placed: Named | int) -> Noun:
    return Noun(*_noun_fields(*placed))


@cache
def _noun_line(*placed: Named | int) -> str:
    return _noun_json(*_noun_fields(*placed))


@cache
def _agreement(word: Agreeing, place: Place) -> Agreement:
    return Agreement(*_agreement_fields(word, place))


@cache
def _agreement_line(word: Agreeing, place: Place) -> str:
    return _agreement_json(*_agreement_fields(word, place))


def _noun_fields(named: Named, source: int, target: int, clause: int) -> tuple[str, str, int, int, int, str]:
    """The fields of a `Noun` whose piece begins at `source` and `target`."""
    return named.noun.lemma, named.noun.gender, source + named.source, target + named.target, clause, named.role


def _agreement_fields(word: Agreeing, place: Place) -> tuple[int, int, str, str, int, int, str, tuple[int, ...], str]:
    """The fields of an `Agreement`."""
    start, clause, controller, at, before = place
    position = start + word.position
    distance, direction = (position - at, "forward") if at < position else (at - position, "backward")
    # A word that comes before its noun has no other noun in between.
    between = tuple(range(controller + 1, before + word.nouns_before))
    return position, controller, word.gender, word.kind, clause, distance, direction, between, word.other
