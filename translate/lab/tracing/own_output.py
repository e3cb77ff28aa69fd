"""Whether the steps of a traced module are the module: its own output beside theirs.

The steps know the module's weights and its equations, and not what its class, its hooks or what wraps it make of them.
"""

import warnings
from collections.abc import Callable, Hashable, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import torch
from torch import Tensor, nn
from torch.nn.modules import module as of_all_modules
from torch.nn.utils.rnn import PackedSequence, pad_packed_sequence

from translate.errors import TranslateError
from translate.lab.tracing.site import Site
from translate.lab.tracing.trace import Trace
from translate.model import unroll
from translate.model.cells import STATES, State
from translate.model.unroll import Batch

_ROWS = 1  # of a plain module's batch: to run more of it takes too long beside the steps of the whole

_KNOWN: WeakKeyDictionary[nn.RNNBase, set] = WeakKeyDictionary()
_MOST = 100

_Values = tuple[Tensor, State | None]
"""Outputs `[time, batch, unit·directions]` and the last state, which a forward of its own may not return."""


class StatesOfFirst:
    """A watcher that keeps the states of a batch's first row; `trace` has them."""

    def __init__(self, module: nn.RNNBase, lengths: Tensor | None):
        self.kind, self.lengths = unroll.kind_of(module), None if lengths is None else lengths[:_ROWS]
        self.initial: dict[str, Tensor] = {}
        self.steps: dict[str, dict[int, Tensor]] = {site: {} for site in states_of(module)}

    def __call__(self, site: str, t: int, value: Tensor) -> Tensor:
        if site in self.steps:
            self.steps[site][t] = value[:_ROWS].detach().clone()
        elif site.endswith("_0"):
            self.initial[site.removesuffix("_0")] = value[:_ROWS].detach()
        return value

    def trace(self) -> Trace:
        """The states, as a trace of one row."""
        values = {site: torch.stack([at[t] for t in sorted(at)], 1) for site, at in self.steps.items()}
        return Trace(self.kind, values, self.initial, lengths={} if self.lengths is None else {"": self.lengths})


def first_of(trace: Trace, sites: Sequence[str]) -> Trace:
    """The first row of some sites of a trace, which share its memory."""
    values, initial = ({site: of[site].detach()[:_ROWS] for site in sites} for of in (trace.recorded, trace.initial))
    return Trace(trace.kind, values, initial, lengths={part: all_[:_ROWS] for part, all_ in trace.lengths.items()})


def states_of(module: nn.RNNBase) -> list[Site]:
    """The sites of a module's states: those of h of all layers and directions, and then those of c."""
    layers = unroll.layers_of(module)
    return [Site(prefix + name) for name in STATES[unroll.kind_of(module)] for prefix, _, _ in layers]


def check_steps(module: nn.RNNBase, batch: Batch, states: Trace) -> None:
    """Raise `TranslateError` where a plain module makes other steps than were made.

    states: of the batch's first row, before and after each step, in all layers. From the states before it the module
    makes each step itself, all of them in one batch, and must come to the states after it. So every step and every
    layer is checked, and no rounding adds up. Values may differ by √ε of their type, of what is largest.
    """
    sites, layers = states_of(module), len(unroll.layers_of(module))
    real = slice(None) if batch.lengths is None else slice(int(batch.lengths[0]))
    inputs = batch.steps[real, :_ROWS]  # [step, 1, input]: each step is a row of its own
    inputs = inputs if module.batch_first else inputs.transpose(0, 1)

    def together(values: Callable[[str], Tensor]) -> State:
        """`[layers·directions, step, unit]` of h, and of c."""
        each = [values(site)[:, real] for site in sites]
        return tuple(torch.cat(each[first : first + layers]) for first in range(0, len(each), layers))

    before = tuple(value.to(inputs.dtype) for value in together(states.previous))
    with torch.no_grad(), warnings.catch_warnings():
        if module.proj_size:
            warnings.simplefilter("ignore")  # torch says that a projection is slow
        _, after = module(inputs, before if len(before) > 1 else before[0])
    made = (after,) if isinstance(after, Tensor) else after
    _compare(module, [("its states", *pair) for pair in zip(made, together(states.__getitem__), strict=True)])


def is_known(module: nn.RNNBase, run: Hashable) -> bool:
    """Whether a plain module has been checked in this kind of `run` with the weights that it has."""
    return _now(module, run) in _KNOWN.get(module, ())


def remember(module: nn.RNNBase, run: Hashable) -> None:
    """It has been checked. Weights that are made anew for each run are not remembered."""
    now, known = _now(module, run), _KNOWN.setdefault(module, set())
    if len(known) > _MOST:  # a module in training has other weights at each step
        known.clear()
    if now is not None:
        known.add(now)


def _now(module: nn.RNNBase, run: Hashable) -> Hashable:
    weights = [module._parameters.get(name) for name in module._flat_weights_names]
    if any(weight is None or weight.is_inference() for weight in weights):
        return None
    return run, *(
        (id(weight), weight._version, weight.dtype, weight.device) for weight in weights if weight is not None
    )


def check_run(module: nn.RNNBase, batch: Batch, outputs: Tensor, state: State) -> None:
    """Raise `TranslateError` where a module gives other outputs or another last state than its steps have.

    All rows are run: what has hooks, a forward of its own, or weights made by others may do anything anywhere.
    """
    _check_weights(module)
    with torch.no_grad():
        own_outputs, own_state = _own(module, batch)
    pairs = [("its outputs", own_outputs, outputs.detach())]
    for one, other in zip(own_state or (), state, strict=False):
        pairs.append(("its last state", one, other.detach()))
    _compare(module, pairs)


