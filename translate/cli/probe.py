"""`translate probe`: where a model keeps the gender, and what happens when it is exchanged."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from translate.cli.shared import Device, JsonResults, ModelFolder, command_line

if TYPE_CHECKING:
    from translate.lab.experiments.setup import Setup
    from translate.lab.verdicts.results import Results
    from translate.lab.verdicts.whole_report import Depth
    from translate.model.translator import Translator

EXPLORER = "explorer.html"


def probe(
    model: ModelFolder = None,
    corpus: Annotated[
        Path | None, typer.Option(help="Corpus folder (default: the lesson's suites, made anew).")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for the report.")] = Path("report"),
    quick: Annotated[
        bool, typer.Option("--quick", help="A third of the sentences, and the parts that the claims need.")
    ] = False,
    full: Annotated[bool, typer.Option("--full", help="Every part at every site.")] = False,
    twin: Annotated[
        Path | None,
        typer.Option(
            help="The model's neutral twin, a further control (default: the folder MODEL-neutral, if it is there)."
        ),
    ] = None,
    planted: Annotated[
        str | None, typer.Option(help="Probe a network written by hand, whose truth is known; `list` names them.")
    ] = None,
    explore: Annotated[
        bool, typer.Option("--explore", help="Write the explorer's page beside the report; each links to the other.")
    ] = False,
    latex: Annotated[bool, typer.Option("--latex", help="Write the tables for LaTeX as well (tables.tex).")] = False,
    emergence: Annotated[
        bool,
        typer.Option(
            "--emergence", help="Instead: measure each checkpoint of the model's training (training.checkpoints)."
        ),
    ] = False,
    contrast: Annotated[
        Path | None,
        typer.Option(
            help="Instead: ask about your own contrasts: a TSV file, a sentence and its counterfactual a line.",
            metavar="FILE.tsv",
        ),
    ] = None,
    seed: Annotated[
        int, typer.Option(min=0, help="Which nouns are kept for testing, and every other random choice.")
    ] = 0,
    device: Device = "auto",
    threads: Annotated[int, typer.Option(min=0, help="CPU threads (0: all); one is fastest for small models.")] = 1,
    jobs: Annotated[
        int, typer.Option(min=0, help="Parts of the report at a time, one thread each (0: one a processor).")
    ] = 0,
    json_: JsonResults = False,
) -> None:
    """Probe a model's memory for gender and write a report (HTML, JSON, PNG, SVG)."""
    from translate.errors import UsageError

    _check(quick and full, planted is not None, bool(model or corpus or twin), explore)
    if contrast is not None:
        if any((quick, full, emergence, planted, corpus, twin, explore, latex)):
            raise UsageError(
                "Contrasts are asked about with --model, --out, --seed, --device, --threads and --jobs alone."
            )
        return _contrast(model, contrast, out, seed, device, threads, jobs, json_)
    if emergence:
        if full or planted or twin or explore or latex:
            raise UsageError("A training is followed with --model, --corpus, --quick and --seed alone.")
        return _follow(model, corpus, out, quick, seed, device, threads, json_)
    if planted == "list":
        return _list_planted()
    setup_of, twin_of = (_planted(planted), None) if planted else _trained(model, corpus, device, quick, twin)
    depth: Depth = "quick" if quick else "full" if full else "default"
    results, page = _report(setup_of, seed, twin_of, depth, out, threads, jobs, latex, explore)
    if json_:
        print(results.to_json(), end="")
    else:
        print(*results.answer, page, sep="\n")


def _check(both_depths: bool, planted: bool, chosen: bool, explore: bool) -> None:
    """Refuse options that exclude each other; chosen: whether a model, a corpus or a twin was named."""
    from translate.errors import UsageError

    if both_depths:
        raise UsageError("Give --quick or --full, not both.")
    if planted and chosen:
        raise UsageError(
            "A planted network brings its own sentences; give --planted without --model, --corpus and --twin."
        )
    if planted and explore:
        raise UsageError("The explorer's page is made of trained models; give --planted without --explore.")


