"""A sentence pair: tokens of both sides, and for each agreeing Czech word the noun that controls it.

`realise` makes one of a sentence; `to_json` and `read_line` write and read a line of a JSONL file.
"""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from msgspec import Meta, MsgspecError, Struct, convert, json
from msgspec.structs import asdict

from translate.language.meaning import Meaning, Referent, constructions
from translate.language.speech import in_czech, in_english
from translate.language.utterance import Agreed, Mention, Role
from translate.language.words import Gender
from translate.text import join

Tags = dict[str, Any]  # what a suite varied in a pair
Direction = Literal["forward", "backward", "dropped"]
_DIRECTIONS: tuple[Direction, Direction] = ("backward", "forward")
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


class Untold(ValueError):
    """Czech would have to show a gender that the English does not tell."""


def realise(meaning: Meaning, untold: bool = False) -> SentencePair:
    """`meaning` in both languages, annotated.

    Raises `Untold` where the English tells no gender that Czech needs, unless that is meant (`untold`).
    """
    english, czech = in_english(meaning), in_czech(meaning)
    for word in czech.agreed:
        if word.who not in english.told and not untold:
            raise Untold(f'nothing in the English tells the gender of "{czech.words[word.position]}"')
    places: dict[int, list[int]] = {}  # an attractor may be named twice
    for mention in reversed(english.mentions):
        places.setdefault(mention.key, []).append(mention.position)
    nouns: list[Noun] = []
    index: dict[Mention | Referent, int] = {}  # by mention, and of each person's first mention
    for mention in czech.mentions:
        if mention.who is not None:
            if mention.who not in english.told and not untold:
                raise Untold(f'nothing in the English tells the gender of "{mention.lemma}"')
            index.setdefault(mention.who, len(nouns))
        index[mention] = len(nouns)
        source = places[mention.key].pop()
        nouns.append(Noun(mention.lemma, mention.gender, source, mention.position, mention.clause, mention.role))
    agreements = [_agreement(word, _controller(word, index, nouns, english.latest), nouns) for word in czech.agreed]
    return SentencePair(
        tuple(english.words), tuple(czech.words), tuple(nouns), tuple(agreements), constructions(meaning)
    )


def told(meaning: Meaning) -> SentencePair | None:
    """`realise`, or None where the English tells no gender that Czech needs."""
    try:
        return realise(meaning)
    except Untold:
        return None


def _controller(
    word: Agreed, index: dict[Mention | Referent, int], nouns: list[Noun], told: dict[Referent, Mention]
) -> int:
    """The noun with which `word` agrees: of its own phrase, or the last that named the same person, or else the first.

    Where Czech names that person nowhere, the English pronoun joins the nouns.
    """
    if word.mention is not None:
        return index[word.mention]
    if word.who not in index:
        by = told.get(word.who)
        if by is None:  # untold, as it is meant
            by = Mention(0, word.who, "", word.who.gender, 0, "controller", word.clause)
        if by.who in index:  # *the boy and the girl*: the second stands for both
            return index[by.who]
        index[word.who] = len(nouns)
        nouns.append(Noun(by.lemma, by.gender, by.position, None, by.clause, "controller"))
    return index[word.who]


def _agreement(word: Agreed, controller: int, nouns: list[Noun]) -> Agreement:
    noun, mark = nouns[controller].target, word.mark
    between: Sequence[int] = ()
    direction: Direction = "dropped"
    distance = 0
    if noun is not None:
        forward = noun < word.position
        distance, direction = abs(word.position - noun), _DIRECTIONS[forward]
        between = range(controller + 1, word.named_before) if forward else range(word.named_before, controller)
    return Agreement(
        position=word.position,
        controller=controller,
        gender=mark.gender,
        kind=mark.kind,
        clause=word.clause,
        distance=distance,
        direction=direction,
        attractors=tuple(between),
        other=mark.other,
    )


def lines(meanings: list[Meaning]) -> list[tuple[str, str, bytes]]:
    """`source_text`, `target_text` and `to_json()` of the pair of each meaning whose English tells what Czech needs."""
    pairs = [pair for meaning in meanings if (pair := told(meaning)) is not None]
    return [(pair.source_text, pair.target_text, pair.to_json()) for pair in pairs]
