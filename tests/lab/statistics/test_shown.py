from dataclasses import dataclass
from math import nan

from translate.lab.statistics.estimate import Course, Estimate, nothing_measured, wilson
from translate.lab.statistics.shown import Shown, rows


@dataclass(frozen=True)
class Part(Shown):
    site: str
    share: Estimate


@dataclass(frozen=True)
class Result(Shown):
    parts: tuple[Part, ...]
    by_name: dict[str, Estimate]
    course: Course
    large: list[float]
    missing: Estimate | None = None


RESULT = Result(
    parts=(Part("dec.l0.c", wilson(1, 2, "words")),),
    by_name={"a <b>": nothing_measured("words")},
    course=Course([-1, 0], [nan, 0.25], [nan, 0.2], [nan, 0.3], [0, 9]),
    large=[0.0] * 300,
)


def test_every_number_stands_by_its_place_with_its_interval():
    assert list(rows(RESULT)) == [
        ("parts[0].site", "dec.l0.c", "", ""),
        ("parts[0].share", "50 %", "9.5–90.5", "2 words"),
        ("by_name: a <b>", "–", "", ""),
        ("course", "0.25 to 0.25", "at -1 to +0", "9"),
        ("large", "300 values", "", ""),
    ]


def test_a_notebook_shows_a_table():
    html = RESULT._repr_html_()
    assert "<b>Result</b>" in html and html.count("<tr>") == 6
    assert "a &lt;b&gt;" in html and "<script" not in html
