"""Everything that a report found, in one frozen object: what is drawn, saved and read again."""

from dataclasses import dataclass, field
from html import escape

import msgspec

from translate.errors import TranslateError
from translate.lab.experiments.intervening.ablation import Ablations
from translate.lab.experiments.intervening.attention import Attention
from translate.lab.experiments.intervening.clamps import Clamps
from translate.lab.experiments.intervening.erasure import Erasure
from translate.lab.experiments.intervening.necessity import Necessity
from translate.lab.experiments.intervening.neutral_twin import NeutralTwin
from translate.lab.experiments.intervening.parts import Effect
from translate.lab.experiments.intervening.paths import Paths
from translate.lab.experiments.intervening.residual import Residual
from translate.lab.experiments.intervening.subspace import Subspaces
from translate.lab.experiments.mechanism.causal_map import CausalMap
from translate.lab.experiments.mechanism.closing import Closing
from translate.lab.experiments.mechanism.two_slots import TwoSlots
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
from translate.lab.experiments.setup import Provenance
from translate.lab.tracing.html import table
from translate.lab.verdicts.bars import Outcome
from translate.lab.verdicts.claim import Claim, from_record, to_record
from translate.lab.verdicts.rules import Verdict
from translate.records import from_plain, plain, to_json

FORMAT = "translate-results 4"
LATER = ("attention", "causal_map", "closing", "two_slots", "necessity", "residuals", "over_splits")
"""Parts that came later, written only where they were measured: the results of other models stay as they are."""


@dataclass(frozen=True)
class About(Provenance):
    """By what the numbers can be made again.

    model: first digits of the weights' SHA-256. folder: the model's name. shape: the model in words. seed: of every
    random choice of the analysis. training_seed: of the model, as text. command: what was typed. corpus: which
    sentences. test_nouns: the noun pairs that no probe was fitted on.
    """

    train_nouns: list[str]
    test_nouns: list[str]
    sentences: dict[str, int]


@dataclass(frozen=True)
class Results:
    """What a probing found; see each part.

    The parts with a default are left out where they were not asked for, or where the cell has no gates to ask.
    over_splits: the verdicts of all claims but *stored* and the erasers', by name, once for each of some splits of the
    nouns.
    """

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
    effects: tuple[Effect, ...] = ()
    notes: tuple[str, ...] = ()
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
    attention: Attention | None = None
    causal_map: CausalMap | None = None
    closing: Closing | None = None
    two_slots: TwoSlots | None = None
    necessity: tuple[Necessity, ...] = ()
    residuals: tuple[Residual, ...] = ()
    over_splits: dict[str, tuple[Outcome, ...]] = field(default_factory=dict)

    def claim(self, name: str) -> Claim:
        """The claim with this id or name; of two sides the decoder's."""
        return next(claim for claim in self.claims if name in (claim.name, claim.id))

    def _repr_html_(self) -> str:
        answer = " ".join(escape(sentence) for sentence in self.answer)
        lines = [(claim.name, claim.verdict, claim.estimate.text(), claim.statement) for claim in self.claims]
        return table(
            f"<b>{escape(self.about.folder)} {self.about.model}</b>: {answer}", ("claim", "verdict", "", ""), lines
        )

    def to_json(self) -> str:
        """The whole object as JSON; numbers have six significant digits, and what is not known is null."""
        record = {name: part for name, part in plain(self).items() if name not in LATER or part}
        return to_json({"format": FORMAT} | record | {"claims": [to_record(claim) for claim in record["claims"]]})

    @classmethod
    def from_json(cls, text: str | bytes, name: str = "results.json", remedy: str = "") -> "Results":
        """What `to_json` wrote. Raises `TranslateError` for a damaged text and for one of another format.

        name: what it is called then, such as the file's path. remedy: what is to be done, to follow a semicolon.
        """
        advice = f"; {remedy}." if remedy else "."
        try:
            record = msgspec.json.decode(text, type=dict)
            written = record.pop("format", FORMAT)
            if written == FORMAT:
                return from_plain(record | {"claims": [from_record(claim) for claim in record["claims"]]}, cls)
        except (ValueError, KeyError, TypeError) as error:
            raise TranslateError(f"{name} is damaged{advice}") from error
        raise TranslateError(f"{name} has another format ({written}, not {FORMAT}){advice}")
