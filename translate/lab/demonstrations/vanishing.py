"""The lesson's first page, measured: why a gradient vanishes, why it explodes, and what the memory pipeline does about it.

How much of a nudge of the state at step t arrives at step T is ∂h_T/∂h_t. With one recurrent weight and nothing else
that is W_rec^(T−t); in a network it is a product of matrices, which shrinks or grows in the same way (Hochreiter 1991;
Bengio, Simard & Frasconi 1994; Pascanu, Mikolov & Bengio 2013). Along the LSTM's cell it is ∏ f, and with f = 1 it is 1:
the constant error carousel (Hochreiter & Schmidhuber 1997; Gers, Schmidhuber & Cummins 2000).

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
from translate.lab.tracing.jacobian import gain
from translate.lab.tracing.run import trace
from translate.model.cells import project, rnn_step
from translate.model.encoder_decoder import open_forget_gates
from translate.model.unroll import weights_of
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
        found = self.untrained
        factors = ", ".join(f"{digits(one.at)} leaves {digits(one.left[-1])}" for one in found.scalar)
        pipeline = ", ".join(f"{digits(one.left[-1])} with bias {one.at:g}" for one in found.pipeline)
        return (
            f"A gradient that goes back through {found.length} steps is multiplied {found.length} times by the same "
            f"factor, and only the factor 1 neither loses it nor drowns in it ({factors}).",
            "So the LSTM carries its memory on without weights and without tanh, by an addition whose only factor is "
            f"the forget valve, and an open valve is W_rec = 1 (untrained, after {found.length} steps: {pipeline}).",
            "And because the valve can also close, the network may learn when to forget, which W_rec = 1 alone could not.",
        )

    def record(self) -> dict:
        """Everything for programs; each trained model with its shares."""
        found = plain(self)
        for one, record in zip(self.trained.models, found["trained"]["models"], strict=True):
            record["shares"] = plain(one.shares)
        return {"format": FORMAT, **found, "why": list(self.why())}


def digits(value: float) -> str:
    """A number of any size with two significant digits: 0.12, 6.7, 1.9e-06, 1."""
    return f"{value:.2g}"


def percent(value: float) -> str:
    """A share of any size as a percentage with two significant digits, or whole from 100 % on: "0.0046 %", "119 %"."""
    return f"{100 * value:.2g} %" if value < 0.995 else f"{100 * value:.0f} %"


def untrained(weights: Sequence[float], length: int, seed: int = 0, biases: Sequence[float] = BIASES) -> Untrained:
    """Measure all of it for these W_rec (and spectral radii) over `length` steps; raises `UsageError` as `check` does."""
    check(weights, length)
    lstms = [carousel(bias, length, seed) for bias in biases]
    return Untrained(
        length, UNITS, seed,
        [scalar(weight, length) for weight in weights],
        [elman(weight, length, seed, squash=False) for weight in weights],
        [elman(weight, length, seed, squash=True) for weight in weights],
        [pipeline for pipeline, _ in lstms], [cell for _, cell in lstms],
    )  # fmt: skip


def check(weights: Sequence[float], length: int) -> None:
    """Raise `UsageError` for a W_rec or a length beyond what can be computed, or for no W_rec at all."""
    wrong = next((weight for weight in weights if not SMALLEST <= weight <= LARGEST), None)
    if wrong is not None or not weights:
        said = "none was given" if wrong is None else f"not {wrong:g}"
        raise UsageError(f"W_rec must lie between {SMALLEST:g} and {LARGEST:g} ({said}); say --w-rec 0.9,1.0,1.1.")
    if not 1 <= length <= LONGEST:
        raise UsageError(f"--length must be from 1 to {LONGEST} steps, not {length}.")


def scalar(weight: float, length: int) -> Decay:
    """h_t = W_rec h_{t-1}, one number: ∂h_T/∂h_t against W_rec^(T−t)."""
    found = through(lambda h, _: weight * h, torch.ones(1, dtype=torch.float64), [None] * length)
    closed = torch.tensor([weight**age for age in range(length + 1)], dtype=torch.float64).reshape(-1, 1, 1)
    return decay(f"W_rec = {weight:g}", weight, found, closed)


def elman(radius: float, length: int, seed: int, squash: bool) -> Decay:
    """An Elman network that reads noise, its recurrent matrix a random rotation times `radius`.

    All eigenvalues of such a matrix have the size `radius`, and without tanh every nudge shrinks or grows by just that:
    the closed form is radius^age. With tanh (squash) it is ∏ diag(1 − h²) W along the states that were visited.
    """
    module, inputs = elman_module(radius, length, seed)
    weights = frozen(module)
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
    found = through(step, states[0], list(inputs))
    return decay(f"radius {radius:g}, {'tanh' if squash else 'linear'}", radius, found, torch.stack(closed))


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
    return value.detach() if site.rpartition(".")[2] in ("i", "f", "g", "o") else value


def _of_last(run) -> Tensor:
    """∂c_T/∂c_t of a trace, `[age, unit, unit]`."""
    last = run["l0.c"][0, -1]
    return torch.stack([run.gradient("l0.c", of=unit)[0] for unit in last], dim=1).flip(0)


def elman_module(radius: float, length: int, seed: int) -> tuple[nn.RNN, Tensor]:
    """The Elman network of `elman` and the noise that it reads, `[time, 1, unit]`."""
    generator = torch.Generator().manual_seed(seed)
    with torch.random.fork_rng(devices=[]), torch.no_grad():
        module = nn.RNN(UNITS, UNITS).double()
        rotation, _ = torch.linalg.qr(torch.randn(UNITS, UNITS, dtype=torch.float64, generator=generator))
        module.weight_hh_l0.copy_(radius * rotation)
        module.weight_ih_l0.copy_(torch.eye(UNITS) * 0.5)
        module.bias_ih_l0.zero_(), module.bias_hh_l0.zero_()
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
    rows = [torch.autograd.grad(one, states, retain_graph=True, allow_unused=True) for one in states[-1]]
    steps = zip(*rows, strict=True)
    zero = torch.zeros_like(start)
    found = [torch.stack([zero if row is None else row for row in step]) for step in steps]
    return torch.stack(found).flip(0)


def decay(name: str, at: float, found: Tensor, closed: Tensor) -> Decay:
    """A `Decay` from Jacobians by age, `[age, unit, unit]`."""
    sizes, expected = gain(found).tolist(), gain(closed).tolist()
    return Decay(name, at, sizes, expected, relative_error(found, closed))


def relative_error(found: Tensor, closed: Tensor) -> float:
    """The largest ‖found − closed‖ / ‖closed‖ over the first axis; where nothing is expected, that of
    found itself, as `gain` measures it."""
    size, error = gain(closed), gain(found - closed)
    return float(torch.where(size > 0, error / size.where(size > 0, torch.ones_like(size)), error).max())


def frozen(module: nn.RNNBase):
    """The weights of a module's only layer, outside autograd."""
    found = weights_of(module, 0)
    return type(found)(found.kind, *(part if part is None else part.detach() for part in found[1:]))
