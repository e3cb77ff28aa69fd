"""`translate study`: the same question put to several seeds, cells and sizes."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from translate.cli.shared import JsonResults, command_line

if TYPE_CHECKING:
    from translate.study.plan import Job, Request
    from translate.study.replica import Twin
    from translate.study.workers import Commands


def study(
    out: Annotated[Path, typer.Option(help="Folder for the study; what is finished in it is not repeated.")],
    seeds: Annotated[int, typer.Option(min=1, help="How many replicas of each kind.")] = 10,
    first_seed: Annotated[int, typer.Option(min=0, help="The first training seed.")] = 1,
    recipe: Annotated[str, typer.Option(help="Recipe: a TOML file or a name that ships.")] = "lesson",
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", help="Override a key of the recipe: key=value, or rnn:key=value for one cell."),
    ] = None,
    corpus: Annotated[Path | None, typer.Option(help="Corpus folder (default: one is made in --out).")] = None,
    pairs: Annotated[int, typer.Option(min=1, help="Training pairs of the corpus that is made.")] = 160_000,
    cells: Annotated[str, typer.Option(help="Cells, with commas: lstm,gru,rnn (default: the recipe's).")] = "",
    hidden: Annotated[
        str, typer.Option(help="Numbers of units, with commas: 64,128,256 (default: the recipe's).")
    ] = "",
    layers: Annotated[str, typer.Option(help="Numbers of layers, with commas: 1,2 (default: the recipe's).")] = "",
    bidirectional: Annotated[
        bool, typer.Option("--bidirectional", help="Also train each with an encoder that reads both ways.")
    ] = False,
    neutral: Annotated[bool, typer.Option("--neutral", help="Also train each on Czech without agreement.")] = False,
    returning: Annotated[
        bool, typer.Option("--return", help="Also train each on sentences that come back to the first person.")
    ] = False,
    jobs: Annotated[int, typer.Option(min=0, help="Replicas at a time, one thread each (0: one a processor).")] = 0,
    backend: Annotated[str, typer.Option(help="Where: loky (this machine) or dask (a cluster).")] = "loky",
    scheduler: Annotated[str | None, typer.Option(help="Address of the dask scheduler: tcp://HOST:PORT.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Probe with a third of the sentences.")] = False,
    emergence: Annotated[
        bool, typer.Option("--emergence", help="Also keep 20 checkpoints of each training, and measure them all.")
    ] = False,
    json_: JsonResults = False,
) -> None:
    """Train and probe replicas, and find out what holds across seeds; stopped or killed, it goes on where it was."""
    from translate.processes import processors
    from translate.study.plan import Request
    from translate.study.workers import Place, conduct
    from translate.terminal.console import progress_bar

    twins: dict[Twin, bool] = {"neutral": neutral, "return": returning}
    request = Request(
        out=out,
        seeds=tuple(range(first_seed, first_seed + seeds)),
        corpus=corpus,
        pairs=pairs,
        recipe=recipe,
        settings=tuple(set_ or ()),
        cells=_words(cells),
        hidden=_numbers(hidden, "--hidden"),
        layers=_numbers(layers, "--layers"),
        bidirectional=bidirectional,
        twins=tuple(twin for twin, wanted in twins.items() if wanted),
        quick=quick,
        emergence=emergence,
    )
    place = Place(jobs or processors(), backend, scheduler)
    with progress_bar("study", "stage") as update:
        outcomes = conduct(request, commands, place, _tell, lambda done, total, stage: update(done, total, stage=stage))
    _conclude(request, {outcome.name: outcome.reason for outcome in outcomes if outcome.reason}, json_)


def _tell(stage: str) -> None:
    from translate.terminal.console import remark

    remark(f"study: {stage}")


def _conclude(request: "Request", failed: dict[str, str], as_json: bool) -> None:
    """Collect what is finished, write and print it; raise where replicas have `failed` (why, by name)."""
    from translate.errors import TranslateError
    from translate.report.names import interval_or_value
    from translate.report.study_figures import claim_name
    from translate.report.study_page import headline, write_study
    from translate.study.results import collect

    results = collect(request, failed, command_line(), _tell)
    page = write_study(results, request.out)
    if as_json:
        print(results.to_json(), end="")
    else:
        for group in results.groups:
            for claim in group.claims:
                held = f"holds for {claim.verdicts.get('holds', 0)} of {len(claim.by_seed)}"
                print(f"{group.kind.name}  {claim_name(claim)}: {held}, {interval_or_value(claim.estimate)}")
        print(headline(results), page, sep="\n")
    if failed:
        name, why = next(iter(failed.items()))
        raise TranslateError(
            f"{len(failed)} replica(s) are not finished ({name}: {why.rstrip('.')}); the same command tries them again."
        )


def commands(job: "Job") -> "Commands":
    """The two commands that make a replica, as anybody would type them: so a model's card and a report name them."""
    from translate.study.replica import Stage
    from translate.study.workers import Commands

    replica, corpus = job.replica, ("--corpus", str(job.corpus))
    train = ["translate", "train", *corpus, "--recipe", job.recipe]
    train += [word for setting in job.settings for word in ("--set", setting)]
    train += ["--seed", str(replica.seed), "--out", str(replica.model), "--resume"]
    probe = ["translate", "probe", *corpus, "--model", str(replica.model), "--out", str(replica.report)]
    probe += ["--jobs", "1", *["--quick"] * job.quick]
    return Commands(train, probe, [*probe, "--emergence"] if job.last == Stage.FOLLOWED else None)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _numbers(text: str, option: str) -> tuple[int, ...]:
    from translate.errors import UsageError

    for word in _words(text):
        if not word.isdecimal():
            raise UsageError(f"{option} takes whole numbers with commas between them, not '{word}'.")
    return tuple(map(int, _words(text)))
