"""Is it used? What happens to the words when the state is exchanged."""

from collections.abc import Sequence
from functools import partial

from translate.lab.experiments.intervening.parts import Effect
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure
from translate.report.marks import draw_interval, heading, rows, share_axis
from translate.report.style import ACCENT, drawing, figure
from translate.report.tables import Table, cell
from translate.report.words import MOMENTS, interval, part_name

CLAUSES = ("First", "Second")


def effects(results: Results) -> Figure | None:
    """What each transplant turned in its own clause, for the decoder and the encoder."""
    found = {"decoder": results.effects, "encoder": results.encoder_effects}
    if not any(found.values()):
        return None
    first = next(iter(results.effects or results.encoder_effects))
    draws = max(e.draws for effects in found.values() for e in effects)
    return Figure(
        name="effects",
        claims=("used-decoder", "used-encoder"),
        own_title="What turns when a part of the state is exchanged.",
        how="A part of the state is replaced by that of the same sentence about the other gender, and the decoder then "
        "writes on freely. Each mark says how many of the words that agree with that noun turn to the other gender. "
        "Random units should turn none.",
        counts=f"{first.flipped.n:,} agreeing words in {first.sentences:,} sentences with test nouns in the first "
        f"panel; random units: mean of {draws} draws. Whole state: {interval(first.flipped)}.",
        data=found,
        table=_table(found),
        draw=partial(_draw, found),
        remark="A transplanted state is one that the model could have had itself; single units from another run may "
        "never occur together.",
        control="contained",
    )


def panels(found: dict[str, Sequence[Effect]]) -> list[tuple[str, list[Effect]]]:
    """The effects of one side, clause and moment together, with a title."""
    out = []
    for side, effects in found.items():
        for clause, moment in dict.fromkeys((e.clause, e.moment) for e in effects):
            name = f"{CLAUSES[clause]} clause, {MOMENTS[moment]}"
            name = f"Encoder: {name[0].lower()}{name[1:]}" if side == "encoder" else name
            out.append((name, [e for e in effects if (e.clause, e.moment) == (clause, moment)]))
    return out


def _table(found: dict[str, Sequence[Effect]]) -> Table:
    body = [
        [
            f"{title}; {part_name(e.part)}",
            cell(e.flipped),
            cell(e.other),
            cell(e.rest),
            f"{e.flipped.n:,}",
            f"{e.sentences:,}",
        ]
        for title, effects in panels(found)
        for e in effects
    ]
    return Table(
        ("where; part", "turned in the clause", "turned in the other", "rest unchanged", "words", "sentences"), body
    )


def _draw(found: dict[str, Sequence[Effect]]):
    shown = panels(found)
    with drawing():
        heights = [44 + 19 * len(effects) for _, effects in shown]
        made, axes = figure(sum(heights) + 40, len(shown), squeeze=False, sharex=True, height_ratios=heights)
        for ax, (title, effects) in zip(axes[:, 0], shown, strict=True):
            for row, effect in enumerate(effects):
                draw_interval(ax, effect.flipped, row, ACCENT, "D", horizontal=True)
            rows(ax, [part_name(effect.part) for effect in effects])
            heading(ax, title)
            share_axis(ax)
        axes[-1, 0].set_xlabel("agreeing words of that clause that turn")
    return made
