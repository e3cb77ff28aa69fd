"""Whether the steps of a traced module are the module: its own output beside theirs.

The steps know the module's weights and its equations, and not what its class, its hooks or what wraps it make of them.
"""

import copy
import warnings
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.modules import module as of_all_modules
from torch.nn.utils.rnn import PackedSequence, pad_packed_sequence

from translate.errors import TranslateError
from translate.model import unroll
from translate.model.cells import State
from translate.model.unroll import Batch

_ROWS = 2  # of a plain module's batch: the fused forward of more takes too long beside the steps


def check(module: nn.RNNBase, batch: Batch, outputs: Tensor, state: State, edited: bool) -> None:
    """Raise `TranslateError` where the module's own outputs and last state are others than those of its steps.

    outputs `[time, batch, unit·directions]` and state are the steps'. Of a plain module the first and the last row are
    compared, at all steps. One with hooks, or with a forward or weights that are not its own, may make anything of any
    row: then all are. They may differ by √ε of their type, of what is largest; where they do by more, a plain module's
    are computed in float64 again, for rounding may grow over many steps. edited: outputs and state are of an edited
    run, so the steps are run once more, without the edits, on the rows compared.
    """
    if not batch.steps.shape[1]:
        return
    _check_weights(module)
    plain = not oddities(module)
    rows = sorted({0, batch.steps.shape[1] - 1}) if plain else range(batch.steps.shape[1])
    part = batch.rows(rows) if plain else batch
    with torch.no_grad():
        own = _own(module, part)
        if edited:
            ours = unroll.run_batch(module, part)
        else:
            chosen = list(rows)
            ours = outputs[:, chosen], tuple(values[:, chosen] for values in state)
        error = _distance(own, ours)
        if error is None or (plain and _agree_in_float64(module, part)):
            return
    raise TranslateError(
        f"The steps' values are not those of this {type(module).__name__} itself ({error}): {_why(module)}; "
        "trace a module without that, or let check=False record the bare cell's."
    )


def oddities(module: nn.RNNBase) -> list[str]:
    """What in a module may make its output another one than the cell's."""
    found = []
    own = next(base for base in (nn.LSTM, nn.GRU, nn.RNN, nn.RNNBase) if isinstance(module, base))
    if (
        type(module).forward is not own.forward
        or "forward" in vars(module)
        or type(module).__call__ is not own.__call__
    ):
        found.append("it has a forward of its own")
    hooks = [hook for hook in module._forward_pre_hooks.values() if not isinstance(hook, unroll.WEIGHT_HOOKS)]
    if hooks or of_all_modules._global_forward_pre_hooks:
        found.append("it has forward pre-hooks")
    if module._forward_hooks or of_all_modules._global_forward_hooks:
        found.append("it has forward hooks")
    if hasattr(module, "parametrizations"):
        found.append("its weights are parametrized")
    if _foreign_weights(module):
        found.append(f"its {_foreign_weights(module)[0]} is set by what wraps it")
    return found


def _why(module: nn.RNNBase) -> str:
    reasons = oddities(module) or ["its weights are others at each run"]
    return " and ".join(reasons + (["it is training"] if module.training else []))


def _foreign_weights(module: nn.RNNBase) -> list[str]:
    """The weights that are neither parameters nor made from them by a hook of torch's, or a parametrization."""
    made = {f"{hook.name}" for hook in _weight_hooks(module) if hasattr(hook, "name")}
    made |= {f"{hook._tensor_name}" for hook in _weight_hooks(module) if hasattr(hook, "_tensor_name")}
    made |= set(getattr(module, "parametrizations", ()))
    return [name for name in module._flat_weights_names if name not in module._parameters and name not in made]


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


def _own(module: nn.RNNBase, batch: Batch) -> tuple[Tensor, State | None]:
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


def _distance(own: tuple[Tensor, State | None], ours: tuple[Tensor, State]) -> str | None:
    """How far the module's own values and the steps' are from each other, in words; None where they are the same."""
    pairs = [("its outputs", own[0], ours[0])]
    if own[1] is not None:
        pairs += [("its last state", one, other) for one, other in zip(own[1], ours[1], strict=False)]
    for what, one, other in pairs:
        if one.shape != other.shape:
            return f"{what} have another shape"
        epsilon = max(torch.finfo(value.dtype).eps for value in (one, other))
        exact = torch.promote_types(one.dtype, torch.float32)
        one, other = one.to(exact), other.to(exact)
        bound = epsilon**0.5 * max(1.0, float(one.abs().max()))
        if not torch.allclose(one, other, rtol=0.0, atol=bound, equal_nan=True):
            return f"up to {float((one - other).abs().max()):.2g} apart in {what}"
    return None


def _agree_in_float64(module: nn.RNNBase, batch: Batch) -> bool:
    try:
        double = copy.deepcopy(module).double()
    except (RuntimeError, TypeError):  # what cannot be copied is not judged once more
        return False
    state = None if batch.state is None else tuple(part.double() for part in batch.state)
    given = batch.given.double() if isinstance(batch.given, Tensor) else batch.given
    exact = replace(batch, steps=batch.steps.double(), state=state, given=given)
    return _distance(_own(double, exact), unroll.run_batch(double, exact)) is None
