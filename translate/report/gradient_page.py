"""The lesson's first page as files: `gradient.html`, `gradient.json`, and each figure as PNG, SVG and JSON."""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from translate.files import write_atomic
from translate.lab.demonstrations.vanishing import Decay, Page
from translate.lab.demonstrations.word_gradient import Rivals
from translate.numerals import significant
from translate.records import plain
from translate.report import style
from translate.report.marks import DASHED, heading, level
from translate.report.tables import Table

_LEAST = 1e-6  # what is smaller is drawn there
_LINES = [
    (style.ACCENT, "-", "o"), (style.INK, DASHED, "s"), (style.MUTED, "-.", "^"), (style.ACCENT, ":", "D"),
    (style.INK, ":", "v"), (style.MUTED, "-", "P"),
]  # fmt: skip
"""Colour, dashes and mark of each series; they begin again after six."""


@dataclass(frozen=True)
class Part:
    """One figure of the page: its question, its picture as SVG for the page, how to read it, and its numbers."""

    name: str
    question: str
    how: str
    picture: str
    table: Table


def write(page: Page, out: Path) -> Path:
    """Write everything into the folder `out`, each file in one step; returns the path of `gradient.html`."""
    parts = []
    for name, question, how, made, table, data in _figures(page):
        picture = style.svg(made, question, how)
        write_atomic(out / "figures" / f"{name}.svg", picture)
        write_atomic(out / "figures" / f"{name}.png", style.png(made))
        record = {"name": name, "question": question, "how_to_read": how, "command": page.command, "data": plain(data)}
        write_atomic(out / "figures" / f"{name}.json", json.dumps(record, ensure_ascii=False, indent=1) + "\n")
        parts.append(Part(name, question, how, style.inline(picture, name), table))
    write_atomic(out / "gradient.json", json.dumps(page.record(), ensure_ascii=False, indent=1) + "\n")
    write_atomic(out / "gradient.html", html(page, parts))
    return out / "gradient.html"


def html(page: Page, parts: Sequence[Part]) -> str:
    """The page: it needs no other file, and no script."""
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    environment = Environment(
        loader=PackageLoader("translate.report", "templates"),
        autoescape=select_autoescape(["html"]), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template("gradient.html").render(page=page, parts=parts, why=page.why())


def _figures(page: Page):
    """Name, question, how to read it, the matplotlib figure, the table and the data of each."""
    found, trained = page.untrained, page.trained
    yield (
        "weight", "What becomes of a nudge that is multiplied by the same weight at every step?",
        "How much of it is left after so many steps, on a scale where each step down is a tenth: below 1 it vanishes, "
        "above 1 it explodes, at 1 it stays. Measured by autograd; the formula W_rec^(T−t) is in the table.",
        _drawn([("∂h_T/∂h_t = W_rec^(T−t)", found.scalar)]), _table(found.scalar), found.scalar,
    )  # fmt: skip
    yield (
        "elman", "And in an Elman network?",
        f"{found.units} units read noise; their recurrent matrix is a random rotation times the spectral radius. Without "
        "tanh a nudge shrinks or grows by just that radius; with tanh it loses more at every step.",
        _drawn([("without tanh", found.linear), ("with tanh", found.tanh)]),
        _table([*found.linear, *found.tanh]), {"linear": found.linear, "tanh": found.tanh},
    )  # fmt: skip
    yield (
        "pipeline", "What does the memory pipeline change?",
        f"An untrained LSTM of {found.units} units that reads noise, its forget valves at three biases. Along the "
        "pipeline alone the factor is the valve, ∏ f; through all paths a nudge of c also reaches c by h and the valves.",
        _drawn([("along the pipeline alone", found.pipeline), ("through all paths", found.cell)]),
        _table([*found.pipeline, *found.cell]), {"pipeline": found.pipeline, "cell": found.cell},
    )  # fmt: skip
    yield (
        "trained", f"How far back does the loss of “{trained.word}” reach in trained models?",
        "The gradient's length with respect to the memory (c of an LSTM, h of the others) after each word that was "
        "read, as a share of that at the last word. Flat: an error at the word teaches the noun. Falling: it does not.",
        _drawn_words(trained), _words_table(trained), trained,
    )  # fmt: skip


def _drawn(panels: Sequence[tuple[str, Sequence[Decay]]]):
    from matplotlib.ticker import MaxNLocator

    with style.drawing():
        made, axes = style.figure(50 + 175 * len(panels), len(panels), squeeze=False, sharex=True, sharey=True)
        for ax, (title, decays) in zip(axes[:, 0], panels, strict=True):
            for number, one in enumerate(decays):
                _line(ax, number, one.left, one.name.partition(",")[0])
            _log_axis(ax, (one.left for _, some in panels for one in some))
            heading(ax, title)
        axes[-1, 0].xaxis.set_major_locator(MaxNLocator(integer=True))
        axes[-1, 0].set_xlabel("steps since the nudge")
        _legend(made, axes[0, 0], len(panels[0][1]))
    return made


def _drawn_words(found: Rivals):
    with style.drawing():
        made, ax = style.figure(320)
        for number, one in enumerate(found.models):
            _line(ax, number, one.shares, f"{one.name} ({one.kind})")
        _log_axis(ax, (one.shares for one in found.models))
        ax.axvline(found.encoder - 0.5, color=style.MUTED, linewidth=0.8)
        ax.set_xticks(range(len(found.read)), found.read, rotation=90, fontsize=9)
        if found.noun is not None:
            ax.get_xticklabels()[found.noun].set_fontweight("bold")
        heading(ax, "English, read │ Czech, written so far")
        _legend(made, ax, len(found.models))
    return made


def _line(ax, number: int, values: Sequence[float], label: str) -> None:
    colour, dashes, mark = _LINES[number % len(_LINES)]
    shown = _drawable(values)
    ax.plot(range(len(shown)), shown, color=colour, linestyle=dashes, marker=mark, markersize=4, label=label)


def _drawable(values: Sequence[float]) -> list[float]:
    return [max(value, _LEAST) if math.isfinite(value) else math.nan for value in values]


def _log_axis(ax, values: Iterable[Sequence[float]]) -> None:
    """A logarithmic axis that has room for all of `values`, from one power of ten to another."""
    shown = [value for some in values for value in _drawable(some) if value == value]
    ax.set_yscale("log")
    low, high = (math.log10(edge) for edge in (min(shown), max(shown)))
    ax.set_ylim(10 ** (math.floor(low) - 0.08), 10 ** (math.ceil(high) + 0.08))
    ax.yaxis.set_minor_formatter("")
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
    level(ax, 1.0)


def _legend(made, ax, count: int) -> None:
    made.legend(
        *ax.get_legend_handles_labels(),
        loc="outside upper left",
        ncols=min(count, 3),
        columnspacing=1.2,
        handletextpad=0.5,
    )


def _table(decays: Sequence[Decay]) -> Table:
    columns = [text for one in decays for text in (one.name, "valves alone" if one.error is None else "formula")]
    rows = [
        [str(age), *(text for one in decays for text in (significant(one.left[age]), significant(one.closed[age])))]
        for age in range(len(decays[0].left))
    ]
    return Table(("steps", *columns), rows)


def _words_table(found: Rivals) -> Table:
    rows = [[word, *(significant(one.shares[at]) for one in found.models)] for at, word in enumerate(found.read)]
    return Table(("read", *(f"{one.name} ({one.kind}, {one.state})" for one in found.models)), rows)
