"""`translate explore`: the model as one HTML file that needs no server and no network."""

from pathlib import Path
from typing import Annotated

import typer

from translate.cli.shared import ModelFolder, command_line, one_thread


def explore(
    model: ModelFolder = None,
    results: Annotated[
        Path | None, typer.Option(help="results.json of `translate probe` (default: the one in the model folder).")
    ] = None,
    rivals: Annotated[
        Path | None, typer.Option(help="Folder with the models rnn and gru to compare with (default: those that ship).")
    ] = None,
    out: Annotated[Path, typer.Option(help="The HTML file, or a folder for explorer.html.")] = Path("explorer.html"),
    minimal: Annotated[bool, typer.Option("--minimal", help="Leave the precomputed corpus out.")] = False,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    serve: Annotated[bool, typer.Option("--serve", help="Serve it on 127.0.0.1 until Ctrl-C.")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="With --serve: the port (0: a free one).")] = 0,
) -> None:
    """Write one HTML file in which the model runs: type a sentence and watch every gate of every unit."""
    one_thread()

    from translate.model.translator import Translator

    translator = Translator.load(model, "numpy")  # before torch is waited for: a wrong folder is told at once

    from translate.explorer.bundle import WARN, page
    from translate.explorer.payload import make_payload
    from translate.files import write_atomic
    from translate.lab.probes.readout import how_to_probe
    from translate.terminal.console import progress_bar, remark

    path = out / "explorer.html" if out.is_dir() or not out.suffix else out
    report = "report.html" if (path.parent / "report.html").is_file() else None
    remark("explore: reading the model")
    with progress_bar("measuring the lesson's steps", transient=True) as update:
        payload = make_payload(translator, command_line(), results, rivals, minimal, report, tell=update)
    if payload["measured"] is None:
        how = how_to_probe(translator)
        remark(f"explore: nothing was measured over many sentences yet ({how}); the page will say so.")
    text = page(payload).encode("utf-8")
    if len(text) > WARN:
        remark(f"explore: the page has {len(text) / 1e6:.1f} MB; --minimal makes it smaller.")
    write_atomic(path, text)
    print(path)
    if open_:
        import webbrowser

        webbrowser.open(path.resolve().as_uri())
    if serve:
        from translate.explorer.serve import serve_page

        serve_page(text, port, lambda address: remark(f"explore: {address} (Ctrl-C ends it)"))
