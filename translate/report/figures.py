"""The figures of the report, one function each: from the results alone to a matplotlib figure."""

import math

from translate.lab.results import FirstNoun, HeatMap, Reading, Results, TimeCourse, Units
from translate.report.marks import draw_course, draw_interval, noun_line, percent_axis, words_axis
from translate.report.style import (
    ACCENT,
    COLOUR,
    GRID,
    INK,
    MARK,
    MUTED,
    PAPER,
    drawing,
    figure,
)

VALVES = {"f": "forget valve (forget gate f)", "i": "memory valve (input gate i)", "o": "output valve (output gate o)",
          "z": "update gate z", "r": "reset gate r"}  # fmt: skip
EXAMPLES = {
    "copula-pronoun": "I am a boy who …",
    "copula-definite": "the boy who … is happy",
    "copula-possessive": "my brother is a boy …",
    "copula-again": "…, and he is happy",
    "likes-definite": "the boy likes to …",
    "likes-possessive": "my brother likes to …",
    "likes-relative": "the boy who … likes to …",
}
FEW = 20  # fewer words than that are no bar in a figure
SITES = {"dec": "decoder", "enc": "encoder", "c": "cell state c", "h": "hidden state h"}


def site_name(site: str) -> str:
    """ "dec.l0.c" in words: "decoder, cell state c"."""
    side, _, state = site.split(".")
    return f"{SITES[side]}, {SITES.get(state, state)}"


def part_name(part: str) -> str:
    """A part of the state in words: "best 3 of c" is "best 3 units of c"."""
    return (
        f"whole state {part}"
        if part.startswith("(")
        else part.replace(" of ", " unit of " if " 1 " in part else " units of ")
    )


def accuracy(results: Results):
    """Part 2: agreement by construction and by distance."""
    found = results.accuracy
    # A construction that hardly occurs stands in the table; here its wide interval would flatten all others.
    names = [name for name, share in found.by_construction.items() if share.n >= FEW]
    with drawing():
        heights = [46 + 21 * len(names), 190]
        made, (above, below) = figure(sum(heights) + 20, 2, height_ratios=heights)
        for row, name in enumerate(names):
            draw_interval(above, found.by_construction[name], row, ACCENT, "D", horizontal=True)
        above.set_yticks(range(len(names)), [EXAMPLES.get(name, name) for name in names])
        above.set_ylim(len(names) - 0.5, -0.5)
        low = _lowest(found.by_construction[name] for name in names)
        above.set_xlim(low, 1 + (1 - low) / 40)
        percent_axis(above.xaxis)
        above.set_title("By construction")
        for column, name in enumerate(found.by_distance):
            draw_interval(below, found.by_distance[name], column, ACCENT, "D")
        few = len(found.by_distance) > 12
        below.set_xticks(
            range(len(found.by_distance)), [d if not few or i % 2 == 0 else "" for i, d in enumerate(found.by_distance)]
        )
        low = _lowest(found.by_distance.values())
        below.set_ylim(low, 1 + (1 - low) / 20)
        percent_axis(below.yaxis)
        below.set_title("By distance")
        below.set_xlabel("words from the noun to the agreeing word")
    return made


def _lowest(estimates) -> float:
    """Where an axis begins that must show these: 0.9, or lower where they are."""
    return min(0.9, math.floor(10 * min((e.low for e in estimates), default=0.9)) / 10)


def time_course(results: Results):
    """Part 3: the current gender read around the second noun."""
    sites = list(dict.fromkeys(course.site for course in results.courses))
    with drawing():
        made, axes = figure(60 + 195 * len(sites), len(sites), squeeze=False, sharex=True, sharey=True)
        for ax, site in zip(axes[:, 0], sites, strict=True):
            for found in results.courses:
                if found.site == site:
                    _gender_line(ax, found)
            ax.axhline(0.5, color=MUTED, linewidth=0.8)
            ax.set_ylim(-0.04, 1.04)
            ax.set_yticks([0, 0.5, 1], ["masculine 0", "0.5", "feminine 1"])
            ax.set_title(f"Read from the {SITES[site[-1]]}")
            noun_line(ax)
        words_axis(axes[-1, 0])
        made.legend(
            *axes[0, 0].get_legend_handles_labels(),
            loc="outside upper center",
            ncols=4,
            columnspacing=1.0,
            handlelength=2.0,
            handletextpad=0.5,
        )
    return made


def _gender_line(ax, found: TimeCourse) -> None:
    second = found.kind[-1]
    switch = found.kind[0] != second
    draw_course(ax, found.course, COLOUR[second], "-" if switch else (0, (2, 1.6)), MARK[second],
            f"{found.kind[0]} → {second}", filled=switch)  # fmt: skip


