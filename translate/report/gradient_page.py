"""The lesson's first page as files: `gradient.html`, `gradient.json`, and each figure as PNG, SVG and JSON."""

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from translate.files import write_atomic
from translate.lab.demonstrations.vanishing import Decay, Page
from translate.lab.demonstrations.word_gradient import Rivals
from translate.numerals import significant
from translate.records import to_json
from translate.report.picture.files import write_figure
from translate.report.picture.marks import DASHED, Mark, heading, legend, level
from translate.report.picture.style import ACCENT, INK, MUTED, Axes, Drawn, drawing, figure
from translate.report.rendering import render
from translate.report.tables import Table

_LEAST = 1e-6  # what is smaller is drawn there
_MARKS = (
    Mark(ACCENT, "o"),
    Mark(INK, "s", line=DASHED),
    Mark(MUTED, "^", line="-."),
    Mark(ACCENT, "D", line=":"),
    Mark(INK, "v", line=":"),
    Mark(MUTED, "P", line="-"),
)
"""How each series looks; they begin again after six."""


@dataclass(frozen=True)
class Part:
    """One figure of the page: its question, how to read it, its picture, its numbers to read, and as they are."""

    name: str
    question: str
    how: str
    drawn: Drawn
    table: Table
    data: object


def write(page: Page, out: Path) -> Path:
    """Write everything into the folder `out`, each file in one step; returns the path of `gradient.html`."""
    parts, pictures = list(_parts(page)), {}
    for part in parts:
        record = {"name": part.name, "question": part.question, "how_to_read": part.how, "command": page.command}
        written = to_json(record | {"data": part.data})
        pictures[part.name] = write_figure(out, part.name, part.drawn, part.question, part.how, written)
    write_atomic(out / "gradient.json", json.dumps(page.record(), ensure_ascii=False, indent=1) + "\n")
    html = render("gradient.html", page=page, parts=parts, pictures=pictures, why=page.why())
    write_atomic(out / "gradient.html", html)
    return out / "gradient.html"


def _parts(page: Page) -> Iterator[Part]:
    untrained, trained = page.untrained, page.trained
    yield _part(
        "weight",
        "What becomes of a nudge that is multiplied by the same weight at every step?",
        "How much of it is left after so many steps, on a scale where each step down is a tenth: below 1 it vanishes, "
        "above 1 it explodes, at 1 it stays. Measured by autograd; the formula W_rec^(T−t) is in the table.",
        {"∂h_T/∂h_t = W_rec^(T−t)": untrained.scalar},
        untrained.scalar,
    )
    yield _part(
        "elman",
        "And in an Elman network?",
        f"{untrained.units} units read noise; their recurrent matrix is a random rotation times the spectral radius. "
        "Without tanh a nudge shrinks or grows by just that radius; with tanh it loses more at every step.",
        {"without tanh": untrained.linear, "with tanh": untrained.tanh},
        {"linear": untrained.linear, "tanh": untrained.tanh},
    )
    yield _part(
        "pipeline",
        "What does the memory pipeline change?",
        f"An untrained LSTM of {untrained.units} units that reads noise, its forget valves at three biases. Along the "
        "pipeline alone the factor is the valve, ∏ f; through all paths a nudge of c also reaches c by h and the "
        "valves.",
        {"along the pipeline alone": untrained.pipeline, "through all paths": untrained.cell},
        {"pipeline": untrained.pipeline, "cell": untrained.cell},
    )
    yield Part(
        "trained",
        f"How far back does the loss of “{trained.word}” reach in trained models?",
        "The gradient's length with respect to the memory (c of an LSTM, h of the others) after each word that was "
        "read, as a share of that at the last word. Flat: an error at the word teaches the noun. Falling: it does not.",
        _draw_words(trained),
        _words_table(trained),
        trained,
    )


def _part(name: str, question: str, how: str, panels: dict[str, list[Decay]], data: object) -> Part:
    decays = [decay for shown in panels.values() for decay in shown]
    return Part(name, question, how, _draw(panels), _table(decays), data)


def _draw(panels: dict[str, list[Decay]]) -> Drawn:
    from matplotlib.ticker import MaxNLocator

    with drawing():
        drawn, axes = figure(50 + 175 * len(panels), len(panels), squeeze=False, sharex=True, sharey=True)
        for ax, (title, decays) in zip(axes[:, 0], panels.items(), strict=True):
            for number, decay in enumerate(decays):
                _line(ax, number, decay.left, decay.name.partition(",")[0])
            _log_axis(ax, (decay.left for shown in panels.values() for decay in shown))
            heading(ax, title)
        axes[-1, 0].xaxis.set_major_locator(MaxNLocator(integer=True))
        axes[-1, 0].set_xlabel("steps since the nudge")
        legend(drawn, axes[0, 0], min(len(decays), 3), columnspacing=1.2)
    return drawn


def _draw_words(trained: Rivals) -> Drawn:
    with drawing():
        drawn, ax = figure(320)
        for number, model in enumerate(trained.models):
            _line(ax, number, model.shares, f"{model.name} ({model.kind})")
        _log_axis(ax, (model.shares for model in trained.models))
        ax.axvline(trained.encoder - 0.5, color=MUTED, linewidth=0.8)
        ax.set_xticks(range(len(trained.read)), trained.read, rotation=90, fontsize=9)
        if trained.noun is not None:
            ax.get_xticklabels()[trained.noun].set_fontweight("bold")
        heading(ax, "English, read │ Czech, written so far")
        legend(drawn, ax, min(len(trained.models), 3), columnspacing=1.2)
    return drawn


def _line(ax: Axes, number: int, values: Sequence[float], label: str) -> None:
    mark, shown = _MARKS[number % len(_MARKS)], _drawable(values)
    ax.plot(range(len(shown)), shown, linestyle=mark.line, label=label, markersize=4, **mark.look)


def _drawable(values: Sequence[float]) -> list[float]:
    return [max(value, _LEAST) if math.isfinite(value) else math.nan for value in values]


def _log_axis(ax: Axes, series: Iterable[Sequence[float]]) -> None:
    """A logarithmic axis that has room for all series, from one power of ten to another."""
    shown = [value for values in series for value in _drawable(values) if value == value]
    ax.set_yscale("log")
    low, high = (math.log10(edge) for edge in (min(shown), max(shown)))
    ax.set_ylim(10 ** (math.floor(low) - 0.08), 10 ** (math.ceil(high) + 0.08))
    ax.yaxis.set_minor_formatter("")
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
    level(ax, 1.0)


def _table(decays: Sequence[Decay]) -> Table:
    columns = [text for decay in decays for text in (decay.name, "valves alone" if decay.error is None else "formula")]
    rows = [
        [str(age), *(significant(series[age]) for decay in decays for series in (decay.left, decay.closed))]
        for age in range(len(decays[0].left))
    ]
    return Table(("steps", *columns), rows)


def _words_table(trained: Rivals) -> Table:
    rows = [
        [word, *(significant(model.shares[at]) for model in trained.models)] for at, word in enumerate(trained.read)
    ]
    return Table(("read", *(f"{model.name} ({model.kind}, {model.state})" for model in trained.models)), rows)
