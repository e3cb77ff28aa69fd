"""Minimal pairs: the sentences of a switch suite in which something is edited, where, and which words are then judged.

A switch suite is crossed: each of its items is one sentence about two people in four versions, m>m, m>f, f>m, f>f. So
for every sentence there is one that differs in the gender of one noun alone. A contrast of one's own has two versions.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from translate.corpus.pair import Agreement, Noun, SentencePair
from translate.lab.sentences.events import Seen, controllers, second_noun
from translate.lab.sentences.lemmas import noun_pair
from translate.lab.sentences.switch_words import switch_window
from translate.lab.tracing.site import Site
from translate.language.words import Gender, opposite

Tagged = tuple[SentencePair, dict[str, Any]]
"""A sentence of a suite with its tags."""
ALONE = "alone"
"""What the tag "switch" of a sentence with one contrast says, in place of "m>f" and so on."""
Moment = Literal["start", "after noun"]
"""When a state is exchanged: at the start of the sentence, or one word after the noun.

That is the position after the noun's own, on either side: the decoder has just read its noun back, the encoder one word
more.
"""


@dataclass(frozen=True)
class Case:
    """A sentence in which something is edited, and whose agreeing words are judged.

    clause: the clause whose nouns' words are judged, also where the sentence returns to them. step: they are those
    written at later decoder steps. lemma: the noun pair of the clause's noun, over which intervals are drawn.
    """

    base: SentencePair
    clause: int
    step: int
    lemma: str

    @property
    def sentences(self) -> tuple[SentencePair, ...]:
        """The sentences that the model must translate well for the case to be judged."""
        return (self.base,)

    @property
    def judged(self) -> list[Agreement]:
        """The words that agree with the clause's nouns, wherever they stand, and are written after `step`."""
        return [word for word in self._to_come if self.base.nouns[word.controller].clause == self.clause]

    @property
    def others(self) -> list[Agreement]:
        """The words that agree with another clause's nouns, and are written after `step`."""
        return [word for word in self._to_come if self.base.nouns[word.controller].clause != self.clause]

    @property
    def _to_come(self) -> list[Agreement]:
        return [word for word in self.base.agreements if word.position > self.step]

    @property
    def first_judged(self) -> Agreement:
        """The first of the words that are judged."""
        return min(self.judged, key=lambda word: word.position)

    @property
    def may_change(self) -> set[int]:
        """The positions of the clause's nouns and agreeing words: all others are the rest of the sentence."""
        nouns = {noun.written for noun in controllers(self.base, self.clause)}
        agreeing = (word for word in self.base.agreements if self.base.nouns[word.controller].clause == self.clause)
        return nouns | {word.position for word in agreeing}


@dataclass(frozen=True)
class Swap(Case):
    """A minimal pair: `source` differs from `base` in the gender of one clause's nouns.

    place: the position, on the side that is edited, after which the state is exchanged. moment: when that is.
    back: the same place for the half of a bidirectional encoder that reads from the end.
    """

    source: SentencePair
    place: int
    moment: Moment
    back: int = 0

    def place_at(self, site: str) -> int:
        """Where the state of a site is exchanged."""
        return self.back if Site(site).is_reverse else self.place

    @property
    def sentences(self) -> tuple[SentencePair, ...]:
        return self.base, self.source


@dataclass(frozen=True)
class ClampCase(Case):
    """A sentence with two clauses: `noun` is the index of the second clause's first noun, whose words are judged.

    same: the sentence without a switch of gender (y2 = y1), None where it is this one. windows: by side ("dec", "enc")
    the positions from the last word that agrees with the first noun to the second noun.
    """

    noun: int
    same: SentencePair | None
    windows: dict[str, tuple[int, ...]]

    @property
    def judged(self) -> list[Agreement]:
        """The words that agree with the second clause's first noun."""
        return [word for word in self.base.agreements if word.controller == self.noun]


def items_of(suite: Iterable[Tagged]) -> list[list[Tagged]]:
    """A suite's sentences item by item; a sentence without an item is one of its own."""
    items: dict[Any, list[Tagged]] = {}
    for number, (pair, tags) in enumerate(suite):
        items.setdefault(tags.get("item", ("alone", number)), []).append((pair, tags))
    return list(items.values())


def crossed(suite: Iterable[Tagged]) -> list[Tagged]:
    """The sentences of a suite that are there in all versions: four about two people, two of one contrast."""
    return [(pair, tags) for pair, tags in suite if ">" in tags.get("switch", "") or tags.get("switch") == ALONE]


def versions_of(suite: Iterable[Tagged]) -> list[dict[tuple[Gender, ...], SentencePair]]:
    """The crossed sentences item by item: the versions of each by the genders of its nouns, two or one."""
    return [{_genders(tags): pair for pair, tags in item} for item in items_of(crossed(suite))]


