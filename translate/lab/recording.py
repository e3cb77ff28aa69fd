"""Every state and valve of a run, by name.

`trace(module, inputs)` runs any `torch.nn.LSTM`, `GRU` or `RNN` by the explicit steps of `translate.model.cells` and
returns a `Trace`: `trace["l0.f"]` is the forget gate of the first layer, `[batch, time, unit]`. What does the
recording is a `Recorder`, a watcher like any other, so that a larger model can use it for its parts.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path

import torch
from torch import Tensor, nn

from translate.errors import TranslateError
from translate.files import reason, write_atomic
from translate.model.cells import Watcher, identity
from translate.model.unroll import kind_of, run, sites_of

FORMAT = "translate-trace 1"


class UnknownSite(TranslateError, KeyError):
    """A site that this trace does not hold."""

    __str__ = Exception.__str__  # KeyError would print the message in quotes


@dataclass(frozen=True, eq=False)
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
    """

    kind: str
    recorded: dict[str, Tensor] = field(repr=False)
    initial: dict[str, Tensor] = field(default_factory=dict, repr=False)
    outputs: Tensor | None = field(default=None, repr=False)
    state: Tensor | tuple[Tensor, ...] | None = field(default=None, repr=False)
    tokens: dict[str, list[list[str]]] = field(default_factory=dict, repr=False)
    lengths: dict[str, Tensor] = field(default_factory=dict, repr=False)
    _steps: dict[str, list[Tensor]] = field(default_factory=dict, repr=False)

    def __getitem__(self, site: str) -> Tensor:
        try:
            return self.recorded[site]
        except KeyError:
            raise UnknownSite(_no_such_site(site, self.recorded)) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self.recorded)

    def __len__(self) -> int:
        return len(self.recorded)

    @property
    def sites(self) -> tuple[str, ...]:
        """The names of the recorded sites, in the order in which the cell computes them."""
        return tuple(self.recorded)

    def previous(self, site: str) -> Tensor:
        """The state (a site h or c) that each step started from, `[batch, time, unit]`: c_{t-1} beside c_t.

        For the reverse direction that is the state at t+1. Raises `UnknownSite` where `site` is not a state.
        """
        values = self[site]
        if site not in self.initial:
            raise UnknownSite(f"{site} is not a state; only {', '.join(self.initial)} have a previous value.")
        initial = self.initial[site].unsqueeze(1)
        if ".rev." not in f".{site}":
            return torch.cat([initial, values[:, :-1]], dim=1)
        shifted = torch.cat([values[:, 1:], initial], dim=1)
        lengths = self.lengths.get(_part(site))
        if lengths is None:
            return shifted
        last = torch.arange(values.shape[1], device=values.device) == lengths.unsqueeze(1) - 1
        return torch.where(last.unsqueeze(-1), initial, shifted)

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
        found = torch.autograd.grad(of, steps, retain_graph=True, allow_unused=True)
        # A step on which the number does not depend has the gradient 0.
        found = [torch.zeros_like(v) if g is None else g for v, g in zip(steps, found, strict=True)]
        rest = iter(found)
        return {site: torch.stack([next(rest) for _ in self._steps[site]], dim=1) for site in names}

    def gradient(self, site: str, of: Tensor) -> Tensor:
        """The gradient of the scalar `of` with respect to one site, `[batch, time, unit]`; see `gradients`."""
        return self.gradients(of, [site])[site]

    def detach(self) -> "Trace":
        """The same values, cut off from the autograd graph, which can then be freed."""
        state = self.state.detach() if isinstance(self.state, Tensor) else self.state and _detached(self.state)
        return replace(
            self,
            recorded={site: value.detach() for site, value in self.recorded.items()},
            initial={site: value.detach() for site, value in self.initial.items()},
            outputs=None if self.outputs is None else self.outputs.detach(),
            state=state,
            _steps={},
        )

    def save(self, path: Path | str) -> None:
        """Write the trace as a safetensors file: one tensor a site, and the rest as metadata (no gradients)."""
        from safetensors.torch import save

        tensors = {f"values/{site}": value for site, value in self.recorded.items()}
        tensors |= {f"initial/{site}": value for site, value in self.initial.items()}
        tensors |= {f"lengths/{part}": value for part, value in self.lengths.items()}
        tensors |= {} if self.outputs is None else {"outputs": self.outputs}
        states = () if self.state is None else (self.state,) if isinstance(self.state, Tensor) else self.state
        tensors |= {f"state/{number}": value for number, value in enumerate(states)}
        about = {"kind": self.kind, "sites": list(self.sites), "initial": list(self.initial), "tokens": self.tokens}
        # A safetensors file wants every tensor in memory of its own, and ours are mostly views of shared buffers.
        own = {
            name: value.detach().cpu().clone(memory_format=torch.contiguous_format) for name, value in tensors.items()
        }
        write_atomic(path, save(own, {"format": FORMAT, "trace": json.dumps(about, ensure_ascii=False)}))

    @classmethod
    def load(cls, path: Path | str) -> "Trace":
        """Read what `save` wrote; raises `TranslateError` for a file that cannot be read or is no trace."""
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
        return cls(
            kind=about["kind"],
            recorded={site: tensors[f"values/{site}"] for site in about["sites"]},
            initial={site: tensors[f"initial/{site}"] for site in about["initial"]},
            outputs=tensors.get("outputs"),
            state=(states if len(states) > 1 else states[0]) if states else None,
            tokens=about["tokens"],
            lengths={name.removeprefix("lengths/"): v for name, v in tensors.items() if name.startswith("lengths/")},
        )


