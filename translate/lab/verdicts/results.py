"""Everything that the first report found, in one frozen object: what is drawn and what is saved."""

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from translate.lab.sentences.minimal_pairs import Effect
from translate.lab.statistics.estimate import Course, Estimate
from translate.lab.verdicts.plain import plain

if TYPE_CHECKING:  # these modules make parts of a `Results`, and some of them use this one
    from translate.lab.experiments.intervening.ablation import Ablations
    from translate.lab.experiments.intervening.clamps import Clamps
    from translate.lab.experiments.intervening.erasure import Erasure
    from translate.lab.experiments.intervening.neutral_twin import NeutralTwin
    from translate.lab.experiments.intervening.paths import Paths
    from translate.lab.experiments.intervening.subspace import Subspaces
    from translate.lab.experiments.reading.accounts import Accounts
    from translate.lab.experiments.reading.generalisation import Generalisation
    from translate.lab.experiments.reading.gradients import Gradients
    from translate.lab.experiments.reading.held import Held
    from translate.lab.experiments.reading.information import UsableInformation
    from translate.lab.experiments.reading.online_code import OnlineCode
    from translate.lab.experiments.reading.selectivity import Selectivity
    from translate.lab.verdicts.rules import Verdict

FORMAT = "translate-results 3"


@dataclass(frozen=True)
class About:
    """By what the numbers can be made again.

    model: first digits of the weights' SHA-256. folder: the model's name. shape: the model in words. seed: of every
    random choice of the analysis. training_seed: of the model, as text. command: what was typed. corpus: which
    sentences. test_nouns: the noun pairs that no probe was fitted on.
    """

    model: str
    folder: str
    shape: str
    seed: int
    training_seed: str
    command: str
    version: str
    corpus: str
    train_nouns: list[str]
    test_nouns: list[str]
    sentences: dict[str, int]


@dataclass(frozen=True)
class Claim:
    """A sentence that the numbers support or do not.

    id: by which figures refer to it. statement: the finding, worded from the numbers. verdict: "holds", "does not
    hold" or "undecided" (the interval contains the bar). bar: what had to be reached. estimate: the number it rests
    on. controls: the numbers beside it, by name. refuted_by: what would have led to the other verdict.
    side: "decoder", "encoder", or "model" for a finding about both. failed: the controls that came too near.
    seeds: models behind it; with 1 it is a finding about one model.
    """

    id: str
    statement: str
    verdict: str
    bar: str
    estimate: Estimate
    controls: dict[str, Estimate]
    refuted_by: str
    side: str = "model"
    failed: tuple[str, ...] = ()
    seeds: int = 1

    @property
    def name(self) -> str:
        """By which a link can point to it: "stored-decoder"; a finding about the model has its id alone."""
        return self.id if self.side == "model" else f"{self.id}-{self.side}"

    def record(self) -> dict:
        """The claim as `results.json` has it: its number and interval flat, its controls by name."""
        number = self.estimate
        return plain({
            "id": self.id, "side": self.side, "statement": self.statement, "verdict": self.verdict, "bar": self.bar,
            "estimate": number.value, "interval": [number.low, number.high], "n": number.n, "unit": number.unit,
            "method": number.method, "is_share": number.is_share, "seeds": self.seeds, "controls": self.controls,
            "failed_controls": self.failed, "refuted_by": self.refuted_by,
        })  # fmt: skip


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


@dataclass(frozen=True)
class Reading:
    """How well one linear probe, fitted once over all words, reads the current gender at a site, on unseen nouns.

    probe: at every word. agreeing: at the agreeing words alone (decoder). The rest are controls at every word:
    shuffled: fitted to shuffled labels. untrained: the same architecture with random weights. embedding: of the word
    just read, without any state. majority: always the more frequent gender.
    """

    site: str
    probe: Estimate
    agreeing: Estimate | None
    shuffled: Estimate
    untrained: Estimate
    embedding: Estimate
    majority: Estimate


