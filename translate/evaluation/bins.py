"""Shares of a suite's sentences by what the suite varied in them: construction, distance, switches, lemma …"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from translate.evaluation.agreement import RIGHT, AgreementResult
from translate.evaluation.breakdown import order
from translate.evaluation.proportion import Proportion
from translate.evaluation.suite import Suite

_MOST = 60  # more values than this are no bins
# The tags by which a suite is parted; the others say where something is, and which sentences belong together.
TAGS = ("construction", "distance", "attractors", "switches", "switch", "lemma", "gender", "kind", "same", "verb")


@dataclass(frozen=True, slots=True)
class Bin:
    """The sentences with one value of a feature.

    Attributes:
        exact: translations equal to the reference. accepted: to it or a variant of it that is as right.
        agreement: of its agreeing words; where the suite is about one word of each sentence (tag `position`), of those.
    """

    exact: Proportion
    accepted: Proportion
    agreement: Proportion

    def to_json(self) -> dict[str, Any]:
        """The same as plain data."""
        shares = {"exact": self.exact, "accepted": self.accepted, "agreement": self.agreement}
        return {name: share.to_json() for name, share in shares.items()}


def bins(
    suite: Suite, exact: Sequence[bool], accepted: Sequence[bool], agreed: AgreementResult
) -> dict[str, dict[str, Bin]]:
    """For each feature of an annotated suite that varies in it, the bin of each value, in their order.

    exact, accepted: for each sentence whether it is. The features are `construction`, of the first clause where no tag
    says it, and the suite's own tags.
    """
    words = _words(suite, agreed)
    found: dict[str, dict[str, Bin]] = {}
    for feature, values in _features(suite).items():
        rows: dict[str, list[int]] = {}
        for row, value in enumerate(values):
            rows.setdefault(value, []).append(row)
        if 1 < len(rows) <= _MOST:
            found[feature] = {
                value: Bin(
                    _share([exact[row] for row in rows[value]]),
                    _share([accepted[row] for row in rows[value]]),
                    _share([right for row in rows[value] for right in words[row]]),
                )
                for value in sorted(rows, key=order)
            }
    return found


def _share(passed: Sequence[bool]) -> Proportion:
    return Proportion(sum(passed), len(passed))


def _features(suite: Suite) -> dict[str, list[str]]:
    """The value of each feature for every sentence; only those that all sentences have."""
    assert suite.pairs is not None
    features = {"construction": [pair.constructions[0] for pair in suite.pairs]}
    tags = suite.tags or ()
    for name in TAGS if tags else ():
        values = [one.get(name) for one in tags]
        if name in TAGS and all(isinstance(value, (str, int)) for value in values):
            features[name] = [str(value) for value in values]
    return features


def _words(suite: Suite, agreed: AgreementResult) -> list[list[bool]]:
    """For each sentence whether its agreeing words are right, or that one of them which the suite is about."""
    assert suite.pairs is not None
    rows: list[list[bool]] = [[] for _ in suite.pairs]
    for condition, verdict in zip(agreed.conditions, agreed.verdicts, strict=True):
        row = condition.sentence
        about = suite.tags[row].get("position") if suite.tags else None
        if about is None or suite.pairs[row].agreements[condition.agreement].position == about:
            rows[row].append(verdict.outcome == RIGHT)
    return rows
