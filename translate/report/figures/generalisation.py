"""Is the gender held in one way all along? Probes fitted at one word and tested at every other."""

from collections.abc import Sequence

import numpy as np

from translate.lab.experiments.reading.generalisation import Generalisation
from translate.lab.verdicts.results import Results
from translate.numerals import number, percent
from translate.report.figure import Figure, make
from translate.report.names import place_name
from translate.report.picture.style import INK, Drawn, drawing, figure
from translate.report.picture.tint import colour_key, tinted
from translate.report.tables import Table

WHOSE = {"y1": "first noun's", "y2": "second noun's", "current": "current"}
KEPT = 0.9  # from that mean accuracy on the gender is held in one way


def generalisation(results: Results) -> Figure | None:
    """The matrices of accuracy, one for each gender that is asked for."""
    shown = results.generalisation
    if not shown:
        return None
    body = [
        [f"{WHOSE[result.target]}, fitted at {place_name(offset)}", *map(number, values)]
        for result in shown
        for offset, values in zip(result.offsets, result.matrix, strict=True)
    ]
    body += [[f"{WHOSE[result.target]}, n", *map(str, result.n)] for result in shown]
    current = next((result for result in shown if result.target == "current"), shown[0])
    share = _after_the_noun(current)
    return make(
        "generalisation",
        shown,
        Table(("fitted at \\ tested at", *map(place_name, shown[0].offsets)), body),
        _draw,
        whose=WHOSE[current.target],
        how="is held in one way" if share >= KEPT else "is held in a way that changes",
        site=current.site,
        share=percent(share, 0),
        most=max(max(result.n) for result in shown),
        widest=100 * max(np.nanmax(np.array(result.high) - np.array(result.low)) for result in shown),
    )


def _after_the_noun(result: Generalisation) -> float:
    """The mean accuracy of all probes fitted and tested at words from which on the second noun has been read."""
    after = np.array(result.offsets) >= 0
    values = np.array(result.matrix)[np.ix_(after, after)]
    return float(np.nanmean(values)) if np.isfinite(values).any() else float("nan")


def _draw(shown: Sequence[Generalisation]) -> Drawn:
    with drawing():
        drawn, axes = figure(200, 1, len(shown), squeeze=False, sharey=True)
        for ax, result in zip(axes[0], shown, strict=True):
            low, high = result.offsets[0] - 0.5, result.offsets[-1] + 0.5
            image, extent = tinted(2 * np.array(result.matrix) - 1, 1), (low, high, high, low)
            ax.imshow(image, extent=extent, aspect="auto", interpolation="nearest")
            ax.axvline(0, color=INK, linewidth=0.8)
            ax.axhline(0, color=INK, linewidth=0.8)
            ticks = [offset for offset in result.offsets if offset % 4 == 0]
            ax.set_xticks(ticks, map(place_name, ticks))
            ax.set_yticks(ticks, map(place_name, ticks))
            ax.set_title(WHOSE[result.target].capitalize(), fontsize=11)
            ax.grid(False)
        axes[0, 0].set_ylabel("probe fitted at")
        axes[0, len(shown) // 2].set_xlabel("tested at, words from the second noun, as they are read")
        colour_key(drawn, 1, ("0 %", "50 %", "100 %"))
    return drawn
