"""The report of a contrast of one's own: all that can be asked of it, in one frozen result.

The same experiments as the lesson's. Where no sentence has two contrasts, what becomes of the first one when the second
comes is not asked, and the result says so.
"""

from collections import ChainMap, Counter
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, field, replace
from functools import partial
from html import escape

from translate.lab.experiments.contrast import across_words, told_anew
from translate.lab.experiments.intervening.attention import Attention, attention
from translate.lab.experiments.intervening.clamps import clamps
from translate.lab.experiments.intervening.necessity import Necessity, necessity
from translate.lab.experiments.intervening.paths import Paths, paths
from translate.lab.experiments.intervening.residual import Residual, residual
from translate.lab.experiments.mechanism.causal_map import CausalMap, causal_map
from translate.lab.experiments.reading.first_noun import FirstNoun, first_noun
from translate.lab.experiments.reading.held import FAR, Held, held
from translate.lab.experiments.reading.stored import Reading, stored
from translate.lab.experiments.reading.time_course import TimeCourse, time_courses
from translate.lab.experiments.reading.units import Units, rank, units
from translate.lab.experiments.setup import Provenance, Setup, provenance
from translate.lab.experiments.side_course import SideCourse, side_courses
from translate.lab.sentences.contrasted import Contrasted, Dropped
from translate.lab.sentences.events import NOT_CROSSED
from translate.lab.sentences.side_names import SideNames
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.shown import Shown
from translate.lab.tracing.html import table
from translate.lab.tracing.site import DECODER_FIRST
from translate.lab.verdicts import contrast_claims
from translate.lab.verdicts.bars import FAILS, HOLDS, UNDECIDED
from translate.lab.verdicts.claim import Claim
from translate.lab.verdicts.claims import part_used
from translate.lab.verdicts.evidence import of_decoder
from translate.lab.verdicts.parts import Measured, Part
from translate.lab.verdicts.phrases import share_of, site_of
from translate.lab.verdicts.rules import Verdict, judge
from translate.processes import for_each
from translate.terms import SIDES

_CLAMPED = (3,)
_TOLD = 0.75
"""What is read at no fewer words is told: half way between guessing and certainty."""
_WHY = {
    "unknown word": "with a word that the model does not know",
    "read alike": "that the model reads as the same words",
    "read in lengths": "whose two sentences the model reads as different numbers of words",
    "unfinished": "of which the model does not end a translation",
    "written alike": "of which it writes the same translation",
    "written in lengths": "whose two translations have different numbers of words",
}
"""Why contrasts were left out, in words that follow their number."""


@dataclass(frozen=True)
class Change:
    """What the model writes for the first sentence, what in its place for the other, and in how many contrasts."""

    one: str
    other: str
    contrasts: int


@dataclass(frozen=True)
class OfSide:
    """One side of the network. read: its memory, read on contrasts it was not fitted on, beside the controls.

    across: the same where the *words* that differ are others than it was fitted on; None where there are no others.
    held: the reading by the words since the last one that differs; anew: by probes fitted at each distance alone.
    units: of the memory, best first. parts: what exchanging each part of it does, and all but it; None where hardly
    anything depends on the contrast.
    """

    side: str
    read: Reading
    across: Estimate | None
    held: Held
    anew: dict[str, Estimate]
    units: Units
    parts: Necessity | None


