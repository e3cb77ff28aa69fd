"""A sentence pair: tokens of both sides, and for each agreeing Czech word the noun that controls it.

`realise` makes one of a sentence; `to_json` and `read_line` write and read a line of a JSONL file.
"""

from contextlib import suppress
from itertools import pairwise
from typing import Annotated, Any, Literal

from msgspec import Meta, MsgspecError, Struct, convert, json
from msgspec.structs import asdict

from translate.language.meaning import Meaning, Referent, constructions
from translate.language.speech import in_czech, in_english
from translate.language.utterance import Mark, Role, Utterance
from translate.language.words import Gender
from translate.text import join

Tags = dict[str, Any]  # what a suite varied in a pair
Direction = Literal["forward", "backward", "dropped"]
Word = Annotated[str, Meta(min_length=1)]


class Noun(Struct, frozen=True, forbid_unknown_fields=True):
    """A noun that fixes a gender, or the English pronoun that does where no noun tells it."""

    lemma: str  # Czech nominative singular of this noun: holka; of a pronoun the English: she
    gender: Gender
    source: int  # position in SentencePair.source
    target: int | None  # position in SentencePair.target; None for a pronoun, which Czech drops
    clause: int  # 0-based
    role: Role

    @property
    def written(self) -> int:
        """`target`, of a noun that Czech writes; raises `ValueError` for a pronoun that it drops."""
        if self.target is None:
            raise ValueError(f'Czech drops "{self.lemma}"')
        return self.target


class Agreement(Struct, frozen=True, forbid_unknown_fields=True):
    """A Czech word that must agree."""

    position: int  # in SentencePair.target
    controller: int  # index into SentencePair.nouns
    gender: Gender
    kind: str  # relative | rad | participle | predicate | attribute | copula | possessive
    clause: int
    distance: int  # |position − the controller's target position| in tokens: 1 = next token; punctuation counts
    direction: Direction  # forward: the noun comes first; dropped: Czech has none
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

    def told_before(self, word: Agreement) -> int:
        """How many tokens `word` comes after the last one that told its gender: its noun, or a word that agrees.

        0 where none did before: Czech says the noun later, or not at all.
        """
        noun = self.nouns[word.controller].target
        before = [other.position for other in self.agreements if other.controller == word.controller]
        before = [place for place in (*before, noun) if place is not None and place < word.position]
        return word.position - max(before) if before else 0

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
        if not (0 <= noun.source < len(pair.source) and 0 <= (noun.target or 0) < len(pair.target)):
            raise ValueError(f'not a sentence pair (the noun "{noun.lemma}" stands outside the sentence)')
    for word in pair.agreements:
        nouns = (word.controller, *word.attractors)
        if not 0 <= word.position < len(pair.target) or not all(0 <= i < len(pair.nouns) for i in nouns):
            raise ValueError("not a sentence pair (an agreeing word points outside the sentence)")


class Unsayable(ValueError):
    """Czech would have to show a gender that the English does not tell, or would look like what it forbids."""


def realise(meaning: Meaning, untold: bool = False) -> SentencePair:
    """`meaning` in both languages, annotated.

    Raises `Unsayable` where the English tells no gender that Czech needs, unless that is meant (`untold`), and where
    the Czech would look like what it forbids.
    """
    english, czech = in_english(meaning), in_czech(meaning)
    if not untold:
        _check_told(english, czech)
    _check_clear(czech)
    return _annotated(meaning, english, czech)


def _annotated(meaning: Meaning, english: Utterance, czech: Utterance) -> SentencePair:
    nouns, first = _nouns(english, czech)
    agreements: list[Agreement] = []
    for base, marks, who, mention, named, clause in czech.agreed:
        controller = first.get(who) if mention is None else mention
        if controller is None:  # Czech names them nowhere: the English pronoun joins the nouns
            controller = first[who] = _dropped(who, clause, english, first, nouns)
        agreements += _agreements(marks, base, clause, controller, nouns[controller].target, named)
    return SentencePair(
        tuple(english.words), tuple(czech.words), tuple(nouns), tuple(agreements), constructions(meaning)
    )


