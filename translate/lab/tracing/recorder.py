"""Every state and valve of a run, by name.

`trace(module, inputs)` runs any `torch.nn.LSTM`, `GRU` or `RNN` by the explicit steps of `translate.model.cells` and
returns a `Trace`: `trace["l0.f"]` is the forget gate of the first layer, `[batch, time, unit]`. What does the
recording is a `Recorder`, a watcher like any other, so that a larger model can use it for its parts.
"""

from collections.abc import Sequence
from fnmatch import fnmatchcase

import torch
from torch import Tensor, nn

from translate.errors import TranslateError
from translate.lab.tracing.trace import Trace, UnknownSite, matching  # noqa: F401
from translate.model.cells import Watcher, identity
from translate.model.unroll import kind_of, one_view, run, sites_of


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
    matching(recorder.globs or "*", names)  # raises where one names nothing

    def watch(site: str, t: int, value: Tensor) -> Tensor:
        return recorder(site, t, edit(site, t, value))

    with torch.set_grad_enabled(gradients):
        outputs, last = run(module, inputs, state, recorder if edit is identity else watch, lengths, sites is None)
    return recorder.trace(
        kind,
        outputs=outputs if module.batch_first else outputs.transpose(0, 1),
        state=last,
        tokens={} if tokens is None else {"": tokens},
        lengths={} if lengths is None else {"": lengths},
    )


def _joined(kept: dict[str, list[Tensor]]) -> dict[str, Tensor]:
    """The values of all steps of each site as one tensor `[time, batch, unit]`.

    Values that already lie in one buffer at equal distances (where nothing is differentiated: the pre-activations,
    and with all sites recorded the others as well) are described by a view of it. The rest are copied side by side
    in one go, those of one shape together: this costs half of what a copy for each site does.
    """
    joined = {site: one_view(steps) for site, steps in kept.items()}
    alike: dict[tuple, list[str]] = {}
    for site in (site for site, view in joined.items() if view is None):
        first = kept[site][0]
        alike.setdefault((len(kept[site]), first.shape, first.dtype, first.requires_grad), []).append(site)
    for sites in alike.values():
        copies = torch.stack([value for site in sites for value in kept[site]])
        joined |= zip(sites, copies.chunk(len(sites)), strict=True)
    return joined
