from translate.lab.statistics.estimate import Course, Estimate
from translate.report.tables import cell, cells, courses, estimates

NAN = float("nan")


def test_an_estimate_has_its_interval_and_n():
    share = Estimate(0.5, 0.25, 0.75, 1200, "words", "Wilson")
    assert cells(share) == ["50 %", "25 % to 75 %", "1,200 words"] and cell(share) == "50 % (25 % to 75 %)"
    bits = Estimate(-0.5, -1.0, 0.25, 3, "words", "bootstrap", is_share=False)
    assert cells(bits) == ["−0.50", "−1.00 to 0.25", "3 words"]
    nothing = Estimate(NAN, NAN, NAN, 0, "words", "none")
    assert cells(nothing) == ["–", "–", "0 words"] and cell(nothing) == cell(None) == "–"
    assert [row[0] for row in estimates("what", {"a": share, "b": None}).rows] == ["a"]


def test_a_course_has_a_row_for_each_word():
    course = Course([-1, 0, 1], [0.1, 0.5, NAN], [0.0, 0.4, NAN], [0.2, 0.6, NAN], [5, 6, 0])
    table = courses("words from the noun", {"m>f": course})
    assert table.columns == ("words from the noun", "m>f")
    assert table.rows == [["−1", "0.10 (0.00 to 0.20), 5"], ["noun", "0.50 (0.40 to 0.60), 6"], ["+1", "–"]]
