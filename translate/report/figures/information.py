"""Does the probe read a gender, and how much of it? Selectivity, usable information and the online code."""

from collections.abc import Sequence
from functools import partial

from translate.lab.experiments.reading.information import UsableInformation
from translate.lab.experiments.reading.online_code import OnlineCode
from translate.lab.experiments.reading.selectivity import Selectivity
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure
from translate.report.marks import draw_interval, heading, legend, level, percent_axis, rows
from translate.report.style import ACCENT, INK, MUTED, drawing, figure
from translate.report.tables import estimates
from translate.report.words import interval, percent_of, site_name, site_of

STORED = ("stored-decoder", "stored-encoder")


def selectivity(results: Results) -> Figure | None:
    """The probe against the same probe for labels that were given to the nouns by lot."""
    found = results.selectivity
    if not found:
        return None
    first = found[0]
    shares = {
        f"{site_name(one.site)}: {name}": share
        for one in found
        for name, share in {
            "gender": one.task,
            "label by lot": one.control,
            "selectivity": one.selectivity,
            "gender, unseen nouns": one.unseen,
        }.items()
    }
    better = "is read better than" if first.selectivity.low > 0 else "is read no better than"
    return Figure(
        name="selectivity",
        own_title=f"In {site_of(first.site)} the gender {better} labels given to the nouns by lot: "
        f"{percent_of(first.task)} against {percent_of(first.control)}.",
        how="Diamonds: the gender is read. Circles: the same kind of probe reads a label that each noun got by lot, so "
        "that it can only have learnt the nouns by heart. The distance between them is the selectivity. Triangles: "
        "the gender of nouns it has never seen.",
        counts=f"{site_name(first.site)}: selectivity {interval(first.selectivity)}, {first.types} nouns, mean of "
        f"{first.draws} lots.",
        data=found,
        table=estimates("read rightly", shares),
        draw=partial(_draw_selectivity, found),
        refuted_by="A label by lot that is read as well would mean that the probe recognises nouns and not their "
        "gender.",
        control="controls",
        bears_on=STORED,
    )


def _draw_selectivity(found: Sequence[Selectivity]):
    with drawing():
        made, ax = figure(110 + 40 * len(found))
        for row, one in enumerate(found):
            label = dict.fromkeys("tcu") if row else {"t": "gender", "c": "label by lot", "u": "gender of unseen nouns"}
            draw_interval(ax, one.task, row - 0.16, ACCENT, "D", horizontal=True, label=label["t"])
            draw_interval(ax, one.control, row, INK, "o", horizontal=True, label=label["c"], filled=False)
            draw_interval(ax, one.unseen, row + 0.16, MUTED, "^", horizontal=True, label=label["u"])
        rows(ax, [site_name(one.site).replace(", ", ",\n") for one in found])
        ax.set_xlim(min(0.45, *(one.control.low for one in found)) - 0.02, 1.02)
        level(ax, 0.5, upright=True)
        percent_axis(ax.xaxis)
        ax.set_xlabel("words read rightly")
        legend(made, ax, ncols=2)
    return made


def information(results: Results) -> Figure | None:
    """Bits that a probe gets out of each site, and how short the genders can be told with it."""
    bits, codes = results.information, results.online_code
    if not bits and not codes:
        return None
    said, counts, shares = [], [], {}
    if bits:
        first = bits[0]
        said.append(
            f"A probe gets {first.bits.value:.2f} of {first.entropy:.2f} bits about the gender out of "
            f"{site_of(first.site)}"
        )
        counts.append(f"usable information {interval(first.bits)}")
        for one in bits:
            shares |= {
                f"{site_name(one.site)}: bits a word": one.bits,
                f"{site_name(one.site)}: bits, shuffled labels": one.shuffled,
                f"{site_name(one.site)}: bits, untrained network": one.untrained,
            }
    if codes:
        said.append(f"told word after word, the genders become {codes[0].compression.value:.1f} times shorter")
        counts.append(
            f"compression {interval(codes[0].compression)} ({codes[0].bits:,.0f} instead of "
            f"{codes[0].uniform_bits:,.0f} bits)"
        )
        for one in codes:
            shares |= {
                f"{site_name(one.site)}: compression": one.compression,
                f"{site_name(one.site)}: compression, shuffled labels": one.shuffled,
            }
    title = "; ".join(said) + "."
    return Figure(
        name="information",
        own_title=title[0].upper() + title[1:],
        how="Above: bits that a straight line gets out of the state, a word; 1 would be certainty, 0 nothing. Below: "
        "how much shorter the genders can be told to one who has the states; 1 is not at all. Circles and triangles "
        "are controls.",
        counts=f"{site_name((bits or codes)[0].site)}: {'; '.join(counts)}.",
        data={"information": bits, "online_code": codes},
        table=estimates("measure", shares),
        draw=partial(_draw_information, bits, codes),
        remark="Accuracy does not say how sure a probe is, nor how many examples it needed; bits do.",
        refuted_by="Bits near 0, or no more than of an untrained network, would mean that nothing usable is stored.",
        control="controls",
        bears_on=STORED,
    )


def _draw_information(bits: Sequence[UsableInformation], codes: Sequence[OnlineCode]):
    panels = [some for some in (bits, codes) if some]
    with drawing():
        heights = [60 + 34 * len(some) for some in panels]
        made, axes = figure(sum(heights) + 50, len(panels), squeeze=False, height_ratios=heights)
        for ax, some in zip(axes[:, 0], panels, strict=True):
            for row, one in enumerate(some):
                draw_interval(
                    ax, one.bits if some is bits else one.compression, row - 0.16, ACCENT, "D", horizontal=True
                )
                draw_interval(ax, one.shuffled, row, INK, "o", horizontal=True, filled=False)
                if some is bits:
                    draw_interval(ax, one.untrained, row + 0.16, MUTED, "^", horizontal=True)
            rows(ax, [site_name(one.site).replace(", ", ",\n") for one in some])
            heading(ax, "Usable information, bits a word" if some is bits else "Online code, times shorter")
            level(ax, 0 if some is bits else 1, upright=True)
        for mark, colour, label in (
            ("D", ACCENT, "measured"),
            ("o", INK, "shuffled labels"),
            ("^", MUTED, "untrained network"),
        ):
            axes[0, 0].plot(
                [],
                [],
                marker=mark,
                color=colour,
                linestyle="",
                label=label,
                markerfacecolor="none" if mark == "o" else colour,
            )
        legend(made, axes[0, 0], ncols=3)
    return made