def controls(results: Results):
    """Part 3, beside it: the probe against what knows nothing of the gender or was never trained."""
    shown = [("probe", "probe on unseen nouns", ACCENT, "D"), ("untrained", "untrained network", INK, "o"),
             ("embedding", "the word's embedding", MUTED, "^"), ("shuffled", "shuffled labels", MUTED, "x"),
             ("majority", "always the same", MUTED, "|")]  # fmt: skip
    with drawing():
        made, ax = figure(130 + 46 * len(results.readings))
        for row, reading in enumerate(results.readings):
            for line, (name, label, colour, mark) in enumerate(shown):
                draw_interval(ax, getattr(reading, name), row + (line - 2) * 0.14, colour, mark, horizontal=True,
                          label=label if row == 0 else None)  # fmt: skip
        ax.set_yticks(range(len(results.readings)), [site_name(r.site).replace(", ", ",\n") for r in results.readings])
        ax.invert_yaxis()
        ax.set_xlim(_floor(results.readings), 1.02)
        ax.axvline(0.5, color=MUTED, linewidth=0.8)
        percent_axis(ax.xaxis)
        ax.set_xlabel("words whose current gender is read rightly")
        made.legend(loc="outside upper center", ncols=2, columnspacing=1.4, handletextpad=0.4)
    return made


def _floor(readings: tuple[Reading, ...]) -> float:
    lows = [e.low for r in readings for e in (r.probe, r.shuffled, r.untrained, r.embedding, r.majority)]
    return max(0.0, min(0.4, math.floor(10 * min(lows)) / 10))


def first_noun(results: Results):
    """Part 4: the first noun's gender, by a probe fitted anew and by the first clause's own."""
    found: FirstNoun = results.first_noun
    with drawing():
        made, ax = figure(290)
        draw_course(ax, found.anew, ACCENT, "-", "D", "first noun, probe fitted anew")
        draw_course(ax, found.unchanged, INK, "-", "o", "first noun, first clause's probe")
        draw_course(ax, found.unchanged_second, MUTED, (0, (2, 1.6)), "s", "second noun, the same probe", filled=False)
        ax.axhline(0.5, color=MUTED, linewidth=0.8)
        ax.set_ylim(-0.03, 1.04)
        percent_axis(ax.yaxis)
        ax.set_ylabel("sentences read rightly")
        noun_line(ax)
        words_axis(ax)
        made.legend(*ax.get_legend_handles_labels(), loc="outside upper left", ncols=1)
    return made


def units(results: Results, most: int = 12):
    """Part 5: the best units as chosen on one half of the nouns, and the same units on the other half."""
    found: Units = results.units
    best = found.ranked[:most]
    with drawing():
        made, ax = figure(110 + 22 * len(best))
        for row, unit in enumerate(best):
            gender = "f" if unit.chosen > 0.5 else "m"
            fold = (lambda area: area) if gender == "f" else (lambda area: 1 - area)
            ax.plot([fold(unit.chosen), fold(unit.shown)], [row, row], color=GRID, linewidth=3, zorder=1)
            ax.plot(
                fold(unit.chosen), row, marker=MARK[gender], markerfacecolor=PAPER, color=COLOUR[gender], linestyle=""
            )
            ax.plot(fold(unit.shown), row, marker=MARK[gender], color=COLOUR[gender], linestyle="")
        for gender, word in (("f", "higher for feminine"), ("m", "higher for masculine")):
            ax.plot([], [], marker=MARK[gender], color=COLOUR[gender], linestyle="", label=word)
        ax.plot([], [], marker="o", markerfacecolor=PAPER, color=MUTED, linestyle="", label="nouns chosen on")
        ax.plot([], [], marker="o", color=MUTED, linestyle="", label="other nouns")
        ax.axvline(0.5, color=MUTED, linewidth=0.8)
        ax.set_yticks(range(len(best)), [f"unit {unit.unit}" for unit in best])
        ax.invert_yaxis()
        ax.set_xlim(0.4, 1.02)
        ax.set_xlabel("AUC: 0.5 tells nothing, 1 separates the genders fully")
        made.legend(loc="outside upper left", ncols=2, columnspacing=1.4, handletextpad=0.4)
    return made


def gates(results: Results):
    """Part 5: the valves of the best units around the second noun."""
    present = {course.what for course in results.gates}
    names = [name for name in VALVES if name in present]
    with drawing():
        made, axes = figure(60 + 145 * len(names), len(names), squeeze=False, sharex=True, sharey=True)
        for ax, name in zip(axes[:, 0], names, strict=True):
            for found in results.gates:
                if found.what == name:
                    switch = found.kind == "switch"
                    draw_course(ax, found.course, ACCENT if switch else INK, "-" if switch else (0, (2, 1.6)),
                            "D" if switch else "o", "gender changes" if switch else "gender stays", filled=switch)  # fmt: skip
            ax.set_ylim(-0.04, 1.04)
            ax.set_yticks([0, 0.5, 1], ["closed 0", "0.5", "open 1"])
            ax.set_title(VALVES[name][0].upper() + VALVES[name][1:])
            noun_line(ax)
        words_axis(axes[-1, 0])
        made.legend(*axes[0, 0].get_legend_handles_labels(), loc="outside upper left", ncols=2)
    return made


