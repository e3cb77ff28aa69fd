"""The lesson's first page, measured: why a gradient vanishes, why it explodes, and what the memory pipeline does about
it.

How much of a nudge of the state at step t arrives at step T is ∂h_T/∂h_t. With one recurrent weight and nothing else
that is W_rec^(T−t); in a network it is a product of matrices, which shrinks or grows in the same way (Hochreiter 1991;
Bengio, Simard & Frasconi 1994; Pascanu, Mikolov & Bengio 2013). Along the LSTM's cell it is ∏ f, and with f = 1 it is
1: the constant error carousel (Hochreiter & Schmidhuber 1997; Gers, Schmidhuber & Cummins 2000).

Everything is differentiated by autograd through the whole run, in float64, and held against the closed form beside it.
Sizes of Jacobians are gains, ‖J‖_F / √unit (`jacobian.gain`): 1 where a nudge arrives as it was.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from translate.errors import UsageError
from translate.lab.demonstrations.word_gradient import Rivals
from translate.lab.tracing.jacobian import detached, gain
from translate.lab.tracing.run import trace
from translate.lab.tracing.site import Site
from translate.lab.tracing.trace import Trace
from translate.model.cells import project, rnn_step
from translate.model.encoder_decoder import open_forget_gates
from translate.model.unroll import weights_of
from translate.numerals import significant
from translate.records import plain

FORMAT = "translate-gradient 1"
SMALLEST, LARGEST, LONGEST = 0.1, 10.0, 200
"""What W_rec and the number of steps may be: 10^200 and 0.1^200 are still numbers."""
UNITS = 32
BIASES = (0.0, 1.0, 3.0)
"""Of the untrained LSTM's forget valves: half open, and two that start open (Jozefowicz et al. 2015 took 1)."""


@dataclass(frozen=True)
class Decay:
    """What is left of a nudge, by the number of steps since (0, 1, …).

    name: of what. at: its W_rec, spectral radius or forget bias. left: measured, by autograd. closed: by the formula.
    error: the largest relative difference of the two derivatives (of the whole Jacobians, not of their sizes); None
    where `closed` is no formula of what was measured.
    """

    name: str
    at: float
    left: list[float]
    closed: list[float]
    error: float | None


@dataclass(frozen=True)
class Untrained:
    """The first page without any training. length: steps. units, seed: of the networks.

    scalar: one weight. linear, tanh: Elman networks whose recurrent matrix is a rotation times `at`, without and with
    tanh. pipeline: along the LSTM's cell alone. cell: its c through all paths, of which `closed` are σ(bias)^steps, the
    valves alone if nothing moved them: another quantity, and so without an error.
    """

    length: int
    units: int
    seed: int
    scalar: list[Decay]
    linear: list[Decay]
    tanh: list[Decay]
    pipeline: list[Decay]
    cell: list[Decay]


@dataclass(frozen=True)
class Page:
    """The whole first page: what needs no training, the trained models at one word, and the command that made it."""

    untrained: Untrained
    trained: Rivals
    command: str

    def why(self) -> tuple[str, str, str]:
        """Why W_rec = 1 is the idea of the memory pipeline, in three sentences with the numbers measured here."""
        untrained, length = self.untrained, self.untrained.length
        factors = ", ".join(f"{significant(each.at)} leaves {significant(each.left[-1])}" for each in untrained.scalar)
        pipeline = ", ".join(f"{significant(each.left[-1])} with bias {each.at:g}" for each in untrained.pipeline)
        return (
            f"A gradient that goes back through {length} steps is multiplied {length} times by the same "
            f"factor, and only the factor 1 neither loses it nor drowns in it ({factors}).",
            "So the LSTM carries its memory on without weights and without tanh, by an addition whose only factor is "
            f"the forget valve, and an open valve is W_rec = 1 (untrained, after {length} steps: {pipeline}).",
            "And because the valve can also close, the network may learn when to forget, which W_rec = 1 alone could "
            "not.",
        )

    def record(self) -> dict:
        """Everything for programs; each trained model with its shares."""
        record = plain(self)
        for model, of_model in zip(self.trained.models, record["trained"]["models"], strict=True):
            of_model["shares"] = plain(model.shares)
        return {"format": FORMAT, **record, "why": list(self.why())}


