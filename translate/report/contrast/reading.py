"""The figures of what is read: when a memory begins to tell the sides, how well, in which units, how long."""

from translate.lab.experiments.reading.held import FAR
from translate.lab.statistics.estimate import Estimate
from translate.lab.tracing.site import Site
from translate.lab.verdicts.contrast_findings import ContrastFindings, OfSide
from translate.report.contrast.drawing import draw_course_of, draw_first, draw_held, draw_second
from translate.report.contrast.making import looks_back, make
from translate.report.figure import Figure
from translate.report.names import interval, site_name
from translate.report.picture.marks import CONTROL, FINDING, INK, MUTED, OTHER, Mark, Panel, panels
from translate.report.tables import courses, estimates
from translate.terms import SIDES

READ = {
    "probe": FINDING.at(-0.24),
    "probe, other words": OTHER.at(-0.08),
    "random weights": Mark(INK, "o", 0.08),
    "the word just read": Mark(MUTED, "s", 0.24),
    "labels by lot": Mark(MUTED, "x", 0.36),
}


def when(found: ContrastFindings) -> Figure | None:
    """At which word the memory begins to tell the sides apart."""
    names = {"m": found.names.one, "f": found.names.other}
    lines = {
        f"{SIDES[Site(each.site).side]}, {names[each.side]}{', random weights' if each.untrained else ''}": each.course
        for each in found.courses
    }
    return make(
        found,
        "when",
        found.courses,
        courses("words from the first that differs", lines, "read"),
        lambda shown: draw_course_of(shown, found.names),
        most=max(max(each.course.n) for each in found.courses),
        before="In the encoder the two versions are one and the same up to there, and the curves must meet.",
        remark=looks_back(found),
    )


def told(found: ContrastFindings) -> Figure:
    """The probes beside what knows nothing of the contrast or was never trained."""
    rows = [(SIDES[of.side], list(zip(_read(of), READ.values(), strict=True))) for of in found.sides]
    shares = [
        (f"{site_name(of.read.site)}: {name}", share)
        for of in found.sides
        for name, share in zip(READ, _read(of), strict=True)
    ]
    return make(
        found,
        "told",
        found.sides,
        estimates("sides told rightly", shares),
        lambda _: panels(
            [Panel("", rows, level=0.5, low=0.35)], 62, 150, READ, label="words whose side is told rightly"
        ),
        counts="; ".join(f"{site_name(of.read.site)}: {interval(of.read.probe)}" for of in found.sides),
    )


def _read(of: OfSide) -> tuple[Estimate | None, ...]:
    return of.read.probe, of.across, of.read.untrained, of.read.embedding, of.read.shuffled


def units(found: ContrastFindings) -> Figure:
    """The best unit of each side, beside that of a network of random weights and units by lot."""
    key = {"best unit": FINDING, "best unit, random weights": CONTROL.at(0.2), "units by lot": OTHER.at(-0.2)}
    marks = {of.side: (of.units.best, of.units.untrained, of.units.random) for of in found.sides}
    rows = [(f"{SIDES[side]} c", list(zip(shown, key.values(), strict=True))) for side, shown in marks.items()]
    rows = [
        (f"{SIDES[of.side]} {Site(of.read.site).name}", row) for of, (_, row) in zip(found.sides, rows, strict=True)
    ]
    first = found.sides[0].units
    is_enough = "alone tells" if first.best.low >= 0.9 else "is not enough to tell"
    title = (
        f"In the decoder one unit {is_enough} {found.names.one} from {found.names.other}: the best, unit "
        f"{first.ranked[0].unit}, separates them with AUC {first.best.value:.2f}."
    )
    named = [
        (f"{SIDES[side]}: {name}", share)
        for side, shown in marks.items()
        for name, share in zip(key, shown, strict=True)
    ]
    best = (
        f"{SIDES[of.side]}: best units {', '.join(str(unit.unit) for unit in of.units.ranked[:3])}; "
        f"{interval(of.units.best)}"
        for of in found.sides
    )
    return make(
        found,
        "units",
        {of.side: of.units.ranked[:10] for of in found.sides},
        estimates("AUC", named),
        lambda _: panels([Panel("", rows, level=0.5, low=None)], 46, 110, key, label="AUC of one unit"),
        title=title,
        counts="; ".join(best),
    )


def held(found: ContrastFindings) -> Figure:
    """The reading by the words since the last one that differs."""
    rows = [
        (f"{SIDES[of.side]}: {name}", share)
        for of in found.sides
        for name, share in (
            *((f"{away} words after", share) for away, share in of.held.by_distance.items()),
            *((f"{away} words after, fitted anew there", share) for away, share in of.anew.items()),
            (f"{FAR} words and more", of.held.far),
            (f"{FAR} words and more, random weights", of.held.untrained),
        )
    ]
    return make(
        found,
        "held",
        [of.held for of in found.sides],
        estimates("sides told rightly", rows),
        lambda _: draw_held([of.held for of in found.sides], [of.anew for of in found.sides]),
        far=FAR,
        counts="; ".join(f"{SIDES[of.side]}, {FAR} words and more: {interval(of.held.far)}" for of in found.sides),
        remark=looks_back(found),
    )


def second(found: ContrastFindings) -> Figure | None:
    """What the memory tells around the second contrast's word."""
    shown = [course for course in found.turns if course.site == found.sides[0].read.site]
    if not shown:
        return None
    lines = {_switch(found, course.kind): course.course for course in shown}
    return make(
        found,
        "second",
        shown,
        courses("words from the second contrast's first", lines, "read"),
        lambda shown: draw_second(shown, found.names),
        most=max(max(course.course.n) for course in shown),
    )


def first(found: ContrastFindings) -> Figure | None:
    """What becomes of the first contrast."""
    result = found.first
    if result is None:
        return None
    shown = {
        "first, fitted anew": result.anew,
        "first, unchanged": result.unchanged,
        "second, unchanged": result.unchanged_second,
    }
    return make(found, "first", result, courses("words from the second's", shown, "read"), draw_first, result=result)


def _switch(found: ContrastFindings, kind: str) -> str:
    names = {"m": found.names.one, "f": found.names.other}
    return " → ".join(names[side] for side in kind.split(">"))
