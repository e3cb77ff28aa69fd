"""A sentence pair: tokens of both sides, and for each agreeing Czech word the noun that controls it.

`realise` makes the object, `line` only what is written to files; both come from the same `_annotated`.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from translate.errors import TranslateError
from translate.language import czech, english
from translate.language.clause import Sentence
from translate.language.words import Gender
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
        nouns = [_noun_json(noun) for noun in self.nouns]
        agreements = [_agreement_json(agreement) for agreement in self.agreements]
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


def _noun_json(noun: Noun) -> str:
    return (
        f'{{"lemma": {_string(noun.lemma)}, "gender": "{noun.gender}", "source": {noun.source}, '
        f'"target": {noun.target}, "clause": {noun.clause}, "role": "{noun.role}"}}'
    )


def _agreement_json(agreement: Agreement) -> str:
    return (
        f'{{"position": {agreement.position}, "controller": {agreement.controller}, "gender": "{agreement.gender}", '
        f'"kind": "{agreement.kind}", "clause": {agreement.clause}, "distance": {agreement.distance}, '
        f'"direction": "{agreement.direction}", "attractors": {list(agreement.attractors)}, '
        f'"other": {_string(agreement.other)}}}'
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


def realise(sentence: Sentence) -> SentencePair:
    """`sentence` in both languages, annotated.

    Raises `ValueError` for a sentence that cannot be said, `TranslateError` if the two sides do not name the same
    nouns (a fault of the grammar, not of the request).
    """
    source, target, nouns, agreements = _annotated(sentence)
    return SentencePair(
        tuple(source),
        tuple(target),
        tuple([noun for noun, _ in nouns]),
        tuple([agreement for agreement, _ in agreements]),
        tuple([clause.construction for clause in sentence.clauses]),
    )


class Line(NamedTuple):
    """What a sentence is in the files of a corpus: the texts of both sides and `SentencePair.to_json()`."""

    source: str
    target: str
    json: str


def line(sentence: Sentence) -> Line:
    """The texts and the JSON of `realise(sentence)`, without making the objects."""
    source, target, nouns, agreements = _annotated(sentence)
    constructions = [clause.construction for clause in sentence.clauses]
    written = _pair_json(source, target, [text for _, text in nouns], [text for _, text in agreements], constructions)
    return Line(_text(source), _text(target), written)


def _text(words: list[str]) -> str:
    # What `translate.text.join` gives for words of the grammar, whose only punctuation is these two; five times faster.
    text = " ".join(words).replace(" ,", ",").replace(" .", ".")
    return text[0].upper() + text[1:]


def _annotated(
    sentence: Sentence,
) -> tuple[list[str], list[str], list[tuple[Noun, str]], list[tuple[Agreement, str]]]:
    """The words of both sides, and nouns and agreements, each with its JSON."""
    source, places = english.speak(sentence)
    target, spoken, agreeing = czech.speak(sentence)
    if len(places) != len(spoken):
        raise TranslateError(f"English and Czech disagree about the nouns of: {' '.join(source)}.")
    nouns = [
        _noun(entry.lemma, entry.gender, at, position, clause, role)
        for at, (entry, position, clause, role) in zip(places, spoken, strict=True)
    ]
    agreements = [
        _agreement(position, controller, spoken[controller][0].gender, kind, clause, spoken[controller][1], said, other)
        for position, controller, kind, clause, said, other in agreeing
    ]
    return source, target, nouns, agreements


# Nouns and agreements recur in thousands of sentences: equal contents share one object and one text.


@lru_cache(maxsize=50_000)
def _noun(lemma: str, gender: Gender, source: int, target: int, clause: int, role: str) -> tuple[Noun, str]:
    noun = Noun(lemma, gender, source, target, clause, role)
    return noun, _noun_json(noun)


@lru_cache(maxsize=100_000)
def _agreement(
    position: int, controller: int, gender: Gender, kind: str, clause: int, at: int, said: int, other: str
) -> tuple[Agreement, str]:
    """The agreement at `position` with a noun that stands `at`, before which `said` nouns have been said."""
    direction = "forward" if at < position else "backward"
    # A word that comes before its noun has no other noun in between.
    between = tuple(range(controller + 1, said))
    agreement = Agreement(
        position, controller, gender, kind, clause, abs(position - at), direction, between, other
    )
    return agreement, _agreement_json(agreement)