def measure_untrained(
    weights: Sequence[float], length: int, seed: int = 0, biases: Sequence[float] = BIASES
) -> Untrained:
    """Measure all of it for these W_rec (and spectral radii) over `length` steps.

    Raises `UsageError` as `check` does.
    """
    check(weights, length)
    lstms = [carousel(bias, length, seed) for bias in biases]
    return Untrained(
        length=length,
        units=UNITS,
        seed=seed,
        scalar=[scalar(weight, length) for weight in weights],
        linear=[elman(weight, length, seed, squash=False) for weight in weights],
        tanh=[elman(weight, length, seed, squash=True) for weight in weights],
        pipeline=[pipeline for pipeline, _ in lstms],
        cell=[cell for _, cell in lstms],
    )


def check(weights: Sequence[float], length: int) -> None:
    """Raise `UsageError` for a W_rec or a length beyond what can be computed, or for no W_rec at all."""
    wrong = next((weight for weight in weights if not SMALLEST <= weight <= LARGEST), None)
    if wrong is not None or not weights:
        given = "none was given" if wrong is None else f"not {wrong:g}"
        raise UsageError(f"W_rec must lie between {SMALLEST:g} and {LARGEST:g} ({given}); say `w_rec` 0.9,1.0,1.1.")
    if not 1 <= length <= LONGEST:
        raise UsageError(f"`length` must be from 1 to {LONGEST} steps, not {length}.")


def scalar(weight: float, length: int) -> Decay:
    """h_t = W_rec h_{t-1}, one number: ∂h_T/∂h_t against W_rec^(T−t)."""
    measured = through(lambda h, _: weight * h, torch.ones(1, dtype=torch.float64), [None] * length)
    closed = torch.tensor([weight**age for age in range(length + 1)], dtype=torch.float64).reshape(-1, 1, 1)
    return decay(f"W_rec = {weight:g}", weight, measured, closed)


def elman(radius: float, length: int, seed: int, squash: bool) -> Decay:
    """An Elman network that reads noise, its recurrent matrix a random rotation times `radius`.

    All eigenvalues of such a matrix have the size `radius`, and without tanh every nudge shrinks or grows by just that:
    the closed form is radius^age. With tanh (squash) it is ∏ diag(1 − h²) W along the states that were visited.
    """
    module, inputs = elman_module(radius, length, seed)
    weights = detached(weights_of(module))
    inputs = project(inputs, weights)

    def step(h: Tensor, x: Tensor) -> Tensor:
        return rnn_step(x, (h[None],), weights)[0][0] if squash else x[0] + weights.weight_hh @ h

    states = [torch.zeros(UNITS, dtype=torch.float64)]
    for x in inputs:
        states.append(step(states[-1], x))
    closed = [torch.eye(UNITS, dtype=torch.float64)]
    for state in reversed(states[1:]):
        slope = 1 - state.square() if squash else torch.ones_like(state)
        closed.append(closed[-1] @ (slope[:, None] * weights.weight_hh))
    measured = through(step, states[0], list(inputs))
    return decay(f"radius {radius:g}, {'tanh' if squash else 'linear'}", radius, measured, torch.stack(closed))


