"""How well does the model translate the sentences that its states are read on?

Misleads when a suite's mean is taken for the language's: the suites of hard cases are made, not drawn. The means are
therefore those of the two suites that were drawn as the training sentences were.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from translate.corpus.pair import SentencePair
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.lemmas import noun_pair
from translate.lab.sentences.material import JUDGED
from translate.lab.statistics.estimate import Estimate, wilson
from translate.lab.statistics.resample import mean_over
from translate.lab.statistics.shown import Shown

if TYPE_CHECKING:
    from translate.evaluation.breakdown import Condition

_DRAWN = ("test", "test-combination")


@dataclass(frozen=True)
class Accuracy(Shown):
    """Agreement and exact match of the greedy translations, all on sentences that the model was not trained on.

    by_distance: the distances up to `longest` are from a suite that stays within those of training; what lies beyond is
    farther than any training sentence goes (0: there is no such suite).
    """

    agreement: Estimate
    exact: Estimate
    by_suite: dict[str, Estimate]
    by_construction: dict[str, Estimate]
    by_distance: dict[str, Estimate]
    by_switch: dict[str, Estimate]
    longest: int = 0


class _Word(NamedTuple):
    suite: str
    condition: "Condition"
    is_right: bool
    lemma: str


def accuracy(setup: Setup) -> Accuracy:
    """Agreement of greedy translations by suite, construction, distance and switch; exact match of the test suite.

    Nothing where the material is the model's own words.
    """
    from translate.evaluation.agreement import RIGHT, agreement

    words: list[_Word] = []
    exact = wilson(0, 0, "sentences")
    for name in () if setup.material.as_written else JUDGED:
        pairs = setup.material.pairs(name)
        texts = setup.translator.texts([pair.source_text for pair in pairs])
        judged = agreement(pairs, texts)
        words += [
            _Word(name, condition, verdict.outcome == RIGHT, _lemma(pairs, condition))
            for condition, verdict in zip(judged.conditions, judged.verdicts, strict=True)
        ]
        if name == "test":
            same = sum(text == pair.target_text for pair, text in zip(pairs, texts, strict=True))
            exact = wilson(same, len(pairs), "sentences")
    drawn = [word for word in words if word.suite in _DRAWN]
    near = [word for word in words if word.suite == "distance"]
    longest = max((int(word.condition.distance) for word in near), default=0)
    # Of the longer sentences the words that are farther away than any in training; the others are nearer, as elsewhere.
    longer = [word for word in words if word.suite == "distance-longer"]
    far = [word for word in longer if int(word.condition.distance) > longest]
    return Accuracy(
        agreement=_share(drawn),
        exact=exact,
        by_suite=_by(words, lambda word: word.suite),
        by_construction=_by(drawn, lambda word: word.condition.construction),
        by_distance=_by(near + far, lambda word: word.condition.distance),
        by_switch=_by([word for word in words if word.suite == "switch"], lambda word: word.condition.switch),
        longest=longest,
    )


def _by(words: Sequence[_Word], key: Callable[[_Word], str]) -> dict[str, Estimate]:
    groups: dict[str, list[_Word]] = {}
    for word in words:
        groups.setdefault(key(word), []).append(word)
    return {group: _share(groups[group]) for group in sorted(groups, key=_numbers_first)}


def _numbers_first(name: str) -> tuple[bool, int, str]:
    number = name.split("–")[0].rstrip("+")
    return not number.isdigit(), int(number) if number.isdigit() else 0, name


def _share(words: Sequence[_Word]) -> Estimate:
    return mean_over([word.is_right for word in words], [word.lemma for word in words], "words")


def _lemma(pairs: Sequence[SentencePair], condition: "Condition") -> str:
    """The noun pair that the word agrees with."""
    pair = pairs[condition.sentence]
    return noun_pair(pair.nouns[pair.agreements[condition.agreement].controller].lemma)
