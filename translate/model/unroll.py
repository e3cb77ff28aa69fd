"""The explicit steps of `cells.py` through a sequence, for any `torch.nn.LSTM`, `GRU` or `RNN`.

The parameters are the module's own, so the fused module (fast, closed) and the explicit steps (readable, open) are two
speeds of the same network: `run` returns what the module returns.
"""

import torch
from torch import Tensor, nn

from translate.errors import TranslateError
from translate.model.arrays import Library, library_of
from translate.model.cells import SITES, STATES, STEPS, State, Watcher, Weights, identity, project, scoped
from translate.model.torch_arrays import TorchBlock


def kind_of(module: nn.Module) -> str:
    """The kind of cell, "lstm", "gru", "rnn" or "rnn_relu"; raises `TranslateError` for any other module."""
    kinds = {"LSTM": "lstm", "GRU": "gru", "RNN_TANH": "rnn", "RNN_RELU": "rnn_relu"}
    if not isinstance(module, nn.RNNBase) or module.mode not in kinds:
        raise TranslateError(
            f"A {type(module).__name__} cannot be run step by step; pass the torch.nn.LSTM, GRU or RNN inside it."
        )
    if module.proj_size:
        raise TranslateError("An LSTM with proj_size is not supported; use one without a projection.")
    return kinds[module.mode]


def weights_of(module: nn.RNNBase, layer: int = 0, reverse: bool = False) -> Weights:
    """The parameters of one layer and direction of a `torch.nn` LSTM, GRU or RNN: the tensors themselves, no copies."""
    suffix = f"l{layer}_reverse" if reverse else f"l{layer}"
    names = ["weight_ih", "weight_hh"] + (["bias_ih", "bias_hh"] if module.bias else [])
    return Weights(kind_of(module), *(getattr(module, f"{name}_{suffix}") for name in names))


def layers_of(module: nn.RNNBase) -> list[tuple[str, int, bool]]:
    """(prefix of its sites, layer, reverse) of each layer and direction, in the order of h_n: ("l0.rev.", 0, True)."""
    directions = [("", False)] + ([("rev.", True)] if module.bidirectional else [])
    return [(f"l{layer}.{mark}", layer, reverse) for layer in range(module.num_layers) for mark, reverse in directions]


def sites_of(module: nn.RNNBase) -> list[str]:
    """The full name of every site of a module: "l0.i_pre" … "l0.h", "l0.rev.i_pre" … ."""
    return [prefix + site for prefix, _, _ in layers_of(module) for site in SITES[kind_of(module)]]


def run(
    module: nn.RNNBase,
    inputs: Tensor,
    state: Tensor | State | None = None,
    at: Watcher = identity,
    lengths: Tensor | None = None,
    keep_all: bool = False,
) -> tuple[Tensor, Tensor | State]:
    """Run `module` step by step: the same result as `module(inputs, state)`, with every quantity passing through `at`.

    inputs `[batch, time, input]` where the module is batch_first, else `[time, batch, input]`; outputs alike, with
    unit·directions last. state and the state returned are in the module's own layout: h_n, for the LSTM (h_n, c_n),
    each `[layers·directions, batch, unit]`.

    `at(site, t, value)` gets the sites of `sites_of(module)`, t = the position in the sequence in both directions
    (the reverse direction goes from the last to the first), and beforehand the initial states as `l0.h_0`, `l0.c_0`,
    with t = the first position read. It returns the value to go on with, in the same shape; a new tensor, where it
    changes something.

    lengths `[batch]` (optional) says how many positions of each row are real. The rest is padding, which leaves the
    state as it is and gives outputs 0, as with a packed sequence; what `at` sees there means nothing.

    keep_all: every value that `at` sees will be kept. They are then laid out so that nobody need copy them, where
    nothing is differentiated; an output kept alone would hold the memory of all.

    Raises `TranslateError` for a module, a shape or a mode (dropout while training) that is not supported.
    """
    _check(module, inputs, lengths)
    steps = inputs.transpose(0, 1) if module.batch_first else inputs  # time-major
    initial = _initial_states(module, steps, state)
    final: list[State] = []
    outputs: list[Tensor] = []
    for (prefix, layer, reverse), layer_state in zip(layers_of(module), initial, strict=True):
        weights = weights_of(module, layer, reverse)
        if not outputs:  # a new layer; what it reads may be a view with gaps
            steps = steps.contiguous()
        x = project(steps, weights)
        lib = _library(x, weights, keep_all)
        hidden, last = _run_layer(x, layer_state, weights, at, prefix, reverse, lengths, lib)
        final.append(last)
        outputs.append(hidden)
        if len(outputs) == (2 if module.bidirectional else 1):
            steps = torch.cat(outputs, dim=-1) if module.bidirectional else hidden
            outputs = []
    stacked = tuple(torch.stack(values) for values in zip(*final, strict=True))
    return (steps.transpose(0, 1) if module.batch_first else steps), stacked if len(stacked) > 1 else stacked[0]


