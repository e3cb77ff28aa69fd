"""What a run leaves behind: the values of every site, found by role, word, step or row.

trace["dec.l0.c"]                                            [batch, time, unit]
trace.at("dec.l0.c", role="controller 2", unit=17)           unit 17 at the second controlling noun of each row
trace.aligned("dec.l0.f", "controller 2", range(-3, 4))      [row, offset, unit] around it
trace.select(sites="*.c", rows=[0, 3])                       a smaller trace
trace.gradient("enc.l0.c", of=trace.log_probability(0, 5, "ráda"))
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from translate.errors import TranslateError
from translate.lab.tracing import positions, trace_file
from translate.lab.tracing.html import trace_html
from translate.lab.tracing.positions import Places
from translate.lab.tracing.roles import Roles
from translate.lab.tracing.site import LOGITS, Site, UnknownSite, matching, no_such_site


def side_by_side(site: str, steps: Sequence[Tensor]) -> Tensor:
    """The values of all steps of a site, each `[batch, unit]`, as `[batch, time, unit]`."""
    return torch.stack(list(steps), dim=1)


@dataclass(frozen=True, eq=False, repr=False)
class Trace(Mapping):
    """The recorded values of one run: a mapping from site to `[batch, time, unit]`.

    kind: "lstm", "gru", "rnn" or "rnn_relu".
    recorded: what each site held, an edit included. A value may be a view that shares memory with others: copy it
        before changing it.
    initial: the state before the first step, by site: `initial["l0.c"]` is c_0, `[batch, unit]`.
    outputs `[batch, time, unit·directions]` and state (h_n, or (h_n, c_n), in the module's layout), where known.
    tokens: what stood at each position, row by row, for each part of the model: {"enc": [["I", "am"], …]}; a bare
        module has one part, "".
    lengths: how many positions of each row are real, `[batch]`, for each part; the rest is padding.
    roles: where the words of each role stand, row by row, for each part (see `roles.py`).
    vocabulary: the words that the columns of "dec.logits" stand for.
    backward: the parts that read from the last position to the first.
    """

    kind: str
    recorded: dict[str, Tensor] = field(repr=False)
    initial: dict[str, Tensor] = field(default_factory=dict, repr=False)
    outputs: Tensor | None = field(default=None, repr=False)
    state: Tensor | tuple[Tensor, ...] | None = field(default=None, repr=False)
    tokens: dict[str, list[list[str]]] = field(default_factory=dict, repr=False)
    lengths: dict[str, Tensor] = field(default_factory=dict, repr=False)
    roles: dict[str, list[Roles]] = field(default_factory=dict, repr=False)
    vocabulary: list[str] = field(default_factory=list, repr=False)
    backward: tuple[str, ...] = ()
    _steps: dict[str, list[Tensor]] = field(default_factory=dict, repr=False)
    _together: Callable[[str, Sequence[Tensor]], Tensor] = field(default=side_by_side, repr=False)

    def __getitem__(self, site: str) -> Tensor:
        try:
            return self.recorded[site]
        except (KeyError, TypeError):
            raise UnknownSite(no_such_site(site, self.recorded)) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self.recorded)

    def __len__(self) -> int:
        return len(self.recorded)

    def _repr_html_(self) -> str:
        return trace_html(self)

    def __repr__(self) -> str:
        shapes = {site: " × ".join(map(str, values.shape)) for site, values in list(self.recorded.items())[:1]}
        first = "".join(f", {site} {shape}" for site, shape in shapes.items())
        return f"<Trace of {self.kind}: {len(self)} sites{first}{', …' if len(self) > 1 else ''}>"

    @property
    def sites(self) -> tuple[str, ...]:
        """The names of the recorded sites, in the order in which the cell computes them."""
        return tuple(self.recorded)

    # ---------------------------------------------------------------------------------------------------- slices

    def places(
        self,
        part: str,
        *,
        role: str | None = None,
        word: str | None = None,
        step: int | Sequence[int] | None = None,
        row: int | Sequence[int] | None = None,
    ) -> Places:
        """The real positions of a part ("enc", "dec", or any site of it) that meet all conditions given.

        role: such as "controller 2" or "agreeing word of clause 1"; known where annotated sentences (`SentencePair`)
        were traced. word: the token that stands there; in the decoder the one that the step writes. step: the
        position, one for all rows or one for each. row: one or several. Raises `TranslateError` for an unknown role and
        where no position meets them.
        """
        return positions.find(self, part, role, word, step, row)

    def at(self, site: str, *, unit: int | Sequence[int] | None = None, **where: Any) -> Tensor:
        """The values of a site at the places that `places(site, **where)` finds, `[place, unit]`.

        unit: one unit, `[place]`, or several; None: all.
        """
        values = self[site][self.places(site, **where)]
        if unit is None:
            return values
        units = positions.existing(unit, values.shape[-1], "unit")
        return values[:, units[0]] if np.isscalar(unit) else values[:, units]

    def aligned(
        self,
        site: str,
        event: str | Sequence[float] | Tensor,
        offsets: Sequence[int],
        rows: Sequence[int] | None = None,
    ) -> Tensor:
        """A site at `offsets` (in words) from an event of each row: `[row, offset, unit]`, NaN outside the sentence.

        event: a role, of which the first word in a row counts, or a position for each row (NaN or -1: none there).
        rows: which rows, in this order (None: all); the positions are then theirs.
        """
        return positions.aligned(self, site, event, offsets, rows)

    def select(
        self,
        sites: str | Sequence[str] | None = None,
        rows: Sequence[int] | None = None,
        units: Sequence[int] | None = None,
    ) -> "Trace":
        """A smaller trace: some sites (a glob or a list of globs), rows and units. It holds no gradients.

        Outputs and the module's last state are kept where no unit is left out; what is in no layer (logits, attention)
        keeps all its units.
        Raises `UnknownSite` for a glob that names nothing.
        """
        names = list(self) if sites is None else matching(sites, self)
        count = len(next(iter(self.values())))
        rows = list(range(count)) if rows is None else positions.existing(rows, count, "row")
        width = min((self[site].shape[-1] for site in names if not _stands_alone(site)), default=0)
        columns = slice(None) if units is None else positions.existing(units, width, "unit")

        def listed(by_part: dict[str, list]) -> dict[str, list]:
            return {part: [of_rows[row] for row in rows] for part, of_rows in by_part.items()}

        state = _each(self.state, lambda value: (value if value.dim() == 3 else value.unsqueeze(1)).detach()[:, rows])
        return replace(
            self,
            recorded={
                site: self[site].detach()[rows][..., slice(None) if _stands_alone(site) else columns] for site in names
            },
            initial={site: value.detach()[rows][:, columns] for site, value in self.initial.items() if site in names},
            outputs=self.outputs.detach()[rows] if self.outputs is not None and units is None else None,
            state=state if units is None else None,
            tokens=listed(self.tokens),
            lengths={part: lengths[rows] for part, lengths in self.lengths.items()},
            roles=listed(self.roles),
            _steps={},
        )

    def previous(self, site: str) -> Tensor:
        """The state (a site h or c) that each step started from, `[batch, time, unit]`: c_{t-1} beside c_t.

        For what reads from the end that is the state at t+1. Raises `UnknownSite` where `site` is not a state.
        """
        values = self[site]
        if site not in self.initial:
            raise UnknownSite(f"{site} is not a state; only {', '.join(self.initial)} have a previous value.")
        initial = self.initial[site].unsqueeze(1)
        if not self.is_backward(site):
            return torch.cat([initial, values[:, :-1]], dim=1)
        shifted = torch.cat([values[:, 1:], initial], dim=1)
        lengths = self.lengths.get(Site(site).side)
        if lengths is None:
            return shifted
        last = torch.arange(values.shape[1], device=values.device) == lengths.unsqueeze(1) - 1
        return torch.where(last.unsqueeze(-1), initial, shifted)

    def is_backward(self, site: str) -> bool:
        """Whether the site belongs to a layer that reads from the last position to the first."""
        return Site(site).is_reverse or Site(site).side in self.backward

    # ------------------------------------------------------------------------------------------------- gradients

    def log_probability(self, row: int | Sequence[int], step: int | Sequence[int], word: str | Sequence[str]) -> Tensor:
        """The log-probability (natural) of writing `word` at `step` in `row`: one number, or `[n]` for n of each.

        Needs the recorded site "dec.logits". Raises `TranslateError` for a word that the model does not know.
        """
        logits = self[LOGITS]
        for each in [word] if isinstance(word, str) else word:
            if each not in self.vocabulary:
                raise TranslateError(f"The model cannot write '{each}'.")
        ids = self.vocabulary.index(word) if isinstance(word, str) else [self.vocabulary.index(each) for each in word]
        for given, count, what in ((row, logits.shape[0], "row"), (step, logits.shape[1], "step")):
            positions.existing(given, count, what)
        rows, steps, ids = torch.broadcast_tensors(*map(torch.as_tensor, (row, step, ids)))
        return logits[rows, steps].log_softmax(-1).gather(-1, ids.unsqueeze(-1)).squeeze(-1)

    def gradients(self, of: Tensor, sites: Sequence[str] | None = None) -> dict[str, Tensor]:
        """The gradient of the scalar `of` with respect to each of `sites` (None: all), each `[batch, time, unit]`.

        It is the total gradient: a change of c at t also counts by way of every later step. Rows of a batch do not
        meet, so that the sum of a score over the rows gives each row its own gradient. Nothing is added to the
        parameters' `.grad`, and it can be asked again for another scalar. Raises `TranslateError` where the trace was
        made without `gradients=True`, or `of` is not a scalar that was computed from it.
        """
        names = list(self) if sites is None else list(sites)
        for site in names:
            self[site]
        if not self._steps:
            raise TranslateError("This trace holds no gradients; make it with gradients=True.")
        if of.numel() != 1 or not of.requires_grad:
            raise TranslateError(
                "Gradients are those of one number that was computed from this trace's outputs or sites."
            )
        steps = [value for site in names for value in self._steps[site]]
        gradients = torch.autograd.grad(of, steps, retain_graph=True, allow_unused=True)
        # A step on which the number does not depend has the gradient 0.
        rest = (torch.zeros_like(v) if g is None else g for v, g in zip(steps, gradients, strict=True))
        return {site: self._together(site, [next(rest) for _ in self._steps[site]]) for site in names}

    def gradient(self, site: str, of: Tensor) -> Tensor:
        """The gradient of the scalar `of` with respect to one site, `[batch, time, unit]`; see `gradients`."""
        return self.gradients(of, [site])[site]

    def detach(self) -> "Trace":
        """The same values, cut off from the autograd graph, which can then be freed."""
        return replace(
            self,
            recorded={site: value.detach() for site, value in self.recorded.items()},
            initial={site: value.detach() for site, value in self.initial.items()},
            outputs=None if self.outputs is None else self.outputs.detach(),
            state=_each(self.state, Tensor.detach),
            _steps={},
        )

    # ----------------------------------------------------------------------------------------------------- files

    def save(self, path: Path | str) -> None:
        """Write the trace as a safetensors file: one tensor a site, and the rest as metadata (no gradients)."""
        trace_file.save(vars(self), path)

    @classmethod
    def load(cls, path: Path | str) -> "Trace":
        """Read what `save` wrote; raises `TranslateError` for a file that cannot be read or is no trace."""
        return cls(**trace_file.load(path))


def _stands_alone(site: str) -> bool:
    """Whether a site of a translator is in no layer, so that its units are others."""
    return Site(site).side != "" and Site(site).layer < 0


def _each(
    state: Tensor | tuple[Tensor, ...] | None, change: Callable[[Tensor], Tensor]
) -> Tensor | tuple[Tensor, ...] | None:
    """A state in a module's layout with every tensor changed."""
    if state is None or isinstance(state, Tensor):
        return None if state is None else change(state)
    return tuple(change(value) for value in state)