@dataclass(frozen=True)
class ContrastFindings(Shown):
    """What depends on a contrast, where it is, and what follows it.

    names: of the two columns. by_sentence: whether intervals are over sentences, or over different contrasts. used:
    contrasts that could be asked; dropped: the others, and why. crossed: sentences with two. words: of the model's that
    are judged, over all sentences. hits, expected: of the words that were said to change, those that do, and all.
    courses: when the memory begins to tell the side. causes: every site at every step exchanged. paths, start, after:
    by which way it comes to the words; start, after: of a decoder with attention, from the start and from the first
    word that differs on. turns, first, residual, fate: of sentences with two contrasts, what becomes of the first.
    """

    about: Provenance
    names: SideNames
    by_sentence: bool
    used: int
    dropped: tuple[Dropped, ...]
    crossed: int
    changed: tuple[Change, ...]
    words: int
    hits: int
    expected: int
    sides: tuple[OfSide, ...]
    courses: tuple[SideCourse, ...]
    causes: CausalMap | None
    paths: Paths
    start: Attention | None = None
    after: Attention | None = None
    turns: tuple[TimeCourse, ...] = ()
    first: FirstNoun | None = None
    residual: Residual | None = None
    fate: Verdict | None = None
    claims: tuple[Claim, ...] = ()
    answer: tuple[str, str, str] = ("", "", "")
    notes: tuple[str, ...] = field(default=())

    def _repr_html_(self) -> str:
        answer = " ".join(escape(sentence) for sentence in self.answer)
        lines = [(claim.name, claim.verdict, claim.estimate.text(), claim.statement) for claim in self.claims]
        return table(
            f"<b>{escape(self.names.both)}, {self.about.model}</b>: {answer}", ("claim", "verdict", "", ""), lines
        )


def contrast_findings(
    setup: Setup,
    found: Contrasted,
    command: str = "",
    progress: Callable[[str], None] = lambda stage: None,
    jobs: int = 1,
) -> ContrastFindings:
    """Ask the experiments about a contrast, as `contrast` has set it up.

    progress: told of each part as it begins. jobs: how many are measured at a time, see `for_each`.
    """
    progress("reading: the states of both sides")
    setup.at_hand("network", "own", "observed", "readout")
    measured = for_each(
        lambda part: part.measure(copy(setup)), list(_parts(setup, found)), jobs, lambda part: progress(part.stage)
    )
    fields = dict(ChainMap(*map(dict, measured)))
    findings = ContrastFindings(
        about=Provenance(**provenance(setup, command)),
        names=found.sides,
        by_sentence=found.by_sentence,
        used=len(found.used),
        dropped=found.dropped,
        crossed=found.crossed,
        changed=tuple(Change(*words, count) for words, count in found.changed.items()),
        words=sum(len(pair.agreements) for pair in setup.pairs),
        hits=found.hits,
        expected=found.expected,
        sides=tuple(fields.pop(side) for side in DECODER_FIRST),
        notes=tuple(_notes(setup, found)),
        **fields,
    )
    findings = replace(findings, claims=tuple(_claims(findings)))
    return replace(findings, answer=_answer(findings))


def _parts(setup: Setup, found: Contrasted) -> Iterator[Part]:
    """What is measured; what takes longest comes first."""
    yield Part("mechanism: every site at every step exchanged", lambda setup: {"causes": causal_map(setup)})
    for side in DECODER_FIRST:
        yield Part(
            f"the {SIDES[side]}'s memory: read, held, and exchanged part by part, beside the controls",
            partial(_of_side, found, side),
        )
    yield Part(
        "reading: the word at which the side begins to be told; by which way it comes to the words",
        lambda setup: {"courses": side_courses(setup), "paths": paths(setup)},
    )
    if setup.config.attention:
        yield Part(
            "intervention: the decoder's state and what attention reads are on different sides",
            lambda setup: {"start": attention(setup, "start"), "after": attention(setup)},
        )
    if found.crossed:
        yield Part("reading and clamping: what becomes of the first contrast when the second comes", _forgotten)


def _of_side(found: Contrasted, side: str, setup: Setup) -> Measured:
    site = setup.memory.on(side)
    ranking = rank(setup, site)
    of = OfSide(
        side=side,
        read=stored(setup, site),
        across=across_words(setup, site, found.words),
        held=held(setup, site),
        anew=told_anew(setup, site),
        units=units(setup, ranking),
        parts=necessity(setup, ranking, side),
    )
    return {side: of}


def _forgotten(setup: Setup) -> Measured:
    first, rest = first_noun(setup), residual(setup)
    evidence = of_decoder(paths(setup), first, clamps(setup, rank(setup), _CLAMPED), rest)
    return {"turns": time_courses(setup), "first": first, "residual": rest, "fate": judge(evidence)}


