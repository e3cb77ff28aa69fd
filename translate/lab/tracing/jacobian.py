"""How much of a nudge arrives: ∂c_T/∂c_t and ∂h_T/∂h_t along a real sentence.

Two derivatives are asked for. The *direct* one goes along the cell alone: for the LSTM it is diag(∏_{t<k≤T} f_k), the
constant error carousel (Hochreiter & Schmidhuber 1997; with forget gates Gers et al. 2000), for the GRU diag(∏ z_k).
The *total* one takes every path: a changed c also changes h, by it the gates of later steps, and the layers above. It
is a product of the Jacobians of single steps, each exact, from autograd. Without gates there is no direct path: all
that the plain RNN has is a product of matrices diag(1 − h²) W, which shrinks or grows with every factor (Bengio,
Simard & Frasconi 1994; Pascanu, Mikolov & Bengio 2013).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch import Tensor, nn

from translate.errors import TranslateError
from translate.model.cells import STATES, STEPS, State, Weights, identity, project, scoped
from translate.model.network import Network
from translate.model.unroll import bring_up_to_date, kind_of, weights_of

_LayerWatcher = Callable[[int, str, Tensor], Tensor]
"""Called with the number of the layer, the quantity and its value; returns the value to go on with."""

_CARRIES = {("lstm", "c"): "f", ("gru", "h"): "z"}
"""By which gate a state is carried on from step to step, where there is such a path."""


@dataclass(frozen=True, eq=False)
class Chain:
    """A stack of layers that reads equally long rows from the first step to the last.

    layers: the weights of each. x: what the first layer is told, projected, `[time, batch, gates·unit]`. initial: for
    each layer its state before the first step, each `[batch, unit]`. The *joint state* of a step is that of all
    layers side by side, `[batch, joint]`. Sites are called "l0.c", "l1.h".
    """

    layers: list[Weights]
    x: Tensor
    initial: tuple[State, ...]

    @classmethod
    def of_module(cls, module: nn.RNNBase, inputs: Tensor) -> "Chain":
        """That of a `torch.nn.LSTM`, `GRU` or `RNN` in one direction over `inputs` (in its layout), from 0 on."""
        if module.bidirectional:
            raise TranslateError("A chain of steps goes one way; take a module that is not bidirectional.")
        if module.proj_size:
            raise TranslateError("A chain of steps has h as wide as c; take an LSTM without proj_size.")
        bring_up_to_date(module)
        names = STATES[kind_of(module)]
        layers = [detached(weights_of(module, layer)) for layer in range(module.num_layers)]
        steps = inputs.detach().transpose(0, 1) if module.batch_first else inputs.detach()
        zeros = steps.new_zeros(steps.shape[1], module.hidden_size)
        return cls(layers, project(steps.contiguous(), layers[0]), tuple(tuple(zeros for _ in names) for _ in layers))

    @classmethod
    def of_side(
        cls, network: Network, side: str, words: np.ndarray, initial: tuple[State, ...] | None = None
    ) -> "Chain":
        """That of a side ("enc", "dec") of a `Network` on torch that reads `words`, ids `[batch, time]`, in this order.

        initial: the state before the first word (None: zeros, as the encoder begins). Of a bidirectional encoder it is
        the direction that reads from the beginning. Raises `TranslateError` where a layer above also hears the other.
        """
        layers = network.encoder if side == "enc" else network.decoder
        x = network.projected(side, np.ascontiguousarray(words))  # torch takes no array that runs backwards
        if not isinstance(x, Tensor):
            raise TranslateError("Derivatives need the network on torch; make it with Network.of(module).")
        if side == "enc" and network.config.bidirectional and len(layers) > 1:
            raise TranslateError("A chain of steps goes one way; a bidirectional encoder of several layers does not.")
        zeros = x.new_zeros(len(words), layers[0].weight_hh.shape[1])
        names = STATES[network.config.cell]
        initial = initial or tuple(tuple(zeros for _ in names) for _ in layers)
        return cls(layers, x.transpose(0, 1).contiguous(), initial)

    def __len__(self) -> int:
        return len(self.x)

    @property
    def kind(self) -> str:
        """The kind of cell: "lstm", "gru", "rnn" or "rnn_relu"."""
        return self.layers[0].kind

    @property
    def sites(self) -> list[str]:
        """The states of all layers, in the order of the joint state: "l0.h", "l0.c", …"""
        return [f"l{number}.{state}" for number in range(len(self.layers)) for state in STATES[self.kind]]

    def states(self) -> list[tuple[State, ...]]:
        """The state before the first step and after each: time + 1 of them."""
        states = [self.initial]
        for x in self.x:
            states.append(self._step(x, states[-1]))
        return states

    def direct(self, site: str) -> Iterator[tuple[int, int, Tensor]] | None:
        """(t, T, the diagonal of ∂site_T/∂site_t along the cell alone) for all t ≤ T; the diagonals are `[batch,
        unit]`.

        None where the cell has no such path: for the LSTM's h and the plain RNN.
        """
        layer, name = self._place(site)
        gate = _CARRIES.get((self.kind, name))
        return None if gate is None else self._products(self._gates(layer, gate))

    @staticmethod
    def _products(gates: list[Tensor]) -> Iterator[tuple[int, int, Tensor]]:
        for t in range(len(gates)):
            kept = torch.ones_like(gates[t])
            yield t, t, kept
            for later in range(t + 1, len(gates)):
                kept = kept * gates[later]
                yield t, later, kept

    def _gates(self, layer: int, gate: str) -> list[Tensor]:
        """What a gate of a layer was at each step."""
        values = []

        def watch(number: int, name: str, value: Tensor) -> Tensor:
            if (number, name) == (layer, gate):
                values.append(value)
            return value

        for x, before in zip(self.x, self.states(), strict=False):
            self._step(x, before, watch)
        return values

    def total(self, site: str) -> Iterator[tuple[int, int, Tensor]]:
        """(t, T, ∂site_T/∂site_t through all paths) for all t ≤ T; the Jacobians are `[batch, unit, unit]`."""
        rows = self._rows(site)
        joint, entries = self._one_step
        for t in range(len(self)):
            reached = entries[site][t]  # what a nudge of the site at t has done to the joint state
            yield t, t, reached[:, rows]
            for later in range(t + 1, len(self)):
                reached = joint[later] @ reached
                yield t, later, reached[:, rows]

    @cached_property
    def _one_step(self) -> tuple[Tensor, dict[str, Tensor]]:
        """The exact Jacobians of each step, from autograd.

        How the joint state follows from the one before, `[time, batch, joint, joint]`, and from each site at the same
        step (c_t also makes h_t), `[time, batch, joint, unit]`.
        """
        before = torch.stack([self._flat(state) for state in self.states()[:-1]])
        flat = before.flatten(0, 1).requires_grad_()
        nudges = [
            value.detach().new_zeros(value.shape).requires_grad_() for layer in self._parts(flat) for value in layer
        ]
        places = dict(zip([self._place(site) for site in self.sites], nudges, strict=True))

        def watch(layer: int, name: str, value: Tensor) -> Tensor:
            return value + places[layer, name] if (layer, name) in places else value

        with torch.enable_grad():
            after = self._flat(self._step(self.x.flatten(0, 1), self._parts(flat), watch))
            # Rows do not meet: the sum over them has each row's own derivative.
            rows = [torch.autograd.grad(unit.sum(), (flat, *nudges), retain_graph=True) for unit in after.unbind(1)]
        shape = before.shape[:2]
        joint, *entries = (torch.stack(parts, dim=1).unflatten(0, shape) for parts in zip(*rows, strict=True))
        return joint, dict(zip(self.sites, entries, strict=True))

    def _step(self, x: Tensor, state: tuple[State, ...], watch: _LayerWatcher | None = None) -> tuple[State, ...]:
        after = []
        for number, (weights, before) in enumerate(zip(self.layers, state, strict=True)):
            x = project(x, weights) if number else x
            at = identity if watch is None else scoped(lambda site, layer, value: watch(layer, site, value), "", number)
            after.append(STEPS[weights.kind](x, before, weights, at))
            x = after[-1][0]
        return tuple(after)

    def _place(self, site: str) -> tuple[int, str]:
        layer, _, name = site.partition(".")
        if site not in self.sites:
            raise TranslateError(f"{site} is not a state here; there are {', '.join(self.sites)}.")
        return int(layer[1:]), name

    def _rows(self, site: str) -> slice:
        units = self.initial[0][0].shape[-1]
        self._place(site)
        first = self.sites.index(site) * units
        return slice(first, first + units)

    @staticmethod
    def _flat(state: tuple[State, ...]) -> Tensor:
        return torch.cat([value for layer in state for value in layer], dim=-1)

    def _parts(self, flat: Tensor) -> tuple[State, ...]:
        values = iter(flat.chunk(len(self.layers) * len(STATES[self.kind]), dim=-1))
        return tuple(tuple(next(values) for _ in STATES[self.kind]) for _ in self.layers)


def detached(weights: Weights) -> Weights:
    """The weights of a layer outside autograd."""
    kind, *parts = weights
    return Weights(kind, *(part if part is None else part.detach() for part in parts))


def gain(jacobian: Tensor) -> Tensor:
    """How much longer a nudge in a random direction is when it arrives: ‖J‖_F / √unit, 1 for the identity.

    The root of the mean of ‖J v‖² over all unit-length-on-average v; J `[…, unit, unit]`. The spectral norm would tell
    of the one direction that is kept best, which is 1 or more as soon as a single unit remembers.
    """
    # Divided by its largest entry first: the squares of what is beyond 1e±154 would leave the range of float64.
    largest = jacobian.detach().abs().amax((-2, -1), keepdim=True)
    largest = largest.where((largest > 0) & largest.isfinite(), torch.ones_like(largest))
    return torch.linalg.matrix_norm(jacobian / largest) * largest[..., 0, 0] / jacobian.shape[-1] ** 0.5
