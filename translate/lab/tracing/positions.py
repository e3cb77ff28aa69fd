"""Finding the words of a trace: by role, by word, by position, by row.

And laying sentences side by side at an event.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
import torch
from torch import Tensor

from translate.errors import TranslateError
from translate.lab.tracing.numbers import as_numpy
from translate.lab.tracing.roles import Roles
from translate.lab.tracing.site import Site


class Recorded(Protocol):
    """What a run left behind, as far as its words are to be found: a `Trace`, where the fields are explained."""

    @property
    def kind(self) -> str: ...
    @property
    def recorded(self) -> Mapping[str, Tensor]: ...
    @property
    def tokens(self) -> Mapping[str, list[list[str]]]: ...
    @property
    def lengths(self) -> Mapping[str, Tensor]: ...
    @property
    def roles(self) -> Mapping[str, list[Roles]]: ...


class Places(NamedTuple):
    """Places in a batch: rows and positions, both `[place]`, in the order of the rows."""

    rows: Tensor
    positions: Tensor


def find(
    trace: Recorded,
    part: str,
    role: str | None,
    word: str | None,
    step: int | Sequence[int] | None,
    row: int | Sequence[int] | None,
) -> Places:
    """See `Trace.places`."""
    part = Site(part).side
    batch, time = _size(trace, part)
    fits = torch.ones(batch, time, dtype=torch.bool)
    if part in trace.lengths:
        fits &= torch.arange(time) < trace.lengths[part].cpu().unsqueeze(1)
    if role is not None:
        fits &= _marked(positions_of(trace, part, role), time)
    if word is not None:
        fits &= _marked([[t for t, token in enumerate(row) if token == word] for row in _tokens(trace, part)], time)
    if step is not None:
        steps = torch.tensor(existing(step, time, "step")).reshape(-1, 1)
        if len(steps) not in (1, batch):
            raise TranslateError(f"There are {batch} rows and {len(steps)} steps; give one for all, or one for each.")
        fits &= torch.arange(time) == steps
    if row is not None:
        fits &= torch.isin(torch.arange(batch), torch.tensor(existing(row, batch, "row"))).unsqueeze(1)
    if not fits.any():
        asked = {"role": role, "word": word, "step": step, "row": row}
        conditions = ", ".join(f"{name} {value!r}" for name, value in asked.items() if value is not None)
        raise TranslateError(f"No word of this trace meets {conditions}.")
    return Places(*fits.nonzero(as_tuple=True))


def existing(given: Any, count: int, what: str) -> list[int]:
    """The numbers of rows, steps or units, one or several; negative ones count from the end.

    Raises `TranslateError` for one that is not there; count: how many there are.
    """
    numbers = np.asarray(as_numpy(given)).reshape(-1)
    if numbers.size and numbers.dtype.kind not in "iu":
        raise TranslateError(f"The {what}s must be whole numbers, not {given!r}.")
    for number in numbers.tolist():
        if not -count <= number < count:
            raise TranslateError(f"This trace has no {what} {number}; its {count} {what}s are numbered from 0.")
    return [number % count for number in numbers.astype(np.int64).tolist()]


def positions_of(trace: Recorded, part: str, role: str) -> list[list[int]]:
    """The positions of a role in each row; raises `TranslateError` where the role stands in no row."""
    by_row = trace.roles.get(part)
    if by_row is None:
        raise TranslateError("This trace does not know its words' roles; trace annotated sentences (`SentencePair`).")
    if not any(role in roles for roles in by_row):
        known = list(dict.fromkeys(name for roles in by_row for name in roles))
        hint = f"there are {', '.join(known)}" if known else "no translation is the annotated one"
        raise TranslateError(f"No word of the {part} side is '{role}' here; {hint}.")
    return [roles.get(role, []) for roles in by_row]


def aligned(
    trace: Recorded,
    site: str,
    event: str | Sequence[float] | Tensor,
    offsets: Sequence[int],
    rows: Sequence[int] | None = None,
) -> Tensor:
    """See `Trace.aligned`."""
    values, part = trace.recorded[site].detach().cpu(), Site(site).side
    chosen = np.array(existing(range(len(values)) if rows is None else rows, len(values), "row"), dtype=np.int64)
    if isinstance(event, str):
        by_row = positions_of(trace, part, event)
        event = [by_row[row][0] if by_row[row] else -1 for row in chosen]
    events = torch.as_tensor(event, dtype=torch.float64)
    if events.shape != chosen.shape:
        raise TranslateError(f"There are {len(chosen)} rows and {events.numel()} events; give one for each.")
    lengths = trace.lengths.get(part)
    last = None if lengths is None else lengths.cpu().numpy()[chosen] - 1
    return torch.from_numpy(align(as_numpy(values), chosen, events.numpy(), offsets, 0, last))


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
    has_event = events >= 0  # NaN is not
    places = np.where(has_event, events, 0).astype(np.int64)[:, None] + np.asarray(offsets, dtype=np.int64)
    last = values.shape[1] - 1 if last is None else np.minimum(last, values.shape[1] - 1)
    low, high = (np.broadcast_to(bound, len(events))[:, None] for bound in (first, last))
    inside = has_event[:, None] & (places >= low) & (places <= high)
    aligned = np.full((*places.shape, *values.shape[2:]), np.nan, dtype=np.result_type(values.dtype, np.float32))
    row, column = np.nonzero(inside)
    aligned[row, column] = values[np.asarray(rows)[row], places[row, column]]
    return aligned


def _size(trace: Recorded, part: str) -> tuple[int, int]:
    for site, values in trace.recorded.items():
        if Site(site).side == part:
            return values.shape[0], values.shape[1]
    raise TranslateError(f"Nothing of '{part}' was recorded here; there are {', '.join(trace.recorded)}.")


def _tokens(trace: Recorded, part: str) -> list[list[str]]:
    if part not in trace.tokens:
        raise TranslateError("This trace does not know its words; give `tokens` when tracing.")
    return trace.tokens[part]


def _marked(positions: Sequence[Sequence[int]], time: int) -> Tensor:
    marked = torch.zeros(len(positions), time, dtype=torch.bool)
    for row, row_positions in enumerate(positions):
        marked[row, [t for t in row_positions if t < time]] = True
    return marked
