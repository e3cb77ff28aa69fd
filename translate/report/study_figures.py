"""The figures of a study's page, seeds and cells side by side, and what models and claims are called there."""

from collections.abc import Mapping, Sequence
from typing import Any

from translate.lab.statistics.estimate import Estimate
from translate.lab.tracing.site import DECODER, ENCODER, Site, memory_of
from translate.report.claims_table import FINDINGS
from translate.report.names import SEVEN
from translate.report.picture.marks import Mark, draw_interval, gain_axis, heading, percent_axis, rows, share_axis
from translate.report.picture.style import ACCENT, FEMININE, INK, MASCULINE, MUTED, Axes, Drawn, drawing, figure
from translate.study.aggregate import ClaimAcross, CourseAcross, Group
from translate.study.replica import Kind, Twin
from translate.terms import SIDES

_LINES: tuple[Any, ...] = ("-", "--", ":", "-.", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 2.5)), (0, (8, 2)), (0, (3, 3, 1, 3)))
_MARKS = {"lstm": Mark(ACCENT, "o"), "gru": Mark(MASCULINE, "s"), "rnn": Mark(FEMININE, "^")}
_LEAST = 1e-4  # what is left of a nudge below that is nothing
_TWINS: dict[Twin, str] = {"": "", "neutral": ", neutral twin", "return": ", twin that returns"}


def kind_name(kind: Kind) -> str:
    """ "LSTM 128", "LSTM 128, 2 layers", "LSTM 128, twin that returns"."""
    cell = "plain RNN" if kind.cell == "rnn" else kind.cell.upper()
    shape = f", {kind.layers} layers" * (kind.layers > 1) + ", encoder both ways" * kind.bidirectional
    return f"{cell} {kind.hidden}{shape}{_TWINS[kind.twin]}"


def claim_name(claim: ClaimAcross) -> str:
    """ "stored, decoder" for one of the seven; a finding in a few words: "the forget valve closes"."""
    return claim.name if claim.id in SEVEN else FINDINGS.get(claim.id, claim.name)


def claim_words(claim: ClaimAcross) -> str:
    """What one of the seven says, "the memory tells the gender"; nothing for the others, whose name says it."""
    return SEVEN.get(claim.id, "")


def forest(group: Group) -> Drawn:
    """Each claim whose number is a share: every seed a small mark, their mean with its interval above them."""
    claims = [claim for claim in group.claims if claim.estimate.is_share and claim.estimate.n]
    with drawing():
        drawn, ax = figure(60 + 26 * max(len(claims), 1))
        rows(ax, [claim_name(claim) for claim in claims])
        for row, claim in enumerate(claims):
            values = [seed.estimate.value for seed in claim.by_seed if seed.estimate]
            ax.plot(values, [row + 0.2] * len(values), "|", color=MUTED, markersize=7)
            draw_interval(ax, claim.estimate, row, Mark(ACCENT, "o", -0.1))
        share_axis(ax)
    return drawn


def distance(groups: Sequence[Group]) -> Drawn:
    """Agreement against the distance from the noun, a line for each kind but the neutral twins, which need not agree.

    What is farther than any training sentence goes stands right of the upright line.
    """
    groups = [group for group in groups if group.kind.twin != "neutral" and group.by_distance]
    farthest = max((int(name) for group in groups for name in group.by_distance), default=0)
    longest = max((group.longest for group in groups), default=0)
    with drawing():
        drawn, ax = figure(240)
        for group in groups:
            _line(ax, group, groups, {int(name): estimate for name, estimate in group.by_distance.items()})
        if 0 < longest < farthest:
            ax.axvline(longest + 0.5, color=INK, linewidth=1)
            place = {"xy": (longest + 0.7, 0.02), "xycoords": ("data", "axes fraction")}
            ax.annotate("never\ntrained", fontsize=10, color=MUTED, **place)
        ax.set_xlabel("words from the noun")
        ax.set_ylabel("words that agree")
        percent_axis(ax.yaxis)
        if groups:
            ax.legend()
    return drawn


def gradients(groups: Sequence[Group]) -> Drawn:
    """What is left of a nudge of the memory, by the words since: encoder and decoder, a line for each kind."""
    groups = [group for group in groups if group.kind.twin != "neutral" and group.gradients]
    lows = [_LEAST]
    with drawing():
        drawn, axes = figure(380, 2, sharex=True, sharey=True)
        for ax, side in zip(axes, (ENCODER, DECODER), strict=True):
            for group in groups:
                course = memory_course(group, side)
                if course:
                    _line(ax, group, groups, dict(zip(course.at, course.estimates, strict=True)))
                    lows += [estimate.low for estimate in course.estimates if estimate.low > 0]
            gain_axis(ax.yaxis)
            heading(ax, f"{SIDES[side].capitalize()}: what is left of a nudge")
        axes[0].set_ylim(max(_LEAST, min(lows[1:] or lows) / 1.5), None)
        axes[-1].set_xlabel("words since the nudge")
        axes[0].legend()
    return drawn


def memory_course(group: Group, side: str) -> CourseAcross | None:
    """The total gain of what carries the memory: c, or h where the cell has no c."""
    for course in group.gradients:
        site = Site(course.site)
        if (site.side, site.name, course.what) == (side, memory_of(group.kind.cell), "total"):
            return course
    return None


def _line(ax: Axes, group: Group, groups: Sequence[Group], estimates: Mapping[int, Estimate]) -> None:
    """One kind's estimates over numbers of words. Colour and mark are the cell's, dashes those of shape and twin."""
    kind, variants = group.kind, list(dict.fromkeys((other.kind.twin, other.kind.shape) for other in groups))
    mark, line = _MARKS[kind.cell], _LINES[variants.index((kind.twin, kind.shape)) % len(_LINES)]
    at = [place for place in sorted(estimates) if estimates[place].n]
    means, low, high = zip(*((estimates[i].value, estimates[i].low, estimates[i].high) for i in at), strict=True)
    ax.fill_between(at, low, high, color=mark.colour, alpha=0.15, linewidth=0)
    ax.plot(at, means, linestyle=line, label=kind_name(kind), markersize=4.5, **mark.look)
