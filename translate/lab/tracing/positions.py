"""Finding the words of a trace that are meant: by role, by word, by position, by row."""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from translate.errors import TranslateError
from translate.lab.tracing.aligning import align


class Places(NamedTuple):
    """Places in a batch: rows and positions, both `[place]`, in the order of the rows."""

    rows: Tensor
    positions: Tensor


def part_of(site: str) -> str:
    """The part of the model that a site belongs to: "enc" for "enc.l0.c" and for "enc" itself, "" for "l0.c"."""
    return "" if site.startswith("l") and site[1:].split(".")[0].isdigit() else site.split(".")[0]


def find(trace, part: str, role=None, word=None, step=None, row=None) -> Places:
    """See `Trace.places`."""
    part = part_of(part)
    batch, time = _size(trace, part)
    found = torch.ones(batch, time, dtype=torch.bool)
    if part in trace.lengths:
        found &= torch.arange(time) < trace.lengths[part].cpu().unsqueeze(1)
    if role is not None:
        found &= _marked(positions_of(trace, part, role), time)
    if word is not None:
        found &= _marked([[t for t, it in enumerate(row) if it == word] for row in _tokens(trace, part)], time)
    if step is not None:
        found &= torch.arange(time) == step
    if row is not None:
        found &= torch.isin(torch.arange(batch), torch.as_tensor(row)).unsqueeze(1)
    if not found.any():
        asked = {"role": role, "word": word, "step": step, "row": row}
        what = ", ".join(f"{name} {value!r}" for name, value in asked.items() if value is not None)
        raise TranslateError(f"No word of this trace meets {what}.")
    return Places(*found.nonzero(as_tuple=True))


def positions_of(trace, part: str, role: str) -> list[list[int]]:
    """The positions of a role in each row; raises `TranslateError` where the role stands in no row."""
    by_row = trace.roles.get(part)
    if by_row is None:
        raise TranslateError("This trace does not know its words' roles; trace annotated sentences (`SentencePair`).")
    if not any(role in roles for roles in by_row):
        known = list(dict.fromkeys(name for roles in by_row for name in roles))
        there = f"there are {', '.join(known)}" if known else "no translation is the annotated one"
        raise TranslateError(f"No word of the {part} side is '{role}' here; {there}.")
    return [roles.get(role, []) for roles in by_row]


def aligned(trace, site: str, event: str | Sequence[float] | Tensor, offsets: Sequence[int]) -> Tensor:
    """See `Trace.aligned`."""
    values, part = trace[site].detach().cpu(), part_of(site)
    if isinstance(event, str):
        event = [positions[0] if positions else -1 for positions in positions_of(trace, part, event)]
    events = torch.as_tensor(event, dtype=torch.float64)
    if events.shape != (len(values),):
        raise TranslateError(f"There are {len(values)} rows and {events.numel()} events; give one for each.")
    lengths = trace.lengths.get(part)
    last = None if lengths is None else lengths.cpu().numpy() - 1
    return torch.from_numpy(align(values.numpy(), torch.arange(len(values)), events.numpy(), list(offsets), 0, last))


def _size(trace, part: str) -> tuple[int, int]:
    for site, values in trace.items():
        if part_of(site) == part:
            return values.shape[0], values.shape[1]
    raise TranslateError(f"Nothing of '{part}' was recorded here; there are {', '.join(trace)}.")


def _tokens(trace, part: str) -> list[list[str]]:
    if part not in trace.tokens:
        raise TranslateError("This trace does not know its words; give `tokens` when tracing.")
    return trace.tokens[part]


def _marked(positions: Sequence[Sequence[int]], time: int) -> Tensor:
    marked = torch.zeros(len(positions), time, dtype=torch.bool)
    for row, some in enumerate(positions):
        marked[row, [t for t in some if t < time]] = True
    return marked
