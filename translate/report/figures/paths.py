"""By which way does the gender come to the words: the encoder's state, the decoder's, or the word just written?"""

from dataclasses import replace

from translate.lab.experiments.intervening.paths import Paths
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure, make
from translate.report.names import CLAUSES, WAYS, percent_of
from translate.report.picture.marks import colours, heading, share_axis, stacked
from translate.report.picture.style import ACCENT, GRID, PAPER, Drawn, drawing, figure
from translate.report.tables import Table, cell

COLOURS = {"follow it": ACCENT, "follow all the rest": GRID, "neither": PAPER}


def paths(results: Results) -> Figure | None:
    """What the words follow when one thing alone says the other gender."""
    result = results.paths
    if result is None or not result.effects:
        return None
    body = [
        [
            f"{CLAUSES[effect.clause].lower()}: {WAYS[effect.name]}",
            *map(cell, (effect.turned, effect.kept, effect.other, effect.rest)),
            f"{effect.turned.n:,} words",
        ]
        for effect in result.effects
    ]
    heads = ("what says the other gender", "follow it", "follow the rest", "other clause turned", "rest unchanged", "n")
    return make("paths", result, Table(heads, body), _draw, title=_title(result), first=result.effects[0])


def _title(result: Paths) -> str:
    state, word = result.of("after"), result.of("agreeing")
    if state is None:
        return "Which of the ways carries the gender."
    turned = f"After the noun the decoder's state alone turns {percent_of(state.turned)} of the words"
    if word is None:
        return f"{turned}."
    return f"{turned}; a word that it has just written, read alone, {percent_of(word.turned)} of the next ones."


def _draw(result: Paths) -> Drawn:
    clauses = list(dict.fromkeys(effect.clause for effect in result.effects))
    shown = [[effect for effect in result.effects if effect.clause == clause] for clause in clauses]
    with drawing():
        heights = [50 + 36 * len(effects) for effects in shown]
        drawn, axes = figure(sum(heights) + 60, len(shown), squeeze=False, sharex=True, height_ratios=heights)
        for ax, clause, effects in zip(axes[:, 0], clauses, shown, strict=True):
            for row, effect in enumerate(effects):  # a bar with its long name above it
                neither = replace(effect.turned, value=max(0.0, 1 - effect.turned.value - effect.kept.value))
                shares = zip((effect.turned, effect.kept, neither), COLOURS.values(), strict=True)
                stacked(ax, row + 0.1, list(shares), height=0.36)
                name = ax.text(0, row - 0.16, WAYS[effect.name], ha="left", va="bottom", fontsize=9.5)
                name.set_in_layout(False)  # it may be wider than the bars' axis, and lies over nothing
            ax.set_ylim(len(effects) - 0.4, -0.75)
            ax.set_yticks([])
            ax.grid(False, axis="y")
            heading(ax, CLAUSES[clause])
            share_axis(ax)
        axes[-1, 0].set_xlabel("agreeing words of that clause")
        colours(drawn, COLOURS)
    return drawn
