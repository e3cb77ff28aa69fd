"""Heat maps whose zero is the page's own colour, light or dark: the hue is the sign, the opacity the size."""

from collections.abc import Sequence

import numpy as np

from translate.report.picture.style import Drawn

POSITIVE, NEGATIVE = (0.10, 0.60, 0.42), (0.68, 0.35, 0.72)  # green and purple: neither is the sign of a gender


def tinted(values: np.ndarray | Sequence[Sequence[float]], largest: float) -> np.ndarray:
    """RGBA `[row, column, 4]` of values `[row, column]`; one that is not known is left clear."""
    shares = np.nan_to_num(np.asarray(values, dtype=float) / largest)
    image = np.zeros((*shares.shape, 4))
    image[..., :3] = np.where(shares[..., None] > 0, POSITIVE, NEGATIVE)
    image[..., 3] = np.clip(np.abs(shares), 0, 1) ** 0.7
    return image


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
