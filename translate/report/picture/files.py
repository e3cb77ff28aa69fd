"""Figures as files: an SVG that is the same bytes each time, for beside the page and for inside it, and a PNG.

Each colour of `style.py` stands for a CSS variable of the page, so that a figure inside it follows the reader's light
or dark scheme; the files beside the page keep the light one.
"""

import io
import re
from html import escape
from pathlib import Path

from translate.files import write_atomic
from translate.report.picture.style import ACCENT, FEMININE, GRID, INK, MASCULINE, MUTED, PAPER, Drawn, drawing

VARIABLES = {
    INK: "ink",
    MUTED: "muted",
    GRID: "grid",
    PAPER: "paper",
    MASCULINE: "m",
    FEMININE: "f",
    ACCENT: "accent",
}
"""The CSS variable of each colour."""


def write_figure(out: Path, name: str, drawn: Drawn, title: str, description: str, record: str) -> str:
    """Write a figure into `out/figures` as SVG and PNG, with `record` (JSON); returns the SVG for the page."""
    picture = svg(drawn, title, description)
    for ending, content in (("svg", picture), ("png", png(drawn)), ("json", record)):
        write_atomic(out / "figures" / f"{name}.{ending}", content)
    return inline(picture, name)


def svg(drawn: Drawn, title: str, description: str) -> str:
    """The figure as SVG with its title and description; the same figure gives the same bytes."""
    with drawing():
        if layout := drawn.get_layout_engine():
            layout.execute(drawn)
        drawn.set_layout_engine("none")  # or each file would be laid out again
        buffer = io.StringIO()
        drawn.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    text = buffer.getvalue()
    text = re.sub(r"<metadata>.*?</metadata>\s*", "", text[text.index("<svg") :], flags=re.DOTALL)
    words = f"<title>{escape(title)}</title>\n<desc>{escape(description)}</desc>\n"
    end = text.index(">") + 1
    head = re.sub(r' (width|height)="[^"]*"', "", text[:end])
    return head[:-1] + ' role="img">\n' + words + text[end:]


def png(drawn: Drawn) -> bytes:
    """The figure as PNG at twice the page's size."""
    with drawing():
        buffer = io.BytesIO()
        drawn.savefig(buffer, format="png", dpi=144, metadata={"Software": None})
    return buffer.getvalue()


def inline(text: str, name: str) -> str:
    """An SVG for the inside of a page: colours as CSS variables, ids that no other figure has."""
    for colour, variable in VARIABLES.items():
        text = re.sub(re.escape(colour), f"var(--{variable})", text, flags=re.IGNORECASE)
    ids = set(re.findall(r'\bid="([^"]+)"', text))
    for known in sorted(ids, key=len, reverse=True):
        for before, after in (('id="', '"'), ('href="#', '"'), ("url(#", ")")):
            text = text.replace(f"{before}{known}{after}", f"{before}{name}-{known}{after}")
    # The sandbox of the page has its own font; what matplotlib wrote is a fallback.
    return re.sub(r"font: ([\d.]+)px [^;\"]*", r"font-size: \1px; font-family: var(--font)", text)
