"""The walk of the lesson through one cell, word by word: what each valve decides, and what becomes of the memory.

At a word the LSTM is given c_{t-1}, h_{t-1} and x_t, and gives c_t and h_t (Hochreiter & Schmidhuber 1997, with the
forget gate of Gers, Schmidhuber & Cummins 2000):

    step 1   f = σ(x_f + W_f h_{t-1})     the forget valve: what is kept
    step 2   i = σ(x_i + W_i h_{t-1})     the memory valve: how much is written
             g = tanh(x_g + W_g h_{t-1})  the candidate: what would be written
    step 3   c_t = f ⊙ c_{t-1} + i ⊙ g    the memory
    step 4   o = σ(x_o + W_o h_{t-1})     the output valve: h_t = o ⊙ tanh(c_t)

x_f is what the word says to the valve, its bias included. A cell has many units, so a walk *looks along* a direction u:
the memory is u · c, and it changes by what is erased, u · ((f − 1) ⊙ c_{t-1}), and what is written, u · (i ⊙ g),
exactly as in the ledger. One unit is u = e_j and the mean of all is u = 1/n; along both a valve is a plain value or
mean. Along the gender direction (`readout.py`) u · c + bias are the log-odds of feminine, and a valve is the mean
weighted by |u_j|. The candidate has a sign, so it is looked at along u itself: u · g.

The GRU has one valve for two: z keeps, and what it does not keep is written (1 − z). The plain RNN has none.
Nothing here imports torch where the network is on numpy.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from translate.errors import UsageError
from translate.lab.demonstrations.direction import MEAN, Along
from translate.lab.demonstrations.line import Line
from translate.lab.demonstrations.reference import best_units
from translate.lab.probes.readout import Readout
from translate.lab.tracing.ledger import Ledger
from translate.lab.tracing.recorder import record
from translate.lab.tracing.site import Site, backward, memory_of, units_of
from translate.model.arrays import Array
from translate.model.cells import STATES
from translate.model.config import ModelConfig
from translate.model.network import Network
from translate.model.translator import Translator
from translate.terms import GATES_OF

OPEN, CLOSED = 2 / 3, 1 / 3
"""Above and below these a valve is called open and closed, in between half open: thirds give each name as much room."""

KEPT, CHANGED, ADDED, CLEARED, BETWEEN = "kept", "changed completely", "added to", "cleared", "between"
CASES = {
    ("open", "closed"): KEPT,
    ("closed", "open"): CHANGED,
    ("open", "open"): ADDED,
    ("closed", "closed"): CLEARED,
}
"""What becomes of the memory, by the forget valve and the memory valve. Where one of them is half open it is none of
these (`BETWEEN`): the nearest would be a guess that a small change turns over."""

_BLOCKS = {"lstm": {"i": 0, "f": 1, "g": 2, "o": 3}, "gru": {"r": 0, "z": 1, "n": 2}, "rnn": {"h": 0}}
_CANDIDATE = {"lstm": "g", "gru": "n", "rnn": "h"}


def openness(value: float) -> str:
    """A valve's value (0 to 1) in a word: open, half or closed."""
    return "open" if value > OPEN else "closed" if value < CLOSED else "half"


def memory_case(forget: float, memory: float) -> str:
    """What becomes of the memory where the forget valve and the memory valve stand so."""
    return CASES.get((openness(forget), openness(memory)), BETWEEN)


@dataclass(frozen=True)
class Quantity:
    """A valve or the candidate at one word.

    value: along the direction looked along. from_word, from_hidden: what the word (and the bias) and h_{t-1} push it by
    before it is squashed. Along more than one unit these are summed just as the value is: of a valve the mean weighted
    by |u|, of the candidate u · push. Squashing comes before the sum, so there the two only tell which way it goes.
    """

    value: float
    from_word: float
    from_hidden: float


