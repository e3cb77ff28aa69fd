"""What is left of the agreement when the gender is taken out of the state?"""

from collections.abc import Sequence
from functools import partial

from translate.lab.experiments.intervening.erasure import Erasure
from translate.lab.statistics.estimate import Estimate
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure
from translate.report.marks import draw_interval, heading, legend, level, rows, share_axis
from translate.report.style import ACCENT, INK, PAPER, drawing, figure
from translate.report.tables import Table, cells
from translate.report.words import interval, percent_of


def erasure(results: Results) -> Figure | None:
    """Agreement after LEACE, and what a probe fitted anew then reads."""
    found = results.erasure
    if not found:
        return None
    first = found[0]
    left = "half of them is chance" if first.after.low <= 0.5 <= first.after.high else "half of them would be chance"
    body = [
        [f"{_sites(one)}: {name}", *cells(share)]
        for one in found
        for name, share in [*_agreement(one), *_beside(one), *_probed(one)]
        if share is not None
    ]
    return Figure(
        name="erasure",
        own_title=f"With the gender taken out of {_sites(first)}, {percent_of(first.after)} of the clause's words "
        f"still agree ({left}).",
        how="LEACE takes out of a state all that a straight line can read of the gender, from the noun to the clause's "
        "last agreeing word. Diamonds at 50 %: nothing tells the gender any more. Circles: a random direction is "
        "taken out instead, which should do nothing. Below: what a new probe reads when it is taken out at a single "
        "word.",
        counts=f"{first.sentences:,} sentences with test nouns; before {interval(first.before)}, after "
        f"{interval(first.after)}; of the rest's words {interval(first.rest_words)} stay; random "
        f"direction {interval(first.random)}, {interval(first.random_rest_words)}.",
        data=found,
        table=Table(("what is right", "value", "95 % interval", "n"), body),
        draw=partial(_draw, found),
        remark="What returns a word later was held where nothing was erased: h carries what c held.",
        refuted_by="Agreement that stays would mean that the words do not come from here; random directions that "
        "break it as well would mean that any damage does.",
        control="effects",
        bears_on=("used-decoder",),
    )


def _sites(found: Erasure) -> str:
    return " and ".join(site.split(".")[-1] for site in found.sites)


def _agreement(found: Erasure) -> list[tuple[str, Estimate]]:
    return [
        ("agreement before", found.before),
        ("agreement after", found.after),
        ("agreement, erased at one word alone", found.once),
        ("agreement, random direction", found.random),
    ]


def _beside(found: Erasure) -> list[tuple[str, Estimate | None]]:
    return [
        ("other clause turned", found.other),
        ("words of the rest unchanged", found.rest_words),
        ("words of the rest unchanged, random direction", found.random_rest_words),
        ("sentences whose rest is unchanged", found.rest),
        ("sentences whose rest is unchanged, random direction", found.random_rest),
    ]


def _probed(found: Erasure) -> list[tuple[str, Estimate]]:
    return [
        ("nothing erased", found.probed.plain),
        ("at the erased word", found.probed.erased),
        ("one word later", found.probed.later),
    ]


def _draw(found: Sequence[Erasure]):
    first = found[0]
    names = ["nothing"] + [name for one in found for name in (_sites(one), f"{_sites(one)}, one word alone")]
    with drawing():
        heights = [44 + 22 * len(names), 44 + 22 * 3]
        made, (above, below) = figure(sum(heights) + 60, 2, sharex=True, height_ratios=heights)
        draw_interval(above, first.before, 0, ACCENT, "D", horizontal=True)
        for number, one in enumerate(found):
            row = 1 + 2 * number
            draw_interval(above, one.after, row - 0.12, ACCENT, "D", horizontal=True)
            draw_interval(above, one.random, row + 0.18, INK, "o", horizontal=True, filled=False)
            draw_interval(above, one.once, row + 1, ACCENT, "D", horizontal=True)
        rows(above, names)
        heading(above, "Agreeing words that are right, by what is erased")
        for row, (_, share) in enumerate(_probed(first)):
            draw_interval(below, share, row, ACCENT, "D", horizontal=True)
        rows(below, [name for name, _ in _probed(first)])
        heading(below, f"A new probe on {first.sites[0].split('.')[-1]}, sentences read rightly")
        for ax in (above, below):
            level(ax, 0.5, upright=True)
            share_axis(ax)
        above.plot([], [], marker="D", color=ACCENT, linestyle="", label="measured")
        above.plot([], [], marker="o", color=INK, markerfacecolor=PAPER, linestyle="", label="random direction instead")
        legend(made, above, ncols=2)
    return made
