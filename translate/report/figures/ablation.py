"""Are single units needed? The best ones are silenced over their clause."""

from functools import partial

from translate.lab.experiments.intervening.ablation import KINDS, Ablations
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure
from translate.report.marks import draw_interval, heading, legend, rows, share_axis
from translate.report.style import ACCENT, INK, PAPER, drawing, figure
from translate.report.tables import Table, cells
from translate.report.words import interval, percent_of

WAYS = {"zero": "set to 0", "mean": "set to their mean", "resample": "set to another sentence's"}


def ablation(results: Results) -> Figure | None:
    """Agreement with the best units silenced in three ways, against random units; and the best ones in pairs."""
    found = results.ablation
    if not found:
        return None
    most = max(one.count for one in found.sets if not one.is_random)
    best, random = found.of("resample", most), found.of("resample", most, random=True)
    body = [
        [f"{_units(one.count, one.is_random)} {WAYS[one.kind]}: {name}", *cells(share)]
        for one in found.sets
        for name, share in (
            ("agreement", one.agreement),
            ("other clause turned", one.other),
            ("rest unchanged", one.rest),
        )
        if share is not None
    ]
    for pair in found.pairs:
        names = f"units {pair.units[0]} and {pair.units[1]} set to 0"
        lost = (
            f"lost with {pair.units[0]} alone",
            f"lost with {pair.units[1]} alone",
            "lost with both",
            "beyond the sum",
        )
        body += [
            [f"{names}: {name}", *cells(share)]
            for name, share in zip(lost, (*pair.single, pair.both, pair.beyond), strict=True)
        ]
    return Figure(
        name="ablation",
        own_title=f"With the {most} best units silenced {percent_of(best.agreement)} of the clause's words still "
        f"agree, with {most} random ones {percent_of(random.agreement)}.",
        how="Units of the memory are silenced from the noun to the clause's last agreeing word, in three ways. "
        "Diamonds: the best units, chosen on other nouns; circles: as many random ones. Below: what is lost with "
        "either of two units, and with both; if both lose more than the sum, one stands in for the other.",
        counts=f"{found.sentences:,} sentences with test nouns; best {interval(best.agreement)}; random "
        f"{interval(random.agreement)}, mean of {random.draws} draws.",
        data=found,
        table=Table(("silenced", "value", "95 % interval", "n"), body),
        draw=partial(_draw, found),
        remark="A unit at 0 may hold a value that it never has; one with another sentence's value stays natural.",
        refuted_by="Random units that break the agreement as much would mean that any damage does.",
        control="effects",
        bears_on=("used-decoder",),
    )


def _units(count: int, random: bool) -> str:
    kind = "random" if random else "best"
    return f"{count} {kind} unit" if count == 1 else f"{count} {kind} units"


def _draw(found: Ablations):
    counts = sorted({one.count for one in found.sets if not one.is_random})
    panels = [kind for kind in KINDS if found.of(kind, counts[0])]
    with drawing():
        heights = [44 + 22 * len(counts)] * len(panels) + ([44 + 22 * len(found.pairs)] if found.pairs else [])
        made, axes = figure(sum(heights) + 60, len(heights), squeeze=False, height_ratios=heights)
        for ax, kind in zip(axes[:, 0], panels, strict=False):
            for row, count in enumerate(counts):
                for random, shift, colour, mark in ((False, -0.14, ACCENT, "D"), (True, 0.16, INK, "o")):
                    one = found.of(kind, count, random)
                    if one is not None:
                        draw_interval(ax, one.agreement, row + shift, colour, mark, horizontal=True, filled=not random)
            rows(ax, [_units(count, False).replace(" best", "") for count in counts])
            heading(ax, f"Words that still agree, units {WAYS[kind]}")
            share_axis(ax)
        if found.pairs:
            _draw_pairs(axes[-1, 0], found)
        axes[0, 0].plot([], [], marker="D", color=ACCENT, linestyle="", label="best units")
        axes[0, 0].plot([], [], marker="o", color=INK, markerfacecolor=PAPER, linestyle="", label="random units")
        legend(made, axes[0, 0], ncols=2)
    return made


def _draw_pairs(ax, found: Ablations) -> None:
    for row, pair in enumerate(found.pairs):
        for share, shift in zip(pair.single, (-0.2, 0.0), strict=True):
            draw_interval(ax, share, row + shift, INK, "^", horizontal=True)
        draw_interval(ax, pair.both, row + 0.2, ACCENT, "D", horizontal=True)
    rows(ax, [f"{pair.units[0]} and {pair.units[1]}" for pair in found.pairs])
    heading(ax, "Words lost: ▲ each unit alone, ◆ both")
    share_axis(ax)