@dataclass(frozen=True)
class Step:
    """One word of the walk.

    read: the word that was read (the decoder's first step reads the start). writes: the word written next (None in the
    encoder). valves: by site. candidate. memory_before, erased, written, memory_after: along the direction, adding up;
    erased and written are None where the cell has no valves. hidden_before, hidden_after: h along its direction.
    case: what becomes of the memory (None without valves).
    """

    position: int
    read: str
    writes: str | None
    valves: dict[str, Quantity]
    candidate: Quantity
    memory_before: float
    erased: float | None
    written: float | None
    memory_after: float
    hidden_before: float
    hidden_after: float
    case: str | None


@dataclass(frozen=True)
class Walk:
    """A walk through one cell.

    kind: "lstm", "gru" or "rnn". side: "enc" or "dec". look: the number of a unit, "mean" or "gender". units: how many
    the layer has. memory_bias, hidden_bias: to be added to u · c and u · h to have the log-odds of feminine (0 unless
    the look is at the gender).
    """

    sentence: str
    translation: str
    model: str
    kind: str
    side: str
    layer: int
    look: int | str
    units: int
    memory_bias: float
    hidden_bias: float
    steps: list[Step]

    @property
    def memory(self) -> str:
        """The state that is the memory: "c", or "h" where the cell has no other."""
        return memory_of(self.kind)

    def p_feminine(self, log_odds: float) -> float:
        """σ of a number along the gender direction, bias included."""
        return float(1 / (1 + np.exp(-np.clip(log_odds, -50, 50))))


def walk(
    translator: Translator,
    sentence: str,
    side: str = "enc",
    look: int | str = MEAN,
    layer: int = 0,
    readout: Readout | None = None,
) -> Walk:
    """Translate `sentence` greedily and walk through a layer of one side.

    look: the number of a unit, "mean" (of all units) or "gender", for which a `Readout` must be given.
    Raises `UsageError` for a unit or a layer that is not there, `TranslateError` where the readout does not read it.
    """
    config = translator.checkpoint.config
    _check_layer(config, layer)
    along = Along.of(config, side, layer, look, readout)
    translation = translator.translate([sentence], scores=False)[0][0]
    network = translator.network()
    recorded, _ = record(network, [translator.source.encode(sentence)], sites=f"*.l{layer}.*")
    cell = _Cell.of(network, recorded, side, layer)
    line = Line.of(translator, side, sentence, translation)
    words = list(zip(line.read, line.written, strict=True))[:: -1 if side == "enc" and config.reverse_source else 1]
    return Walk(
        sentence=sentence,
        translation=translation.text,
        model=translator.checkpoint.hash,
        kind=config.cell,
        side=side,
        layer=layer,
        look=look,
        units=units_of(config, side),
        memory_bias=along.memory_bias,
        hidden_bias=along.hidden_bias,
        steps=[cell.step(along, t, *words[t]) for t in range(len(cell.values["h"]))],
    )


def best_unit(translator: Translator, side: str, readout: Readout, layer: int = 0) -> tuple[int, str]:
    """The unit that weighs most in the gender that is read from the memory: |direction| · spread over sentences.

    And the gender, "m" or "f", that a higher value speaks for. Raises as `reference.best_units` does, and for a layer
    that is not there.
    """
    _check_layer(translator.checkpoint.config, layer)
    site = Site.of(side, layer, memory_of(translator.checkpoint.config.cell))
    (unit,) = best_units(translator, site, 1, readout)
    return unit, "f" if readout.directions[site][unit] > 0 else "m"


def _check_layer(config: ModelConfig, layer: int) -> None:
    if not 0 <= layer < config.layers:
        raise UsageError(f"There is no layer {layer}; this model's layers go from 0 to {config.layers - 1}.")


