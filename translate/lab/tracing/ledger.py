"""The ledger of a cell: who wrote what and when, and what has survived; torch is imported where a run is recorded.

The cell state of an LSTM is a sum (Hochreiter & Schmidhuber 1997; Gers et al. 2000):

    c_T = Σ_t (∏_{t<k≤T} f_k) ⊙ i_t ⊙ g_t  +  (∏_{k≤T} f_k) ⊙ c_0

so that every number in it can be traced to the steps that wrote it, exactly. A ledger is balanced whenever it is asked:
what it says adds up to the state that was recorded, or it raises an error.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from translate.corpus.pair import SentencePair
from translate.errors import TranslateError
from translate.lab.tracing.numbers import as_numpy
from translate.lab.tracing.site import Site
from translate.model.runnable import Runnable
from translate.model.translator import Translator

if TYPE_CHECKING:
    from torch import Tensor

    from translate.lab.tracing.trace import Trace

TOLERANCE = 1e-5
"""The largest error of the balance, in units of the largest |c| (or of 1, if that is larger)."""


@dataclass(frozen=True, eq=False)
class Flow:
    """Along a direction u, how the state changed at each step, all `[batch, time]`: before + erased + written = after.

    before: u · c_{t-1}. erased: u · ((f_t − 1) ⊙ c_{t-1}), what the forget gate took. written: u · (i_t ⊙ g_t).
    after: u · c_t.
    """

    before: np.ndarray
    erased: np.ndarray
    written: np.ndarray
    after: np.ndarray


@dataclass(frozen=True, eq=False)
class Ledger:
    """The entries of one LSTM layer: all `[batch, time, unit]`, NaN beyond a sentence's end.

    Time is the order of reading, also for what reads from the end. forget: f_t. entries: i_t ⊙ g_t. state: c_t as
    recorded. initial: c_0 `[batch, unit]`. steps: the number of the first step of the decoder where encoder and
    decoder stand one behind the other.
    """

    forget: np.ndarray
    entries: np.ndarray
    state: np.ndarray
    initial: np.ndarray
    steps: int = field(default=0)

    def __post_init__(self) -> None:
        error = np.abs(self.forget * self._before() + self.entries - self.state)
        self._balance(error[~np.isnan(error)])

    @classmethod
    def of(cls, trace: "Trace", side: str = "", layer: int = 0, reverse: bool = False) -> "Ledger":
        """The ledger of a recorded LSTM: side "enc" or "dec" of a translation, "" for a module's own trace.

        reverse: the layer's other direction. Raises `TranslateError` for another cell or where f, i, g or c was not
        recorded.
        """
        _only_lstm(trace.kind)
        prefix = (f"{side}." if side else "") + f"l{layer}." + ("rev." if reverse else "")
        if f"{prefix}c" not in trace.initial:
            raise TranslateError(f"The trace does not know the state before {prefix}c; record {prefix}c of both sides.")
        f, i, g, c = (_in_order(trace, prefix + name) for name in "figc")
        return cls(f, i * g, c, _array(trace.initial[prefix + "c"]))

    @classmethod
    def of_translation(cls, trace: "Trace", layer: int = 0) -> "Ledger":
        """Encoder and decoder as one ledger: which English and which Czech word wrote what a decoder's cell holds.

        Its steps are those of the encoder, all ending at the same place (shorter sentences begin later and hold 0 until
        then), and from `steps` on those of the decoder.
        """
        enc, dec = (cls.of(trace, side, layer) for side in ("enc", "dec"))
        count = (~np.isnan(enc.state[..., 0])).sum(1)
        longest = enc.state.shape[1]

        def right(values: np.ndarray, empty: float) -> np.ndarray:
            moved = np.full_like(values, empty)
            for row, length in enumerate(count):
                moved[row, longest - length :] = values[row, :length]
            return moved

        return cls(
            np.concatenate([right(enc.forget, 1.0), dec.forget], axis=1),
            np.concatenate([right(enc.entries, 0.0), dec.entries], axis=1),
            np.concatenate([right(enc.state, 0.0), dec.state], axis=1),
            enc.initial,
            longest,
        )

    @property
    def conservation(self) -> float:
        """The largest error of the balance over all steps, units and sentences."""
        error = np.abs(self.forget * self._before() + self.entries - self.state)
        return float(error[~np.isnan(error)].max(initial=0.0))

    def contributions(self, until: int | np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """What c after step `until` (one, or one for each row `[batch]`) is made of.

        Returns what each step has written and is still there, `[batch, time, unit]` (0 after `until`), and what is left
        of c_0, `[batch, unit]`; together they are c, or a `TranslateError` is raised.
        """
        batch, time, _ = self.state.shape
        until = np.broadcast_to(until, batch)
        outside = ~((until >= 0) & (until < time))
        outside[~outside] = np.isnan(self.state[~outside, until[~outside], 0])
        if outside.any():
            row = int(outside.argmax())
            raise TranslateError(f"Row {row} has no step {until[row]}; ask for one that was run.")
        past = np.arange(time) <= until[:, None]
        f = np.where(past[..., None], self.forget, 1.0)
        left = np.cumprod(f[:, ::-1], axis=1)[:, ::-1]  # ∏_{t≤k≤T} f_k
        after = np.concatenate([left[:, 1:], np.ones_like(left[:, :1])], axis=1)
        written = np.where(past[..., None], after * self.entries, 0.0)
        start = left[:, 0] * self.initial
        self._balance(np.abs(written.sum(1) + start - self.state[np.arange(batch), until]))
        return written, start

    def along(self, direction: np.ndarray) -> Flow:
        """What was erased and what was written at each step along a direction `[unit]`."""
        before = self._before()
        flow = Flow(
            before @ direction,
            ((self.forget - 1) * before) @ direction,
            self.entries @ direction,
            self.state @ direction,
        )
        error = np.abs(flow.before + flow.erased + flow.written - flow.after)
        self._balance(error[~np.isnan(error)] / max(1.0, float(np.abs(direction).sum())))
        return flow

    def _before(self) -> np.ndarray:
        return np.concatenate([self.initial[:, None], self.state[:, :-1]], axis=1)

    def _balance(self, error: np.ndarray) -> None:
        scale = max(1.0, float(np.nanmax(np.abs(self.state), initial=0.0)))
        worst = float(error.max(initial=0.0))
        if not worst <= TOLERANCE * scale:
            raise TranslateError(
                f"The ledger does not add up: it misses the recorded state by {worst:.1e}. "
                "Was the run edited, or recorded in less than float32?"
            )


@dataclass(frozen=True)
class Entry:
    """A line of a ledger: what reading one word has left in the cell.

    side: "enc" or "dec". position: of the word in its sentence. word: the one that was read (the decoder reads the
    start mark first, and then what it has written). amount: what is left of what was written then, along the direction.
    """

    side: str
    position: int
    word: str
    amount: float


def who_wrote(trace: "Trace", row: int, step: int, direction: np.ndarray | int, layer: int = 0) -> list[Entry]:
    """What the decoder's cell holds after `step`, along a direction `[unit]` or in one unit: a line for each word read.

    The English words come first, as the encoder read them, then the Czech ones. The amounts add up to what the cell
    holds, or a `TranslateError` is raised.
    """
    sentence = trace.select(rows=[row])
    ledger = Ledger.of_translation(sentence, layer)
    units = ledger.state.shape[-1]
    direction = np.eye(units)[direction] if isinstance(direction, int) else np.asarray(direction)
    written, _ = ledger.contributions(ledger.steps + step)  # the encoder begins with 0
    amounts = (written @ direction)[0].tolist()
    english, czech = sentence.tokens["enc"][0], ["<s>", *sentence.tokens["dec"][0]]
    positions = range(len(english))[:: -1 if sentence.is_backward("enc") else 1]
    read = [("enc", position, english[position]) for position in positions]
    read += [("dec", position - 1, czech[position]) for position in range(step + 1)]
    return [Entry(*place, amount) for place, amount in zip(read, amounts, strict=False)]


def conservation(
    translator: Translator, pairs: Iterable[SentencePair], network: Runnable | None = None, at_once: int = 2000
) -> float:
    """The largest error of any balance when an LSTM reads and writes `pairs` (teacher forcing), both sides, all layers.

    Raises `TranslateError` where it is above the tolerance.
    """
    from translate.lab.tracing.run import trace

    _only_lstm((network or translator.checkpoint).config.cell)
    pairs, errors = list(pairs), [0.0]
    for first in range(0, len(pairs), at_once):
        batch = pairs[first : first + at_once]
        recorded = trace(translator, batch, batch, ["*.[figc]"], network=network)
        layers = sorted({Site(site).layer for site in recorded})
        errors += [Ledger.of_translation(recorded, layer).conservation for layer in layers]
    return max(errors)


def _only_lstm(kind: str) -> None:
    if kind != "lstm":
        raise TranslateError(f"Only an LSTM's cell has a ledger; this is a {kind}.")


def _in_order(trace: "Trace", site: str) -> np.ndarray:
    """The values of a site `[batch, time, unit]` in the order of reading, NaN beyond each row's end."""
    values, steps = _array(trace[site]), np.arange(trace[site].shape[1])
    given = trace.lengths.get(Site(site).side)
    lengths = np.full(len(values), len(steps)) if given is None else given.cpu().numpy()
    places = np.where(trace.is_backward(site), lengths[:, None] - 1 - steps, steps)
    ordered = values[np.arange(len(values))[:, None], places]
    ordered[steps >= lengths[:, None]] = np.nan
    return ordered


def _array(values: "Tensor") -> np.ndarray:
    return as_numpy(values).astype(np.float64)
