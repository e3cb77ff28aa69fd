"""Heat maps whose zero is the page's own colour, light or dark: the hue is the sign, the opacity the size.

The hues are those of the explorer's page (`--plus`, `--minus`): green and purple, neither is the sign of a gender. A
picture holds the light ones; a filter in the page turns both into the dark ones.
"""

from collections.abc import Sequence

import numpy as np

from translate.report.picture.style import Drawn

PLUS, MINUS = ("#1b7837", "#7fcf8e"), ("#762a83", "#d0a8e0")  # light, dark


def tinted(values: np.ndarray | Sequence[Sequence[float]], largest: float) -> np.ndarray:
    """RGBA `[row, column, 4]` of values `[row, column]`; one that is not known is left clear."""
    shares = np.nan_to_num(np.asarray(values, dtype=float) / largest)
    image = np.zeros((*shares.shape, 4))
    image[..., :3] = np.where(shares[..., None] > 0, _rgb(PLUS[0]), _rgb(MINUS[0]))
    image[..., 3] = np.clip(np.abs(shares), 0, 1) ** 0.7
    return image


def darkening() -> list[tuple[float, float]]:
    """Slope and intercept, by red, green and blue, of the line that takes both light hues to the dark ones."""
    plus, minus = (np.array([_rgb(colour) for colour in hues]) for hues in (PLUS, MINUS))
    slope = (plus[1] - minus[1]) / (plus[0] - minus[0])
    return [(round(float(m), 4), round(float(b), 4)) for m, b in zip(slope, plus[1] - slope * plus[0], strict=True)]


def _rgb(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))


def colour_key(drawn: Drawn, largest: float, names: tuple[str, str, str] | None = None) -> None:
    """A strip above the panels that says which colour is which value; names: of its ends and its middle."""
    inch = 1 / drawn.get_figheight()
    ax = drawn.add_axes((0.36, 1 - 0.2 * inch, 0.36, 0.11 * inch))
    ax.imshow(
        tinted(np.linspace(-largest, largest, 101)[None], largest), aspect="auto", extent=(-largest, largest, 0, 1)
    )
    ax.set_yticks([])
    ax.set_xticks([-largest, 0, largest], names or (f"−{largest:.1f}", "0", f"{largest:.1f}"))
    ax.tick_params(length=0, pad=1)
    ax.grid(False)
    drawn.set_layout_engine("constrained", rect=(0, 0, 1, 1 - 0.42 * inch))