@dataclass(frozen=True)
class TimeCourse:
    """A mean over sentences at the words around the second noun (offset 0), for one kind of sentence.

    what: what is averaged ("p(feminine)", "f"). site. kind: "m>f" and so on, or "switch", "same".
    """

    what: str
    site: str
    kind: str
    course: Course


@dataclass(frozen=True)
class FirstNoun:
    """Is the first noun's gender still there after the second noun?

    anew: accuracy of a probe for y1 fitted anew at each word. unchanged: accuracy for y1 of the one that was fitted
    in the first clause and applied as it is. unchanged_second: the same probe scored against y2.
    The three estimates are those of the words from the second noun's next one on, together.
    """

    site: str
    anew: Course
    unchanged: Course
    unchanged_second: Course
    after_anew: Estimate
    after_unchanged: Estimate
    after_second: Estimate


@dataclass(frozen=True)
class Unit:
    """One unit: its AUC for the current gender on the nouns it was chosen on and on the others, and Cohen's d there."""

    unit: int
    chosen: float
    shown: float
    effect: float


@dataclass(frozen=True)
class Units:
    """The units of a site, best first as chosen on one half. best: AUC of the first on the other half, as max(A, 1-A).

    at_chance: units whose AUC on the other half lies between 0.4 and 0.6.
    """

    site: str
    ranked: list[Unit]
    best: Estimate
    at_chance: int
    n_chosen: int
    n_shown: int


@dataclass(frozen=True)
class HeatMap:
    """A boy/girl pair: c `[unit][time]` of both and their difference, units sorted by the readout's weight.

    words: what the step writes, by m and f. order: unit numbers from the most feminine weight to the most masculine.
    share: how much of the squared difference the ten units that differ most carry. same: whether the model's own
    translations are the sentences shown.
    """

    site: str
    source: dict[str, str]
    words: dict[str, list[str]]
    order: list[int]
    weight: list[float]
    m: list[list[float]]
    f: list[list[float]]
    difference: list[list[float]]
    share: float
    exact: bool


@dataclass(frozen=True)
class Results:
    """What a probing found; see each part. The parts with a default are left out where they were not asked for, or where
    the cell has no gates to ask."""

    about: About
    question: str
    answer: tuple[str, str]
    claims: tuple[Claim, ...]
    accuracy: Accuracy
    readings: tuple[Reading, ...]
    courses: tuple[TimeCourse, ...]
    first_noun: FirstNoun
    units: Units
    gates: tuple[TimeCourse, ...]
    pair: HeatMap
    effects: tuple[Effect, ...]
    notes: tuple[str, ...] = field(default=())
    held: tuple["Held", ...] = ()
    selectivity: tuple["Selectivity", ...] = ()
    online_code: tuple["OnlineCode", ...] = ()
    information: tuple["UsableInformation", ...] = ()
    generalisation: tuple["Generalisation", ...] = ()
    ledger: tuple["Accounts", ...] = ()
    gradients: tuple["Gradients", ...] = ()
    encoder_effects: tuple[Effect, ...] = ()
    subspaces: tuple["Subspaces", ...] = ()
    erasure: tuple["Erasure", ...] = ()
    clamps: "Clamps | None" = None
    paths: "Paths | None" = None
    ablation: "Ablations | None" = None
    verdicts: tuple["Verdict", ...] = ()
    twin: "NeutralTwin | None" = None

    def claim(self, name: str) -> Claim:
        """The claim with this id or name; of two sides the decoder's."""
        return next(claim for claim in self.claims if name in (claim.name, claim.id))

    def to_json(self) -> str:
        """The whole object as JSON; numbers have six significant digits, and what is not known is null."""
        found = plain(self) | {"claims": [claim.record() for claim in self.claims]}
        return json.dumps({"format": FORMAT} | found, ensure_ascii=False, indent=1) + "\n"
