"""`translate export`: a model in a form that other programs run."""

from pathlib import Path
from typing import Annotated

import typer

from translate.cli.shared import SpeakingModel, command_line, speaker


def export(
    onnx: Annotated[Path, typer.Option(help="Folder for the ONNX graphs and what is needed to run them.")],
    model: SpeakingModel = None,
    gates: Annotated[bool, typer.Option("--gates", help="Every gate and state of every step as an output.")] = False,
) -> None:
    """Write a model as two ONNX graphs, encoder and decoder step, which run without this package.

    Beside them: config.json (names, shapes, ids), the vocabulary, the SentencePiece models, and a README.md with a
    program of a few lines that translates with onnxruntime.

    \b
    translate export --onnx out
    translate export --onnx out --model lesson --gates
    """
    model = speaker(model)

    from translate.export.folder import export_onnx
    from translate.model.checkpoint import open_checkpoint

    for path in export_onnx(open_checkpoint(model), onnx, gates, command_line()):
        print(path)
