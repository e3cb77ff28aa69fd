"""How well the model translates what its states are read on: part 2 of the report."""

from collections.abc import Iterable
from dataclasses import dataclass

from translate.lab.experiments.setup import Setup
from translate.lab.sentences.material import JUDGED
from translate.lab.statistics.estimate import Estimate, wilson

_OF_TEST = ("test", "test-combination")  # drawn as the training sentences are: their mean means something


@dataclass(frozen=True)
class Accuracy:
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


def accuracy(setup: Setup) -> Accuracy:
    """Agreement of greedy translations by suite, construction, distance and switch; exact match of the test sentences."""
    from translate.evaluation.agreement import RIGHT, agreement

    rows: list[tuple[str, object, bool]] = []
    exact = [0, 0]
    for name in JUDGED:
        pairs = setup.material.pairs(name)
        texts = setup.translator.texts([pair.source_text for pair in pairs])
        result = agreement(pairs, texts)
        rows += [(name, c, v.outcome == RIGHT) for c, v in zip(result.conditions, result.verdicts, strict=True)]
        if name == "test":
            exact = [sum(text == pair.target_text for pair, text in zip(pairs, texts, strict=True)), len(pairs)]
    drawn = [row for row in rows if row[0] in _OF_TEST]
    near = [row for row in rows if row[0] == "distance"]
    longest = max((int(condition.distance) for _, condition, _ in near), default=0)
    # Of the longer sentences the words that are farther away than any in training; the others are nearer, as elsewhere.
    far = [row for row in rows if row[0] == "distance-longer" and int(row[1].distance) > longest]
    return Accuracy(
        agreement=_share((right for _, _, right in drawn), "words"),
        exact=wilson(*exact, "sentences"),
        by_suite=_by(rows, lambda name, condition: name),
        by_construction=_by(drawn, lambda name, condition: condition.construction),
        by_distance=_by(near + far, lambda name, condition: condition.distance),
        by_switch=_by([row for row in rows if row[0] == "switch"], lambda name, condition: condition.switch),
        longest=longest,
    )


def _by(rows, key) -> dict[str, Estimate]:
    groups: dict[str, list[bool]] = {}
    for name, condition, right in rows:
        groups.setdefault(key(name, condition), []).append(right)
    return {group: _share(groups[group], "words") for group in sorted(groups, key=_order)}


def _order(name: str) -> tuple:
    first = name.split("–")[0].rstrip("+")
    return (not first.isdigit(), int(first) if first.isdigit() else 0, name)


def _share(right: Iterable[bool], unit: str) -> Estimate:
    right = list(right)
    return wilson(sum(right), len(right), unit)
