"""The whole report: a model and a corpus in, one `Results` out."""

from collections import ChainMap
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import replace
from pathlib import Path

from translate.errors import TranslateError
from translate.lab.experiments.intervening.neutral_twin import neutral_setup
from translate.lab.experiments.reading.units import rank
from translate.lab.experiments.setup import Setup, provenance
from translate.lab.sentences.lemmas import looks_feminine, split_lemmas
from translate.lab.sentences.material import READ, load_material
from translate.lab.sentences.observed import check_whole_words, check_words
from translate.lab.verdicts.answer import QUESTION, answer
from translate.lab.verdicts.claims import claims_of, fate_over_splits
from translate.lab.verdicts.evidence import of_decoder, of_encoder
from translate.lab.verdicts.parts import Depth, Measured, parts
from translate.lab.verdicts.results import About, Results
from translate.lab.verdicts.rules import judge
from translate.lab.verdicts.split_seeds import SEEDS, over_splits
from translate.model.translator import Translator
from translate.processes import NotebookBar, for_each

Progress = Callable[[str], None]


def make_setup(translator: Translator, corpus: Path | None = None, seed: int = 0, quick: bool = False) -> Setup:
    """The model with the sentences to look at it with, checked before any long work.

    corpus: a folder made by `translate corpus`; None: the lesson's suites, made anew. quick: a third of the sentences.
    Raises `TranslateError` where the model does not know the corpus's words or a suite is missing.
    """
    check_whole_words(translator)  # before any sentence is made
    material = load_material(corpus, quick)
    for name in ("switch", "test"):
        if not material.suites.get(name):
            raise TranslateError(
                f'The corpus has no suite "{name}", which the report needs; make one that has it with '
                "`translate corpus --out FOLDER`."
            )
    pairs = material.pairs("switch", *READ)
    check_words(translator, material.all_pairs)
    return Setup(translator, material, split_lemmas(pairs, seed), seed)


def probe(
    setup: Setup,
    command: str = "",
    progress: Progress | None = None,
    depth: Depth = "default",
    twin: Translator | None = None,
    jobs: int = 1,
) -> Results:
    """All parts, each told to `progress` as it begins (None: a notebook shows them), and what may be said of them.

    depth: "quick" leaves out what takes longest, and what answers no claim; "full" adds further sites, and
    asks what rests on reading again with other nouns for testing.
    twin: the model's neutral twin, which is then one of the controls; raises `UsageError` for a model that cannot be
    the twin, before any long work. jobs: how many parts are measured at a time, see `for_each`; they change no number.
    """
    progress = progress or NotebookBar("probe")
    beside = None if twin is None else neutral_setup(setup, twin)
    progress("reading: the states, which units carry the gender")
    setup.at_hand("network", "own", "observed", "readout")
    ranking = rank(setup)
    measured = for_each(
        lambda part: part.measure(copy(setup)),
        parts(setup, ranking, depth, beside),
        jobs,
        lambda part: progress(part.stage),
    )
    results = _together(setup, command, measured)
    if depth == "full":
        results = replace(results, over_splits=over_splits(setup, SEEDS, jobs, progress))
    return concluded(results)


def concluded(results: Results) -> Results:
    """The results with the claims and the answer that their numbers allow."""
    fates = tuple(fate_over_splits(verdict, results.over_splits) for verdict in results.verdicts)
    results = replace(results, verdicts=fates)
    results = replace(results, claims=claims_of(results))
    return replace(results, answer=answer(results))


def _together(setup: Setup, command: str, measured: Sequence[Measured]) -> Results:
    """All that was measured, and the verdict on each side."""
    about = {"about": _about(setup, command), "question": QUESTION, "notes": _notes(setup)}
    fields = ChainMap(*map(dict, measured), about, {"answer": ("", ""), "claims": ()})
    results = Results(**fields)
    rests = {rest.side: rest for rest in results.residuals}
    encoder = next((necessity for necessity in results.necessity if necessity.side == "enc"), None)
    evidence = (
        of_decoder(results.paths, results.first_noun, results.clamps, rests.get("dec")),
        of_encoder(encoder, results.clamps, rests.get("enc")),
    )
    return replace(results, verdicts=tuple(map(judge, evidence)))


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
