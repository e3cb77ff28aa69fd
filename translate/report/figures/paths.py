"""By which way does the gender come to the words: the encoder's state, the decoder's, or the word just written?"""

from dataclasses import replace
from functools import partial

from translate.lab.experiments.intervening.paths import PathEffect, Paths, Way
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure
from translate.report.marks import heading, key, share_axis, stacked
from translate.report.style import ACCENT, GRID, PAPER, drawing, figure
from translate.report.tables import Table, cell
from translate.report.words import interval, percent_of

COLOURS = (("follow it", ACCENT), ("follow all the rest", GRID), ("neither", PAPER))
WAYS: dict[Way, str] = {
    "encoder": "the encoder's state",
    "against words": "the encoder's state, against the words up to the noun",
    "words": "the words up to the noun, against the encoder's state",
    "noun": "the noun alone, as it is read",
    "before": "the decoder's state before it reads the noun, against the noun",
    "after": "the decoder's state after it has read the noun",
    "held": "the decoder's state after it has read the noun, against the word that it writes then",
    "agreeing": "the first agreeing word alone, as it is read",
}
CLAUSES = ("first", "second")


def paths(results: Results) -> Figure | None:
    """What the words follow when one thing alone says the other gender."""
    found = results.paths
    if found is None or not found.effects:
        return None
    body = [
        [
            f"{CLAUSES[one.clause]} clause: {WAYS[one.name]}",
            cell(one.turned),
            cell(one.kept),
            cell(one.other),
            cell(one.rest),
            f"{one.turned.n:,} words",
        ]
        for one in found.effects
    ]
    first = found.effects[0]
    return Figure(
        name="paths",
        own_title=_title(found),
        how="One thing alone says the other gender, everything else says the first. Purple: the words follow that one "
        "thing. Whatever turns them all carries the gender; what turns none is not listened to. The black line is the "
        "interval of the purple share.",
        counts=f"{first.sentences:,} minimal pairs with test nouns in the first row: {interval(first.turned)}. The "
        "words after the noun are written freely.",
        data=found,
        table=Table(
            (
                "what says the other gender",
                "follow it",
                "follow the rest",
                "other clause turned",
                "rest unchanged",
                "n",
            ),
            body,
        ),
        draw=partial(_draw, found),
        remark="A decoder that only reads its own last word back would need no memory: the rows that force a word, and "
        "nothing else, test that.",
        refuted_by="If the word just written turned the agreement and the state did not, the decoder would re-read "
        "instead of remember.",
        control="effects",
        bears_on=("used-decoder", "used-encoder"),
    )


def _title(found: Paths) -> str:
    state, word = found.of("after"), found.of("agreeing")
    if state is None:
        return "Which of the ways carries the gender."
    said = f"After the noun the decoder's state alone turns {percent_of(state.turned)} of the words"
    return (
        f"{said}."
        if word is None
        else f"{said}; a word that it has just written, read alone, {percent_of(word.turned)} of the next ones."
    )


def _draw(found: Paths):
    clauses = list(dict.fromkeys(path.clause for path in found.effects))
    panels = [[path for path in found.effects if path.clause == clause] for clause in clauses]
    with drawing():
        heights = [50 + 36 * len(panel) for panel in panels]
        made, axes = figure(sum(heights) + 60, len(panels), squeeze=False, sharex=True, height_ratios=heights)
        for ax, clause, panel in zip(axes[:, 0], clauses, panels, strict=True):
            for row, path in enumerate(panel):
                _bar(ax, row, path)
            ax.set_ylim(len(panel) - 0.4, -0.75)
            ax.set_yticks([])
            ax.grid(False, axis="y")
            heading(ax, f"{CLAUSES[clause].capitalize()} clause")
            share_axis(ax)
        axes[-1, 0].set_xlabel("agreeing words of that clause, after the noun")
        key(made, COLOURS)
    return made


def _bar(ax, row: int, path: PathEffect) -> None:
    """A bar with its long name above it."""
    neither = replace(path.turned, value=max(0.0, 1 - path.turned.value - path.kept.value))
    stacked(ax, row + 0.1, [(path.turned, ACCENT), (path.kept, GRID), (neither, PAPER)], height=0.36)
    ax.text(0, row - 0.16, WAYS[path.name], ha="left", va="bottom", fontsize=10)
