"""Under which conditions a word must agree, so that every result can be read by each of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from translate.corpus.pair import Agreement, SentencePair
from translate.evaluation.proportion import Proportion

FEATURES = ("construction", "kind", "distance", "attractors", "clause", "direction", "switch")


@dataclass(frozen=True, slots=True)
class Condition:
    """One agreeing word of a reference and what makes it easy or hard.

    Attributes:
        sentence: its sentence's place in the suite.
        agreement: its place in `SentencePair.agreements`.
        construction: of its clause.
        kind: of word: relative, rad, participle, predicate, attribute, copula, possessive, pronoun.
        distance: to the controlling noun, in tokens ("1": the next one; "0": Czech has none).
        attractors: the nouns between, by whether they share the gender ("none", "1 same, 1 other").
        clause: of the word, from "1".
        direction: forward or backward, or dropped where Czech does not say the pronoun that told the gender.
        switch: the genders of the clauses in order ("m>f"; "m" if there is one clause).
    """

    sentence: int
    agreement: int
    construction: str
    kind: str
    distance: str
    attractors: str
    clause: str
    direction: str
    switch: str


def conditions(pairs: Sequence[SentencePair]) -> Iterator[Condition]:
    """The condition of every agreement of `pairs`, in their order."""
    for sentence, pair in enumerate(pairs):
        switch = switch_of(pair)
        for index, word in enumerate(pair.agreements):
            yield Condition(
                sentence=sentence,
                agreement=index,
                construction=pair.constructions[word.clause],
                kind=word.kind,
                distance=str(word.distance),
                attractors=_attractors(pair, word),
                clause=str(word.clause + 1),
                direction=word.direction,
                switch=switch,
            )


def switch_of(pair: SentencePair) -> str:
    """The genders of the clauses in order, joined by ">"; a clause that shows no gender is left out."""
    genders: dict[int, str] = {}
    for word in pair.agreements:
        genders.setdefault(word.clause, word.gender)
    for noun in pair.nouns:
        if noun.role == "controller":
            genders.setdefault(noun.clause, noun.gender)
    return ">".join(genders[clause] for clause in sorted(genders))


def _attractors(pair: SentencePair, word: Agreement) -> str:
    same = sum(pair.nouns[index].gender == word.gender for index in word.attractors)
    other = len(word.attractors) - same
    return ", ".join(f"{n} {name}" for n, name in ((same, "same"), (other, "other")) if n) or "none"


def breakdown(rows: Sequence[tuple[Condition, bool]], by: str) -> dict[str, Proportion]:
    """The share of `rows` that passed, for each value of the feature `by` (one of `FEATURES`)."""
    counts: dict[str, list[int]] = {}
    for condition, passed in rows:
        count = counts.setdefault(getattr(condition, by), [0, 0])
        count[0] += passed
        count[1] += 1
    return {value: Proportion(*counts[value]) for value in sorted(counts, key=order)}


def as_json(by: Callable[[str], dict[str, Proportion]]) -> dict[str, dict[str, dict[str, Any]]]:
    """The breakdown `by` each feature as plain data."""
    return {feature: {value: share.to_json() for value, share in by(feature).items()} for feature in FEATURES}


def order(value: str) -> tuple[bool, int, int, str]:
    """By which the values of a feature are sorted."""
    # "none" before "1 same"; numbers by size; a sentence of one clause before one of two.
    number = value.split()[0]
    return value != "none", int(number) if number.isdigit() else 0, value.count(">"), value
