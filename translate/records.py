"""Results as files have them, and back again: JSON of frozen dataclasses, typed by the dataclasses themselves.

Numbers in a file have six significant digits. What is not known (NaN, or not finite) is null there, and NaN when read.
"""

import math
from inspect import cleandoc
from typing import Any, TypeVar

import msgspec
from msgspec import inspect

T = TypeVar("T")


def plain(value: object) -> Any:
    """`value` as lists, dictionaries, text and numbers of six digits, dataclasses and arrays taken apart."""
    return _rounded(msgspec.to_builtins(value, str_keys=True, enc_hook=_simpler))


def to_json(value: object) -> str:
    """`plain(value)` as JSON for people and programs; the same value gives the same text."""
    text = msgspec.json.encode(plain(value))
    return msgspec.json.format(text, indent=1).decode() + "\n"


def from_json(text: bytes | str, kind: type[T]) -> T:
    """The `kind` that a JSON text holds; raises `ValueError`, saying where, if it holds something else."""
    return from_plain(msgspec.json.decode(text), kind)


def from_plain(value: object, kind: type[T]) -> T:
    """The same of lists, dictionaries, text and numbers, as JSON or TOML have them."""
    value = _with_nan(value, inspect.type_info(kind))
    return msgspec.convert(value, kind, str_keys=True, dec_hook=_as_array_or_text)


def schema(kind: type) -> dict[str, Any]:
    """The JSON schema of what `to_json` writes for a `kind`: nothing is left out, nothing is added."""
    return _strict(msgspec.json.schema(kind, schema_hook=_schema_of))


def _simpler(value: Any) -> Any:
    """What msgspec does not know: a subclass of str, a numpy number or array."""
    return str(value) if isinstance(value, str) else value.tolist()


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.6g}") if math.isfinite(value) else None
    if isinstance(value, dict):
        return {name: _rounded(item) for name, item in value.items()}
    return [_rounded(item) for item in value] if isinstance(value, (list, tuple)) else value


def _with_nan(value: Any, kind: inspect.Type) -> Any:
    """`value` with NaN for null wherever the type is a number."""
    match kind:
        case inspect.FloatType() if value is None:
            return math.nan
        case inspect.UnionType():
            return value if value is None else _with_nan(value, kind.types[0])
        case inspect.DataclassType() if isinstance(value, dict):
            kinds = {field.name: field.type for field in kind.fields}
            return {name: _with_nan(item, kinds[name]) if name in kinds else item for name, item in value.items()}
        case inspect.DictType() if isinstance(value, dict):
            return {name: _with_nan(item, kind.value_type) for name, item in value.items()}
        case inspect.ListType() | inspect.VarTupleType() if isinstance(value, list):
            return [_with_nan(item, kind.item_type) for item in value]
        case inspect.TupleType() if isinstance(value, list):
            return [_with_nan(item, each) for item, each in zip(value, kind.item_types, strict=False)]
    return value


def _as_array_or_text(kind: type, value: Any) -> Any:
    if issubclass(kind, str):
        return kind(value)
    import numpy as np

    return np.array(value, dtype=float)


def _schema_of(kind: type) -> dict[str, str]:
    return {"type": "string" if issubclass(kind, str) else "array"}


def _strict(part: Any) -> Any:
    """A schema in which a number may be null, and each field of a dataclass must be there."""
    if isinstance(part, list):
        return [_strict(item) for item in part]
    if not isinstance(part, dict):
        return part
    part = {name: _strict(item) for name, item in part.items() if name != "default"}
    if "description" in part:
        part["description"] = cleandoc(part["description"])
    if part.get("type") == "number":
        part["type"] = ["number", "null"]
    if "properties" in part:
        part |= {"required": list(part["properties"]), "additionalProperties": False}
    return part
