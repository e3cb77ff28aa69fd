"""How a trace shows itself in a notebook: its sites, its first sentence, and a strip of heat over the words.

What is only a table, an edit or a result, is shown with `table`.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from translate.lab.tracing.site import Site

if TYPE_CHECKING:  # it knows tensors, and an edit that shows itself must not import torch
    from translate.lab.tracing.positions import Recorded

_UNITS, _WORDS, _ROWS = 8, 40, 1  # what the strip shows at most: units, positions, sentences
_STYLE = (
    "border-collapse:collapse;font-size:85%;margin:.4em 0",
    "text-align:left;padding:.1em .6em;border:0",
    "padding:.1em .3em;border:0;text-align:center;white-space:nowrap",
)


def trace_html(trace: "Recorded") -> str:
    """One self-contained `<div>`, readable on light and dark pages: it takes its text colour from them."""
    batch = len(next(iter(trace.recorded.values()), ()))
    parts = dict.fromkeys(Site(site).side for site in trace.recorded)
    rows = f"{batch} row{'' if batch == 1 else 's'}"
    title = f"<p style='margin:.4em 0'><b>Trace</b> of {escape(trace.kind)}, {rows}, {len(trace.recorded)} sites</p>"
    return f"<div>{title}{_sites(trace)}{''.join(_strip(trace, part) for part in parts) if batch else ''}</div>"


def _sites(trace: "Recorded") -> str:
    """Sites of one shape in one line."""
    alike: dict[tuple, list[str]] = {}
    for site, values in trace.recorded.items():
        alike.setdefault((Site(site).rpartition(".")[0], tuple(values.shape)), []).append(Site(site).name)
    lines = [(layer, " ".join(names), " × ".join(map(str, shape))) for (layer, shape), names in alike.items()]
    return table("", ("layer", "sites", "batch × time × unit"), lines)


def table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A small table for a notebook, below a title that is HTML; the first cell of each row is a name."""
    style, cell, _ = _STYLE
    above = f"<p style='margin:.4em 0'>{title}</p>" if title else ""
    lines = [
        f"<td style='{cell}'><code>{escape(name)}</code></td>"
        + "".join(f"<td style='{cell}'>{escape(text)}</td>" for text in texts)
        for name, *texts in rows
    ]
    heads = "".join(f"<th style='{cell}'>{escape(text)}</th>" for text in head)
    body = "".join(f"<tr>{line}</tr>" for line in (heads, *lines))
    return f"{above}<table style='{style}'>{body}</table>"


def _strip(trace: "Recorded", part: str) -> str:
    """The words of the first row and, below each, the units of a part's last state that vary most over them."""
    states = [site for site in trace.recorded if Site(site).side == part and Site(site).name in ("c", "h")]
    site = next((site for site in reversed(states) if Site(site).name == "c"), states[-1] if states else None)
    length = int(trace.lengths[part][0]) if part in trace.lengths else None
    tokens = trace.tokens.get(part, [None])[0]
    if site is None:
        return ""
    values = trace.recorded[site][0, :length][:_WORDS].detach().float().cpu()
    words = [str(t) for t in range(len(values))] if tokens is None else tokens[: len(values)]
    table, _, cell = _STYLE
    head = "".join(f"<th style='{cell}'>{escape(word)}</th>" for word in ["", *words])
    units = values.std(0, correction=0).argsort(descending=True)[:_UNITS].tolist()
    most = max(float(values[:, units].abs().max()), 1e-9)
    lines = [
        f"<tr><th style='{cell}'>{escape(site)}[{unit}]</th>"
        + "".join(
            f"<td title='{value:.3f}' style='{cell};background:{_colour(value / most)}'>&nbsp;</td>" for value in column
        )
        + "</tr>"
        for unit, column in zip(units, values[:, units].T.tolist(), strict=True)
    ]
    how = f"The {len(units)} units of {escape(site)} that vary most in the first row; orange above 0, blue below."
    rows, note = f"<tr>{head}</tr>{''.join(lines)}", f"<p style='font-size:80%;margin:.2em 0'>{how}</p>"
    return f"<table style='{table}'>{rows}</table>{note}"


def _colour(share: float) -> str:
    """Orange or blue, the more opaque the further from 0: the page shines through, be it light or dark."""
    return f"rgba({'230,120,20' if share > 0 else '40,120,220'},{min(abs(share), 1.0):.2f})"
