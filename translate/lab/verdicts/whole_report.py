"""The whole report: a model and a corpus in, one `Results` out."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Literal

from translate.errors import TranslateError
from translate.lab.experiments.intervening.ablation import ablation
from translate.lab.experiments.intervening.attention import attention
from translate.lab.experiments.intervening.clamps import COUNTS, clamps
from translate.lab.experiments.intervening.erasure import erasure
from translate.lab.experiments.intervening.exchange import decoder_exchange, encoder_exchange
from translate.lab.experiments.intervening.necessity import necessity
from translate.lab.experiments.intervening.neutral_twin import neutral_setup, neutral_twin
from translate.lab.experiments.intervening.paths import paths
from translate.lab.experiments.intervening.residual import residual
from translate.lab.experiments.intervening.subspace import QUICK_STEPS, RANKS, STEPS, subspace
from translate.lab.experiments.mechanism.causal_map import causal_map
from translate.lab.experiments.mechanism.closing import closing
from translate.lab.experiments.mechanism.two_slots import two_slots
from translate.lab.experiments.reading.accounts import accounts
from translate.lab.experiments.reading.accuracy import accuracy
from translate.lab.experiments.reading.first_noun import first_noun
from translate.lab.experiments.reading.generalisation import Generalisation, generalisations
from translate.lab.experiments.reading.gradients import gradient_course
from translate.lab.experiments.reading.held import held
from translate.lab.experiments.reading.information import usable_information
from translate.lab.experiments.reading.online_code import OnlineCode, online_code
from translate.lab.experiments.reading.pair import boy_girl
from translate.lab.experiments.reading.selectivity import selectivity
from translate.lab.experiments.reading.stored import readings
from translate.lab.experiments.reading.time_course import time_courses
from translate.lab.experiments.reading.units import Ranking, rank, units
from translate.lab.experiments.reading.valves import valves
from translate.lab.experiments.setup import Setup, provenance
from translate.lab.sentences.lemmas import looks_feminine, split_lemmas
from translate.lab.sentences.material import READ, load_material
from translate.lab.sentences.observed import check_words
from translate.lab.tracing.site import DECODER_FIRST, states
from translate.lab.verdicts.answer import QUESTION, answer
from translate.lab.verdicts.claims import claims_of, fate_over_splits
from translate.lab.verdicts.evidence import of_decoder, of_encoder
from translate.lab.verdicts.results import About, Results
from translate.lab.verdicts.rules import judge
from translate.lab.verdicts.split_seeds import over_splits
from translate.model.translator import Translator

Depth = Literal["quick", "default", "full"]
Progress = Callable[[str], None]


def make_setup(translator: Translator, corpus: Path | None = None, seed: int = 0, quick: bool = False) -> Setup:
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
    check_words(translator, material.all_pairs)
    return Setup(translator, material, split_lemmas(pairs, seed), seed)


def probe(
    setup: Setup,
    command: str = "",
    progress: Progress = lambda stage: None,
    depth: Depth = "default",
    twin: Translator | None = None,
) -> Results:
    """All parts, each told to `progress` as it begins, and what may be said of them.

    depth: "quick" leaves out what takes longest, and what answers no claim; "full" adds further sites, and
    asks what rests on reading again with other nouns for testing.
    twin: the model's neutral twin, which is then one of the controls; raises `UsageError` for a model that cannot be
    the twin, before any long work.
    """
    beside = None if twin is None else neutral_setup(setup, twin)
    ranking, results = _read(setup, command, progress, depth)
    results = _account(setup, results, progress, depth)
    results = _intervene(setup, ranking, results, progress, depth)
    if depth != "quick":
        results = _follow(setup, ranking, results, progress)
    results = _judge(setup, ranking, results, progress)
    if depth == "full":
        progress("control: other nouns for testing")
        results = replace(results, over_splits=over_splits(setup))
    if beside is not None:
        progress("control: the neutral twin, which was trained on a Czech without agreement")
        results = replace(results, twin=neutral_twin(beside))
    return concluded(results)


def concluded(results: Results) -> Results:
    """The results with the claims and the answer that their numbers allow."""
    fates = tuple(fate_over_splits(verdict, results.over_splits) for verdict in results.verdicts)
    results = replace(results, verdicts=fates)
    results = replace(results, claims=claims_of(results))
    return replace(results, answer=answer(results))


def _read(setup: Setup, command: str, progress: Progress, depth: Depth) -> tuple[Ranking, Results]:
    """How well the model translates, and what can be read, against its controls. Also the units, ranked."""
    progress("accuracy: translating the test suites")
    right = accuracy(setup)
    progress("reading: the current gender from c and h, and its controls")
    sites = [setup.memory.on(side) for side in DECODER_FIRST]
    read, courses = readings(setup), time_courses(setup)
    far, selective = [held(setup, site) for site in sites], [selectivity(setup, site) for site in sites]
    bits = [usable_information(setup, site) for site in sites]
    codes: tuple[OnlineCode, ...] = ()
    matrices: tuple[Generalisation, ...] = ()
    if depth != "quick":
        progress("reading: description length, and at which word a probe of another word still reads")
        codes = tuple(online_code(setup, site) for site in sites)
        matrices = generalisations(setup, setup.memory)
    progress("units: which carry the gender, and what their gates do")
    ranking = rank(setup)
    return ranking, Results(
        about=_about(setup, command),
        question=QUESTION,
        answer=("", ""),
        claims=(),
        accuracy=right,
        readings=read,
        courses=courses,
        first_noun=first_noun(setup),
        units=units(setup, ranking),
        gates=valves(setup, ranking),
        pair=boy_girl(setup),
        notes=_notes(setup),
        held=tuple(far),
        selectivity=tuple(selective),
        information=tuple(bits),
        online_code=codes,
        generalisation=matrices,
    )


def _account(setup: Setup, results: Results, progress: Progress, depth: Depth) -> Results:
    """The cell's own accounts, and how far back a gradient reaches."""
    progress("ledger: at which word the gender is written and erased")
    books = tuple(book for book in (accounts(setup, side) for side in DECODER_FIRST) if book is not None)
    progress("gradients: how far back the state is still felt")
    return replace(results, ledger=books, gradients=() if depth == "quick" else gradient_course(setup))