def _claims(findings: ContrastFindings) -> Iterator[Claim]:
    names = findings.names
    for of in findings.sides:
        yield contrast_claims.stored(of.read, names, unseen_of(findings))
        yield contrast_claims.held(of.held, names)
        if of.parts is not None:
            yield contrast_claims.used(of.parts, names)
            yield contrast_claims.contained(of.parts, names)
    yield from contrast_claims.looked_back(findings.start, findings.after, names)
    if findings.fate is not None:
        yield contrast_claims.forgotten(findings.fate)


def unseen_of(findings: ContrastFindings) -> str:
    """On what the probes were judged: "in unseen sentences", or "in contrasts of unseen words"."""
    return "in unseen sentences" if findings.by_sentence else "in contrasts of unseen words"


def _answer(findings: ContrastFindings) -> tuple[str, str, str]:
    """Three sentences: is the contrast in the memory; do the words follow it; what becomes of it."""
    by_name, of = {claim.name: claim for claim in findings.claims}, findings.sides[0]
    names, kept = findings.names, of.held.by_distance
    near, far = kept.get("0") or of.read.probe, of.held.far
    lead = {HOLDS: "Yes", FAILS: "Hardly", UNDECIDED: "Not certainly"}[by_name["stored-decoder"].verdict]
    if near.low >= _TOLD and far.n and far.high < _TOLD:
        lead = "For a while"
    further = f"; {FAR} words and more later at {share_of(far)} (random weights {share_of(of.held.untrained)})"
    told = (
        f"{lead}, in one model: once a word that differs has been read, {site_of(of.read.site)} tells {names.one} from "
        f"{names.other} at {share_of(near)}{further if far.n else ''}."
    )
    follows = "Hardly a word is still to come that depends on it, and whether the memory is used could not be tried."
    if of.parts is not None:
        part, name = part_used(of.parts)
        follows = f"Exchanging {name} there turns {share_of(part.turned)} of the words to come that depend on it"
        start = {looked.way: share_of(looked.words.turned) for looked in findings.start.ways} if findings.start else {}
        more = (
            "; from the start, the state handed over turns {state} of all, what attention reads {bank}" if start else ""
        )
        follows = f"{follows}{more.format(**start)}."
    fate = by_name.get("forgotten-decoder")
    return told, follows, fate.statement if fate else NOT_CROSSED


def left_out(findings: ContrastFindings) -> list[str]:
    """How many contrasts were left out, and why, a reason each: "97 whose two translations have …"."""
    reasons = Counter(dropped.kind for dropped in findings.dropped).most_common()
    return [f"{count} {_WHY[kind]}" for kind, count in reasons]


def _notes(setup: Setup, found: Contrasted) -> Iterator[str]:
    """What a reader must know to judge the numbers."""
    yield "One model. Another training seed may store the contrast elsewhere; the unit of replication is the seed."
    yield (
        "What depends on the contrast the model says itself: it translates both sentences, and the words that differ "
        "are judged. Whether they are right is not asked."
    )
    if any(dropped.kind == "written in lengths" for dropped in found.dropped):
        yield (
            "What is found holds of contrasts that the model translates word for word alike: those whose translations "
            "have different numbers of words could not be laid side by side."
        )
    if found.by_sentence:
        yield (
            "Too few different contrasts stand here to hold some out, so each sentence stands for itself: probes are "
            "judged on other sentences with the same words, and may have learnt the words; where there are other "
            "words, the reading across words tells."
        )
    else:
        yield "Probes are judged on contrasts of words that they were not fitted on; intervals are over such contrasts."
    if setup.config.attention:
        yield (
            "This decoder looks back at the source at every step (attention). What its memory tells at a word it may "
            "have read just then: being told is no sign of being remembered; the exchanges say what the words follow."
        )
    if setup.config.bidirectional:
        yield ("The encoder reads both ways. Its states are read in the half that reads forwards; exchanges take both.")
    if not found.crossed:
        yield NOT_CROSSED
