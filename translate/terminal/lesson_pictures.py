"""A picture for each step of the tour: the charts of `translate gradient` and the walks of `translate cell`."""

from collections.abc import Callable

from translate.lab.demonstrations.walk import best_unit, walk
from translate.lesson.numbers import Measured
from translate.lesson.steps import sentences
from translate.terminal.cell_view import block, table
from translate.terminal.chart import Series
from translate.terminal.columns import blocks
from translate.terminal.marks import czech_gender, marked

_STEPS, _SEED = 20, 0
_WEIGHTS = (0.9, 1.0, 1.1)


def _weight(measured: Measured, screen) -> list:
    from translate.lab.demonstrations.vanishing import scalar

    found = [scalar(weight, _STEPS) for weight in _WEIGHTS]
    return screen.chart([Series(one.name, one.left) for one in found], "What is left of a nudge after so many words:")


def _elman(measured: Measured, screen) -> list:
    from translate.lab.demonstrations.vanishing import elman

    found = [elman(radius, _STEPS, _SEED, squash=True) for radius in _WEIGHTS]
    series = [Series(one.name.partition(",")[0], one.left) for one in found]
    return screen.chart(series, "The same in an Elman network with tanh, by its spectral radius:")


def _pipeline(measured: Measured, screen) -> list:
    from translate.lab.demonstrations.vanishing import BIASES, carousel

    found = [carousel(bias, _STEPS, _SEED)[0] for bias in BIASES]
    series = [Series(one.name.partition(",")[0], one.left) for one in found]
    return screen.chart(series, "The same along the pipeline of an untrained LSTM, by the bias of its forget valves:")


def _valves(measured: Measured, screen) -> list:
    """The walk through the word that decides, in the encoder."""
    found = _walk(measured, sentences()["girl"], "enc")
    step = next(step for step in found.steps if step.read == "girl")
    what = f"The encoder's unit {found.look} as it reads girl in “{found.sentence}”:"
    return [what, *block(found, step, screen.console, screen.width)]


def _cases(measured: Measured, screen) -> list:
    found = _walk(measured, sentences()["girl"], "dec")
    return [f"The decoder's unit {found.look} in “{found.sentence}”:", table(found, screen.console)]


def _boy_girl(measured: Measured, screen) -> list:
    lines: list = ["The boy and the girl, and every word that shows who it is:"]
    for who in ("boy", "girl"):
        text = measured.translator.texts([sentences()[who]])[0]
        lines += [
            line for line in blocks(marked(text, screen.glyphs, czech_gender), screen.width) if line.plain.strip()
        ]
    return lines


def _switch(measured: Measured, screen) -> list:
    found = _walk(measured, sentences()["switch"], "dec")
    return [
        f"The decoder's unit {found.look} in “{found.sentence}”{_sense(measured, found)}",
        table(found, screen.console),
    ]


def _output(measured: Measured, screen) -> list:
    found = _walk(measured, sentences()["girl"], "dec")
    return [
        f"The decoder's unit {found.look}: the output valve beside the word that is written.",
        table(found, screen.console),
    ]


def _sense(measured: Measured, found) -> str:
    """Which gender a high memory of the unit speaks for."""
    if measured.readout is None:
        return ":"
    high = measured.readout.directions[f"{found.side}.l0.c"][found.look] > 0
    return f" (a memory above 0 speaks for the {'girl' if high else 'boy'}):"


def _walk(measured: Measured, sentence: str, side: str):
    """A walk with the unit that tells the gender best, or where no readout is there with the first one."""
    unit = best_unit(measured.translator, side, measured.readout)[0] if measured.readout else 0
    return walk(measured.translator, sentence, side, unit)


PICTURES: dict[str, Callable[[Measured, object], list]] = {
    "wrec": _weight, "rnn": _elman, "pipeline": _pipeline, "valves": _valves, "cases": _cases, "boygirl": _boy_girl,
    "switch": _switch, "output": _output,
}  # fmt: skip
"""By step, what makes the lines of its picture: a string is a sentence, everything else is printed as it is."""
