"""Does each agreeing word that a model produced have the gender of the noun that controls it?

The produced sentence need not be the reference. Its words are laid beside the reference's by edit distance
(Levenshtein 1966) over words stripped of gender (která and který are one, so are holka and kluk), and each word of
the reference that must agree is looked up in what was produced:

- *right* if the word there shows, in whatever case and number, the gender of the noun that was produced as its
  controller. A model that turns the
  boy into a girl and then says *která* has made a mistake, but not one of agreement;
- *wrong* if it shows the other gender;
- *missing* if nothing is there or something without gender. It counts as not right, and is counted apart too.

Where the controlling noun is missing or unknown, the reference's gender is the one that counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from rapidfuzz.distance import Levenshtein

from translate.corpus.pair import Agreement, SentencePair
from translate.evaluation.breakdown import Condition, as_json, breakdown, conditions
from translate.evaluation.proportion import Proportion
from translate.language import forms
from translate.language.words import Gender, opposite
from translate.text import split

RIGHT, WRONG, MISSING = "right", "wrong", "missing"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one agreeing word of the reference.

    Attributes:
        outcome: right, wrong or missing.
        gender: the one that it should have.
        produced: the word found in its place, None if there is none.
    """

    outcome: str
    gender: str
    produced: str | None


@dataclass(frozen=True)
class AgreementResult:
    """Agreement of a whole suite: a condition and a verdict for each agreeing word of its references.

    `extra` counts the produced words that show a gender where the reference has no agreeing word; nothing says what
    controls them, so they are not judged.
    """

    conditions: tuple[Condition, ...]
    verdicts: tuple[Verdict, ...]
    extra: int

    @cached_property
    def accuracy(self) -> Proportion:
        """The right words among all."""
        return Proportion(self.count(RIGHT), len(self.verdicts))

    def count(self, outcome: str) -> int:
        """How many words came out as `outcome`."""
        return sum(verdict.outcome == outcome for verdict in self.verdicts)

    def by(self, feature: str) -> dict[str, Proportion]:
        """The accuracy for each value of a feature of `Condition`."""
        rows = [(c, v.outcome == RIGHT) for c, v in zip(self.conditions, self.verdicts, strict=True)]
        return breakdown(rows, feature)

    def to_json(self) -> dict[str, Any]:
        """Everything as plain data."""
        counts = {outcome: self.count(outcome) for outcome in (RIGHT, WRONG, MISSING)}
        return self.accuracy.to_json() | counts | {"extra": self.extra, "by": as_json(self.by)}


def agreement(pairs: Sequence[SentencePair], texts: Sequence[str]) -> AgreementResult:
    """Judge the produced `texts`, one for each of `pairs`."""
    verdicts: list[Verdict] = []
    extra = 0
    for pair, text in zip(pairs, texts, strict=True):
        judged, unexpected = _judge(pair, text)
        verdicts += judged
        extra += unexpected
    return AgreementResult(tuple(conditions(pairs)), tuple(verdicts), extra)


def agreement_rate(pairs: Sequence[SentencePair], texts: Sequence[str]) -> float:
    """The share of right words alone, as fast as a progress bar needs it; 1 if nothing has to agree."""
    right = total = 0
    for pair, text in zip(pairs, texts, strict=True):
        total += len(pair.agreements)
        if text == pair.target_text:
            right += len(pair.agreements)
        else:
            right += sum(verdict.outcome == RIGHT for verdict in judge(pair, text))
    return right / total if total else 1.0


def judge(pair: SentencePair, text: str) -> list[Verdict]:
    """The verdict on each of `pair.agreements` in the produced `text`."""
    return _judge(pair, text)[0]


def _judge(pair: SentencePair, text: str) -> tuple[list[Verdict], int]:
    """The verdicts, and the number of gendered words that no agreement accounts for."""
    if text == pair.target_text:
        return [Verdict(RIGHT, word.gender, pair.target[word.position]) for word in pair.agreements], 0
    words = split(text)
    beside = _beside(pair, words)
    at = [None if place is None else words[place] for place in beside]
    verdicts = []
    for word in pair.agreements:
        place = pair.nouns[word.controller].target
        noun = at[place] if place is not None else None  # Czech drops the pronoun that told the gender
        gender = _expected(word, pair.nouns[word.controller].gender, forms.noun_gender(noun) if noun else None)
        produced = at[word.position]
        shown = _shown(produced, pair.target[word.position], word) if produced else None
        outcome = MISSING if shown is None else RIGHT if shown == gender else WRONG
        verdicts.append(Verdict(outcome, gender, produced))
    judged = {beside[word.position] for word in pair.agreements}
    extra = sum(place not in judged and forms.gender_of(word) is not None for place, word in enumerate(words))
    return verdicts, extra


def _expected(word: Agreement, reference: Gender, produced: Gender | None) -> Gender:
    """The gender that `word` should have, where its noun came out as `produced`, None for nothing known.

    *The boy and the girl were happy* is masculine, whatever the noun that stands for both: there the reference decides.
    """
    if produced is None or produced == reference or word.gender != reference:
        return word.gender
    return produced


def _shown(produced: str, reference: str, word: Agreement) -> Gender | None:
    """The gender that a produced word shows, of the reference's two forms or in any case and number."""
    if produced.lower() == reference.lower():
        return word.gender
    return opposite(word.gender) if produced.lower() == word.other.lower() else forms.shown_gender(produced)


def _beside(pair: SentencePair, words: Sequence[str]) -> list[int | None]:
    """For each word of the reference, the place in `words` of the word that stands for it, or None."""
    # Both forms of an agreeing word count as one, also of those that no table has.
    one: dict[str, str] = {}
    for word in pair.agreements:
        form, other = pair.target[word.position].lower(), word.other.lower()
        if neutral(form) != neutral(other):
            one[form] = one[other] = min(form, other)

    def alike(word: str) -> str:
        return one.get(word.lower()) or neutral(word)

    left, right = [alike(word) for word in pair.target], [alike(word) for word in words]
    if left == right:
        return list(range(len(left)))
    places: list[int | None] = [None] * len(left)
    for step in Levenshtein.opcodes(left, right):
        if step.tag in ("equal", "replace"):
            places[step.src_start : step.src_end] = range(step.dest_start, step.dest_end)
    return places


@lru_cache(maxsize=100_000)
def neutral(word: str) -> str:
    """One spelling for both genders and every case of a word: kterou and který, holka and kluka."""
    return forms.family(word)
