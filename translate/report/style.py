"""How every figure looks: sizes, colours, and an SVG that is the same bytes each time.

Figures are drawn in the colours of the light page. Each colour stands for a CSS variable of the page, so that an
inlined figure follows the reader's light or dark scheme (`inline`); the files beside the page keep the light ones.
"""

import io
import re
from contextlib import contextmanager
from html import escape

WIDTH = 372  # points: the figure's own units in SVG; so narrow that its words can be read on a telephone

INK, MUTED, GRID, PAPER = "#1f2328", "#646b75", "#dfe3e8", "#ffffff"
MASCULINE, FEMININE, ACCENT = "#0072b2", "#d55e00", "#6f42c1"
_VARIABLE = {
    INK: "ink", MUTED: "muted", GRID: "grid", PAPER: "paper", MASCULINE: "m", FEMININE: "f", ACCENT: "accent",
}  # fmt: skip

MARK = {"m": "o", "f": "s"}
COLOUR = {"m": MASCULINE, "f": FEMININE}

_SETTINGS = {
    "svg.hashsalt": "translate",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 11.5,
    "axes.titlesize": 12,
    "axes.titlelocation": "left",
    "axes.titlepad": 8,
    "axes.labelsize": 11,
    "xtick.labelsize": 10.5,
    "ytick.labelsize": 10.5,
    "legend.fontsize": 10.5,
    "legend.frameon": False,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.size": 3,
    "ytick.major.size": 0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "lines.linewidth": 2,
    "lines.markersize": 5,
    "figure.facecolor": PAPER,
    "axes.facecolor": "none",
    "savefig.facecolor": PAPER,
    "image.composite_image": False,
}


@contextmanager
def drawing():
    """Draw inside this: the project's settings, no display needed, and nothing left changed behind."""
    import matplotlib

    with matplotlib.rc_context(_SETTINGS):
        yield


def figure(height: float, rows: int = 1, columns: int = 1, **options):
    """A matplotlib figure of the page's width and its axes, `height` in points."""
    from matplotlib.figure import Figure

    made = Figure(figsize=(WIDTH / 72, height / 72), layout="constrained")
    return made, made.subplots(rows, columns, **options)


def svg(made, title: str, description: str) -> str:
    """The figure as SVG with its title and description; the same figure gives the same bytes."""
    with drawing():
        made.get_layout_engine().execute(made)
        made.set_layout_engine(None)  # or each file would be laid out again
        buffer = io.StringIO()
        made.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    text = buffer.getvalue()
    text = re.sub(r"<metadata>.*?</metadata>\s*", "", text[text.index("<svg") :], flags=re.DOTALL)
    words = f"<title>{escape(title)}</title>\n<desc>{escape(description)}</desc>\n"
    end = text.index(">") + 1
    head = re.sub(r' (width|height)="[^"]*"', "", text[:end])
    return head[:-1] + ' role="img">\n' + words + text[end:]


def png(made) -> bytes:
    """The figure as PNG at twice the page's size."""
    with drawing():
        buffer = io.BytesIO()
        made.savefig(buffer, format="png", dpi=144, metadata={"Software": None})
    return buffer.getvalue()


def inline(text: str, name: str) -> str:
    """An SVG for the inside of a page: colours as CSS variables, ids that no other figure has."""
    for colour, variable in _VARIABLE.items():
        text = re.sub(re.escape(colour), f"var(--{variable})", text, flags=re.IGNORECASE)
    ids = set(re.findall(r'\bid="([^"]+)"', text))
    for found in sorted(ids, key=len, reverse=True):
        for before, after in (('id="', '"'), ('href="#', '"'), ("url(#", ")")):
            text = text.replace(f"{before}{found}{after}", f"{before}{name}-{found}{after}")
    # The sandbox of the page has its own font; what matplotlib wrote is a fallback.
    return re.sub(r"font: ([\d.]+)px [^;\"]*", r"font-size: \1px; font-family: var(--font)", text)
