"""How every figure looks: sizes and colours, those of the light page."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes as Axes
    from matplotlib.axis import Axis as Axis
    from matplotlib.figure import Figure as Drawn
else:  # matplotlib takes half a second to import, and is wanted only where something is drawn
    Axes = Axis = Drawn = object

WIDTH = 372  # points: the figure's own units in SVG; so narrow that its words can be read on a telephone

INK, MUTED, GRID, PAPER = "#1f2328", "#646b75", "#dfe3e8", "#ffffff"
MASCULINE, FEMININE, ACCENT = "#0072b2", "#d55e00", "#6f42c1"

MARK = {"m": "o", "f": "s"}
COLOUR = {"m": MASCULINE, "f": FEMININE}

_COLOURS: Any = {
    **dict.fromkeys(("axes.labelcolor", "text.color", "xtick.color", "ytick.color"), INK),
    **{"axes.edgecolor": MUTED, "grid.color": GRID, "figure.facecolor": PAPER, "savefig.facecolor": PAPER},
}
_SETTINGS = Path(__file__).with_name("report.mplstyle")


@contextmanager
def drawing() -> Iterator[None]:
    """Draw inside this: the project's settings, no display needed, and nothing left changed behind."""
    import matplotlib

    with matplotlib.rc_context(_COLOURS, _SETTINGS):
        yield


def figure(height: float, rows: int = 1, columns: int = 1, **options: Any) -> "tuple[Drawn, Any]":
    """A matplotlib figure of the page's width and its axes (one, or an array of them), `height` in points."""
    from matplotlib.figure import Figure

    drawn = Figure(figsize=(WIDTH / 72, height / 72), layout="constrained")
    return drawn, drawn.subplots(rows, columns, **options)