def _report(
    setup_of: "Callable[[int], Setup]",
    seed: int,
    twin: "Translator | None",
    depth: "Depth",
    out: Path,
    threads: int,
    jobs: int,
    latex: bool,
    explore: bool,
) -> "tuple[Results, Path]":
    """Probe, and write the report into the folder `out`; the results, and where the page lies."""
    from threadpoolctl import threadpool_limits

    from translate.files import writable_folder
    from translate.lab.verdicts.whole_report import probe as run
    from translate.model.device import use_threads
    from translate.processes import processors
    from translate.report.document import write_report
    from translate.terminal.console import remark

    use_threads(threads)
    jobs = jobs or processors()
    with threadpool_limits(threads or None):
        remark("probe: reading the sentences")
        setup = setup_of(seed)
        writable_folder(out)
        results = run(setup, command_line(), lambda stage: remark(f"probe: {stage}"), depth, twin, jobs)
        remark("probe: drawing")
        setup.readout.save(out / "gender.safetensors")
        page = write_report(results, out, latex, EXPLORER if explore else None, jobs)
        if explore:
            _explorer(setup, out)
    return results, page


def _follow(
    model: Path | None,
    corpus: Path | None,
    out: Path,
    quick: bool,
    seed: int,
    device: str,
    threads: int,
    as_json: bool,
) -> None:
    """Measure each checkpoint of a training, write emergence.json into `out` and print what came first."""
    from threadpoolctl import threadpool_limits

    from translate.files import writable_folder, write_atomic
    from translate.lab.experiments.emergence import NAME, follow
    from translate.model.device import use_threads
    from translate.report.emergence import lines
    from translate.terminal.console import remark

    use_threads(threads)
    with threadpool_limits(threads or None):
        setup_of, _ = _trained(model, corpus, device, quick, None)
        remark("probe: reading the sentences")
        training = follow(setup_of(seed), command_line(), lambda stage: remark(f"probe: {stage}"), device)
        write_atomic(writable_folder(out) / NAME, training.to_json())
    if as_json:
        print(training.to_json(), end="")
    else:
        print(*lines(training), out / NAME, sep="\n")


def _contrast(
    model: Path | None, file: Path, out: Path, seed: int, device: str, threads: int, jobs: int, as_json: bool
) -> None:
    """Ask about the contrasts of a file, write the report into `out` and print what was found."""
    from threadpoolctl import threadpool_limits

    from translate.files import writable_folder
    from translate.lab.experiments.contrast import contrast
    from translate.lab.sentences.contrast import read_contrasts
    from translate.lab.verdicts.contrast_findings import contrast_findings
    from translate.model.device import use_threads
    from translate.model.translator import Translator
    from translate.processes import processors
    from translate.records import to_json
    from translate.report.contrast.page import write_contrast
    from translate.terminal.console import remark
    from translate.terminal.contrast_view import lines

    use_threads(threads)
    jobs = jobs or processors()
    pairs, translator = read_contrasts(file), Translator.load(model, device)
    with threadpool_limits(threads or None):
        remark(f"probe: translating {len(pairs)} contrasts")
        setup, found = contrast(translator, pairs, seed, file.name)
        writable_folder(out)
        findings = contrast_findings(setup, found, command_line(), lambda stage: remark(f"probe: {stage}"), jobs)
        remark("probe: drawing")
        page = write_contrast(findings, out, jobs)
    if as_json:
        print(to_json(findings), end="")
    else:
        print(*lines(findings), page, sep="\n")


def _trained(
    model: Path | None, corpus: Path | None, device: str, quick: bool, twin: Path | None
) -> "tuple[Callable[[int], Setup], Translator | None]":
    """What sets up a trained model, and its twin; both are opened at once: a bad folder is told early."""
    from translate.model.translator import Translator

    translator = Translator.load(model, device)
    folder = translator.checkpoint.folder.resolve()
    beside = folder.with_name(f"{folder.name}-neutral")
    twin = twin or (beside if beside.is_dir() else None)

    def setup(seed: int) -> "Setup":
        from translate.lab.verdicts.whole_report import make_setup

        return make_setup(translator, corpus, seed, quick)

    return setup, None if twin is None else Translator.load(twin, device)


def _explorer(setup: "Setup", out: Path) -> None:
    """The explorer's page, with the readout and the numbers of the report beside it."""
    from translate.explorer.bundle import page
    from translate.explorer.payload import make_payload
    from translate.files import write_atomic

    payload = make_payload(setup.translator, command_line(), results=out, report="report.html", readout=setup.readout)
    write_atomic(out / EXPLORER, page(payload))


def _planted(name: str) -> "Callable[[int], Setup]":
    """What sets up a planted network."""
    from translate.lab.planted.networks import make_planted

    return make_planted(name).setup


def _list_planted() -> None:
    from translate.lab.planted.networks import names_and_descriptions

    for name, description in names_and_descriptions().items():
        print(f"{name:14} {description}")
