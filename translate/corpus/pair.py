"""A sentence pair: tokens of both sides, and for each agreeing Czech word the noun that controls it.

`realise` makes one of a sentence; `to_json` and `read_line` write and read a line of a JSONL file.
"""

from functools import cache
from typing import Annotated, Any, Literal

from msgspec import Meta, MsgspecError, Struct, convert, json
from msgspec.structs import asdict

from translate.language.clause import Sentence
from translate.language.czech import Agreeing, Role
from translate.language.piece import Named
from translate.language.speech import Spoken, speak
from translate.language.words import Gender
from translate.text import join

Tags = dict[str, Any]  # what a suite varied in a pair
Word = Annotated[str, Meta(min_length=1)]


class Noun(Struct, frozen=True, forbid_unknown_fields=True):
    """A noun that fixes a gender."""

    lemma: str  # Czech nominative singular of this noun: holka
    gender: Gender
    source: int  # position in SentencePair.source
    target: int  # position in SentencePair.target
    clause: int  # 0-based
    role: Role


class Agreement(Struct, frozen=True, forbid_unknown_fields=True):
    """A Czech word that must agree."""

    position: int  # in SentencePair.target
    controller: int  # index into SentencePair.nouns
    gender: Gender
    kind: str  # relative | rad | participle | predicate | attribute | copula | possessive
    clause: int
    distance: int  # |position − the controller's target position| in tokens: 1 = next token; punctuation counts
    direction: Literal["forward", "backward"]  # forward: the noun comes first
    attractors: tuple[int, ...]  # indices into SentencePair.nouns of the nouns between the two, of either gender
    other: str  # the same word in the other gender: "která" → "který"


class SentencePair(Struct, frozen=True):
    """An English sentence and its Czech, both as truecased tokens, with nouns and agreements."""

    source: tuple[Word, ...]
    target: tuple[Word, ...]
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

    def to_json(self, tags: Tags | None = None) -> bytes:
        """One line of JSON in UTF-8 (without the line end); `tags` is added when given."""
        return json.format(json.encode(self if tags is None else asdict(self) | {"tags": tags}), indent=0)


def read_line(line: str | bytes) -> tuple[SentencePair, Tags]:
    """The pair that `to_json` wrote and its tags ({} if it has none); raises `ValueError` if it is not one."""
    try:
        content = json.decode(line)
        pair = convert(content, SentencePair)
    except MsgspecError as error:
        raise ValueError(f"not a sentence pair ({error})") from error
    _check(pair)
    tags = content.get("tags", {})
    if not isinstance(tags, dict):
        raise ValueError("the tags must be an object")
    return pair, tags


def _check(pair: SentencePair) -> None:
    """Raise `ValueError` where the annotation points outside the sentence, as a hand-made file's may."""
    for noun in pair.nouns:
        if not (0 <= noun.source < len(pair.source) and 0 <= noun.target < len(pair.target)):
            raise ValueError(f'not a sentence pair (the noun "{noun.lemma}" stands outside the sentence)')
    for word in pair.agreements:
        nouns = (word.controller, *word.attractors)
        if not 0 <= word.position < len(pair.target) or not all(0 <= i < len(pair.nouns) for i in nouns):
            raise ValueError("not a sentence pair (an agreeing word points outside the sentence)")


def realise(sentence: Sentence) -> SentencePair:
    """`sentence` in both languages, annotated. Raises `ValueError` for a sentence that cannot be said."""
    return _annotated(speak(sentence), sentence)


def lines(sentences: list[Sentence]) -> list[tuple[str, str, bytes]]:
    """`source_text`, `target_text` and `to_json()` of each sentence's pair, faster than one by one.

    One step is done for all sentences before the next: a processor is faster at doing the same thing again and again.
    """
    spoken = [speak(sentence) for sentence in sentences]
    texts = [_texts(pieces) for pieces in spoken]
    pairs = [_annotated(pieces, sentence) for pieces, sentence in zip(spoken, sentences, strict=True)]
    return [(source, target, pair.to_json()) for (source, target), pair in zip(texts, pairs, strict=True)]


def _texts(spoken: list[Spoken]) -> tuple[str, str]:
    """Source and target as people write them, put together from the pieces."""
    source = target = ""
    for piece, _, _ in spoken:
        source += piece.source_text
        target += piece.target_text
    return source[1].upper() + source[2:], target[1].upper() + target[2:]  # the first letter stands after a space


def _annotated(spoken: list[Spoken], sentence: Sentence) -> SentencePair:
    source: list[str] = []
    target: list[str] = []
    nouns: list[Noun] = []
    agreements: list[Agreement] = []
    for piece, controller, clause in spoken:
        start, before = len(target), len(nouns)
        for noun in piece.nouns:
            nouns.append(_noun(noun, len(source), start, clause))
        if piece.agreeing:
            noun_position = nouns[controller].target
            for word in piece.agreeing:
                agreements.append(_agreement(word, start, clause, controller, noun_position, before))
        source += piece.source
        target += piece.target
    constructions = tuple([clause.construction for clause in sentence.clauses])
    return SentencePair(tuple(source), tuple(target), tuple(nouns), tuple(agreements), constructions)


# The same nouns and agreements recur in thousands of sentences; there are some ten thousand.


@cache
def _noun(named: Named, source: int, target: int, clause: int) -> Noun:
    """The noun `named`, whose piece begins at `source` and `target`."""
    noun = named.noun
    return Noun(noun.lemma, noun.gender, source + named.source, target + named.target, clause, named.role)


@cache
def _agreement(word: Agreeing, start: int, clause: int, controller: int, noun: int, before: int) -> Agreement:
    """The agreeing `word` of a piece that begins at `start` of the target, after `before` nouns.

    controller: the index of the noun with which it agrees. noun: that noun's position in the target.
    """
    position = start + word.position
    return Agreement(
        position=position,
        controller=controller,
        gender=word.gender,
        kind=word.kind,
        clause=clause,
        distance=abs(position - noun),
        direction="forward" if noun < position else "backward",
        # A word that comes before its noun has no other noun in between.
        attractors=tuple(range(controller + 1, before + word.nouns_before)),
        other=word.other,
    )
