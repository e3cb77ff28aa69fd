"""The folder of an export: two graphs, and all that is needed to run them without this package."""

import json
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from translate.errors import UsageError
from translate.files import writable_folder, write_atomic
from translate.model.cells import SITES, STATES
from translate.model.checkpoint import Checkpoint
from translate.model.search import NEVER
from translate.tokenizer import END, LONGEST, PAD, START, UNKNOWN

if TYPE_CHECKING:
    from onnx import ModelProto, ValueInfoProto

GRAPHS = ("encoder", "decoder_step")


def export_onnx(checkpoint: Checkpoint, folder: Path | str, gates: bool = False, command: str = "") -> list[Path]:
    """Write encoder.onnx, decoder_step.onnx and all that is needed to run them into `folder`; returns the files.

    gates: the graphs also give every quantity of every step, by the names that `lab.trace` has for it. command: how it
    was made, for the card. Weights are float32, half-precision ones too. Raises `UsageError` where onnx is not there,
    or the folder holds something else than an earlier export.
    """
    _check_installed()
    from translate.export.decoder import decoder_step
    from translate.export.encoder import encoder

    folder = Path(folder)
    if folder.is_dir() and any(folder.iterdir()) and not (folder / f"{GRAPHS[0]}.onnx").is_file():
        raise UsageError(f"{folder} holds something else than an earlier export; choose another folder.")
    writable_folder(folder)
    name = checkpoint.folder.resolve().name
    facts = {"model": name, "weights": checkpoint.hash, "made by": command}
    weights = checkpoint.numpy_weights()
    graphs = [graph(checkpoint.config, weights, gates, facts) for graph in (encoder, decoder_step)]
    config = _config(checkpoint, facts, graphs)
    texts = {
        **{f"{graph.graph.name}.onnx": graph.SerializeToString() for graph in graphs},
        "config.json": json.dumps(config, indent=1) + "\n",
        "vocabulary.json": json.dumps(
            {side: getattr(checkpoint, side).vocabulary for side in ("source", "target")}, ensure_ascii=False
        ),
        "source.model": checkpoint.source.serialised(),
        "target.model": checkpoint.target.serialised(),
        "README.md": _card(checkpoint, config, gates),
    }
    for file, content in texts.items():
        write_atomic(folder / file, content)
    return [folder / file for file in texts]


def _check_installed() -> None:
    try:
        import onnx  # noqa: F401
    except ImportError as error:
        raise UsageError(
            "An export to ONNX needs the package onnx; install it with: pip install 'translate[onnx]'."
        ) from error


def _config(checkpoint: Checkpoint, facts: dict[str, str], graphs: "Iterable[ModelProto]") -> dict[str, Any]:
    """What a program must know to run the graphs."""
    return {
        **facts,
        "network": checkpoint.config.to_dict(),
        "pieces": checkpoint.source.kind,
        "pretokenised": checkpoint.source.pretokenised,
        "ids": {"pad": PAD, "unknown": UNKNOWN, "start": START, "end": END},
        "never_written": NEVER,
        "longest_source": LONGEST,
        **{
            graph.graph.name: {
                "inputs": [_described(value) for value in graph.graph.input],
                "outputs": [_described(value) for value in graph.graph.output],
            }
            for graph in graphs
        },
    }


def _described(value: "ValueInfoProto") -> dict[str, Any]:
    from onnx import helper

    tensor = value.type.tensor_type
    return {
        "name": value.name,
        "type": helper.tensor_dtype_to_np_dtype(tensor.elem_type).name,
        "shape": [axis.dim_param or axis.dim_value for axis in tensor.shape.dim],
    }


def _card(checkpoint: Checkpoint, config: dict[str, Any], gates: bool) -> str:
    from jinja2 import Template

    from translate.export.graph import OPSET

    cell = checkpoint.config.cell
    parts, after = STATES[cell], [f"next_{part}" for part in STATES[cell]]
    template = Template(files("translate.export").joinpath("card.md.jinja").read_text("utf-8"), trim_blocks=True)
    return template.render(
        config=config,
        words=checkpoint.config.in_words(),
        opset=OPSET,
        gates=gates,
        sites=SITES[cell],
        parts=parts,
        after=after,
        kept=", ".join(f'state["{part}"]' for part in parts),
        wanted=json.dumps(["logits", *after]),
    )
