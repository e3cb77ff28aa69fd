"""Results as what JSON knows: lists, dictionaries, text and numbers."""

import math
from dataclasses import fields, is_dataclass

import numpy as np


def plain(value):
    """`value` without dataclasses, tuples and arrays; numbers have six significant digits, what is not known is None."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(item) for item in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float):
        return float(f"{value:.6g}") if math.isfinite(value) else None
    return value
