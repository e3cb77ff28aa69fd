"""A claim: a sentence that a number supports or does not, with the bar that it had to reach and its controls."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

from translate.braces import read_texts
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.shown import Shown
from translate.lab.verdicts.bars import FAILS, HOLDS, UNDECIDED, Outcome, at_least, at_most, unanimous
from translate.lab.verdicts.phrases import BRACES, Side


@dataclass(frozen=True)
class Claim(Shown):
    """A sentence that the numbers support or do not.

    id: by which figures refer to it. statement: the finding, worded from the numbers. verdict: "holds", "does not
    hold" or "undecided" (the interval contains the bar). bar: what had to be reached, set before any model is looked
    at. estimate: the number it rests on. controls: the numbers beside it, by name. refuted_by: what would have led to
    the other verdict. side: "model" for a finding about both sides. failed: the controls that came too near.
    seeds: models behind it; with 1 it is a finding about one model.
    """

    id: str
    statement: str
    verdict: Outcome
    bar: str
    estimate: Estimate
    controls: dict[str, Estimate]
    refuted_by: str
    side: Side = "model"
    failed: tuple[str, ...] = ()
    seeds: int = 1

    @property
    def name(self) -> str:
        """By which a link can point to it: "stored-decoder"; a finding about the model has its id alone."""
        return self.id if self.side == "model" else f"{self.id}-{self.side}"


RECORD = (
    *("id", "side", "statement", "verdict", "bar", "estimate", "interval", "n", "unit", "method", "is_share", "seeds"),
    *("controls", "failed_controls", "refuted_by"),
)
"""What `results.json` has of a claim: its number and interval lie flat beside the words."""


def to_record(claim: dict[str, Any]) -> dict[str, Any]:
    """A claim as plain data, in the form of `results.json`."""
    number = claim["estimate"]
    record = claim | number | {"estimate": number["value"], "interval": [number["low"], number["high"]]}
    record["failed_controls"] = claim["failed"]
    return {name: record[name] for name in RECORD}


def from_record(record: dict[str, Any]) -> dict[str, Any]:
    """The other way round; raises `ValueError` where something is missing."""
    if not set(RECORD) <= set(record):
        raise ValueError(f"a claim lacks {sorted(set(RECORD) - set(record))}")
    low, high = record["interval"]
    number = {"value": record["estimate"], "low": low, "high": high}
    number |= {name: record[name] for name in ("n", "unit", "method", "is_share")}
    claim = record | {"estimate": number, "failed": record["failed_controls"]}
    return {field.name: claim[field.name] for field in fields(Claim)}


@dataclass(frozen=True)
class Standard:
    """What a kind of claim needs to hold, whatever the model, and how it is worded: a table of `claims.toml`."""

    bar: str
    text: str
    words: tuple[str, str, str]
    refuted_by: str
    least: float | None = None
    most: float | None = None
    is_against: bool = False
    controls_most: float | None = None

    def verdict(self, estimate: Estimate) -> Outcome:
        """Whether an estimate is past the bar."""
        if self.least is not None:
            return at_least(estimate, self.least)
        return UNDECIDED if self.most is None else at_most(estimate, self.most)

    def comes_too_near(self, control: Estimate, estimate: Estimate) -> bool:
        """Whether a control explains as much as the claim.

        It reaches into the claim's interval (or, where all noun pairs agree and the interval is as wide as their number
        makes it, up to the bar), or it is not surely at most `controls_most`, where the claim names such a bar.
        """
        if not control.n:
            return False
        if self.controls_most is not None and at_most(control, self.controls_most) != HOLDS:
            return True
        low = self.least if self.least is not None and unanimous(estimate) else estimate.low
        return self.is_against and control.high >= low


@cache
def standards() -> dict[str, Standard]:
    """What each claim needs to hold, by its id."""
    return read_texts("translate.lab.verdicts", "claims.toml", Standard)


def make(
    id: str, estimate: Estimate, controls: Mapping[str, Estimate], side: Side = "model", **measured: object
) -> Claim:
    """The claim of this id on a number. measured: what else stands in its text."""
    return by_standard(standards()[id], id, estimate, controls, side, measured)


def by_standard(
    standard: Standard,
    id: str,
    estimate: Estimate,
    controls: Mapping[str, Estimate],
    side: Side,
    measured: Mapping[str, object],
) -> Claim:
    """The claim that needs and says what this standard does."""
    verdict = standard.verdict(estimate)
    words = dict(zip((HOLDS, FAILS, UNDECIDED), standard.words, strict=True))
    measured = {"side": side, **measured}
    word = BRACES.filled(words[verdict], **measured)
    failed = tuple(name for name, control in controls.items() if standard.comes_too_near(control, estimate))
    return Claim(
        id=id,
        statement=BRACES.filled(standard.text, word=word, **measured),
        verdict=UNDECIDED if failed and verdict == HOLDS else verdict,
        bar=BRACES.filled(standard.bar, **measured),
        estimate=estimate,
        controls=dict(controls),
        refuted_by=standard.refuted_by,
        side=side,
        failed=failed,
    )


def against(claim: Claim, name: str, control: Estimate) -> Claim:
    """The claim beside one control more; one that reaches into its interval explains as much, and leaves it open."""
    near = control.n > 0 and control.high >= claim.estimate.low
    return replace(
        claim,
        controls={**claim.controls, name: control},
        failed=(*claim.failed, name) if near else claim.failed,
        verdict=UNDECIDED if near and claim.verdict == HOLDS else claim.verdict,
    )