def pair(results: Results):
    """Part 6: heat maps of the memory for the boy, the girl, and their difference."""
    found: HeatMap = results.pair
    largest = max((abs(v) for rows in (found.m, found.f, found.difference) for row in rows for v in row), default=1.0)
    panels = (("boy", found.m, found.words["m"]), ("girl", found.f, found.words["f"]),
              ("girl − boy", found.difference, _both(found)))  # fmt: skip
    with drawing():
        made, axes = figure(430, 1, 3, sharey=True)
        for ax, (name, values, words) in zip(axes, panels, strict=True):
            ax.imshow(_tinted(values, largest), aspect="auto", interpolation="nearest")
            ax.set_xticks(range(len(words)), words, rotation=90)
            ax.set_title(name)
            ax.grid(False)
            ax.tick_params(length=0)
        axes[0].set_yticks([0, len(found.order) - 1], ["feminine\nweight", "masculine\nweight"])
        axes[0].set_ylabel(f"{len(found.order)} units, sorted by the probe's weight")
        _colour_key(made, axes, largest)
    return made


def _both(found: HeatMap) -> list[str]:
    return [m if m == f else f"{m}/{f}" for m, f in zip(found.words["m"], found.words["f"], strict=True)]


_POSITIVE, _NEGATIVE = (0.06, 0.52, 0.35), (0.60, 0.25, 0.64)  # green and purple: neither is the sign of a gender


def _tinted(values, largest: float):
    """RGBA of values: the hue is the sign, the opacity the size, so that 0 is the page's own colour."""
    import numpy as np

    values = np.asarray(values) / largest
    image = np.zeros((*values.shape, 4))
    image[..., :3] = np.where(values[..., None] > 0, _POSITIVE, _NEGATIVE)
    image[..., 3] = np.clip(np.abs(values), 0, 1) ** 0.7
    return image


def _colour_key(made, axes, largest: float) -> None:
    import numpy as np

    ax = made.add_axes((0.36, 0.965, 0.36, 0.018))
    ax.imshow(
        _tinted(np.linspace(-largest, largest, 101)[None], largest), aspect="auto", extent=(-largest, largest, 0, 1)
    )
    ax.set_yticks([])
    ax.set_xticks([-largest, 0, largest], [f"−{largest:.1f}", "0", f"{largest:.1f}"])
    ax.tick_params(length=0, pad=1)
    ax.grid(False)
    made.get_layout_engine().set(rect=(0, 0, 1, 0.93))


def effects(results: Results):
    """Part 7: what each transplant turned, in its clause and in the other one."""
    panels = list(dict.fromkeys((e.clause, e.moment) for e in results.effects))
    names = list(dict.fromkeys(e.part for e in results.effects))
    with drawing():
        made, axes = figure(80 + (50 + 21 * len(names)) * len(panels), len(panels), squeeze=False, sharex=True)
        for ax, (clause, moment) in zip(axes[:, 0], panels, strict=True):
            for effect in results.effects:
                if (effect.clause, effect.moment) == (clause, moment):
                    row = names.index(effect.part)
                    draw_interval(ax, effect.flipped, row - 0.12, ACCENT, "D", horizontal=True)
                    if effect.other is not None:
                        draw_interval(ax, effect.other, row + 0.18, INK, "o", horizontal=True, filled=False)
            ax.set_yticks(range(len(names)), [part_name(name) for name in names])
            ax.set_ylim(len(names) - 0.5, -0.5)
            ax.set_title(f"{('First', 'Second')[clause]} clause, {moment}")
            ax.set_xlim(-0.02, 1.02)
            percent_axis(ax.xaxis)
        ax.set_xlabel("agreeing words that take the other gender")
        axes[0, 0].plot([], [], marker="D", color=ACCENT, linestyle="", label="in the clause that was changed")
        axes[0, 0].plot([], [], marker="o", color=INK, markerfacecolor=PAPER, linestyle="", label="in the other clause")
        made.legend(*axes[0, 0].get_legend_handles_labels(), loc="outside upper left", ncols=2, handletextpad=0.4)
    return made


ALL = {
    "accuracy": accuracy,
    "time-course": time_course,
    "controls": controls,
    "first-noun": first_noun,
    "units": units,
    "gates": gates,
    "pair": pair,
    "effects": effects,
}
"""Every figure by its file's name, in the report's order."""
