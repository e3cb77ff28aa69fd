"""Probing a model: a model and a corpus in, one `Results` out."""

from collections.abc import Callable
from pathlib import Path

from translate import __version__
from translate.errors import TranslateError
from translate.lab.experiments.intervening.ablation import ablation
from translate.lab.experiments.intervening.clamps import COUNTS, Clamps, best, clamps
from translate.lab.experiments.intervening.encoder_exchange import encoder_exchange, still_used
from translate.lab.experiments.intervening.erasure import erasure
from translate.lab.experiments.intervening.exchange import exchange
from translate.lab.experiments.intervening.neutral_twin import NeutralTwin, neutral_setup, neutral_twin
from translate.lab.experiments.intervening.parts import Gates
from translate.lab.experiments.intervening.paths import paths
from translate.lab.experiments.intervening.subspace import QUICK_STEPS, RANKS, STEPS, subspace
from translate.lab.experiments.reading.accounts import accounts
from translate.lab.experiments.reading.accuracy import accuracy
from translate.lab.experiments.reading.first_noun import first_noun
from translate.lab.experiments.reading.generalisation import generalisations
from translate.lab.experiments.reading.gradients import gradient_course
from translate.lab.experiments.reading.held import held
from translate.lab.experiments.reading.information import usable_information
from translate.lab.experiments.reading.online_code import online_code
from translate.lab.experiments.reading.pair import boy_girl
from translate.lab.experiments.reading.selectivity import selectivity
from translate.lab.experiments.reading.stored import readings
from translate.lab.experiments.reading.time_course import time_courses
from translate.lab.experiments.reading.units import rank, units
from translate.lab.experiments.reading.valves import valves
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.lemmas import looks_feminine, split_lemmas
from translate.lab.sentences.material import READ, load_material
from translate.lab.sentences.observed import check_words
from translate.lab.verdicts import claims as claim
from translate.lab.verdicts import findings as find
from translate.lab.verdicts.answer import answer
from translate.lab.verdicts.results import About, Results
from translate.lab.verdicts.rules import Evidence, judge

Progress = Callable[[str], None]
SIDES = ("dec", "enc")
NEUTRAL = "neutral twin"
"""How the claims name that control."""


def make_setup(translator, corpus: Path | None = None, seed: int = 0, quick: bool = False) -> Setup:
    """The model with the sentences to look at it with, checked before any long work.

    corpus: a folder made by `translate corpus`; None: the lesson's suites, made anew. quick: a third of the sentences.
    Raises `TranslateError` where the model does not know the corpus's words or a suite is missing.
    """
    material = load_material(corpus, quick)
    for name in ("switch", "test"):
        if not material.suites.get(name):
            raise TranslateError(
                f'The corpus has no suite "{name}", which the report needs; make it with `translate corpus`.'
            )
    pairs = material.pairs("switch", *READ)
    check_words(translator, material.pairs(*material.suites))
    return Setup(translator, material, split_lemmas(pairs, seed), seed)


def probe(
    setup: Setup, command: str = "", progress: Progress = lambda stage: None, depth: str = "default", twin=None
) -> Results:
    """All parts, each told to `progress` as it begins.

    depth: "quick" leaves out what takes longest, and what answers no claim; "full" adds further sites.
    twin: the `Translator` of the model's neutral twin, which is then one of the controls; raises `UsageError` for a
    model that cannot be the twin, before any long work.
    """
    return _Probing(setup, progress, depth, None if twin is None else neutral_setup(setup, twin)).results(command)