def _agreements(
    marks: tuple[Mark, ...], base: int, clause: int, controller: int, noun: int | None, named: int
) -> list[Agreement]:
    """The words of a fragment that begins at `base` and agrees with the noun `controller`, which stands at `noun`."""
    if noun is None:
        return [
            Agreement(base + offset, controller, gender, kind, clause, 0, "dropped", (), other)
            for offset, kind, gender, other in marks
        ]
    if noun < base:
        between = tuple(range(controller + 1, named))
        return [
            Agreement(base + offset, controller, gender, kind, clause, base + offset - noun, "forward", between, other)
            for offset, kind, gender, other in marks
        ]
    between = tuple(range(named, controller))
    return [
        Agreement(base + offset, controller, gender, kind, clause, noun - base - offset, "backward", between, other)
        for offset, kind, gender, other in marks
    ]


def _check_told(english: Utterance, czech: Utterance) -> None:
    told = english.told
    for base, marks, who, *_ in czech.agreed:
        if who not in told:
            raise Unsayable(f'nothing in the English tells the gender of "{czech.words[base + marks[0].offset]}"')
    for _, named, lemma, *_ in czech.mentions:
        if named is not None and named not in told:
            raise Unsayable(f'nothing in the English tells the gender of "{lemma}"')


def _check_clear(czech: Utterance) -> None:
    """Raise where the preposition *se* follows *jsi* or *bys*: it looks like the reflexive that is *ses* there."""
    words = czech.words
    if "se" in words and any(word == "se" and before in ("jsi", "bys") for before, word in pairwise(words)):
        raise Unsayable('"jsi se" looks like a reflexive')


def _nouns(english: Utterance, czech: Utterance) -> tuple[list[Noun], dict[Referent, int]]:
    """The nouns of the pair in the order of the Czech, and of each person the index of the first."""
    places = {mention[0]: mention[4] for mention in english.mentions}
    again: dict[int, list[int]] = {}  # an attractor may be named twice
    if len(places) < len(english.mentions):
        for mention in reversed(english.mentions):
            again.setdefault(mention[0], []).append(mention[4])
    nouns: list[Noun] = []
    first: dict[Referent, int] = {}
    for key, who, lemma, gender, position, role, clause in czech.mentions:
        if who is not None and who not in first:
            first[who] = len(nouns)
        source = again[key].pop() if again else places[key]
        nouns.append(Noun(lemma, gender, source, position, clause, role))
    return nouns, first


def _dropped(who: Referent, clause: int, english: Utterance, first: dict[Referent, int], nouns: list[Noun]) -> int:
    """The index of whoever told the gender of somebody whom Czech names nowhere."""
    told = english.latest.get(who)
    if told is None:  # untold, as it is meant
        nouns.append(Noun("", who.gender, 0, None, clause, "controller"))
        return len(nouns) - 1
    _, by, lemma, gender, position, _, clause = english.mentions[told]
    if by is not None and by in first:  # *the boy and the girl*: the second stands for both
        return first[by]
    nouns.append(Noun(lemma, gender, position, None, clause, "controller"))
    return len(nouns) - 1


def told(meaning: Meaning) -> SentencePair | None:
    """`realise`, or None where the meaning is `Unsayable`."""
    try:
        return realise(meaning)
    except Unsayable:
        return None


def lines(meanings: list[Meaning]) -> list[tuple[str, str, bytes]]:
    """`source_text`, `target_text` and `to_json()` of the pair of each meaning that is not `Unsayable`.

    One step is done for all meanings before the next: a processor is faster at doing the same thing again and again.
    """
    english = [in_english(meaning) for meaning in meanings]
    czech = [in_czech(meaning) for meaning in meanings]
    pairs: list[SentencePair] = []
    for meaning, source, target in zip(meanings, english, czech, strict=True):
        with suppress(Unsayable):
            _check_told(source, target)
            _check_clear(target)
            pairs.append(_annotated(meaning, source, target))
    return [(pair.source_text, pair.target_text, pair.to_json()) for pair in pairs]
