"""Everything that the first report found, in one frozen object: what is drawn and what is saved."""

import json
from dataclasses import dataclass, field

from translate.lab.experiments.intervening.ablation import Ablations
from translate.lab.experiments.intervening.clamps import Clamps
from translate.lab.experiments.intervening.erasure import Erasure
from translate.lab.experiments.intervening.neutral_twin import NeutralTwin
from translate.lab.experiments.intervening.parts import Effect
from translate.lab.experiments.intervening.paths import Paths
from translate.lab.experiments.intervening.subspace import Subspaces
from translate.lab.experiments.reading.accounts import Accounts
from translate.lab.experiments.reading.accuracy import Accuracy
from translate.lab.experiments.reading.first_noun import FirstNoun
from translate.lab.experiments.reading.generalisation import Generalisation
from translate.lab.experiments.reading.gradients import Gradients
from translate.lab.experiments.reading.held import Held
from translate.lab.experiments.reading.information import UsableInformation
from translate.lab.experiments.reading.online_code import OnlineCode
from translate.lab.experiments.reading.pair import HeatMap
from translate.lab.experiments.reading.selectivity import Selectivity
from translate.lab.experiments.reading.stored import Reading
from translate.lab.experiments.reading.time_course import TimeCourse
from translate.lab.experiments.reading.units import Units
from translate.lab.statistics.estimate import Estimate
from translate.lab.verdicts.rules import Verdict
from translate.records import plain

FORMAT = "translate-results 4"


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
    held: tuple[Held, ...] = ()
    selectivity: tuple[Selectivity, ...] = ()
    online_code: tuple[OnlineCode, ...] = ()
    information: tuple[UsableInformation, ...] = ()
    generalisation: tuple[Generalisation, ...] = ()
    ledger: tuple[Accounts, ...] = ()
    gradients: tuple[Gradients, ...] = ()
    encoder_effects: tuple[Effect, ...] = ()
    subspaces: tuple[Subspaces, ...] = ()
    erasure: tuple[Erasure, ...] = ()
    clamps: Clamps | None = None
    paths: Paths | None = None
    ablation: Ablations | None = None
    verdicts: tuple[Verdict, ...] = ()
    twin: NeutralTwin | None = None

    def claim(self, name: str) -> Claim:
        """The claim with this id or name; of two sides the decoder's."""
        return next(claim for claim in self.claims if name in (claim.name, claim.id))

    def to_json(self) -> str:
        """The whole object as JSON; numbers have six significant digits, and what is not known is null."""
        found = plain(self) | {"claims": [claim.record() for claim in self.claims]}
        return json.dumps({"format": FORMAT} | found, ensure_ascii=False, indent=1) + "\n"
