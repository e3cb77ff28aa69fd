"""`translate corpus`: write a corpus, or show some of its pairs."""

import json
import time
from pathlib import Path
from typing import Annotated

import typer


def corpus(
    grammar: Annotated[str, typer.Option(help="The grammar: a preset's name, or a file NAME.toml.")] = "lesson",
    pairs: Annotated[int, typer.Option(min=1, help="How many training pairs.")] = 20_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes on any machine.")] = 0,
    out: Annotated[Path | None, typer.Option(help="The folder to write (train, dev, test and the suites).")] = None,
    show: Annotated[int | None, typer.Option(min=1, help="Print that many aligned pairs instead.")] = None,
    neutral: Annotated[
        bool, typer.Option("--neutral", help="In a Czech without agreement: every agreeing word is masculine.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Results for programs.")] = False,
) -> None:
    """Make English–Czech sentence pairs in which every agreeing word knows its noun."""
    from translate.errors import UsageError

    if out is None and show is None:
        raise UsageError("Say --out FOLDER to write a corpus, or --show 8 to see some of its pairs.")
    if show is not None:
        _show(grammar, show, seed, neutral, as_json)
    if out is not None:
        _build(grammar, pairs, seed, out, neutral, as_json)


def _show(grammar: str, count: int, seed: int, neutral: bool, as_json: bool) -> None:
    from translate.corpus.neutral import neutralise
    from translate.corpus.show import sample, show

    drawn = sample(grammar, count, seed)
    if neutral:
        drawn = [neutralise(pair) for pair in drawn]
    if as_json:
        for pair in drawn:
            typer.echo(pair.to_json().decode())
    else:
        show(drawn)


def _build(grammar: str, pairs: int, seed: int, out: Path, neutral: bool, as_json: bool) -> None:
    from translate.corpus.neutral import build_neutral
    from translate.corpus.splits import build
    from translate.terminal.console import progress_bar

    make = build_neutral if neutral else build
    start = time.perf_counter()
    with progress_bar("pairs", transient=True) as update:
        counts = make(grammar, pairs, seed, out, update)
    seconds = time.perf_counter() - start
    if as_json:
        summary = {"out": str(out), "grammar": grammar, "seed": seed, "neutral": neutral, "counts": counts}
        typer.echo(json.dumps(summary | {"seconds": round(seconds, 3)}, ensure_ascii=False))
    else:
        for name, count in counts.items():
            typer.echo(f"{name:<17}{count:>9,}")
        typer.echo(f"{sum(counts.values()):,} pairs in {seconds:.1f} s, written to {out}.", err=True)
