"""Where is it? Which units carry it, and one pair of sentences seen whole."""

from functools import partial

from translate.lab.experiments.reading.pair import HeatMap
from translate.lab.experiments.reading.units import Units
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure
from translate.report.marks import legend, level, rows
from translate.report.style import COLOUR, GRID, MARK, MUTED, PAPER, drawing, figure
from translate.report.tables import Table, number
from translate.report.tint import colour_key, tinted

MOST = 12  # units shown


def units(results: Results) -> Figure:
    """The best units as chosen on one half of the nouns, and the same units on the other half."""
    found = results.units
    best = found.best
    return Figure(
        name="units",
        claims=("units",),
        own_title="How well single units tell the gender.",
        how="Each row is one unit of the decoder's memory. Hollow: how well it tells the genders of the nouns it was "
        "chosen on; filled: of all other nouns. Hollow and filled together: not chosen by luck.",
        counts=f"Chosen on {found.n_chosen:,} words, shown on {found.n_shown:,}; the best unit's AUC {best.value:.3f} "
        f"({best.low:.3f}–{best.high:.3f}). {found.at_chance} of {len(found.ranked)} units lie between 0.4 and 0.6.",
        data=found,
        table=_units_table(found),
        draw=partial(_draw_units, found),
        remark="A unit that tells the gender need not be used; the exchanges below ask that.",
        control="effects",
    )


def _units_table(found: Units) -> Table:
    rows = [
        [f"unit {u.unit}", f"{u.chosen:.3f}", f"{u.shown:.3f}", f"{u.effect:+.2f}".replace("-", "−")]
        for u in found.ranked[:30]
    ]
    return Table(("the 30 best", "AUC, nouns chosen on", "AUC, other nouns", "Cohen's d, other nouns"), rows)


def _draw_units(found: Units):
    best = found.ranked[:MOST]
    with drawing():
        made, ax = figure(110 + 22 * len(best))
        for row, unit in enumerate(best):
            gender = "f" if unit.chosen > 0.5 else "m"
            chosen, shown = (area if gender == "f" else 1 - area for area in (unit.chosen, unit.shown))
            ax.plot([chosen, shown], [row, row], color=GRID, linewidth=3, zorder=1)
            ax.plot(chosen, row, marker=MARK[gender], markerfacecolor=PAPER, color=COLOUR[gender], linestyle="")
            ax.plot(shown, row, marker=MARK[gender], color=COLOUR[gender], linestyle="")
        for gender, word in (("f", "higher for feminine"), ("m", "higher for masculine")):
            ax.plot([], [], marker=MARK[gender], color=COLOUR[gender], linestyle="", label=word)
        ax.plot([], [], marker="o", markerfacecolor=PAPER, color=MUTED, linestyle="", label="nouns chosen on")
        ax.plot([], [], marker="o", color=MUTED, linestyle="", label="other nouns")
        level(ax, 0.5, upright=True)
        rows(ax, [f"unit {unit.unit}" for unit in best])
        ax.set_xlim(0.4, 1.02)
        ax.set_xlabel("AUC: 0.5 tells nothing, 1 separates the genders fully")
        legend(made, ax, ncols=2)
    return made


def pair(results: Results) -> Figure:
    """Heat maps of the memory for the boy, the girl, and their difference."""
    found = results.pair
    count, share = len(found.order), f"{100 * found.share:.0f} %"
    title = f"The two sentences differ in few units: ten of {count} carry {share} of the difference."
    if found.share < 0.5:
        title = f"The two sentences differ in many units: the ten that differ most carry only {share} of it."
    own = (
        "The model translates both so by itself."
        if found.exact
        else "The model itself translates at least one of them otherwise."
    )
    return Figure(
        name="pair",
        own_title=title,
        how="Columns are the words that the decoder writes, rows its units, sorted by what one standard deviation of "
        "each adds to the reading. Colour is the value in the cell: green above 0, purple below, the stronger the "
        "larger. What is coloured on the right is all that tells girl from boy.",
        counts=f"“{found.source['m']}” and “{found.source['f']}”: one pair of sentences (n = 1), an example without an "
        f"interval. {own}",
        data=found,
        table=_pair_table(found),
        draw=partial(_draw_pair, found),
        refuted_by="A difference spread evenly over all units would mean that no few of them carry the gender.",
        control="units",
    )


def _pair_table(found: HeatMap) -> Table:
    largest = sorted(range(len(found.order)), key=lambda i: -sum(v * v for v in found.difference[i]))[:20]
    rows = [
        [f"unit {found.order[i]}", f"{found.weight[i]:+.3f}".replace("-", "−"), *map(number, found.difference[i])]
        for i in largest
    ]
    return Table(("girl − boy, the 20 largest", "weight", *_both(found)), rows)


def _both(found: HeatMap) -> list[str]:
    return [m if m == f else f"{m}/{f}" for m, f in zip(found.words["m"], found.words["f"], strict=True)]


def _draw_pair(found: HeatMap):
    largest = max((abs(v) for rows in (found.m, found.f, found.difference) for row in rows for v in row), default=1.0)
    panels = (
        ("boy", found.m, found.words["m"]),
        ("girl", found.f, found.words["f"]),
        ("girl − boy", found.difference, _both(found)),
    )
    with drawing():
        made, axes = figure(430, 1, 3, sharey=True)
        for ax, (name, values, words) in zip(axes, panels, strict=True):
            ax.imshow(tinted(values, largest), aspect="auto", interpolation="nearest")
            ax.set_xticks(range(len(words)), words, rotation=90)
            ax.set_title(name)
            ax.grid(False)
            ax.tick_params(length=0)
        axes[0].set_yticks([0, len(found.order) - 1], ["feminine\nweight", "masculine\nweight"])
        axes[0].set_ylabel(f"{len(found.order)} units, sorted by the probe's weight")
        colour_key(made, largest)
    return made
