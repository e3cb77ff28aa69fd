"""How long is it held? The reading far from the noun."""

from collections.abc import Sequence

from translate.lab.experiments.reading.held import FAR, Held
from translate.lab.statistics.estimate import Estimate
from translate.lab.tracing.site import Site
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure, make
from translate.report.names import listed, site_name
from translate.report.picture.marks import CONTROL, DASHED, FINDING, draw_interval, legend, level, percent_axis
from translate.report.picture.style import MUTED, Drawn, drawing, figure
from translate.report.tables import estimates

MARKS = {"dec": FINDING.at(-0.12), "enc": CONTROL.at(0.12)}


def held(results: Results) -> Figure | None:
    """The readout's accuracy by the words since the gender was last told, for both sides."""
    sites = results.held
    if not sites:
        return None
    return make(
        "held",
        sites,
        estimates("gender read rightly", [row for result in sites for row in _rows(result)]),
        _draw,
        sites=listed(f"{{0.site:site}}, {FAR} words and more: {{0.far:interval}}", sites),
        counted_from=sites[0].counted_from,
        method=sites[0].far.method,
    )


def _rows(result: Held) -> list[tuple[str, Estimate]]:
    shares = {f"{away} words after the noun": share for away, share in result.by_distance.items()} | {
        f"{FAR} words and more": result.far,
        f"{FAR} words and more, untrained network": result.untrained,
        "places there whose next word agrees": result.again,
    }
    return [(f"{site_name(result.site)}: {name}", share) for name, share in shares.items()]


def _draw(sites: Sequence[Held]) -> Drawn:
    last = max(int(away) for result in sites for away in result.by_distance)
    dashes = {"linestyle": DASHED, "linewidth": 1.2}
    with drawing():
        drawn, ax = figure(270)
        for result in sites:
            mark, name = MARKS[Site(result.site).side], site_name(result.site)
            for number, (away, share) in enumerate(result.by_distance.items()):
                draw_interval(ax, share, int(away), mark, upright=True, label=None if number else name)
            if result.untrained.n:
                ax.plot([FAR - 0.5, last + 0.5], [result.untrained.value] * 2, color=mark.colour, **dashes)
        ax.plot([], [], color=MUTED, label="untrained network", **dashes)
        level(ax, 0.5)
        ticks = range(0, last + 1, 2)
        ax.set_xticks(ticks, [f"{at}+" if at == last else str(at) for at in ticks])
        shares = [share for result in sites for share in (*result.by_distance.values(), result.untrained) if share.n]
        ax.set_ylim(max(0, min(0.45, *(share.low for share in shares)) - 0.03), 1.03)
        percent_axis(ax.yaxis)
        ax.set_ylabel("words read rightly")
        ax.set_xlabel(f"words since {sites[0].counted_from}")
        legend(drawn, ax, 2)
    return drawn