def _run_layer(
    x: Tensor,
    state: State,
    weights: Weights,
    at: Watcher,
    prefix: str,
    reverse: bool,
    lengths: Tensor | None,
    lib: Library,
) -> tuple[Tensor, State]:
    """One layer in one direction: x `[time, batch, gates·unit]` (may be overwritten) to h `[time, batch, unit]`."""
    step = STEPS[weights.kind]
    positions = range(len(x))[:: -1 if reverse else 1]
    at_start = scoped(at, prefix, positions[0])
    state = tuple(at_start(f"{name}_0", value) for name, value in zip(STATES[weights.kind], state, strict=True))
    hidden: list[Tensor] = [x] * len(x)  # each is replaced below
    for t in positions:
        new = step(x[t], state, weights, scoped(at, prefix, t), lib)
        hidden[t] = new[0]
        if lengths is not None:
            real = (t < lengths).unsqueeze(-1)
            hidden[t] = new[0].where(real, 0)
            new = tuple(after.where(real, before) for after, before in zip(new, state, strict=True))
        state = new
    together = one_view(hidden)
    return (torch.stack(hidden) if together is None else together), state


def _library(x: Tensor, weights: Weights, keep_all: bool) -> Library:
    """Whose operations a layer uses. Where nothing is differentiated, each step turns its row of x into its
    pre-activations: they then lie in one buffer, time by time (under autocast the types differ: no)."""
    in_place = not torch.is_grad_enabled() and x.dtype == weights.weight_hh.dtype
    if not (in_place and keep_all):
        return library_of(x, in_place)
    # A step lays at most as many values into the block as it has sites: most pre-activations are in x already.
    return TorchBlock(x, len(x) * len(SITES[weights.kind]), (x.shape[1], weights.weight_hh.shape[1]))


def one_view(steps: list[Tensor]) -> Tensor | None:
    """One view `[time, …]` of values that lie at equal distances in one buffer, or None."""
    first, last = steps[0], steps[-1]
    start, strides, size = first.data_ptr(), first.stride(), first.element_size()
    distance = steps[1].data_ptr() - start if len(steps) > 1 else 0
    if distance <= 0 or first.requires_grad or distance % size:
        return None
    # Where the first and the last lie in one buffer, so does what lies between them.
    if last.untyped_storage().data_ptr() != first.untyped_storage().data_ptr() or any(
        value.data_ptr() != start + t * distance or value.stride() != strides for t, value in enumerate(steps)
    ):
        return None
    return first.as_strided((len(steps), *first.shape), (distance // size, *strides))


def _initial_states(module: nn.RNNBase, steps: Tensor, state: Tensor | State | None) -> list[State]:
    """The initial state of each layer and direction: from the module's layout, or zeros."""
    names = STATES[kind_of(module)]
    shape = (len(layers_of(module)), steps.shape[1], module.hidden_size)
    if state is None:
        return [tuple(steps.new_zeros(shape[1:]) for _ in names) for _ in range(shape[0])]
    parts = (state,) if isinstance(state, Tensor) else tuple(state)
    if len(parts) != len(names) or any(part.shape != shape for part in parts):
        raise TranslateError(
            f"The initial state has shapes {[list(part.shape) for part in parts]}; this {type(module).__name__} needs "
            f"{' and '.join(f'{name}_0' for name in names)} of shape {list(shape)} (layers·directions, batch, unit)."
        )
    return list(zip(*(part.unbind(0) for part in parts), strict=True))


def _check(module: nn.RNNBase, inputs: Tensor, lengths: Tensor | None) -> None:
    """Raise `TranslateError` for what cannot be run."""
    kind_of(module)
    if module.training and module.dropout and module.num_layers > 1:
        raise TranslateError("This module drops out at random while it trains; call module.eval() before running it.")
    layout = "[batch, time, input]" if module.batch_first else "[time, batch, input]"
    if not isinstance(inputs, Tensor) or inputs.dim() != 3 or inputs.shape[-1] != module.input_size:
        what = list(inputs.shape) if isinstance(inputs, Tensor) else type(inputs).__name__
        raise TranslateError(f"The input is {what}; this module needs {layout} with {module.input_size} inputs.")
    batch, time = (inputs.shape[0], inputs.shape[1]) if module.batch_first else (inputs.shape[1], inputs.shape[0])
    if time == 0:
        raise TranslateError("The input has no steps; give a sequence of at least one.")
    if lengths is not None and (lengths.shape != (batch,) or lengths.min() < 1 or lengths.max() > time):
        raise TranslateError(f"The lengths must be {batch} whole numbers from 1 to {time}, one for each row.")