class Recorder:
    """A watcher that keeps the values that pass through the sites, and changes none of them.

    sites: a glob or a list of globs over full site names ("enc.*", ["dec.l0.c", "*.f"]); only these are kept;
        None keeps all.
    gradients: keep the values in the autograd graph, so that `Trace.gradient` can tell their gradients.

    One recorder serves a model of several parts: `recorder.under("enc.")` is the watcher of the encoder,
    `recorder.under("dec.")` that of the decoder, and `recorder.trace(...)` holds both. It records one run: a second
    value for the same site and position raises `TranslateError`.
    """

    def __init__(self, sites: str | Sequence[str] | None = None, gradients: bool = False):
        self.globs = None if sites is None else [sites] if isinstance(sites, str) else list(sites)
        self.gradients = gradients
        self._kept: dict[str, dict[int, Tensor] | None] = {}  # None: a site that no glob names

    def __call__(self, site: str, t: int, value: Tensor) -> Tensor:
        if site not in self._kept:
            self._kept[site] = {} if self._wanted(site) else None
        steps = self._kept[site]
        if steps is None:
            return value
        if t in steps:
            raise TranslateError(f"This recorder already holds {site} at step {t}; make a new Recorder for each run.")
        if self.gradients:
            # A frozen model leaves nothing to differentiate: then the graph begins at the value itself.
            value = value if value.requires_grad else value.detach().requires_grad_()
        steps[t] = value
        return value

    def under(self, prefix: str) -> Watcher:
        """The watcher of one part of a model: it records into this recorder under `prefix` (such as "enc.")."""
        return lambda site, t, value: self(prefix + site, t, value)

    def trace(self, kind: str, **more) -> Trace:
        """What was recorded, as a `Trace`; `more` are its other fields (outputs, state, tokens, lengths)."""
        kept = {site: [steps[t] for t in sorted(steps)] for site, steps in self._kept.items() if steps}
        initial = {site.removesuffix("_0"): kept.pop(site)[0] for site in list(kept) if site.endswith("_0")}
        values = {site: value.transpose(0, 1) for site, value in _joined(kept).items()}
        return Trace(kind, values, initial, _steps=kept if self.gradients else {}, **more)

    def _wanted(self, site: str) -> bool:
        """Whether a glob names the site; an initial state (c_0) is kept where its state (c) is."""
        name = site.removesuffix("_0")
        return self.globs is None or any(fnmatchcase(name, glob) for glob in self.globs)


