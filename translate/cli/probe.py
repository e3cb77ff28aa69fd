"""`translate probe`: where a model keeps the gender, and what happens when it is exchanged."""

import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer


def probe(
    model: Annotated[Path | None, typer.Option(help="Model folder (default: the lesson's model).")] = None,
    corpus: Annotated[
        Path | None, typer.Option(help="Corpus folder (default: the lesson's suites, made anew).")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for the report.")] = Path("report"),
    quick: Annotated[bool, typer.Option("--quick", help="A third of the sentences.")] = False,
    seed: Annotated[
        int, typer.Option(min=0, help="Which nouns are kept for testing, and every other random choice.")
    ] = 0,
    device: Annotated[str, typer.Option(help="numpy, cpu, cuda, mps or auto.")] = "auto",
    threads: Annotated[int, typer.Option(min=0, help="CPU threads (0: all); one is fastest for small models.")] = 1,
    json_: Annotated[bool, typer.Option("--json", help="Print the results as JSON.")] = False,
) -> None:
    """Probe a model's memory for gender and write a report (HTML, JSON, PNG, SVG)."""
    from translate.files import writable_folder
    from translate.model.translator import Translator

    translator = Translator.load(model, device)

    from translate.cli.console import remark
    from translate.lab.first_report import first_report, make_bench
    from translate.model.device import use_threads
    from translate.report.document import write_report

    use_threads(threads)
    with _numpy_threads(threads):
        remark("probe: reading the sentences")
        bench = make_bench(translator, corpus, seed, quick)
        writable_folder(out)
        results = first_report(bench, "translate " + shlex.join(sys.argv[1:]), lambda stage: remark(f"probe: {stage}"))
        remark("probe: drawing")
        page = write_report(results, out)
    bench.readout.save(out / "gender.safetensors")
    if json_:
        print(results.to_json(), end="")
        return
    print(*results.answer, sep="\n")
    print(page)


def _numpy_threads(threads: int):
    """Hold numpy's and scikit-learn's own threads to the same number; more would wait for each other."""
    from threadpoolctl import threadpool_limits

    return threadpool_limits(threads or None)
