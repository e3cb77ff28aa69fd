"""A claim: a sentence that a number supports or does not, with the bar that it had to reach and its controls."""

from collections.abc import Mapping
from dataclasses import dataclass

from translate.lab.statistics.estimate import Estimate
from translate.lab.verdicts.bars import FAILS, HOLDS, UNDECIDED, Outcome, at_least, at_most
from translate.lab.verdicts.words import Side


@dataclass(frozen=True)
class Claim:
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


@dataclass(frozen=True)
class Standard:
    """What a kind of claim needs to hold, whatever the model.

    least, most: the bar; one of the two. bar: the same in words. refuted_by: what would have led to the other verdict.
    is_against: whether its controls are the same number where the claim cannot be true. One that comes too near then
    makes the claim undecided, whatever its own number is.
    """

    id: str
    bar: str
    refuted_by: str
    least: float | None = None
    most: float | None = None
    is_against: bool = False

    def verdict(self, estimate: Estimate) -> Outcome:
        """Whether an estimate is past the bar."""
        if self.least is not None:
            return at_least(estimate, self.least)
        return UNDECIDED if self.most is None else at_most(estimate, self.most)

    def claim(
        self,
        estimate: Estimate,
        text: str,
        words: tuple[str, str, str] = ("", "", ""),
        controls: Mapping[str, Estimate] | None = None,
        side: Side = "model",
    ) -> Claim:
        """The claim on a number. words: what stands for {} in `text` where it holds, where it fails, and in between."""
        controls = dict(controls or {})
        verdict = self.verdict(estimate)
        statement = text.format(dict(zip((HOLDS, FAILS, UNDECIDED), words, strict=True))[verdict])
        near = [name for name, control in controls.items() if control.n and control.high >= estimate.low]
        failed = tuple(near) if self.is_against else ()
        return Claim(
            id=self.id,
            statement=statement,
            verdict=UNDECIDED if failed and verdict == HOLDS else verdict,
            bar=self.bar,
            estimate=estimate,
            controls=controls,
            refuted_by=self.refuted_by,
            side=side,
            failed=failed,
        )