@dataclass(frozen=True)
class _Cell:
    """What one layer of one side did in one sentence, in the order of reading, each `[time, unit]` by site.

    before: of its states, what each step started from. weight_hh `[gates·unit, unit]` and bias_hh `[gates·unit]`: how h
    is taken into account.
    """

    kind: str
    values: dict[str, np.ndarray]
    before: dict[str, np.ndarray]
    weight_hh: np.ndarray
    bias_hh: np.ndarray

    @classmethod
    def of(cls, network: Network, recorded: Mapping[Site, np.ndarray], side: str, layer: int) -> "_Cell":
        def in_order(on: str, name: str) -> np.ndarray:
            values = _array(recorded[Site.of(on, layer, name)][0])
            return values[::-1] if on == "enc" and network.config.reverse_source else values

        values = {site.name: in_order(side, site.name) for site in recorded if site.side == side}
        before: dict[str, np.ndarray] = {}
        for name in STATES[network.config.cell]:
            first = np.zeros_like(values[name][0]) if side == "enc" else in_order("enc", name)[-1]
            if side == "dec" and network.config.bidirectional:
                first = np.append(first, _array(recorded[backward(Site.of(side, layer, name))][0, 0]))
            before[name] = np.vstack([first, values[name][:-1]])
        weights = (network.encoder if side == "enc" else network.decoder)[layer]
        parts: list[Array] = [weights.weight_hh, weights.bias_hh]
        return cls(network.config.cell, values, before, *(_array(network.lib.to_numpy(part)) for part in parts))

    def step(self, along: Along, t: int, read: str, writes: str | None) -> Step:
        memory, candidate = memory_of(self.kind), _CANDIDATE[self.kind]
        valves = {site: self._quantity(along, site, t) for site in GATES_OF[self.kind]}
        erased, written = self._flow(along, t)
        return Step(
            position=t,
            read=read,
            writes=writes,
            valves=valves,
            candidate=self._quantity(along, candidate, t, along.memory),
            memory_before=float(self.before[memory][t] @ along.memory),
            erased=erased,
            written=written,
            memory_after=float(self.values[memory][t] @ along.memory),
            hidden_before=float(self.before["h"][t] @ along.hidden),
            hidden_after=float(self.values["h"][t] @ along.hidden),
            case=case_of(self.kind, {site: valve.value for site, valve in valves.items()}),
        )

    def _flow(self, along: Along, t: int) -> tuple[float, float] | tuple[None, None]:
        """What is erased and what is written along the direction: of an LSTM by its ledger."""
        if self.kind == "lstm":
            flow = self._ledger.along(along.memory)
            return float(flow.erased[0, t]), float(flow.written[0, t])
        if self.kind == "gru":
            z, n, h = (array[t] for array in (self.values["z"], self.values["n"], self.before["h"]))
            return float(((z - 1) * h) @ along.memory), float(((1 - z) * n) @ along.memory)
        return None, None

    @cached_property
    def _ledger(self) -> Ledger:
        entries = self.values["i"] * self.values["g"]
        return Ledger(self.values["f"][None], entries[None], self.values["c"][None], self.before["c"][:1])

    def _quantity(self, along: Along, site: str, t: int, direction: np.ndarray | None = None) -> Quantity:
        """A valve as a weighted mean, or with a `direction` the candidate along it; and what pushed it, likewise."""
        pushed = self.values[f"{site}_pre"][t]
        units = len(pushed)
        first = _BLOCKS[self.kind][site] * units
        hidden = self.before["h"][t] @ self.weight_hh[first : first + units].T
        if site == "n":  # the GRU's reset gate scales what h says to the candidate, and the bias of that
            hidden = (hidden + self.bias_hh[first:]) * self.values["r"][t]
        parts = self.values[site][t], pushed - hidden, hidden
        return Quantity(*(along.valve(part) if direction is None else float(part @ direction) for part in parts))


def case_of(kind: str, valves: dict[str, float]) -> str | None:
    """What becomes of the memory, by the valves of a cell; None where it has none.

    The GRU's z is both valves: as far as it is open the memory is kept, as far as it is closed the candidate is
    written.
    """
    if kind == "lstm":
        return memory_case(valves["f"], valves["i"])
    return memory_case(valves["z"], 1 - valves["z"]) if kind == "gru" else None


def _array(values: Array) -> np.ndarray:
    return np.asarray(values, dtype=np.float64)