def trace(
    module: nn.RNNBase,
    inputs: Tensor,
    state: Tensor | tuple[Tensor, Tensor] | None = None,
    sites: str | Sequence[str] | None = None,
    gradients: bool = False,
    *,
    edit: Watcher = identity,
    tokens: list[list[str]] | None = None,
    lengths: Tensor | None = None,
) -> Trace:
    """Run a `torch.nn.LSTM`, `GRU` or `RNN` over `inputs` and record its sites; see `cells.run` for the arguments.

    sites: a glob or a list of globs such as "l0.c" or "*.f"; only these are recorded. gradients: keep the autograd
    graph (without it, nothing is differentiated). edit: a watcher that may change values on their way; what is
    recorded is what it returned. tokens: what stands at each position, kept with the trace.

    Raises `TranslateError` for a glob that names no site of the module, and as `cells.run` does.
    """
    recorder = Recorder(sites, gradients)
    kind, names = kind_of(module), sites_of(module)
    for glob in recorder.globs or ():
        if not any(fnmatchcase(name, glob) for name in names):
            raise UnknownSite(_no_such_site(glob, names))

    def watch(site: str, t: int, value: Tensor) -> Tensor:
        return recorder(site, t, edit(site, t, value))

    with torch.set_grad_enabled(gradients):
        outputs, last = run(module, inputs, state, recorder if edit is identity else watch, lengths)
    return recorder.trace(
        kind,
        outputs=outputs if module.batch_first else outputs.transpose(0, 1),
        state=last,
        tokens={} if tokens is None else {"": tokens},
        lengths={} if lengths is None else {"": lengths},
    )


def _joined(kept: dict[str, list[Tensor]]) -> dict[str, Tensor]:
    """The values of all steps of each site as one tensor `[time, batch, unit]`.

    Values that already lie in one buffer at equal distances (the pre-activations, where nothing is differentiated)
    are described by a view of it. All others of one shape are copied side by side in one go: this costs half of what
    a copy for each site does.
    """
    joined = {site: _view(steps) for site, steps in kept.items()}
    alike: dict[tuple, list[str]] = {}
    for site in (site for site, view in joined.items() if view is None):
        first = kept[site][0]
        alike.setdefault((len(kept[site]), first.shape, first.dtype, first.requires_grad), []).append(site)
    for sites in alike.values():
        copies = torch.stack([value for site in sites for value in kept[site]])
        joined |= zip(sites, copies.chunk(len(sites)), strict=True)
    return joined


def _view(steps: list[Tensor]) -> Tensor | None:
    """One view `[time, batch, unit]` of values that lie at equal distances in one buffer, or None."""
    first = steps[0]
    distance = steps[1].storage_offset() - first.storage_offset() if len(steps) > 1 else 0
    in_one_buffer = distance > 0 and all(
        value.untyped_storage().data_ptr() == first.untyped_storage().data_ptr()
        and value.storage_offset() == first.storage_offset() + t * distance
        and value.stride() == first.stride()
        and not value.requires_grad
        for t, value in enumerate(steps)
    )
    return first.as_strided((len(steps), *first.shape), (distance, *first.stride())) if in_one_buffer else None


def _part(site: str) -> str:
    """The part of the model that a site belongs to: "enc" for "enc.l0.c", "" for "l0.c"."""
    return "" if site.startswith("l") and site[1:].split(".")[0].isdigit() else site.split(".")[0]


def _detached(state: Sequence[Tensor]) -> tuple[Tensor, ...]:
    return tuple(value.detach() for value in state)


def _no_such_site(site: str, known) -> str:
    near = get_close_matches(site, known, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}."
    return f"There is no site {site} here; {hint}"
