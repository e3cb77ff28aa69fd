"""One step of a recurrent cell, as the equations say it: the plain (Elman) RNN, the GRU and the LSTM.

Every quantity of a step has a name, its *site*, and passes through one function, `at(site, value) -> value`.
Whatever `at` returns is what the step goes on with. So one mechanism

- reads:          `at` keeps the value it was given and returns it (`translate.lab.tracing.recorder.Recorder`);
- edits:          `at` returns another value, and everything that follows is computed from that one;
- differentiates: torch's values are ordinary tensors of the autograd graph.

Where nothing is read or edited, `at` is `identity`. The equations are written once and run on torch tensors and
numpy arrays alike (`arrays.py`); `unroll.py` takes them through a sequence for any `torch.nn.LSTM`, `GRU` or `RNN`,
`network.py` through an encoder–decoder.

Shapes: x `[batch, gates·unit]`, every site and state `[batch, unit]`.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from translate.errors import TranslateError
from translate.model.arrays import Array, Library, library_of

At = Callable[[str, Array], Array]
"""What a step calls with each quantity: `at("f", value) -> value`."""

Watcher = Callable[[str, int, Array], Array]
"""What a run calls: `at("l0.f", t, value) -> value`, t = the position in the sequence, counted from 0."""

State = tuple[Array, ...]
"""What one layer hands to its next step: (h, c) for the LSTM, (h,) for the GRU and the RNN."""

STATES = {"lstm": ("h", "c"), "gru": ("h",), "rnn": ("h",), "rnn_relu": ("h",)}
"""The quantities that a cell carries from step to step, in the order of its state."""

SITES = {
    "lstm": ("i_pre", "i", "f_pre", "f", "g_pre", "g", "o_pre", "o", "c", "h"),
    "gru": ("r_pre", "r", "z_pre", "z", "n_pre", "n", "h"),
    "rnn": ("h_pre", "h"),
    "rnn_relu": ("h_pre", "h"),
}
"""The named quantities of each kind of cell, in the order of computing; `_pre` is before the sigmoid or the tanh."""


class Weights(NamedTuple):
    """The parameters of one layer in one direction, laid out as in `torch.nn`.

    kind: "lstm", "gru", "rnn" (tanh) or "rnn_relu". The gates are blocks of rows, in the order i f g o (LSTM)
    or r z n (GRU). weight_ih `[gates·unit, input]`, weight_hh `[gates·unit, unit]`, biases `[gates·unit]` or None.
    """

    kind: str
    weight_ih: Array
    weight_hh: Array
    bias_ih: Array | None = None
    bias_hh: Array | None = None


def identity(*arguments: Any) -> Any:
    """The `At` and the `Watcher` that change nothing: the value (the last argument) goes on as it is."""
    return arguments[-1]


# ---------------------------------------------------------------------------------------------- the three cells


def lstm_step(x: Array, state: State, weights: Weights, at: At = identity, lib: Library | None = None) -> State:
    """One step of the LSTM: (h, c) at t-1 and the projected input x at t give (h, c) at t.

    Hochreiter & Schmidhuber 1997, with the forget gate of Gers, Schmidhuber & Cummins 2000; no peepholes.
    x `[batch, 4·unit]` comes from `project`. lib: whose operations (default: those of x's kind).
    """
    h, c = state
    lib = lib or library_of(x)
    pre = lib.add_product(x, h, weights.weight_hh)  # x + W_hh h: what the word and the state say to each gate
    i, f, g, o = lib.parts(pre, 4)
    i = at("i", lib.sigmoid(at("i_pre", i)))  # input gate, the memory valve: how much is written
    f = at("f", lib.sigmoid(at("f_pre", f)))  # forget gate, the forget valve: how much is kept
    g = at("g", lib.tanh(at("g_pre", g)))  # candidate: what would be written
    o = at("o", lib.sigmoid(at("o_pre", o)))  # output gate, the output valve: how much is shown
    c = at("c", lib.add(f * c, i * g))  # cell state, the memory pipeline
    h = at("h", lib.multiply(o, lib.tanh(c)))  # hidden state: what the rest of the network sees
    return h, c


def gru_step(x: Array, state: State, weights: Weights, at: At = identity, lib: Library | None = None) -> State:
    """One step of the GRU: (h,) at t-1 and the projected input x at t give (h,) at t.

    Cho et al. 2014, in the form of `torch.nn.GRU`: the reset gate is applied after the recurrent product, so that
    it also scales that product's bias, and z keeps the old state (z = 1: nothing changes).
    x `[batch, 3·unit]` comes from `project`. lib: whose operations (default: those of x's kind).
    """
    (h,) = state
    lib = lib or library_of(x)
    units = h.shape[-1]
    x_rz, x_n = x[..., : 2 * units], x[..., 2 * units :]
    bias = None if weights.bias_hh is None else weights.bias_hh[2 * units :]
    h_n = lib.linear(h, weights.weight_hh[2 * units :], bias)
    r, z = lib.parts(lib.add_product(x_rz, h, weights.weight_hh[: 2 * units]), 2)
    r = at("r", lib.sigmoid(at("r_pre", r)))  # reset gate: how much of the past the candidate sees
    z = at("z", lib.sigmoid(at("z_pre", z)))  # update gate: how much of the past is kept
    n = at("n", lib.tanh(at("n_pre", lib.add(x_n, r * h_n))))  # candidate: what would be written
    h = at("h", lib.add((1 - z) * n, z * h))
    return (h,)


def rnn_step(x: Array, state: State, weights: Weights, at: At = identity, lib: Library | None = None) -> State:
    """One step of the plain RNN: (h,) at t-1 and the projected input x at t give (h,) at t.

    Elman 1990, with tanh, or with max(0, ·) where `weights.kind` is "rnn_relu".
    x `[batch, unit]` comes from `project`. lib: whose operations (default: those of x's kind).
    """
    (h,) = state
    lib = lib or library_of(x)
    squash = lib.relu if weights.kind == "rnn_relu" else lib.tanh
    h = at("h", squash(at("h_pre", lib.add_product(x, h, weights.weight_hh))))
    return (h,)


STEPS = {"lstm": lstm_step, "gru": gru_step, "rnn": rnn_step, "rnn_relu": rnn_step}


def project(inputs: Array, weights: Weights) -> Array:
    """W_ih x + b_ih, and all of b_hh that may be added beforehand: inputs `[..., input]` to `[..., gates·unit]`.

    It does not depend on the state: one matrix product serves all steps of a sequence, or all words of a vocabulary
    (`project(embedding.weight, weights)` is a table `[vocabulary, gates·unit]` whose rows a step takes as x).
    Only the GRU's bias b_hn stays behind, because the reset gate scales it.
    """
    bias, recurrent = weights.bias_ih, weights.bias_hh
    if bias is not None and recurrent is not None:
        units = weights.weight_hh.shape[1]
        if weights.kind == "gru":
            bias = library_of(bias).join(bias[: 2 * units] + recurrent[: 2 * units], bias[2 * units :])
        else:
            bias = bias + recurrent
    return library_of(inputs).linear(inputs, weights.weight_ih, bias)


def scoped(at: Watcher, prefix: str, t: int) -> At:
    """The `at` of one step: fills in where the step stands (`prefix` such as "dec.l0.", position `t`).

    Raises `TranslateError` where an edit comes back in another shape than it was given.
    """

    def at_step(site: str, value: Array) -> Array:
        given_back = at(prefix + site, t, value)
        shape = value.shape if given_back is value else getattr(given_back, "shape", None)
        if shape != value.shape:
            what = f"a {type(given_back).__name__}" if shape is None else f"shape {list(shape)}"
            raise TranslateError(
                f"The edit of {prefix}{site} at step {t} has {what}; return one of shape {list(value.shape)}."
            )
        return given_back

    return at_step