def _genders(tags: dict[str, Any]) -> tuple[Gender, ...]:
    return tuple(tags[name] for name in ("y1", "y2") if tags.get(name) is not None)


def cases_after_noun(suite: Iterable[Tagged], clause: int, tested: Collection[str] | None = None) -> list[Case]:
    """The crossed sentences, each with the words after the last noun of `clause` to judge.

    tested: only those whose noun pair is one of these.
    """
    cases = []
    for pair, _ in crossed(suite):
        for noun in controllers(pair, clause)[-1:]:
            case = Case(pair, clause, noun.written, noun_pair(noun.lemma))
            if case.judged and (tested is None or case.lemma in tested):
                cases.append(case)
    return cases


def find_swaps(
    suite: Iterable[Tagged], clause: int, moment: Moment, side: str = "dec", tested: Collection[str] | None = None
) -> list[Swap]:
    """The minimal pairs of a switch suite whose sentences differ in the gender of `clause` alone, each both ways.

    side: on which the state is exchanged ("dec", "enc"). Of the decoder the words after the exchange are judged; after
    one in the encoder every word is still to be written. tested: only those whose noun pair is one of these.
    """
    swaps = []
    for versions in versions_of(suite):
        for genders, base in versions.items():
            source = versions.get(tuple(opposite(y) if noun == clause else y for noun, y in enumerate(genders)))
            swap = source and source is not base and _swap(base, source, clause, moment, side)
            if swap and (tested is None or swap.lemma in tested):
                swaps.append(swap)
    return swaps


def find_clamp_cases(suite: Iterable[Tagged], tested: Collection[str]) -> list[ClampCase]:
    """The crossed sentences of a switch suite whose second noun is one of the `tested` pairs."""
    cases = []
    for versions in versions_of(suite):
        for genders, pair in versions.items():
            y1, y2 = genders[0], genders[-1]
            case = _clamp_case(pair, None if y1 == y2 else versions.get((y1, y1)))
            if case is not None and case.lemma in tested and (y1 == y2 or case.same is not None):
                cases.append(case)
    return cases


def _swap(base: SentencePair, source: SentencePair, clause: int, moment: Moment, side: str) -> Swap | None:
    """The pair as a `Swap`, None where a noun or a word to judge is missing, or the two are not word for word alike."""
    nouns = controllers(base, clause)
    if not nouns or not _parallel(base, source):
        return None
    if [word.position for word in base.agreements] != [word.position for word in source.agreements]:
        return None
    seen = Seen.of(nouns[-1])
    step = 0 if moment == "start" else seen.dec
    swap = Swap(base, clause, step, noun_pair(nouns[-1].lemma), source, step, moment)
    # All is still to be written then; where a sentence is one contrast, perhaps its first word alone depends on it.
    everything = len(base.constructions) == 1 and (side == "enc" or moment == "start")
    if not replace(swap, step=-1 if everything else step).judged:
        return None
    if side == "dec":
        return swap
    if moment == "start":
        return replace(swap, step=-1, place=0, back=len(base.source) - 1)
    return replace(swap, step=-1, place=seen.enc + 1, back=one_word_on_backwards(nouns))


def after_second(swap: Swap, side: str) -> Swap | None:
    """The same sentences, to be changed one word after the *second* noun; None where there is no such noun, or word.

    `lemma` stays that of the first noun, whose gender is changed.
    """
    noun = second_noun(swap.base)
    if noun is None:
        return None
    seen = Seen.of(noun)
    if side == "dec":
        return replace(swap, clause=1, step=seen.dec, place=seen.dec)
    return replace(swap, place=seen.enc + 1) if seen.enc + 1 < len(swap.base.source) else None


def one_word_on_backwards(nouns: Sequence[Noun]) -> int:
    """Of the half that reads from the end, the state one word after these nouns, or the last one that there is."""
    return max(min(noun.source for noun in nouns) - 1, 0)


def _clamp_case(pair: SentencePair, same: SentencePair | None) -> ClampCase | None:
    """The sentence as a `ClampCase`, None where a noun or a word to judge is missing, or `same` is not parallel."""
    firsts, second = controllers(pair, 0), second_noun(pair)
    if not firsts or second is None or (same is not None and not _parallel(pair, same)):
        return None
    windows = {side: switch_window(pair, side) for side in ("dec", "enc")}
    last = windows["dec"][0] - 1
    case = ClampCase(pair, 1, last, noun_pair(second.lemma), pair.nouns.index(second), same, windows)
    return case if case.judged else None


def _parallel(one: SentencePair, other: SentencePair) -> bool:
    """Whether two sentences have as many words as each other in both languages."""
    return (len(one.source), len(one.target)) == (len(other.source), len(other.target))
