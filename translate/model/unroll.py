"""The explicit steps of `cells.py` through a sequence, for any `torch.nn.LSTM`, `GRU` or `RNN`.

The parameters are the module's own, so the fused module (fast, closed) and the explicit steps (readable, open) are two
speeds of the same network: `run` returns what the module returns.

Over 300 lines: all that is particular to these modules (what they take, packing, projections, hooks) stands here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils.prune import BasePruningMethod
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence, pad_packed_sequence
from torch.nn.utils.spectral_norm import SpectralNorm
from torch.nn.utils.weight_norm import WeightNorm

from translate.errors import TranslateError
from translate.model.arrays import Library, library_of
from translate.model.cells import SITES, STATES, STEPS, At, State, Watcher, Weights, identity, project, scoped
from translate.model.torch_arrays import TorchBlock

KINDS = {"LSTM": "lstm", "GRU": "gru", "RNN_TANH": "rnn", "RNN_RELU": "rnn_relu"}

WEIGHT_HOOKS = (WeightNorm, SpectralNorm, BasePruningMethod)
"""The hooks of `torch.nn.utils` that work a weight out anew before each forward, and do nothing else."""


def kind_of(module: nn.Module) -> str:
    """The kind of cell, "lstm", "gru", "rnn" or "rnn_relu"; raises `TranslateError` for any other module."""
    name, home = type(module).__name__, type(module).__module__
    if home.startswith(("torch.ao.nn.quant", "torch.nn.quant", "torchao.")):
        raise TranslateError(
            f"This {name} is quantised ({home}), so its steps are not those of float weights; "
            "trace the torch.nn module that it was made from."
        )
    if not isinstance(module, nn.RNNBase) or module.mode not in KINDS:
        raise TranslateError(f"This {name} cannot be run step by step; {_instead(module)}.")
    return KINDS[module.mode]


def _instead(module: nn.Module) -> str:
    """What to trace in place of a module that is no recurrent layer: those in it, by name."""
    if isinstance(module, nn.RNNCellBase):
        layer = type(module).__name__.removesuffix("Cell")
        return f"it makes one step alone: give its weights to a torch.nn.{layer} (of the same names, with _l0 behind)"
    if isinstance(module, torch.jit.ScriptModule):
        return "pass the module that it was compiled from"
    inside = [name for name, part in module.named_modules() if isinstance(part, nn.RNNBase) and part.mode in KINDS]
    if not inside:
        return "pass a torch.nn.LSTM, GRU or RNN"
    names = ", ".join(f"get_submodule({name!r})" for name in inside[:3]) + (", …" if len(inside) > 3 else "")
    return f"pass the torch.nn.LSTM, GRU or RNN inside it: its {names}"


def weights_of(module: nn.RNNBase, layer: int = 0, reverse: bool = False) -> Weights:
    """The parameters of one layer and direction of a `torch.nn` LSTM, GRU or RNN: the tensors themselves, no copies.

    Raises `TranslateError` where one is not there, or is quantised.
    """
    names = ["weight_ih", "weight_hh"] + (["bias_ih", "bias_hh"] if module.bias else [])
    return Weights(kind_of(module), *(_weight(module, name, layer, reverse) for name in names))


def projection_of(module: nn.RNNBase, layer: int = 0, reverse: bool = False) -> Tensor | None:
    """W_hr `[projection, unit]` of an LSTM with `proj_size`, whose h is W_hr (o tanh c); None without."""
    return _weight(module, "weight_hr", layer, reverse) if module.proj_size else None


def _weight(module: nn.RNNBase, name: str, layer: int, reverse: bool) -> Tensor:
    full = f"{name}_l{layer}_reverse" if reverse else f"{name}_l{layer}"
    weight = getattr(module, full, None)
    if weight is None:
        raise TranslateError(
            f"This {type(module).__name__} has no {full} yet: what wraps it sets it with each run; "
            "call eval() on the wrapper and run it once."
        )
    if weight.is_quantized or not weight.is_floating_point():
        raise TranslateError(
            f"This {type(module).__name__} is quantised ({full} is {weight.dtype}); "
            "trace the torch.nn module that it was made from."
        )
    return weight


def bring_up_to_date(module: nn.RNNBase) -> None:
    """Let weight_norm, spectral_norm and pruning work the weights out from their parameters, as each forward does."""
    for hook in list(module._forward_pre_hooks.values()):
        if isinstance(hook, WEIGHT_HOOKS):
            hook(module, None)


def layers_of(module: nn.RNNBase) -> list[tuple[str, int, bool]]:
    """(prefix of its sites, layer, reverse) of each layer and direction, in the order of h_n: ("l0.rev.", 0, True)."""
    directions = [("", False)] + ([("rev.", True)] if module.bidirectional else [])
    return [(f"l{layer}.{mark}", layer, reverse) for layer in range(module.num_layers) for mark, reverse in directions]


def sites_of(module: nn.RNNBase) -> list[str]:
    """The full name of every site of a module: "l0.i_pre" … "l0.h", "l0.rev.i_pre" … ."""
    return [prefix + site for prefix, _, _ in layers_of(module) for site in SITES[kind_of(module)]]


# ----------------------------------------------------------------------------------------------- what a module is given


Lengths = Sequence[int] | np.ndarray | Tensor
"""How many positions of each row are real, `[batch]`."""


@dataclass(frozen=True)
class Batch:
    """The input of a run, time by time.

    steps `[time, batch, input]`. state: the initial one, in the module's layout with a batch; None: zeros. lengths
    `[batch]`, whole numbers on the CPU's or the input's device; None: all positions are real. given: the input as it
    was given.
    """

    steps: Tensor
    state: State | None
    lengths: Tensor | None
    given: Tensor | PackedSequence
    batch_first: bool

    @property
    def is_single(self) -> bool:
        """Whether it is one sequence that was given without a batch."""
        return isinstance(self.given, Tensor) and self.given.dim() == 2

    def outputs_as_given(self, outputs: Tensor) -> Tensor | PackedSequence:
        """Outputs `[time, batch, unit]` in the form of the input."""
        if self.is_single:
            return outputs.squeeze(1)
        if not isinstance(self.given, PackedSequence):
            return outputs.transpose(0, 1) if self.batch_first else outputs
        order, lengths = self.given.sorted_indices, self.lengths
        assert lengths is not None
        if order is not None:
            outputs, lengths = outputs[:, order], lengths[order]
        packed = pack_padded_sequence(outputs, lengths.cpu())
        return PackedSequence(packed.data, packed.batch_sizes, order, self.given.unsorted_indices)

    def state_as_given(self, state: State) -> Tensor | State:
        """A state `[layers·directions, batch, unit]` in the form that a module gives back: h_n, or (h_n, c_n)."""
        parts = tuple(part.squeeze(1) for part in state) if self.is_single else tuple(state)
        return parts if len(parts) > 1 else parts[0]

    def rows(self, rows: Sequence[int]) -> "Batch":
        """Some of its rows, as a batch of their own."""
        chosen = list(rows)
        steps = self.steps[:, chosen]
        state = None if self.state is None else tuple(part[:, chosen] for part in self.state)
        lengths = None if self.lengths is None else self.lengths[chosen]
        return Batch(steps, state, lengths, steps.transpose(0, 1) if self.batch_first else steps, self.batch_first)

    def run_fused(self, module: nn.Module) -> Any:
        """What the module itself returns for it, packed where rows are of different lengths."""
        given = self.given
        if self.lengths is not None and isinstance(given, Tensor) and not self.is_single:
            given = pack_padded_sequence(given, self.lengths.cpu(), self.batch_first, enforce_sorted=False)
        return module(given) if self.state is None else module(given, self.state_as_given(self.state))


def batch_of(
    module: nn.RNNBase,
    inputs: Tensor | PackedSequence,
    state: Tensor | State | None = None,
    lengths: Lengths | None = None,
) -> Batch:
    """What was given to a module, as a batch; raises `TranslateError` for what it cannot take."""
    batch_first, given = module.batch_first, inputs
    if isinstance(inputs, PackedSequence):
        if lengths is not None:
            raise TranslateError("A PackedSequence knows its lengths; leave `lengths` out.")
        steps, lengths = pad_packed_sequence(inputs)
    elif isinstance(inputs, Tensor) and inputs.dim() == 2:
        steps = inputs.unsqueeze(1)
    elif isinstance(inputs, Tensor) and inputs.dim() == 3:
        steps = inputs.transpose(0, 1) if batch_first else inputs
    else:
        what = f"of shape {list(inputs.shape)}" if isinstance(inputs, Tensor) else f"a {type(inputs).__name__}"
        raise TranslateError(f"The input is {what}; this module needs {_layouts(module)}.")
    if steps.shape[-1] != module.input_size:
        raise TranslateError(f"The input is {list(inputs_shape(inputs))}; this module needs {_layouts(module)}.")
    if steps.is_meta:
        raise TranslateError("The input is on the meta device, where there are no values; give one that has some.")
    if not len(steps):
        raise TranslateError("The input has no steps; give a sequence of at least one.")
    single = isinstance(inputs, Tensor) and inputs.dim() == 2
    return Batch(
        steps,
        None if state is None else _with_batch(state, single),
        None if lengths is None else as_lengths(lengths, steps.shape[1], len(steps)).to(steps.device),
        given,
        batch_first,
    )


def as_lengths(lengths: Lengths, rows: int, time: int) -> Tensor:
    """Lengths of any kind as a tensor `[batch]`; raises `TranslateError` where they are not one for each row."""
    wanted = f"The lengths must be {rows} whole numbers from 1 to {time}, one for each row"
    try:
        numbers = torch.as_tensor(lengths if isinstance(lengths, Tensor) else np.asarray(lengths))
    except (TypeError, ValueError) as error:
        raise TranslateError(f"{wanted}, not {lengths!r}.") from error
    if not rows and not numbers.numel():
        return torch.zeros(0, dtype=torch.long)
    if numbers.is_floating_point() or numbers.is_complex() or numbers.dtype == torch.bool:
        raise TranslateError(f"{wanted}, not {str(numbers.dtype).removeprefix('torch.')}.")
    if numbers.shape != (rows,):
        raise TranslateError(f"{wanted}; these have shape {list(numbers.shape)}.")
    if rows and (numbers.min() < 1 or numbers.max() > time):
        raise TranslateError(f"{wanted}; these go from {int(numbers.min())} to {int(numbers.max())}.")
    return numbers.long()


def inputs_shape(inputs: Tensor | PackedSequence) -> torch.Size:
    """The shape of what was given; of a packed sequence that of its data."""
    return inputs.data.shape if isinstance(inputs, PackedSequence) else inputs.shape


def _with_batch(state: Tensor | State, single: bool) -> State:
    parts = (state,) if isinstance(state, Tensor) else tuple(state)
    if not all(isinstance(part, Tensor) for part in parts):
        raise TranslateError("The initial state must be a tensor, or a tuple (h_0, c_0) of tensors.")
    return tuple(part.unsqueeze(1) if single and part.dim() == 2 else part for part in parts)


def _layouts(module: nn.RNNBase) -> str:
    layout = "[batch, time, input]" if module.batch_first else "[time, batch, input]"
    return f"{layout}, [time, input] or a PackedSequence, with {module.input_size} inputs"


# ------------------------------------------------------------------------------------------------------------ its steps


def run(
    module: nn.RNNBase,
    inputs: Tensor | PackedSequence,
    state: Tensor | State | None = None,
    at: Watcher = identity,
    lengths: Lengths | None = None,
    keep_all: bool = False,
) -> tuple[Tensor | PackedSequence, Tensor | State]:
    """Run `module` step by step: the same result as `module(inputs, state)`, with every quantity passing through `at`.

    inputs `[batch, time, input]` where the module is batch_first, else `[time, batch, input]`, or one row alone,
    `[time, input]`, or a `PackedSequence`; outputs alike, with unit·directions last. state and the state returned are
    in the module's own layout: h_n, for the LSTM (h_n, c_n), each `[layers·directions, batch, unit]`; with `proj_size`
    h has so many units, and c all.

    `at(site, t, value)` gets the sites of `sites_of(module)`, t = the position in the sequence in both directions
    (the reverse direction goes from the last to the first), and beforehand the initial states as `l0.h_0`, `l0.c_0`,
    with t = the first position read. It returns the value to go on with, in the same shape; a new tensor, where it
    changes something.

    lengths `[batch]` (optional; a list, an array or a tensor) says how many positions of each row are real. The rest is
    padding, which leaves the state as it is and gives outputs 0, as with a packed sequence; what `at` sees there means
    nothing.

    keep_all: every value that `at` sees will be kept. They are then laid out so that nobody need copy them, where
    nothing is differentiated; an output kept alone would hold the memory of all.

    Raises `TranslateError` for a module, a shape or a mode (dropout while training) that is not supported.
    """
    kind_of(module)
    batch = batch_of(module, inputs, state, lengths)
    outputs, last = run_batch(module, batch, at, keep_all)
    return batch.outputs_as_given(outputs), batch.state_as_given(last)


def run_batch(module: nn.RNNBase, batch: Batch, at: Watcher = identity, keep_all: bool = False) -> tuple[Tensor, State]:
    """As `run`, of what `batch_of` has made of the inputs.

    Returns the outputs `[time, batch, unit·directions]` and the last states, `[layers·directions, batch, unit]` each.
    """
    _check_mode(module)
    bring_up_to_date(module)
    steps, lengths = batch.steps, batch.lengths
    for part in batch.state or ():
        _check_types(module, part, weights_of(module), "initial state")
    initial = _initial_states(module, batch)
    final: list[State] = []
    outputs: list[Tensor] = []
    for (prefix, layer, reverse), layer_state in zip(layers_of(module), initial, strict=True):
        weights = weights_of(module, layer, reverse)
        if not outputs:  # a new layer; what it reads may be a view with gaps
            steps = steps.contiguous()
        _check_types(module, steps, weights, "input")
        x = project(steps, weights)
        lib = _library(x, weights, module.hidden_size, keep_all)
        projection = projection_of(module, layer, reverse)
        hidden, last = _run_layer(x, layer_state, weights, projection, at, prefix, reverse, lengths, lib)
        final.append(last)
        outputs.append(hidden)
        if len(outputs) == (2 if module.bidirectional else 1):
            steps = torch.cat(outputs, dim=-1) if module.bidirectional else hidden
            outputs = []
    return steps, tuple(torch.stack(values) for values in zip(*final, strict=True))


def _projecting(at: At, projection: Tensor | None) -> At:
    """The `at` of a step with `proj_size`: what others see as h, and go on with, is its projection."""
    if projection is None:
        return at
    return lambda site, value: at(site, nn.functional.linear(value, projection) if site == "h" else value)


def _run_layer(
    x: Tensor,
    state: State,
    weights: Weights,
    projection: Tensor | None,
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
        new = step(x[t], state, weights, _projecting(scoped(at, prefix, t), projection), lib)
        hidden[t] = new[0]
        if lengths is not None:
            real = (t < lengths).unsqueeze(-1)
            hidden[t] = new[0].where(real, 0)
            new = tuple(after.where(real, before) for after, before in zip(new, state, strict=True))
        state = new
    together = one_view(hidden)
    return (torch.stack(hidden) if together is None else together), state


def _library(x: Tensor, weights: Weights, units: int, keep_all: bool) -> Library:
    """Whose operations a layer uses. Where nothing is differentiated, each step turns its row of x into its
    pre-activations: they then lie in one buffer, time by time (under autocast the types differ: no)."""
    in_place = not torch.is_grad_enabled() and x.dtype == weights.weight_hh.dtype
    if not (in_place and keep_all):
        return library_of(x, in_place)
    # A step lays at most as many values into the block as it has sites: most pre-activations are in x already.
    return TorchBlock(x, len(x) * len(SITES[weights.kind]), (x.shape[1], units))


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


def _initial_states(module: nn.RNNBase, batch: Batch) -> list[State]:
    """The initial state of each layer and direction: what was given, or zeros."""
    names, rows = STATES[kind_of(module)], batch.steps.shape[1]
    layers = len(layers_of(module))
    units = {"h": module.proj_size or module.hidden_size, "c": module.hidden_size}
    shapes = [(layers, rows, units[name]) for name in names]
    if batch.state is None:
        return [tuple(batch.steps.new_zeros(shape[1:]) for shape in shapes) for _ in range(layers)]
    if [part.shape for part in batch.state] != shapes:
        wanted = " and ".join(f"{name}_0" for name in names), " and ".join(str(list(shape)) for shape in shapes)
        raise TranslateError(
            f"The initial state has shapes {[list(part.shape) for part in batch.state]}; this {type(module).__name__} "
            f"needs {wanted[0]} of shape {wanted[1]} (layers·directions, batch, unit)."
        )
    return list(zip(*(part.unbind(0) for part in batch.state), strict=True))


def _check_mode(module: nn.RNNBase) -> None:
    """Raise `TranslateError` for a module that is another one at each run."""
    if not module.training:
        return
    if module.dropout and module.num_layers > 1:
        raise TranslateError("This module drops out at random while it trains; call module.eval() before running it.")
    hooks = module._forward_pre_hooks.values()
    if any(isinstance(hook, SpectralNorm) for hook in hooks) or any(
        type(part).__name__ == "_SpectralNorm" for part in module.modules()
    ):
        raise TranslateError(
            "While it trains, this module's spectral_norm changes its weights with each run; "
            "call module.eval() before running it."
        )


def _check_types(module: nn.RNNBase, values: Tensor, weights: Weights, what: str) -> None:
    """Raise `TranslateError` for values, of what is given, of another type or place than the weights, or of none."""
    given, own = (values.dtype, values.device), (weights.weight_ih.dtype, weights.weight_ih.device)
    if given != own and not torch.is_autocast_enabled(values.device.type):
        raise TranslateError(
            f"The {what} is {given[0]} on {given[1]}, but the weights of this {type(module).__name__} are {own[0]} on "
            f"{own[1]}; convert it with .to()."
        )
