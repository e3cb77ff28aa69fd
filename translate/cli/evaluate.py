"""`translate evaluate`: how well a model translates, agrees and prefers, by suite and by condition."""

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

_PATIENCE = 2.0  # seconds without a word that nobody minds


def evaluate(
    files: Annotated[list[Path] | None, typer.Argument(help="Suites: annotated .jsonl, or .tsv of your own.")] = None,
    corpus: Annotated[Path | None, typer.Option(help="Corpus folder (default: the frozen evaluation corpus).")] = None,
    suite: Annotated[list[str] | None, typer.Option(help="Suite or split of the corpus (default: test and all suites).")] = None,
    model: Annotated[Path | None, typer.Option(help="Model folder (default: the lesson's model).")] = None,
    by: Annotated[list[str] | None, typer.Option(help="Break down by: construction, kind, distance, attractors, clause, "
                                                      "direction, switch, or none.")] = None,
    errors: Annotated[int, typer.Option(min=0, help="Show so many wrong translations of each suite.")] = 0,
    device: Annotated[str, typer.Option(help="numpy, cpu, cuda, mps or auto.")] = "auto",
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:  # fmt: skip
    """BLEU, chrF2, TER, exact match, agreement accuracy and minimal-pair preference, with 95 % intervals."""
    features = _features(by)
    suites = _given(files or [], corpus, suite or [])

    from translate.evaluation.evaluate import evaluate as measure
    from translate.evaluation.suite import frozen_suites
    from translate.model.translator import Translator
    from translate.terminal.console import remark

    translator = Translator.load(model, device)
    if corpus is None and (suite or not files):
        suites += frozen_suites(suite or [], report=remark)
    sys.stdout.reconfigure(errors="replace")
    speak = _patient()
    results = []
    for number, chosen in enumerate(suites, start=1):
        told = partial(speak, f"{chosen.name} ({number} of {len(suites)})")
        results.append(measure(translator, chosen, mistakes=errors or 10, report=told))
    if json_:
        import json

        document = {"model": translator.checkpoint.hash, "suites": [result.to_json() for result in results]}
        print(json.dumps(document, ensure_ascii=False))
    else:
        from translate.terminal.evaluation_tables import show

        show(results, features, errors)


def _features(by: list[str] | None) -> list[str]:
    """The breakdowns asked for; raises `UsageError` for one that there is not."""
    from translate.errors import UsageError
    from translate.evaluation.breakdown import FEATURES

    if by is None:
        return ["construction", "distance", "attractors", "switch"]
    for name in by:
        if name not in (*FEATURES, "none"):
            raise UsageError(f"There is no breakdown by '{name}'; choose from {', '.join(FEATURES)} or none.")
    return [name for name in by if name != "none"]


def _given(files: list[Path], corpus: Path | None, names: list[str]) -> list:
    """The suites that the user has: files, and those of a corpus folder."""
    from translate.evaluation.suite import open_suite, suites_of

    return [open_suite(path) for path in files] + (suites_of(corpus, names) if corpus is not None else [])


def _patient() -> Callable[[str, str], None]:
    """A `speak(what, stage)` that says something on stderr once the wait is noticeable, and then not too often."""
    from translate.terminal.console import remark

    spoken = time.monotonic()

    def speak(what: str, stage: str) -> None:
        nonlocal spoken
        if time.monotonic() - spoken > _PATIENCE:
            spoken = time.monotonic()
            remark(f"{what}: {stage} …")

    return speak
