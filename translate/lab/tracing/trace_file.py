"""A trace as a safetensors file: one tensor a site, and what is no tensor as JSON beside them.

`Trace.save` and `Trace.load` are the ways in; here a trace is no more than the fields that it is made of.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from torch import Tensor, contiguous_format

from translate.errors import TranslateError
from translate.files import reason, write_atomic

FORMAT = "translate-trace 2"
_PLAIN = ("kind", "tokens", "roles", "vocabulary", "backward")  # fields that JSON can hold


def save(fields: Mapping[str, Any], path: Path | str) -> None:
    """Write the fields of a trace in one step, without its gradients."""
    from safetensors.torch import save

    tensors = {f"values/{site}": value for site, value in fields["recorded"].items()}
    tensors |= {f"initial/{site}": value for site, value in fields["initial"].items()}
    tensors |= {f"lengths/{part}": value for part, value in fields["lengths"].items()}
    tensors |= {} if fields["outputs"] is None else {"outputs": fields["outputs"]}
    state = fields["state"]
    states = () if state is None else (state,) if isinstance(state, Tensor) else state
    tensors |= {f"state/{number}": value for number, value in enumerate(states)}
    about = {"sites": list(fields["recorded"]), "initial": list(fields["initial"])}
    about |= {name: fields[name] for name in _PLAIN}
    # A safetensors file wants every tensor in memory of its own, and ours are mostly views of shared buffers.
    own = {name: value.detach().cpu().clone(memory_format=contiguous_format) for name, value in tensors.items()}
    write_atomic(path, save(own, {"format": FORMAT, "trace": json.dumps(about, ensure_ascii=False)}))


def load(path: Path | str) -> dict[str, Any]:
    """The fields of the trace that `save` wrote.

    Raises `TranslateError` for a file that cannot be read or is no trace.
    """
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in list(file.keys())}
    except OSError as error:
        raise TranslateError(f"Cannot read the trace {path}: {reason(error)}.") from error
    except SafetensorError as error:
        raise TranslateError(f"The trace {path} is damaged or not a safetensors file; make it anew.") from error
    if metadata.get("format") != FORMAT:
        raise TranslateError(f"{path} is not a trace written by this version; make it anew.")
    about = json.loads(metadata["trace"])
    states = tuple(tensors[f"state/{number}"] for number in range(2) if f"state/{number}" in tensors)
    return about | {
        "recorded": {site: tensors[f"values/{site}"] for site in about.pop("sites")},
        "initial": {site: tensors[f"initial/{site}"] for site in about.pop("initial")},
        "outputs": tensors.get("outputs"),
        "state": (states if len(states) > 1 else states[0]) if states else None,
        "lengths": {name.removeprefix("lengths/"): v for name, v in tensors.items() if name.startswith("lengths/")},
        "backward": tuple(about["backward"]),
    }
