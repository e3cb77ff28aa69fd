"""`lab.trace` of a module: any `torch.nn.LSTM`, `GRU` or `RNN`."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from translate.errors import UsageError
from translate.lab.tracing import own_output
from translate.lab.tracing.editor import Editing, editor_of, seeing_edited
from translate.lab.tracing.recorder import Recorder
from translate.lab.tracing.site import matching
from translate.lab.tracing.trace import Trace
from translate.model import unroll
from translate.model.cells import STATES, State, identity
from translate.model.unroll import Lengths
from translate.text import listed, shown


def trace_module(
    module: nn.RNNBase,
    inputs: Tensor | PackedSequence,
    state: Tensor | tuple[Tensor, Tensor] | None,
    sites: str | Sequence[str] | None,
    gradients: bool,
    edit: Editing,
    tokens: list[list[str]] | None,
    lengths: Lengths | None,
    check: bool,
) -> Trace:
    """See `run.trace`."""
    recorder = Recorder(sites, gradients)
    gradients = bool(gradients)
    kind, names = unroll.kind_of(module), unroll.sites_of(module)
    matching(recorder.globs or "*", names)  # raises where one names nothing
    batch = unroll.batch_of(module, inputs, state, lengths)
    rows = batch.steps.shape[1]
    tokens = None if tokens is None else _tokens(tokens, batch)
    editor = editor_of(edit, _known(module, batch))
    watcher = seeing_edited(recorder, editor)
    run, states = _kind_of_run(batch, gradients, editor is not identity), None
    check = check and rows > 0
    check = check and (bool(own_output.oddities(module)) or not own_output.is_known(module, run))
    if check and sites is not None and editor is identity:  # then perhaps not all states are recorded
        states = own_output.StatesOfFirst(module, batch.lengths)
        watcher = seeing_edited(recorder, states)
    with torch.set_grad_enabled(gradients):
        outputs, last = unroll.run_batch(module, batch, watcher, keep_all=sites is None)
    traced = module_trace(
        recorder,
        kind,
        outputs=outputs.transpose(0, 1),
        state=batch.state_as_given(last),
        tokens={} if tokens is None else {"": tokens},
        lengths={} if batch.lengths is None else {"": batch.lengths},
    )
    if check:
        _check(module, batch, outputs, last, editor is not identity, traced if states is None else states.trace())
        own_output.remember(module, run)
    return traced


def _tokens(given: Any, batch: unroll.Batch) -> list[list[str]]:
    """What stands at each position as lists; of a row the real positions, or all. A row may be a text of letters."""
    time, rows = batch.steps.shape[:2]
    real = [time] * rows if batch.lengths is None else batch.lengths.tolist()
    if isinstance(given, str) or not all(isinstance(each, Iterable) for each in (given, *listed(given))):
        raise UsageError(f"`tokens` are a list for each row, not {shown(given)}.")
    tokens = [list(row) for row in given]
    if len(tokens) != rows:
        raise UsageError(f"There are {rows} rows and tokens for {len(tokens)}; give a list of tokens for each.")
    for number, (row, length) in enumerate(zip(tokens, real, strict=True)):
        if len(row) not in (length, time):
            raise UsageError(f"Row {number} has {length} positions and {len(row)} tokens; give one for each.")
    return tokens


def _kind_of_run(batch: unroll.Batch, *options: bool) -> Hashable:
    """What may make a plain module's steps others: a run of a kind that was checked need not be again."""
    autocast = torch.is_autocast_enabled(batch.steps.device.type)
    return batch.lengths is None, batch.is_single, batch.state is None, batch.steps.dtype, autocast, *options


def _check(
    module: nn.RNNBase, batch: unroll.Batch, outputs: Tensor, last: State, is_edited: bool, traced: Trace
) -> None:
    """Hold the steps against the module itself; where they were edited, they are made once more without the edits."""
    if own_output.oddities(module):
        if is_edited:
            with torch.no_grad():
                outputs, last = unroll.run_batch(module, batch)
        own_output.check_run(module, batch, outputs, last)
        return
    if is_edited:
        states = own_output.StatesOfFirst(module, batch.lengths)
        with torch.no_grad():
            unroll.run_batch(module, batch.rows([0]), states)
        traced = states.trace()
    own_output.check_steps(module, batch, own_output.first_of(traced, own_output.states_of(module)))


def _known(module: nn.RNNBase, batch: unroll.Batch) -> dict[str, range]:
    """The steps of every site that an edit may name; an initial state is there before the first one read."""
    time = len(batch.steps)
    longest = time if batch.lengths is None else max(batch.lengths.tolist(), default=0)
    known = dict.fromkeys(unroll.sites_of(module), range(longest))
    for prefix, _, reverse in unroll.layers_of(module):
        first = time - 1 if reverse else 0
        known |= {f"{prefix}{name}_0": range(first, first + 1) for name in STATES[unroll.kind_of(module)]}
    return known


def module_trace(recorder: Recorder, kind: str, **fields: Any) -> Trace:
    """What a recorder kept of modules of one kind of cell, as a `Trace`.

    fields: its other fields (outputs, state, tokens, lengths). For models of several parts, each watched by
    `recorder.under(prefix)`.
    """
    kept = {site: [steps[t] for t in sorted(steps)] for site, steps in _by_step(recorder).items()}
    initial = {site.removesuffix("_0"): kept.pop(site)[0] for site in list(kept) if site.endswith("_0")}
    values = {site: value.transpose(0, 1) for site, value in _joined(kept).items()}
    return Trace(kind, values, initial, _steps=kept if recorder.gradients else {}, **fields)


def _by_step(recorder: Recorder) -> dict[str, dict[int, Tensor]]:
    return {site: {t: value for t, _, value in recorder.pieces[site] or ()} for site in recorder.sites}


def _joined(kept: dict[str, list[Tensor]]) -> dict[str, Tensor]:
    """The values of all steps of each site as one tensor `[time, batch, unit]`.

    Values that already lie in one buffer at equal distances (where nothing is differentiated: the pre-activations,
    and with all sites recorded the others as well) are described by a view of it. The rest are copied side by side
    in one go, those of one shape together: this costs half of what a copy for each site does.
    """
    views = {site: unroll.one_view(steps) for site, steps in kept.items()}
    joined = {site: view for site, view in views.items() if view is not None}
    alike: dict[tuple, list[str]] = {}
    for site, steps in kept.items():
        if site not in joined:
            key = len(steps), steps[0].shape, steps[0].dtype, steps[0].requires_grad
            alike.setdefault(key, []).append(site)
    for sites in alike.values():
        copies = torch.stack([value for site in sites for value in kept[site]])
        joined |= zip(sites, copies.chunk(len(sites)), strict=True)
    return {site: joined[site] for site in kept}