def _intervene(setup: Setup, ranking: Ranking, results: Results, progress: Progress, depth: Depth) -> Results:
    """What the translation does when a part of the state is exchanged, erased or silenced."""
    progress("intervention: exchanging states, then translating freely")
    results = replace(
        results,
        effects=decoder_exchange(setup, ranking),
        encoder_effects=encoder_exchange(setup),
        paths=paths(setup),
    )
    if setup.config.attention:
        progress("intervention: cell and attention say different genders")
        results = replace(results, attention=attention(setup))
    progress("intervention: the smallest subspace that carries the gender")
    ranks, steps = ((1,), QUICK_STEPS) if depth == "quick" else (RANKS, STEPS)
    names = states(setup.config) if depth == "full" else (setup.memory.name,)
    exchanged = [subspace(setup, ranks, steps, setup.memory.named(name)) for name in names]
    results = replace(results, subspaces=tuple(subspace for subspace in exchanged if subspace is not None))
    progress("intervention: each part of the memory alone, and all but it")
    trained = results.subspaces[0].bases[0].basis[:, 0] if results.subspaces else None
    parts = (necessity(setup, ranking, "dec", trained), necessity(setup, None, "enc"))
    results = replace(results, necessity=tuple(part for part in parts if part is not None))
    if depth == "quick":
        return results
    progress("intervention: erasing the gender, and silencing units")
    return replace(results, erasure=erasure(setup), ablation=ablation(setup, ranking))


def _follow(setup: Setup, ranking: Ranking, results: Results, progress: Progress) -> Results:
    """Where, when and by which way a change changes the words."""
    progress("mechanism: every site at every step exchanged")
    results = replace(results, causal_map=causal_map(setup))
    progress("mechanism: what closes the valves, and what comes of cutting it")
    results = replace(results, closing=closing(setup, ranking))
    progress("mechanism: the gender that is still to come")
    return replace(results, two_slots=two_slots(setup, ranking))


def _judge(setup: Setup, ranking: Ranking, results: Results, progress: Progress) -> Results:
    """What became of the first gender: the clamps, and the verdict on each side."""
    progress("intervention: holding the valves while the first noun gives way to the second")
    results = replace(results, clamps=clamps(setup, ranking, COUNTS))
    progress("intervention: amplifying what is left of the first gender")
    rests = {side: residual(setup, side) for side in DECODER_FIRST}
    parts = next((parts for parts in results.necessity if parts.side == "enc"), None)
    evidence = (
        of_decoder(results.paths, results.first_noun, results.clamps, rests["dec"]),
        of_encoder(parts, results.clamps, rests["enc"]),
    )
    return replace(
        results,
        residuals=tuple(rest for rest in rests.values() if rest is not None),
        verdicts=tuple(map(judge, evidence)),
    )


def _about(setup: Setup, command: str) -> About:
    return About(
        **provenance(setup, command),
        train_nouns=sorted(setup.split.train),
        test_nouns=sorted(setup.split.test),
        sentences={name: len(suite) for name, suite in setup.material.suites.items()},
    )


def _notes(setup: Setup) -> tuple[str, ...]:
    """What a reader must know to judge the numbers."""
    disguised = sorted(pair.split("/")[0] for pair in setup.split.test if looks_feminine(pair))
    among = f" Among them are the masculine nouns in -a ({', '.join(disguised)})." if disguised else ""
    both_ways = (
        "The encoder reads both ways. Its states are read, and its accounts kept, in the half that reads forwards; "
        "exchanges take both halves, each after it has read the noun."
    )
    return (
        "One model. Another training seed may store the gender elsewhere; the unit of replication is the seed, and "
        "here there is one.",
        f"Probes were fitted on {len(setup.split.train)} noun pairs and are tested on {len(setup.split.test)} others, "
        f"so that no noun can be recognised.{among}",
        "The current gender is that of the last noun that fixes one; words that already agree with a noun to come "
        "count as that noun's.",
        "States are read while the decoder writes the reference, step by step; interventions are judged on what it "
        "writes freely.",
        "Intervals are 95 % and count noun pairs, not words: bootstrapped over them, Wilson's where all of them agree.",
        *([both_ways] if setup.config.bidirectional else []),
    )
