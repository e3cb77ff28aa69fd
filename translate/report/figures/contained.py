"""Is it contained in its clause? What else changes when a gender is exchanged."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from translate.lab.experiments.intervening.parts import Effect
from translate.lab.statistics.estimate import Estimate
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure
from translate.report.figures.used import panels
from translate.report.marks import draw_interval, heading, legend, percent_axis, rows
from translate.report.style import ACCENT, INK, PAPER, drawing, figure
from translate.report.tables import Table, cell
from translate.report.words import interval, part_name


def contained(results: Results) -> Figure | None:
    """What each transplant turned in the other clause, and how often anything else changed."""
    found = {"decoder": results.effects, "encoder": results.encoder_effects}
    shown = [(title, [e for e in effects if e.other is not None]) for title, effects in panels(found)]
    shown = [(title, effects) for title, effects in shown if effects]
    if not shown:
        return None
    first = shown[0][1][0]
    body = [
        [f"{title}; {part_name(e.part)}", cell(e.other), cell(_changed(e)), f"{e.other.n:,}", f"{e.sentences:,}"]
        for title, effects in shown
        for e in effects
    ]
    return Figure(
        name="contained",
        claims=("contained-decoder", "contained-encoder"),
        own_title="What turns in the other clause.",
        how="The same exchanges as above, but now what they should leave alone. Circles: agreeing words of the other "
        "clause that turn. Diamonds: sentences in which any other word changes. All should lie at 0 %.",
        counts=f"Whole state: {interval(first.other)} of the other clause turn; the rest of the sentence is unchanged "
        f"in {interval(first.rest)}.",
        data=[(title, effects) for title, effects in shown],
        table=Table(("where; part", "other clause turned", "rest changed", "words", "sentences"), body),
        draw=partial(_draw, shown),
        remark="An exchange that turns nothing at all leaves the other clause alone too: read this beside the figure "
        "above.",
        control="effects",
    )


def _changed(effect: Effect) -> Estimate:
    """The share of sentences in which the rest did change."""
    rest = effect.rest
    return replace(rest, value=1 - rest.value, low=1 - rest.high, high=1 - rest.low)


def _draw(shown: list[tuple[str, Sequence[Effect]]]):
    with drawing():
        heights = [44 + 21 * len(effects) for _, effects in shown]
        made, axes = figure(sum(heights) + 70, len(shown), squeeze=False, sharex=True, height_ratios=heights)
        for ax, (title, effects) in zip(axes[:, 0], shown, strict=True):
            for row, effect in enumerate(effects):
                draw_interval(ax, effect.other, row - 0.15, INK, "o", horizontal=True, filled=False)
                draw_interval(ax, _changed(effect), row + 0.15, ACCENT, "D", horizontal=True)
            rows(ax, [part_name(effect.part) for effect in effects])
            heading(ax, title)
            highest = max(max(e.other.high, _changed(e).high) for _, effects in shown for e in effects)
            ax.set_xlim(-0.02, max(0.22, min(1.02, highest + 0.02)))
            percent_axis(ax.xaxis)
        axes[-1, 0].set_xlabel("share that turns, or changes")
        axes[0, 0].plot(
            [], [], marker="o", color=INK, markerfacecolor=PAPER, linestyle="", label="other clause's agreeing words"
        )
        axes[0, 0].plot([], [], marker="D", color=ACCENT, linestyle="", label="any other word")
        legend(made, axes[0, 0], ncols=2)
    return made