def carousel(bias: float, length: int, seed: int) -> tuple[Decay, Decay]:
    """An untrained LSTM that reads noise, its forget valves at this bias: along the cell alone, and through all paths.

    Along the cell alone the valves and the candidate are held as they were, and the closed form is ∏ f. Through all
    paths a changed c also changes its own h, and by it every later valve.
    """
    module, inputs = lstm_module(bias, length + 1, seed)
    total = trace(module, inputs, sites="*.[cf]", gradients=True)
    direct = trace(module, inputs, sites="l0.c", gradients=True, edit=_held)
    forget = total["l0.f"][0].detach().flip(0)[:length]
    left = torch.cat([torch.ones_like(forget[:1]), forget]).cumprod(0)
    valve = float(1 / (1 + np.exp(-bias)))
    sizes = gain(_of_last(total)).tolist()
    return (
        decay(f"forget bias {bias:g}, along the cell", bias, _of_last(direct), torch.diag_embed(left)),
        Decay(f"forget bias {bias:g}, all paths", bias, sizes, [valve**age for age in range(length + 1)], None),
    )


def _held(site: str, _: int, value: Tensor) -> Tensor:
    """A watcher that lets no derivative pass through the valves and the candidate."""
    return value.detach() if Site(site).name in ("i", "f", "g", "o") else value


def _of_last(trace: Trace) -> Tensor:
    """∂c_T/∂c_t of a trace, `[age, unit, unit]`."""
    last = trace["l0.c"][0, -1]
    return torch.stack([trace.gradient("l0.c", of=unit)[0] for unit in last], dim=1).flip(0)


def elman_module(radius: float, length: int, seed: int) -> tuple[nn.RNN, Tensor]:
    """The Elman network of `elman` and the noise that it reads, `[time, 1, unit]`."""
    generator = torch.Generator().manual_seed(seed)
    with torch.random.fork_rng(devices=[]), torch.no_grad():
        module = nn.RNN(UNITS, UNITS).double()
        rotation, _ = torch.linalg.qr(torch.randn(UNITS, UNITS, dtype=torch.float64, generator=generator))
        for parameter, value in zip(
            module.parameters(), (torch.eye(UNITS) * 0.5, radius * rotation, 0, 0), strict=True
        ):
            parameter.copy_(torch.as_tensor(value))  # the weights of the input and of the recurrence, two biases
    return module, torch.randn(length, 1, UNITS, dtype=torch.float64, generator=generator)


def lstm_module(bias: float, length: int, seed: int) -> tuple[nn.LSTM, Tensor]:
    """The untrained LSTM of `carousel` and the noise that it reads, `[time, 1, unit]`."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        module = nn.LSTM(UNITS, UNITS).double()
        inputs = torch.randn(length, 1, UNITS, dtype=torch.float64)
    open_forget_gates(module, bias)
    return module, inputs


def through(step: Callable[[Tensor, Tensor], Tensor], start: Tensor, inputs: Sequence) -> Tensor:
    """∂s_T/∂s_t for t = T, T−1, …, 0 by autograd through the whole run, `[age, unit, unit]`.

    step: from a state `[unit]` and an input to the next state. start: `[unit]`.
    """
    states = [start.detach().requires_grad_()]
    with torch.enable_grad():
        for x in inputs:
            states.append(step(states[-1], x))
    rows = [torch.autograd.grad(unit, states, retain_graph=True, allow_unused=True) for unit in states[-1]]
    zero = torch.zeros_like(start)
    jacobians = [torch.stack([zero if row is None else row for row in of_step]) for of_step in zip(*rows, strict=True)]
    return torch.stack(jacobians).flip(0)


def decay(name: str, at: float, measured: Tensor, closed: Tensor) -> Decay:
    """A `Decay` from Jacobians by age, `[age, unit, unit]`."""
    return Decay(name, at, gain(measured).tolist(), gain(closed).tolist(), relative_error(measured, closed))


def relative_error(measured: Tensor, closed: Tensor) -> float:
    """The largest ‖measured − closed‖ / ‖closed‖ over the first axis; where 0 is expected, ‖measured‖ by `gain`."""
    size, error = gain(closed), gain(measured - closed)
    return float(torch.where(size > 0, error / size.where(size > 0, torch.ones_like(size)), error).max())
