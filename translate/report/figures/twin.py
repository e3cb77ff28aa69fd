"""What does a model show that never had to agree? The neutral twin beside the model."""

from collections.abc import Sequence
from functools import partial

from translate.lab.statistics.estimate import Estimate
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure
from translate.report.marks import draw_interval, legend, level, rows, share_axis
from translate.report.style import ACCENT, INK, PAPER, drawing, figure
from translate.report.tables import Table, cells
from translate.report.words import SITES, interval, percent_of, site_name

Row = tuple[str, Estimate, Estimate]
"""What was asked, the model's answer, and the twin's."""


def twin(results: Results) -> Figure | None:
    """Probes, selectivity and whole-state exchanges of both."""
    other = results.twin
    if other is None:
        return None
    found = _rows(results)
    memory, model, neutral = found[0]
    title = f"In a twin that never had to agree a probe is right at {percent_of(neutral)} of the words (the model: {percent_of(model)})."
    return Figure(
        name="twin",
        own_title=title,
        how="Diamonds: the model. Circles: its neutral twin, the same recipe trained on a Czech in which every word "
        "that would agree is masculine. What the twin shows as well is there for another reason than agreement: a noun "
        "that is known, not a gender that is kept for use. The line: guessing, for the probes.",
        counts=f"Twin: model {other.model}, training seed {other.training_seed}. {memory}: {interval(model)}; twin "
        f"{interval(neutral)}.",
        data={"twin": other, "rows": [{"what": what, "model": ours, "twin": its} for what, ours, its in found]},
        table=Table(
            ("what", "model", "95 % interval", "n", "twin", "95 % interval", "n"),
            [[what, *cells(ours), *cells(its)] for what, ours, its in found],
        ),
        draw=partial(_draw, found),
        remark="The twin's Czech has no feminine form of any agreeing word, so no word can turn there, whatever is "
        "exchanged: that row checks the counting. That the rest of its sentences stays says that an exchange as such "
        "breaks nothing.",
        refuted_by="A twin whose probe reads as well as the model's would mean that reading alone says nothing of "
        "agreement.",
        control="controls",
        bears_on=("stored-decoder", "stored-encoder"),
    )


def _rows(results: Results) -> list[Row]:
    other = results.twin
    found = [
        (f"{site_name(reading.site)}: probe, unseen nouns", reading.probe, other.probes[reading.site])
        for reading in results.readings
        if reading.site in other.probes
    ]
    its = {one.site: one.selectivity for one in other.selectivity}
    found += [
        (f"{site_name(one.site)}: selectivity", one.selectivity, its[one.site])
        for one in results.selectivity
        if one.site in its
    ]
    for side, effects in (("dec", results.effects), ("enc", results.encoder_effects)):
        if effects and side in other.effects:
            ours, its = effects[0], other.effects[side]
            found.append((f"{SITES[side]}: state exchanged, words that turn", ours.flipped, its.flipped))
            found.append((f"{SITES[side]}: state exchanged, rest unchanged", ours.rest, its.rest))
    return found


def _draw(found: Sequence[Row]):
    with drawing():
        made, ax = figure(80 + 34 * len(found))
        for row, (_, ours, its) in enumerate(found):
            draw_interval(ax, ours, row - 0.14, ACCENT, "D", horizontal=True)
            draw_interval(ax, its, row + 0.14, INK, "o", horizontal=True, filled=False)
        rows(
            ax,
            [
                what.replace(": ", ":\n", 1).replace("cell state ", "").replace("hidden state ", "")
                for what, _, _ in found
            ],
        )
        level(ax, 0.5, upright=True)
        share_axis(ax)
        ax.plot([], [], marker="D", color=ACCENT, linestyle="", label="the model")
        ax.plot([], [], marker="o", color=INK, markerfacecolor=PAPER, linestyle="", label="its neutral twin")
        legend(made, ax, ncols=2)
    return made
