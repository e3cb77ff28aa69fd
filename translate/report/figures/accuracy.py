"""Does it translate? Without that there is nothing to explain."""

from translate.lab.experiments.reading.accuracy import Accuracy
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure, make
from translate.report.names import EXAMPLES, genders
from translate.report.picture.marks import FINDING, Panel, draw_interval, heading, lowest, percent_axis
from translate.report.picture.style import Drawn, drawing, figure
from translate.report.tables import estimates

FEW = 20  # fewer words than that are no mark in the figure


def accuracy(results: Results) -> Figure:
    """Agreement of the model's own translations, by construction and by distance."""
    result = results.accuracy
    groups = {
        "suite": result.by_suite,
        "construction": result.by_construction,
        "distance": result.by_distance,
        "switch": {genders(kind): share for kind, share in result.by_switch.items()},
    }
    shares = {"all new sentences": result.agreement, "sentences exact": result.exact}
    for what, group in groups.items():
        shares |= {f"{what}: {EXAMPLES.get(name, name)}": share for name, share in group.items()}
    return make("accuracy", result, estimates("agreement", shares), _draw, result=result)


def _draw(result: Accuracy) -> Drawn:
    # A construction that hardly occurs stands in the table; here its wide interval would flatten all others.
    known = {name: share for name, share in result.by_construction.items() if share.n >= FEW}
    low = lowest(known.values())
    panel = Panel(
        "By construction",
        [(EXAMPLES.get(name, name), [(share, FINDING)]) for name, share in known.items()],
        low=low,
        high=1 + (1 - low) / 40,
    )
    with drawing():
        heights = [46 + 21 * len(known), 190]
        drawn, (above, below) = figure(sum(heights) + 20, 2, height_ratios=heights)
        panel.draw(above)
        for column, share in enumerate(result.by_distance.values()):
            draw_interval(below, share, column, FINDING, upright=True)
        every = 2 if len(result.by_distance) > 12 else 1
        names = [name if column % every == 0 else "" for column, name in enumerate(result.by_distance)]
        below.set_xticks(range(len(names)), names)
        low = lowest(result.by_distance.values())
        below.set_ylim(low, 1 + (1 - low) / 20)
        percent_axis(below.yaxis)
        heading(below, "By distance")
        below.set_xlabel("words from the noun to the agreeing word")
    return drawn
