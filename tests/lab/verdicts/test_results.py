import json

import pytest

from translate.errors import TranslateError
from translate.lab.verdicts.results import FORMAT, Results
from translate.resources import models


def test_what_is_written_is_read_again(results):
    text = results.to_json()
    again = Results.from_json(text)
    assert again.to_json() == text and json.loads(text)["format"] == FORMAT
    assert again.effects[0].part == results.effects[0].part and again.claim("stored").name == "stored-decoder"
    assert again.accuracy.agreement.text() == results.accuracy.agreement.text()


def test_the_results_that_ship_are_read():
    shipped = Results.from_json((models("lesson") / "results.json").read_bytes())
    assert shipped.about.folder == "lesson" and shipped.claim("erased").verdict == "holds"


@pytest.mark.parametrize(
    "text, says",
    [
        ("{", "report.json is damaged; make it again."),
        ("[]", "is damaged"),
        ('{"about": 3}', "is damaged"),
        (
            '{"format": "translate-results 3"}',
            "has another format .translate-results 3, not .*; make it again",
        ),
    ],
)
def test_damaged_and_older_results_are_refused_in_a_sentence(text, says):
    with pytest.raises(TranslateError, match=says):
        Results.from_json(text, "report.json", "make it again")


def test_a_notebook_shows_the_answer_and_every_claim(results):
    html = results._repr_html_()
    assert all(claim.name in html and claim.verdict in html for claim in results.claims) and "one model" in html


def test_a_notebook_shows_every_part_with_its_numbers(results):
    for part in (*results.effects, results.clamps, results.paths, *results.held, results.units, results.claims[0]):
        html = part._repr_html_()
        assert type(part).__name__ in html and html.count("<tr>") > 2 and len(html) < 200_000
