"""The data of each figure as a table: what a reader can check, copy or have read aloud."""

from collections.abc import Sequence
from dataclasses import dataclass

from translate.lab.results import Results, TimeCourse
from translate.lab.statistics import Estimate
from translate.report.figures import EXAMPLES, VALVES, part_name, site_name


@dataclass(frozen=True)
class Table:
    """Column heads and rows of text; the first cell of a row is its head."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


_ESTIMATE = ("value", "95 % interval", "n")


def accuracy(results: Results) -> Table:
    found = results.accuracy
    groups = (("suite", found.by_suite), ("construction", found.by_construction), ("distance", found.by_distance),
              ("switch", found.by_switch))  # fmt: skip
    rows = [["all new sentences", *_estimate(found.agreement)], ["sentences exact", *_estimate(found.exact)]]
    for what, shares in groups:
        rows += [[f"{what}: {EXAMPLES.get(name, name)}", *_estimate(share)] for name, share in shares.items()]
    return Table(("agreement", *_ESTIMATE), rows)


def time_course(results: Results) -> Table:
    return _courses(results.courses, lambda c: f"{c.site.split('.')[-1]}, {c.kind}")


def controls(results: Results) -> Table:
    names = {"probe": "probe on unseen nouns", "agreeing": "the same, at agreeing words alone", "untrained": "untrained network",
             "embedding": "the word's embedding", "shuffled": "shuffled labels", "majority": "always the same"}  # fmt: skip
    rows = [
        [f"{site_name(reading.site)}: {label}", *_estimate(getattr(reading, name))]
        for reading in results.readings for name, label in names.items() if getattr(reading, name) is not None
    ]  # fmt: skip
    return Table(("current gender read rightly", *_ESTIMATE), rows)


def first_noun(results: Results) -> Table:
    found = results.first_noun
    courses = [
        TimeCourse("", "", name, course)
        for name, course in (
            ("y1, fitted anew", found.anew), ("y1, unchanged", found.unchanged), ("y2, unchanged", found.unchanged_second),
        )
    ]  # fmt: skip
    return _courses(courses, lambda c: c.kind)


def units(results: Results) -> Table:
    rows = [
        [f"unit {u.unit}", f"{u.chosen:.3f}", f"{u.shown:.3f}", f"{u.effect:+.2f}"] for u in results.units.ranked[:30]
    ]
    return Table(("the 30 best", "AUC, nouns chosen on", "AUC, other nouns", "Cohen's d, other nouns"), rows)


def gates(results: Results) -> Table:
    words = {"switch": "gender changes", "same": "gender stays"}
    return _courses(results.gates, lambda c: f"{VALVES[c.what].split(' (')[0]}, {words[c.kind]}")


def pair(results: Results) -> Table:
    found = results.pair
    heads = [m if m == f else f"{m}/{f}" for m, f in zip(found.words["m"], found.words["f"], strict=True)]
    largest = sorted(range(len(found.order)), key=lambda i: -sum(v * v for v in found.difference[i]))[:20]
    rows = [
        [f"unit {found.order[i]}", f"{found.weight[i]:+.3f}", *(f"{v:+.2f}" for v in found.difference[i])]
        for i in largest
    ]
    return Table(("girl − boy, the 20 largest", "weight", *heads), rows)


def effects(results: Results) -> Table:
    rows = []
    for e in results.effects:
        other = "already written" if e.other is None else _short(e.other)
        where = f"{('first', 'second')[e.clause]} clause, {e.moment}"
        rows.append(
            [
                f"{part_name(e.part)}; {where}",
                _short(e.flipped),
                other,
                _short(e.rest),
                str(e.flipped.n),
                str(e.sentences),
            ]
        )
    heads = ("part; where", "turned in the clause", "turned in the other", "rest unchanged", "words", "sentences")
    return Table(heads, rows)


ALL = {
    "accuracy": accuracy, "time-course": time_course, "controls": controls, "first-noun": first_noun, "units": units,
    "gates": gates, "pair": pair, "effects": effects,
}  # fmt: skip


def _courses(courses: Sequence[TimeCourse], name) -> Table:
    if not courses:
        return Table(("nothing measured",), [])
    offsets = courses[0].course.at
    rows = [[name(c), *(_number(value) for value in c.course.value)] for c in courses]
    rows += [
        [
            f"{name(c)}: interval",
            *(f"{_number(a)}–{_number(b)}" for a, b in zip(c.course.low, c.course.high, strict=True)),
        ]
        for c in courses
    ]
    rows += [[f"{name(c)}: n", *map(str, c.course.n)] for c in courses]
    return Table(("words from the noun", *(f"{at:+d}" if at else "noun" for at in offsets)), rows)


def _estimate(estimate: Estimate) -> list[str]:
    return [
        _percent(estimate.value),
        f"{_percent(estimate.low)}–{_percent(estimate.high)}",
        f"{estimate.n:,} {estimate.unit}",
    ]


def _short(estimate: Estimate) -> str:
    return f"{_percent(estimate.value)} ({_percent(estimate.low)}–{_percent(estimate.high)})"


def _percent(share: float) -> str:
    return "–" if share != share else f"{100 * share:.2f}".rstrip("0").rstrip(".") + " %"


def _number(value: float) -> str:
    return "–" if value != value else f"{value:.2f}"
