"""Laying sentences side by side at an event."""

from collections.abc import Sequence

import numpy as np


def align(
    values: np.ndarray,
    rows: np.ndarray,
    events: np.ndarray,
    offsets: Sequence[int],
    first: np.ndarray | int = 0,
    last: np.ndarray | int | None = None,
) -> np.ndarray:
    """`values` `[row, time, …]` at `offsets` from an event of some rows: `[event, offset, …]`, NaN outside.

    rows, events `[event]`: which row, and at which position the event is (NaN or below 0: it has none). first, last
    (one for all or `[event]`): the positions between which there is something (None: to the end).
    """
    events = np.asarray(events, dtype=np.float64)
    there = events >= 0  # NaN is not
    places = np.where(there, events, 0).astype(np.int64)[:, None] + np.asarray(offsets, dtype=np.int64)
    last = values.shape[1] - 1 if last is None else np.minimum(last, values.shape[1] - 1)
    low, high = (np.broadcast_to(bound, len(events))[:, None] for bound in (first, last))
    inside = there[:, None] & (places >= low) & (places <= high)
    out = np.full((*places.shape, *values.shape[2:]), np.nan, dtype=np.result_type(values.dtype, np.float32))
    row, column = np.nonzero(inside)
    out[row, column] = values[np.asarray(rows)[row], places[row, column]]
    return out
