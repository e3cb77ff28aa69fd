"""A sentence pair: tokens of both sides, and for each agreeing Czech word the noun that controls it.

`realise` makes the object, `line` only what is written to files; `_annotated` is the truth of both.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache
from typing import NamedTuple, TypeVar

from translate.language.clause import Sentence
from translate.language.speech import speak
from translate.text import join

N = TypeVar("N")
A = TypeVar("A")


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
        nouns = [_noun_json(*astuple(noun)) for noun in self.nouns]
        agreements = [_agreement_json(*astuple(agreement)) for agreement in self.agreements]
        line = _pair_json(self.source, self.target, nouns, agreements, self.constructions)
        return line[:-1] + (f', "tags": {json.dumps(tags, ensure_ascii=False)}}}' if tags is not None else "}")

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


# JSON is written out by hand: `json.dumps` takes several times as long, more than making the sentence does.


def _pair_json(
    source: Sequence[str], target: Sequence[str], nouns: list[str], agreements: list[str], constructions: Sequence[str]
) -> str:
    return (
        f'{{"source": {_strings(source)}, "target": {_strings(target)}, "nouns": [{", ".join(nouns)}], '
        f'"agreements": [{", ".join(agreements)}], "constructions": {_strings(constructions)}}}'
    )


# The same nouns and agreements recur in thousands of sentences.
@lru_cache(maxsize=100_000)
def _noun_json(lemma: str, gender: str, source: int, target: int, clause: int, role: str) -> str:
    return (
        f'{{"lemma": {_string(lemma)}, "gender": "{gender}", "source": {source}, "target": {target}, '
        f'"clause": {clause}, "role": "{role}"}}'
    )


@lru_cache(maxsize=100_000)
def _agreement_json(
    position: int, controller: int, gender: str, kind: str, clause: int, distance: int, direction: str,
    attractors: tuple[int, ...], other: str,
) -> str:  # fmt: skip
    return (
        f'{{"position": {position}, "controller": {controller}, "gender": "{gender}", "kind": "{kind}", '
        f'"clause": {clause}, "distance": {distance}, "direction": "{direction}", '
        f'"attractors": [{", ".join(map(str, attractors)) if attractors else ""}], "other": {_string(other)}}}'
    )


def _string(word: str) -> str:
    return json.dumps(word, ensure_ascii=False)


_BETWEEN = '", "'


def _strings(words: Sequence[str]) -> str:
    joined = _BETWEEN.join(words)
    # Only words that need no escaping can be written as they are.
    if words and joined.isprintable() and "\\" not in joined and joined.count('"') == 2 * (len(words) - 1):
        return f'["{joined}"]'
    return json.dumps(words, ensure_ascii=False)


class Line(NamedTuple):
    """What a sentence is in the files of a corpus: the texts of both sides and `SentencePair.to_json()`."""

    source: str
    target: str
    json: str


def realise(sentence: Sentence) -> SentencePair:
    """`sentence` in both languages, annotated. Raises `ValueError` for a sentence that cannot be said."""
    source, target, nouns, agreements = _annotated(sentence, Noun, Agreement)
    constructions = tuple([clause.construction for clause in sentence.clauses])
    return SentencePair(tuple(source), tuple(target), tuple(nouns), tuple(agreements), constructions)


def line(sentence: Sentence) -> Line:
    """The texts and the JSON of `realise(sentence)`; faster, since no objects are made."""
    source, target, nouns, agreements = _annotated(sentence, _noun_json, _agreement_json)
    constructions = [clause.construction for clause in sentence.clauses]
    return Line(_text(source), _text(target), _pair_json(source, target, nouns, agreements, constructions))


def _text(words: list[str]) -> str:
    # What `translate.text.join` gives for words of the grammar, whose only punctuation is these two; five times faster.
    text = " ".join(words).replace(" ,", ",").replace(" .", ".")
    return text[0].upper() + text[1:]


def _annotated(
    sentence: Sentence, as_noun: Callable[..., N], as_agreement: Callable[..., A]
) -> tuple[list[str], list[str], list[N], list[A]]:
    """The words of both sides, and what the two functions make of the fields of each `Noun` and `Agreement`."""
    source: list[str] = []
    target: list[str] = []
    positions: list[int] = []  # of the nouns in `target`
    nouns: list[N] = []
    agreements: list[A] = []
    for piece, controller, clause in speak(sentence):
        before, start = len(positions), len(target)
        for noun, there, here, role in piece.nouns:
            positions.append(start + here)
            nouns.append(as_noun(noun.lemma, noun.gender, len(source) + there, start + here, clause, role))
        for offset, kind, other, said in piece.agreeing:
            position, at, gender = start + offset, positions[controller], piece.gender
            # A word that comes before its noun has no other noun in between.
            between = tuple(range(controller + 1, before + said)) if before + said > controller + 1 else ()
            distance, direction = (position - at, "forward") if at < position else (at - position, "backward")
            agreements.append(
                as_agreement(position, controller, gender, kind, clause, distance, direction, between, other)
            )
        source += piece.source
        target += piece.target
    return source, target, nouns, agreements
