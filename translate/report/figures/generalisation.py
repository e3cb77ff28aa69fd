"""Is the gender held in one way all along? Probes fitted at one word and tested at every other."""

from collections.abc import Sequence
from functools import partial

import numpy as np

from translate.lab.experiments.reading.generalisation import Generalisation
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure
from translate.report.style import INK, drawing, figure
from translate.report.tables import Table, number
from translate.report.tint import colour_key, tinted
from translate.report.words import site_of

WHOSE = {"y1": "first noun's", "y2": "second noun's", "current": "current"}


def generalisation(results: Results) -> Figure | None:
    """The matrices of accuracy, one for each gender that is asked for."""
    found = results.generalisation
    if not found:
        return None
    heads = [_word(offset) for offset in found[0].offsets]
    body = [
        [f"{WHOSE[one.target]}, fitted at {_word(offset)}", *map(number, values)]
        for one in found
        for offset, values in zip(one.offsets, one.matrix, strict=True)
    ]
    body += [[f"{WHOSE[one.target]}, n", *map(str, one.n)] for one in found]
    return Figure(
        name="generalisation",
        own_title=_title(found),
        how="A probe is fitted at one word (row) and tested at every word (column), counted from the second noun. "
        "Green is read rightly, purple is read as the other gender, blank is guessing. A full square is one code that "
        "is kept; a thin diagonal is a code that changes from word to word.",
        counts=f"Up to n = {max(map(max, (one.n for one in found))):,} sentences at a word, nouns that no probe was "
        f"fitted on; {_widest(found)}",
        data=found,
        table=Table(("fitted at \\ tested at", *heads), body),
        draw=partial(_draw, found),
        refuted_by="A diagonal without a square would mean that no one place keeps the gender from word to word.",
        control="first-noun",
        bears_on=("held-decoder", "forgotten-decoder"),
    )


def _word(offset: int) -> str:
    return "noun" if offset == 0 else f"{offset:+d}".replace("-", "−")


def _block(one: Generalisation, fit, test) -> float:
    """The mean accuracy of the probes fitted at some offsets where tested at others."""
    offsets = np.array(one.offsets)
    values = np.array(one.matrix, dtype=float)[np.ix_(fit(offsets), test(offsets))]
    return float(np.nanmean(values)) if np.isfinite(values).any() else float("nan")


def _title(found: Sequence[Generalisation]) -> str:
    current = next((one for one in found if one.target == "current"), found[0])
    share = _block(current, lambda at: at >= 1, lambda at: at >= 1)
    how = "is held in one way" if share >= 0.9 else "is held in a way that changes"
    return (
        f"After the second noun the {WHOSE[current.target]} gender {how} in {site_of(current.site)}: a probe fitted "
        f"at one word is right at {100 * share:.0f} % of the other words."
    )


def _widest(found: Sequence[Generalisation]) -> str:
    width = max(np.nanmax(np.array(one.high, dtype=float) - np.array(one.low, dtype=float)) for one in found)
    return f"95 % intervals over nouns stand in the JSON; the widest is {100 * width:.0f} points."


def _draw(found: Sequence[Generalisation]):
    with drawing():
        made, axes = figure(200, 1, len(found), squeeze=False, sharey=True)
        for ax, one in zip(axes[0], found, strict=True):
            low, high = one.offsets[0] - 0.5, one.offsets[-1] + 0.5
            ax.imshow(
                tinted(2 * np.array(one.matrix, dtype=float) - 1, 1),
                extent=(low, high, high, low),
                aspect="auto",
                interpolation="nearest",
            )
            ax.axvline(0, color=INK, linewidth=0.8)
            ax.axhline(0, color=INK, linewidth=0.8)
            ticks = [offset for offset in one.offsets if offset % 4 == 0]
            ax.set_xticks(ticks, [_word(offset) for offset in ticks])
            ax.set_yticks(ticks, [_word(offset) for offset in ticks])
            ax.set_title(WHOSE[one.target].capitalize(), fontsize=11)
            ax.grid(False)
        axes[0, 0].set_ylabel("probe fitted at")
        axes[0, len(found) // 2].set_xlabel("tested at, words from the second noun")
        colour_key(made, 1, ("0 %", "50 %", "100 %"))
    return made
