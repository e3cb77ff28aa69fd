"""The first report: a model and a corpus in, one `Results` out."""

from collections.abc import Callable
from pathlib import Path

from translate import __version__
from translate.errors import TranslateError
from translate.lab import claims as say
from translate.lab.accuracy import accuracy
from translate.lab.answer import answer
from translate.lab.bench import Bench
from translate.lab.boy_girl import boy_girl
from translate.lab.carriers import gates, rank, units
from translate.lab.exchange import exchange
from translate.lab.first_noun import first_noun
from translate.lab.lemmas import looks_feminine, split_lemmas
from translate.lab.material import READ, load_material
from translate.lab.reading import check_words
from translate.lab.results import About, Results
from translate.lab.stored import readings, time_courses

Progress = Callable[[str], None]


def make_bench(translator, corpus: Path | None = None, seed: int = 0, quick: bool = False) -> Bench:
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
    return Bench(translator, material, split_lemmas(pairs, seed), seed)


def first_report(bench: Bench, command: str = "", progress: Progress = lambda stage: None) -> Results:
    """All seven parts, each told to `progress` as it begins."""
    progress("accuracy: translating the test suites")
    right = accuracy(bench)
    progress("reading: the current gender from c and h, and its controls")
    read = readings(bench)
    courses = time_courses(bench)
    progress("reading: the first noun's gender after the second noun")
    first = first_noun(bench)
    progress("units: which carry the gender, and what their gates do")
    ranking = rank(bench)
    carriers, valves = units(bench, ranking), gates(bench, ranking)
    progress("a boy/girl pair")
    pair = boy_girl(bench)
    progress("intervention: transplanting states, then translating freely")
    effects = exchange(bench, ranking)
    claims = [
        say.agreement_claim(right), say.stored_claim(read), say.turns_claim(courses, bench.memory),
        say.first_noun_claim(first), say.units_claim(carriers), say.gates_claim(valves), *say.used_claims(effects),
    ]  # fmt: skip
    claims = tuple(claim for claim in claims if claim is not None)
    return Results(
        _about(bench, command), say.QUESTION, answer(read, effects, first, claims), claims, right, read, courses, first, carriers, valves,
        pair, effects, _notes(bench),
    )  # fmt: skip


def _about(bench: Bench, command: str) -> About:
    checkpoint, config = bench.translator.checkpoint, bench.config
    layers = "1 layer" if config.layers == 1 else f"{config.layers} layers"
    shape = f"{config.cell.upper()} encoder–decoder without attention, {layers} of {config.hidden} units"
    return About(
        checkpoint.hash, checkpoint.folder.name, shape, bench.seed, str(checkpoint.metrics.get("seed", "unknown")), command,
        __version__, bench.material.origin, sorted(bench.split.train), sorted(bench.split.test),
        {name: len(suite) for name, suite in bench.material.suites.items()},
    )  # fmt: skip


def _notes(bench: Bench) -> tuple[str, ...]:
    """What a reader must know to judge the numbers."""
    disguised = sorted(pair.split("/")[0] for pair in bench.split.test if looks_feminine(pair))
    held = f" Among them are the masculine nouns in -a ({', '.join(disguised)})." if disguised else ""
    return (
        "One model. Another training seed may store the gender elsewhere; the unit of replication is the seed, and here there is one.",
        f"Probes were fitted on {len(bench.split.train)} noun pairs and are tested on {len(bench.split.test)} others, so that no "
        f"noun can be recognised.{held}",
        "The current gender is that of the last noun that fixes one; words that already agree with a noun to come count as that noun's.",
        "States are read while the decoder writes the reference, step by step; interventions are judged on what it writes freely.",
        "Intervals are 95 %: bootstrapped over noun pairs where nouns were drawn, Wilson's for shares of translated words.",
    )