class _Probing:
    """One probing: the parts in the report's order, each a method."""

    def __init__(self, setup: Setup, progress: Progress, depth: str, twin: Setup | None):
        self.setup, self.progress, self.depth, self.twin = setup, progress, depth, twin
        self.sites = (setup.memory, setup.memory.on("enc"))

    def results(self, command: str) -> Results:
        """Everything, and the claims made of it."""
        setup = self.setup
        self.progress("accuracy: translating the test suites")
        right = accuracy(setup)
        stored = self._stored()
        self.progress("units: which carry the gender, and what their gates do")
        self.ranking = rank(setup)
        carriers, moved = units(setup, self.ranking), valves(setup, self.ranking)
        pair, first = boy_girl(setup), first_noun(setup)
        self.progress("ledger: at which word the gender is written and erased")
        books = tuple(book for book in (accounts(setup, side) for side in SIDES) if book is not None)
        self.progress("gradients: how far back the state is still felt")
        felt = () if self.depth == "quick" else gradient_course(setup)
        used = self._used()
        forgotten = self._forgotten(used, first)
        twin = self._twin()
        claims = self._claims(stored, books, used, forgotten, twin)
        claims += [
            find.agreement_claim(right), find.turns_claim(stored["courses"], setup.memory), find.first_noun_claim(first),
            find.units_claim(carriers), find.gates_claim(moved),
        ]  # fmt: skip
        claims = tuple(one for one in claims if one is not None)
        return Results(
            about=_about(setup, command), question=find.QUESTION,
            answer=answer(stored["readings"], used["effects"], first, claims), claims=claims, accuracy=right, first_noun=first,
            units=carriers, gates=moved, pair=pair, ledger=books, gradients=felt, notes=_notes(setup), twin=twin, **stored, **used, **forgotten,
        )  # fmt: skip

    def _stored(self) -> dict:
        """What can be read, and held against its controls."""
        setup = self.setup
        self.progress("reading: the current gender from c and h, and its controls")
        found = {
            "readings": readings(setup), "courses": time_courses(setup),
            "held": tuple(held(setup, site) for site in self.sites),
            "selectivity": tuple(selectivity(setup, site) for site in self.sites),
            "information": tuple(usable_information(setup, site) for site in self.sites),
        }  # fmt: skip
        if self.depth != "quick":
            self.progress("reading: description length, and at which word a probe of another word still reads")
            found["online_code"] = tuple(online_code(setup, site) for site in self.sites)
            found["generalisation"] = generalisations(setup, setup.memory)
        return found

    def _used(self) -> dict:
        """What the translation does when a part of the state is exchanged, erased or silenced."""
        setup, quick = self.setup, self.depth == "quick"
        self.progress("intervention: exchanging states, then translating freely")
        found = {
            "effects": exchange(setup, self.ranking),
            "encoder_effects": encoder_exchange(setup),
            "paths": paths(setup),
        }
        self.progress("intervention: the smallest subspace that carries the gender")
        ranks, steps = ((1,), QUICK_STEPS) if quick else (RANKS, STEPS)
        where = (None, setup.memory.replace(".c", ".h")) if self.depth == "full" else (None,)
        found["subspaces"] = _some(subspace(setup, ranks, steps, site) for site in where)
        if not quick:
            self.progress("intervention: erasing the gender, and silencing units")
            found |= {"erasure": erasure(setup), "ablation": ablation(setup, self.ranking)}
        return found

    def _forgotten(self, used: dict, first) -> dict:
        """What became of the first gender: the clamps, and the verdict on each side."""
        setup = self.setup
        self.progress("intervention: holding the valves at the second noun")
        clamped = clamps(setup, self.ranking, COUNTS)
        evidence = {side: _evidence(setup, side, used, clamped, first) for side in SIDES}
        return {"clamps": clamped, "verdicts": tuple(judge(one) for one in evidence.values())}

    def _twin(self) -> NeutralTwin | None:
        if self.twin is None:
            return None
        self.progress("control: the neutral twin, which was trained on a Czech without agreement")
        return neutral_twin(self.twin)

    def _claims(self, stored: dict, books, used: dict, forgotten: dict, twin: NeutralTwin | None) -> list:
        """The seven claims for the decoder, then for the encoder, as far as there is something to say."""
        found, by_side = [], {book.side: book for book in books}
        for side, site, effects, verdict in zip(
            SIDES, self.sites, (used["effects"], used["encoder_effects"]), forgotten["verdicts"], strict=True
        ):
            reading = next(reading for reading in stored["readings"] if reading.site == site)
            far = next(one for one in stored["held"] if one.site == site)
            found += [claim.stored(reading, {NEUTRAL: twin.probes[site]} if twin else None), claim.held(far)]
            if side in by_side:
                found += [claim.written(by_side[side]), claim.erased(by_side[side])]
            here = _after_noun(effects)
            if here:
                random = {effect.part: effect.flipped for effect in here if effect.part.kind == "random units"}
                found.append(claim.used(here[0], random, claim.SIDES[side]))
                if here[0].other is not None:
                    found.append(claim.contained(here[0], claim.SIDES[side]))
            if verdict.numbers:
                found.append(claim.forgotten(verdict, claim.SIDES[side]))
        return found


def _after_noun(effects) -> list:
    """The exchanges in the first clause, one word after its noun; the whole state comes first."""
    return [effect for effect in effects if effect.clause == 0 and effect.moment == "after noun"]


def _some(found) -> tuple:
    return tuple(one for one in found if one is not None)


def _evidence(setup: Setup, side: str, used: dict, clamped: Clamps | None, first) -> Evidence:
    """What the verdict on one side looks at; the clamps are those of the three best units."""

    def old(gates: Gates):
        one = clamped and clamped.of(side, gates, best(3))
        return one.old if one else None

    if side == "dec":  # a decoder that re-reads what it writes stores nothing, though its state also writes a word
        found = used["paths"].of("held")
        turned = found and found.turned
    else:
        here = _after_noun(used["encoder_effects"])
        turned = here[0].flipped if here else None
    return Evidence(
        claim.SIDES[side], "the first noun's gender", used=turned, later=still_used(setup, side),
        open_forget=old("forget open"), blocked=old("nothing written"), both=old("both"),
        anew=first.after_anew if side == "dec" else None,
    )  # fmt: skip


def _about(setup: Setup, command: str) -> About:
    checkpoint, shape = setup.translator.checkpoint, setup.config.in_words()
    return About(
        checkpoint.hash, checkpoint.folder.name, shape, setup.seed, str(checkpoint.metrics.get("seed", "unknown")), command,
        __version__, setup.material.origin, sorted(setup.split.train), sorted(setup.split.test),
        {name: len(suite) for name, suite in setup.material.suites.items()},
    )  # fmt: skip


def _notes(setup: Setup) -> tuple[str, ...]:
    """What a reader must know to judge the numbers."""
    disguised = sorted(pair.split("/")[0] for pair in setup.split.test if looks_feminine(pair))
    held = f" Among them are the masculine nouns in -a ({', '.join(disguised)})." if disguised else ""
    return (
        "One model. Another training seed may store the gender elsewhere; the unit of replication is the seed, and here there is one.",
        f"Probes were fitted on {len(setup.split.train)} noun pairs and are tested on {len(setup.split.test)} others, so that no "
        f"noun can be recognised.{held}",
        "The current gender is that of the last noun that fixes one; words that already agree with a noun to come count as that noun's.",
        "States are read while the decoder writes the reference, step by step; interventions are judged on what it writes freely.",
        "Intervals are 95 %: bootstrapped over noun pairs where nouns were drawn, Wilson's for shares of translated words.",
    )
