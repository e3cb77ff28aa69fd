"""A picture for each step of the tour: the charts of `translate gradient` and the walks of `translate cell`."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from translate.lab.demonstrations.walk import Walk, best_unit, walk
from translate.lesson.measured import Measured
from translate.lesson.steps import sentences
from translate.terminal.cell_view import block, table
from translate.terminal.chart import keyed_chart
from translate.terminal.marks import marked_lines
from translate.terminal.screen import Screen

if TYPE_CHECKING:
    from translate.lab.demonstrations.vanishing import Decay

Picture = list[str | Text | Table]
"""The lines of a picture: a string is a sentence, everything else is printed as it is."""

_STEPS, _SEED = 20, 0
_WEIGHTS = (0.9, 1.0, 1.1)


def _weights() -> "list[Decay]":
    from translate.lab.demonstrations.vanishing import scalar

    return [scalar(weight, _STEPS) for weight in _WEIGHTS]


def _elman() -> "list[Decay]":
    from translate.lab.demonstrations.vanishing import elman

    return [elman(radius, _STEPS, _SEED, squash=True) for radius in _WEIGHTS]


def _pipeline() -> "list[Decay]":
    from translate.lab.demonstrations.vanishing import BIASES, carousel

    return [carousel(bias, _STEPS, _SEED)[0] for bias in BIASES]


def _chart(title: str, decays: "Callable[[], Sequence[Decay]]", measured: Measured, screen: Screen) -> Picture:
    from translate.terminal.gradient_view import series_of

    return [title, *keyed_chart(series_of(decays()), screen)]


def _valves(measured: Measured, screen: Screen) -> Picture:
    """The walk through the word that decides, in the encoder."""
    girl = _walk(measured, "girl", "enc")
    step = next(step for step in girl.steps if step.read == "girl")
    return [f"The encoder's unit {girl.look} as it reads girl in “{girl.sentence}”:", *block(girl, step, screen)]


def _boy_girl(measured: Measured, screen: Screen) -> Picture:
    lines: Picture = ["The boy and the girl, and every word that shows who it is:"]
    for who in ("boy", "girl"):
        lines += marked_lines(measured.translator.texts([sentences()[who]])[0], screen)
    return lines


def _decoder(sentence: str, title: str, measured: Measured, screen: Screen) -> Picture:
    """The walk through the decoder in a sentence of the tour, at a glance."""
    seen = _walk(measured, sentence, "dec")
    words = {"unit": seen.look, "sentence": seen.sentence, "sense": _sense(measured, seen)}
    return [title.format(**words), table(seen, screen.signs)]


def _sense(measured: Measured, walk: Walk) -> str:
    """Which gender a high memory of the unit speaks for."""
    if measured.readout is None:
        return ""
    high = measured.readout.directions[f"{walk.side}.l0.{walk.memory}"][walk.look] > 0
    return f" (a memory above 0 speaks for the {'girl' if high else 'boy'})"


def _walk(measured: Measured, name: str, side: str) -> Walk:
    """A walk through a sentence of the tour, with the unit that tells the gender best; without a readout the first."""
    unit = best_unit(measured.translator, side, measured.readout)[0] if measured.readout else 0
    return walk(measured.translator, sentences()[name], side, unit)


PICTURES: dict[str, Callable[[Measured, Screen], Picture]] = {
    "wrec": partial(_chart, "What is left of a nudge after so many words:", _weights),
    "rnn": partial(_chart, "The same in an Elman network with tanh, by its spectral radius:", _elman),
    "pipeline": partial(
        _chart, "The same along the pipeline of an untrained LSTM, by the bias of its forget valves:", _pipeline
    ),
    "valves": _valves,
    "cases": partial(_decoder, "girl", "The decoder's unit {unit} in “{sentence}”:"),
    "boygirl": _boy_girl,
    "switch": partial(_decoder, "switch", "The decoder's unit {unit} in “{sentence}”{sense}:"),
    "output": partial(_decoder, "girl", "The decoder's unit {unit}: the output valve beside the word that is written."),
}
"""What makes the picture of a step, by its name."""
