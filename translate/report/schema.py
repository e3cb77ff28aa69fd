"""The schema of `results.json`, told from the results' own types.

`python -m translate.report.schema` writes the file that ships.
"""

import json
import types
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from inspect import cleandoc
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import numpy as np

from translate.lab.experiments.intervening.ablation import Ablations
from translate.lab.experiments.intervening.clamps import Clamps
from translate.lab.experiments.intervening.erasure import Erasure
from translate.lab.experiments.intervening.neutral_twin import NeutralTwin
from translate.lab.experiments.intervening.paths import Paths
from translate.lab.experiments.intervening.subspace import Subspaces
from translate.lab.experiments.reading.accounts import Accounts
from translate.lab.experiments.reading.generalisation import Generalisation
from translate.lab.experiments.reading.gradients import Gradients
from translate.lab.experiments.reading.held import Held
from translate.lab.experiments.reading.information import UsableInformation
from translate.lab.experiments.reading.online_code import OnlineCode
from translate.lab.experiments.reading.selectivity import Selectivity
from translate.lab.statistics.estimate import Estimate
from translate.lab.verdicts.results import FORMAT, Claim, Results
from translate.lab.verdicts.rules import Verdict
from translate.report.words import MARKS, SEVEN

PATH = Path(__file__).with_name("results.schema.json")
_SIMPLE = {int: "integer", bool: "boolean", str: "string"}
_NUMBER = {"type": ["number", "null"]}  # null: not known

_PARTS = {
    kind.__name__: kind
    for kind in (
        Held,
        Selectivity,
        OnlineCode,
        UsableInformation,
        Generalisation,
        Gradients,
        Accounts,
        Subspaces,
        Erasure,
        Clamps,
        Paths,
        Ablations,
        Verdict,
        NeutralTwin,
    )
}
"""What `Results` holds and names without importing it."""

_CLAIM = {
    "id": {"type": "string", "description": f"One of {', '.join(SEVEN)} (for each side), or of a further finding."},
    "side": {"enum": ["decoder", "encoder", "model"]},
    "statement": {"type": "string", "description": "The finding in a sentence, worded from the numbers."},
    "verdict": {"enum": list(MARKS)},
    "bar": {"type": "string", "description": "What had to be reached, set before any model is looked at."},
    "estimate": _NUMBER | {"description": "The number that the verdict rests on; a share lies between 0 and 1."},
    "interval": {"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2, "description": "95 %: [low, high]."},
    "n": {"type": "integer", "minimum": 0, "description": "How many units were counted; 0: not measured."},
    "unit": {"type": "string", "description": "What was counted: words, sentences, pairs."},
    "method": {"type": "string", "description": "How the interval was made."},
    "is_share": {"type": "boolean", "description": "Whether the estimate reads as a percentage."},
    "seeds": {
        "type": "integer",
        "minimum": 1,
        "description": "Trained models behind it; 1 is a finding about one model.",
    },
    "controls": {"type": "object", "additionalProperties": {"$ref": "#/$defs/Estimate"}},
    "failed_controls": {
        "type": "array",
        "items": {"type": "string"},
        "description": "Names of controls that came too near.",
    },
    "refuted_by": {"type": "string", "description": "What would have led to the other verdict."},
}


def schema() -> dict:
    """The JSON schema (draft 2020-12) of what `Results.to_json` writes."""
    defs = {}
    _of(Estimate, defs)
    defs["Claim"] = {
        "type": "object",
        "description": "A sentence that the numbers support or do not.",
        "properties": _CLAIM,
        "required": list(_CLAIM),
        "additionalProperties": False,
    }
    whole = _of(Results, defs)
    top = defs.pop(whole["$ref"].rsplit("/", 1)[1])
    top["properties"] = {"format": {"const": FORMAT}} | top["properties"]
    top["required"] = ["format", *top["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "results.json of `translate probe`",
        **top,
        "$defs": defs,
    }


def _of(kind, defs: dict) -> dict:
    """The schema of a type; dataclasses are put into `defs` by their names."""
    origin, inside = get_origin(kind), get_args(kind)
    if kind is Claim:
        return {"$ref": "#/$defs/Claim"}
    if is_dataclass(kind):
        return _of_dataclass(kind, defs)
    if origin in (types.UnionType, Union):
        return {"anyOf": [_of(one, defs) for one in inside]}
    if origin is tuple and inside[-1] is not Ellipsis:
        found = [_of(one, defs) for one in inside]
        return {"type": "array", "prefixItems": found, "minItems": len(found), "maxItems": len(found)}
    if origin in (list, tuple, Sequence):
        return {"type": "array", "items": _of(inside[0], defs)}
    if origin in (dict, Mapping):
        return {"type": "object", "additionalProperties": _of(inside[1], defs)}
    if origin is Literal:
        return {"enum": list(inside)}
    if kind is np.ndarray:
        return {"type": "array"}
    if kind in (Any, object):
        return {}
    if kind is type(None):
        return {"type": "null"}
    return dict(_NUMBER) if kind is float else {"type": _SIMPLE[kind]}


def _of_dataclass(kind, defs: dict) -> dict:
    name = kind.__name__
    if name not in defs:
        defs[name] = {}  # it may hold another one of its kind
        hints = get_type_hints(kind, localns=_PARTS)
        defs[name] = {
            "type": "object",
            "description": cleandoc(kind.__doc__),
            "properties": {field.name: _of(hints[field.name], defs) for field in fields(kind)},
            "required": [field.name for field in fields(kind)],
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{name}"}


def text() -> str:
    """The schema as it stands in the file."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    PATH.write_text(text(), encoding="utf-8")