def oddities(module: nn.RNNBase) -> list[str]:
    """What in a module may make its output another one than the cell's; nothing of a plain one."""
    found = []
    own = next(base for base in (nn.LSTM, nn.GRU, nn.RNN, nn.RNNBase) if isinstance(module, base))
    kind = type(module)
    is_own = kind.forward is own.forward and kind.__call__ is own.__call__
    if not is_own or "forward" in vars(module):
        found.append("it has a forward of its own")
    if of_all_modules._global_forward_pre_hooks or len(_weight_hooks(module)) < len(module._forward_pre_hooks):
        found.append("it has forward pre-hooks")
    if module._forward_hooks or of_all_modules._global_forward_hooks:
        found.append("it has forward hooks")
    if _foreign_weights(module):
        found.append(f"its {_foreign_weights(module)[0]} is set by what wraps it")
    return found


def _foreign_weights(module: nn.RNNBase) -> list[str]:
    """The weights that are neither parameters nor made from them by a hook of torch's, or a parametrization."""
    others = [name for name in module._flat_weights_names if name not in module._parameters]
    if not others:
        return []
    made = set(getattr(module, "parametrizations", ()))
    for hook in _weight_hooks(module):  # weight_norm and spectral_norm call it name, pruning _tensor_name
        made |= {getattr(hook, "name", None), getattr(hook, "_tensor_name", None)}
    return [name for name in others if name not in made]


def _weight_hooks(module: nn.RNNBase) -> list[Any]:
    return [hook for hook in module._forward_pre_hooks.values() if isinstance(hook, unroll.WEIGHT_HOOKS)]


def _check_weights(module: nn.RNNBase) -> None:
    """Raise `TranslateError` for weights of which a wrapper has dropped some: they are others at its next run."""
    for name in _foreign_weights(module):
        weight, raw = getattr(module, name), module._parameters.get(f"{name}_raw")
        stale = (weight == 0).any() if raw is None else not torch.equal(weight, raw)
        if module.training or stale:
            raise TranslateError(
                f"{name} of this {type(module).__name__} is set by what wraps it (weight drop?), and is "
                f"{'another one at each run' if module.training else 'still that of an earlier run'}; call eval() on "
                "the wrapper and run it once, or let check=False record this module as it is."
            )


def _own(module: nn.RNNBase, batch: Batch) -> _Values:
    """What the module itself returns, `[time, batch, unit]` and, where it returns one, its last state."""
    devices = [batch.steps.device] if batch.steps.is_cuda else []
    with torch.random.fork_rng(devices), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            returned = batch.run_fused(module)
        except Exception as error:
            said = " ".join(str(error).split())[:200]
            raise TranslateError(
                f"This {type(module).__name__} cannot be held to its own output, for its forward fails "
                f"({type(error).__name__}: {said}); let check=False record the bare cell."
            ) from error
    outputs, state = returned if isinstance(returned, tuple) and len(returned) == 2 else (returned, None)
    if isinstance(returned, PackedSequence):
        outputs, state = returned, None
    if isinstance(outputs, PackedSequence):
        outputs, _ = pad_packed_sequence(outputs, module.batch_first, total_length=len(batch.steps))
    if not isinstance(outputs, Tensor):
        raise TranslateError(
            f"The forward of this {type(module).__name__} returns a {type(returned).__name__}, not (outputs, state); "
            "let check=False record the bare cell."
        )
    if batch.is_single:
        outputs = outputs.unsqueeze(1)
    elif module.batch_first and outputs.dim() == 3:
        outputs = outputs.transpose(0, 1)
    parts = (state,) if isinstance(state, Tensor) else state
    if not isinstance(parts, tuple) or not all(isinstance(part, Tensor) for part in parts):
        return outputs, None
    return outputs, tuple(part.unsqueeze(1) for part in parts) if batch.is_single else parts


def _compare(module: nn.RNNBase, pairs: Sequence[tuple[str, Tensor, Tensor]]) -> None:
    """Raise `TranslateError` where values of the module itself, the first ones, are not those of its steps."""
    for what, own, ours in pairs:
        error = _distance(own, ours)
        if error is not None:
            reasons = oddities(module) or ["its weights or its equations are others in its own run"]
            raise TranslateError(
                f"The steps do not give what this {type(module).__name__} itself does ({what} {error}): "
                f"{' and '.join(reasons + ['it is training'] * module.training)}; trace a module without that, or let "
                "check=False record the bare cell."
            )


def _distance(own: Tensor, ours: Tensor) -> str | None:
    """How far they are apart, in words; None where they are the same but for rounding."""
    if own.shape != ours.shape:
        return f"have the shape {list(own.shape)}, not {list(ours.shape)}"
    device, types = own.device.type, {own.dtype, ours.dtype}
    if torch.is_autocast_enabled(device):
        types.add(torch.get_autocast_dtype(device))
    bound = max(torch.finfo(dtype).eps for dtype in types) ** 0.5
    if own.is_cuda and torch.backends.cudnn.allow_tf32:
        bound = max(bound, 2.0**-5)  # TensorFloat-32 has 10 bits
    if own.dtype != ours.dtype or own.dtype.itemsize < 4:
        own, ours = own.to(torch.promote_types(own.dtype, torch.float32)), ours.to(torch.float32)
    if float(torch.dist(own, ours, float("inf"))) <= bound:  # the usual case, and NaN is not
        return None
    bound *= max(1.0, float(own.abs().nan_to_num(0.0).max()))
    if torch.allclose(own, ours.to(own.dtype), rtol=0.0, atol=bound, equal_nan=True):
        return None
    return f"up to {float((own - ours).abs().max()):.2g} apart"
