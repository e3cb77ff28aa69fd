"""The report's links into the page: each figure has one, and the page understands every one of them."""

from types import SimpleNamespace

import pytest

from translate.report.figures import QUESTIONS
from translate.report.page_states import page_states

SOURCE = {"m": "I am a boy who likes to learn.", "f": "I am a girl who likes to learn."}


@pytest.fixture(scope="module")
def states(payload):
    """Those of a report on the shipped model; they look at its best units and its boy/girl pair alone."""
    ranked = [SimpleNamespace(unit=unit) for unit in payload["ranking"]["dec.l0"][:3]]
    return page_states(
        SimpleNamespace(units=SimpleNamespace(site="dec.l0.c", ranked=ranked), pair=SimpleNamespace(source=SOURCE))
    )


def test_every_figure_has_a_case_on_the_page(states):
    assert len(states) == sum(map(len, QUESTIONS.values()))


def test_the_page_understands_every_link(states, open_page):
    page = open_page()
    read = """async (hash) => {
        const { readHash } = await import("app/state/view.js");
        return readHash(hash, {});
    }"""
    for name, state in states.items():
        found = page.evaluate(read, state)
        assert not found["problem"], name
        assert found["view"]["screen"] and found["view"]["sentence"], name


def test_a_link_shows_the_clamp_it_names(states, open_page):
    page = open_page(states["verdicts"])
    assert page.evaluate("document.querySelector('main h2').textContent").startswith("What if")
    assert "clamps: 1" in page.inner_text("header")
