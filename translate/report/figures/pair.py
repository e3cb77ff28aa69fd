"""What differs between the boy and the girl? One pair of sentences seen whole."""

from translate.lab.experiments.reading.pair import HeatMap
from translate.lab.verdicts.results import Results
from translate.numerals import number, percent, signed
from translate.report.figure import Figure, make
from translate.report.picture.style import Drawn, drawing, figure
from translate.report.picture.tint import colour_key, tinted
from translate.report.tables import Table

MOST_IN_TABLE = 20


def pair(results: Results) -> Figure:
    """Heat maps of the memory for the boy, the girl, and their difference."""
    result = results.pair
    share = percent(result.share, 0)
    title = f"The two sentences differ in few units: ten of {len(result.order)} carry {share} of the difference."
    if result.share < 0.5:
        title = f"The two sentences differ in many units: the ten that differ most carry only {share} of it."
    own = "The model translates both so by itself."
    if not result.exact:
        own = "The model itself translates at least one of them otherwise."
    return make("pair", result, _table(result), _draw, result=result, title=title, own=own)


def _table(result: HeatMap) -> Table:
    rows = range(len(result.order))
    largest = sorted(rows, key=lambda row: -sum(value * value for value in result.difference[row]))[:MOST_IN_TABLE]
    body = [
        [f"unit {result.order[row]}", signed(result.weight[row], 3), *map(number, result.difference[row])]
        for row in largest
    ]
    return Table((f"girl − boy, the {MOST_IN_TABLE} largest", "weight", *_both(result)), body)


def _words(result: HeatMap, gender: str) -> list[str]:
    """What the decoder writes, its last sign in words."""
    return [*result.words[gender][:-1], "(end)"]


def _both(result: HeatMap) -> list[str]:
    """What the decoder writes about the boy and the girl, each word once where it is the same."""
    words = zip(_words(result, "m"), _words(result, "f"), strict=True)
    return [boy if boy == girl else f"{boy}/{girl}" for boy, girl in words]


def _draw(result: HeatMap) -> Drawn:
    panels = (
        ("boy", result.m, _words(result, "m")),
        ("girl", result.f, _words(result, "f")),
        ("girl − boy", result.difference, _both(result)),
    )
    largest = max((abs(value) for _, values, _ in panels for row in values for value in row), default=1.0)
    with drawing():
        drawn, axes = figure(430, 1, 3, sharey=True)
        for ax, (name, values, words) in zip(axes, panels, strict=True):
            ax.imshow(tinted(values, largest), aspect="auto", interpolation="nearest")
            ax.set_xticks(range(len(words)), words, rotation=90)
            ax.set_title(name)
            ax.grid(False)
            ax.tick_params(length=0)
        axes[0].set_yticks([0, len(result.order) - 1], ["feminine\nweight", "masculine\nweight"])
        axes[0].set_ylabel(f"{len(result.order)} units, sorted by the probe's weight")
        colour_key(drawn, largest)
    return drawn
