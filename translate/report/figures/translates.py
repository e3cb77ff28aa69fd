"""Does it translate? Without that there is nothing to explain."""

from functools import partial

from translate.lab.experiments.reading.accuracy import Accuracy
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure
from translate.report.marks import draw_interval, heading, lowest, percent_axis, rows
from translate.report.style import ACCENT, drawing, figure
from translate.report.tables import estimates
from translate.report.words import EXAMPLES, interval

FEW = 20  # fewer words than that are no bar in a figure


def accuracy(results: Results) -> Figure:
    """Agreement of the model's own translations, by construction and by distance."""
    found = results.accuracy
    return Figure(
        name="accuracy",
        claims=("agreement",),
        own_title="How often the agreeing words have their noun's gender.",
        how="Each mark is the share of Czech words that take the gender of their noun; the line through it is the "
        "interval. Further right, or higher, is better.",
        counts=f"Agreement {interval(found.agreement)}; whole sentences exact {interval(found.exact)}. Distances come "
        "from a suite that fills each of them evenly.",
        data=found,
        table=_table(found),
        draw=partial(_draw, found),
    )


def _table(found: Accuracy):
    shares = {"all new sentences": found.agreement, "sentences exact": found.exact}
    groups = {
        "suite": found.by_suite,
        "construction": found.by_construction,
        "distance": found.by_distance,
        "switch": found.by_switch,
    }
    for what, group in groups.items():
        shares |= {f"{what}: {EXAMPLES.get(name, name)}": share for name, share in group.items()}
    return estimates("agreement", shares)


def _draw(found: Accuracy):
    # A construction that hardly occurs stands in the table; here its wide interval would flatten all others.
    names = [name for name, share in found.by_construction.items() if share.n >= FEW]
    with drawing():
        heights = [46 + 21 * len(names), 190]
        made, (above, below) = figure(sum(heights) + 20, 2, height_ratios=heights)
        for row, name in enumerate(names):
            draw_interval(above, found.by_construction[name], row, ACCENT, "D", horizontal=True)
        rows(above, [EXAMPLES.get(name, name) for name in names])
        low = lowest(found.by_construction[name] for name in names)
        above.set_xlim(low, 1 + (1 - low) / 40)
        percent_axis(above.xaxis)
        heading(above, "By construction")
        for column, name in enumerate(found.by_distance):
            draw_interval(below, found.by_distance[name], column, ACCENT, "D")
        few = len(found.by_distance) > 12
        below.set_xticks(
            range(len(found.by_distance)), [d if not few or i % 2 == 0 else "" for i, d in enumerate(found.by_distance)]
        )
        low = lowest(found.by_distance.values())
        below.set_ylim(low, 1 + (1 - low) / 20)
        percent_axis(below.yaxis)
        heading(below, "By distance")
        below.set_xlabel("words from the noun to the agreeing word")
    return made
