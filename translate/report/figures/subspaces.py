"""Is a direction enough? Exchanges inside small subspaces of the memory."""

from collections.abc import Sequence
from functools import partial

from translate.lab.experiments.intervening.subspace import Subspaces
from translate.lab.statistics.estimate import Estimate
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure
from translate.report.marks import draw_interval, heading, legend, rows, share_axis
from translate.report.style import ACCENT, INK, PAPER, drawing, figure
from translate.report.tables import Table, cells
from translate.report.words import capital, interval, site_name, site_of

Row = tuple[str, Estimate, str]
"""What was exchanged, how much turned, and whether it is the "finding" or a "control"."""


def subspaces(results: Results) -> Figure | None:
    """What exchanging trained subspaces turns on nouns that they were not trained on, against their nulls."""
    found = [one for one in results.subspaces if one is not None and one.bases]
    if not found:
        return None
    first = found[0]
    good = [one for one in first.bases if one.iia.value >= 0.95]
    best = good[0] if good else max(first.bases, key=lambda one: one.iia.value)
    directions = "one direction" if best.rank == 1 else f"{best.rank} directions"
    only = "only " if best.iia.value < 0.95 else ""
    body = [
        [f"{site_name(one.site)}: {name}", *cells(share), kind]
        for one in found
        for name, share, kind in _rows(one) + _forced(one)
    ]
    return Figure(
        name="subspaces",
        own_title=f"Exchanging {directions} of {site_of(first.site)} turns {only}{best.iia.percent()} of the agreeing "
        "words of nouns that it was not trained on.",
        how="Only what lies along a few trained directions is exchanged, the rest of the state stays. Diamonds should "
        "lie as far right as the whole site, circles at 0 %. The last panel is the same under teacher forcing, where "
        "an untrained network can be asked too.",
        counts=f"{first.tested:,} minimal pairs with held-out nouns, trained on {first.trained:,} others; rank "
        f"{best.rank}: {interval(best.iia)}; random: {interval(best.random)}.",
        data=found,
        table=Table(("exchanged", "value", "95 % interval", "n", "role"), body),
        draw=partial(_draw, found),
        remark="A trained direction could make an effect out of a difference that does nothing. The dormant part, "
        "along which the two sentences do not differ, should therefore turn nothing.",
        refuted_by="Random directions, the dormant part or an untrained network that turn as many words would mean "
        "that the training made the effect.",
        control="effects",
        bears_on=("used-decoder",),
    )


def _rank(rank: int) -> str:
    return "1 direction" if rank == 1 else f"{rank} directions"


def _rows(found: Subspaces) -> list[Row]:
    """All exchanges on free-running output."""
    shown = [("whole site", found.whole.iia, "finding")]
    shown += [(f"trained, {_rank(one.rank)}", one.iia, "finding") for one in found.bases]
    shown += [
        ("the probe's direction", found.readout.iia, "finding"),
        ("difference of means", found.difference_of_means.iia, "finding"),
    ]
    shown += [(f"random, {_rank(one.rank)}", one.random, "control") for one in found.bases]
    shown += [(f"dormant part, {_rank(one.rank)}", one.dormant, "control") for one in found.bases]
    return shown


def _forced(found: Subspaces) -> list[Row]:
    """The first agreeing word under teacher forcing."""
    one = found.bases[0]
    return [
        (f"trained, {_rank(one.rank)}", one.forced, "finding"),
        ("untrained network", found.untrained, "control"),
        ("untrained, whole site", found.untrained_whole, "control"),
    ]


def _draw(found: Sequence[Subspaces]):
    panels = [(site_name(one.site), _rows(one)) for one in found]
    panels.append(("First agreeing word, teacher forcing", _forced(found[0])))
    with drawing():
        heights = [44 + 20 * len(shown) for _, shown in panels]
        made, axes = figure(sum(heights) + 60, len(panels), squeeze=False, sharex=True, height_ratios=heights)
        for ax, (title, shown) in zip(axes[:, 0], panels, strict=True):
            for row, (_, share, kind) in enumerate(shown):
                finding = kind == "finding"
                draw_interval(
                    ax, share, row, ACCENT if finding else INK, "D" if finding else "o", horizontal=True, filled=finding
                )
            rows(ax, [name for name, _, _ in shown])
            heading(ax, capital(title))
            share_axis(ax)
        axes[-1, 0].set_xlabel("agreeing words that take the other gender")
        axes[0, 0].plot([], [], marker="D", color=ACCENT, linestyle="", label="should turn them")
        axes[0, 0].plot([], [], marker="o", color=INK, markerfacecolor=PAPER, linestyle="", label="control, should not")
        legend(made, axes[0, 0], ncols=2)
    return made
