"""`translate evaluate`: how well a model translates, agrees and prefers, by suite and by condition."""

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from translate.cli.option_names import with_options
from translate.cli.shared import Device, ModelFolder

if TYPE_CHECKING:
    from translate.evaluation.suite import Suite
    from translate.tokenizer import Tokenizer


def evaluate(
    files: Annotated[list[Path] | None, typer.Argument(help="Suites: annotated .jsonl, or .tsv of your own.")] = None,
    corpus: Annotated[Path | None, typer.Option(help="Corpus folder (default: the frozen evaluation corpus).")] = None,
    suite: Annotated[
        list[str] | None, typer.Option(help="Suite or split of the corpus (default: test and all suites).")
    ] = None,
    model: ModelFolder = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            help="Break down by: construction, kind, distance, attractors, clause, direction, switch, a tag, or none."
        ),
    ] = None,
    errors: Annotated[int, typer.Option(min=0, help="Show so many wrong translations of each suite.")] = 0,
    prefer: Annotated[
        bool, typer.Option(help="Compare the two forms of each word as well: most of the time goes there.")
    ] = True,
    strict: Annotated[bool, typer.Option("--strict", help="Stop at a line of a .tsv that cannot be used.")] = False,
    device: Device = "auto",
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """BLEU, chrF2, TER, exact match, agreement accuracy and minimal-pair preference, with 95 % intervals."""
    features, tags = _features(by)
    suites = _given(files or [], corpus, suite or [], strict)

    from translate.evaluation.evaluate import evaluate as measure
    from translate.evaluation.suite import frozen_suites
    from translate.model.translator import Translator
    from translate.terminal.console import patient_remarks, remark

    translator = Translator.load(model, device)
    if corpus is None and (suite or not files):
        suites += frozen_suites(suite or [], report=remark)
    patient = patient_remarks()

    def report(name: str, stage: str) -> None:
        patient(f"{name}: {stage} …")

    suites = [_readable(chosen, translator.source, strict) for chosen in suites]
    results = []
    for number, chosen in enumerate(suites, start=1):
        name = f"{chosen.name} ({number} of {len(suites)})"
        results.append(measure(translator, chosen, mistakes=errors or 10, report=partial(report, name), prefer=prefer))
    if json_:
        document = {"model": translator.checkpoint.hash, "suites": [result.to_json() for result in results]}
        print(json.dumps(document, ensure_ascii=False))
    else:
        from translate.terminal.evaluation_tables import show

        show(results, features, tags, errors)


def _readable(suite: "Suite", tokenizer: "Tokenizer", strict: bool) -> "Suite":
    """What of a suite the model can read; what it cannot is said, or stops the reading where that is `strict`."""
    from translate.errors import TranslateError
    from translate.terminal.console import remark

    readable, why = suite.readable(tokenizer)
    if why and strict:
        raise TranslateError(f"{suite.name}: {why}; they are left out without --strict.")
    if why:
        remark(f"{suite.name}: {why} left out.")
    return readable


def _features(by: list[str] | None) -> tuple[list[str], list[str] | None]:
    """The breakdowns asked for, of words and of sentences (None for all); raises `UsageError` for an unknown one."""
    from translate.errors import UsageError
    from translate.evaluation.bins import TAGS
    from translate.evaluation.breakdown import FEATURES

    if by is None:
        return ["construction", "distance", "attractors", "switch"], None
    for name in by:
        if name not in (*FEATURES, *TAGS, "none"):
            known = ", ".join(dict.fromkeys((*FEATURES, *TAGS)))
            raise UsageError(f"There is no breakdown by '{name}'; choose from {known} or none.")
    return [name for name in by if name in FEATURES], by


def _given(files: list[Path], corpus: Path | None, names: list[str], strict: bool) -> "list[Suite]":
    """The suites that the user has: files, and those of a corpus folder."""
    from translate.evaluation.suite import open_suite, suites_of
    from translate.terminal.console import remark

    def report(said: str) -> None:
        remark(with_options(said))

    return [open_suite(path, strict, report) for path in files] + (
        suites_of(corpus, names) if corpus is not None else []
    )
