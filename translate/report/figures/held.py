"""How long is it held? The reading far from the noun."""

from functools import partial

from translate.lab.experiments.reading.held import FAR, Held
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure
from translate.report.marks import draw_interval, legend, level, percent_axis
from translate.report.style import ACCENT, INK, MUTED, PAPER, drawing, figure
from translate.report.tables import estimates
from translate.report.words import interval, site_name

SHOWN = (("dec", ACCENT, "D", -0.12, True), ("enc", INK, "o", 0.12, False))


def held(results: Results) -> Figure | None:
    """The readout's accuracy by the words since the noun, for both sides."""
    found = results.held
    if not found:
        return None
    shares = {}
    for one in found:
        shares |= {
            f"{site_name(one.site)}: {away} words after the noun": share for away, share in one.by_distance.items()
        }
        shares |= {
            f"{site_name(one.site)}: {FAR} words and more": one.far,
            f"{site_name(one.site)}: {FAR} words and more, untrained network": one.untrained,
            f"{site_name(one.site)}: words there that agree themselves": one.again,
        }
    return Figure(
        name="held",
        claims=("held-decoder", "held-encoder"),
        own_title="How far from its noun the gender can be read.",
        how="One straight line through the state, fitted once over all words. Its answers are sorted by how many words "
        "ago the noun came. A memory that leaks would sink to the right, towards 50 %, which is guessing; the dashed "
        "line is an untrained network's.",
        counts="; ".join(f"{site_name(one.site)}, {FAR} words and more: {interval(one.far)}" for one in found)
        + f"; {found[0].far.method}.",
        data=found,
        table=estimates("gender read rightly", shares),
        draw=partial(_draw, found),
        remark="Words that agree with the noun tell the gender again on the way, so that a late word need not rest on "
        "the noun alone.",
    )


def _draw(found: tuple[Held, ...]):
    with drawing():
        made, ax = figure(270)
        for side, colour, mark, shift, filled in SHOWN:
            for one in (one for one in found if one.site.startswith(side)):
                for number, (away, share) in enumerate(one.by_distance.items()):
                    label = site_name(one.site) if number == 0 else None
                    draw_interval(ax, share, int(away) + shift, colour, mark, label=label, filled=filled)
                ax.plot(
                    [FAR - 0.5, _last(found) + 0.5],
                    [one.untrained.value] * 2,
                    color=colour,
                    linestyle=(0, (2, 1.6)),
                    linewidth=1.2,
                )
        ax.plot(
            [],
            [],
            color=MUTED,
            linestyle=(0, (2, 1.6)),
            linewidth=1.2,
            label="untrained network",
            markerfacecolor=PAPER,
        )
        level(ax, 0.5)
        last = _last(found)
        ax.set_xticks(range(0, last + 1, 2), [f"{at}+" if at == last else str(at) for at in range(0, last + 1, 2)])
        low = min(
            0.45, *(share.low for one in found for share in [*one.by_distance.values(), one.untrained] if share.n)
        )
        ax.set_ylim(max(0, low - 0.03), 1.03)
        percent_axis(ax.yaxis)
        ax.set_ylabel("words read rightly")
        ax.set_xlabel("words since the noun whose gender counts")
        legend(made, ax, ncols=2)
    return made


def _last(found: tuple[Held, ...]) -> int:
    return max(int(away) for one in found for away in one.by_distance)
