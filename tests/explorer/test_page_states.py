"""The report's links into the page: each figure has one, which opens at the word and side that the figure speaks of."""

from types import SimpleNamespace

import pytest

from translate.report.figures import QUESTIONS
from translate.report.page_states import page_states

SOURCE = {"m": "I am a boy who likes to learn.", "f": "I am a girl who likes to learn."}

FIRST, SECOND, JOINT, LAST = "after reading “kluk”", "after reading “sestra”", "after reading “ale”", "“unavená”"
OPENS = {
    "Translate": {"accuracy": LAST, "controls": SECOND, "selectivity": SECOND, "time-course": SECOND},
    "Memory map": {"information": SECOND, "units": SECOND, "held": LAST, "generalisation": SECOND, "gates": JOINT}
    | dict.fromkeys(("first-noun", "residual", "against"), SECOND),
    "Gradients": {"gradients": LAST},
    "Cell": {"written": FIRST, "erased": JOINT, "closing": JOINT},
    "Boy / girl": dict.fromkeys(("pair", "necessity", "effects", "subspaces", "paths", "attention"), FIRST)
    | dict.fromkeys(("causal-map", "contained", "two-slots", "twin"), FIRST),
    "What if": {"ablation": FIRST, "erasure": FIRST, "verdicts": SECOND, "clamps": SECOND, "moments": JOINT},
}
"""By the screen's name, by figure: what the page says of the place at which its case is seen."""

FOLLOW = """async (hash) => {
    const { app } = await import("app/app.js");
    return app.store.read(hash);
}"""


@pytest.fixture(scope="module")
def states(payload):
    """Those of a report on the shipped model; they look at its best units and its boy/girl pair alone."""
    ranked = [SimpleNamespace(unit=unit) for unit in payload["ranking"]["dec.l0"][:3]]
    return page_states(
        SimpleNamespace(units=SimpleNamespace(site="dec.l0.c", ranked=ranked), pair=SimpleNamespace(source=SOURCE))
    )


def test_every_figure_has_a_case_on_the_page(states):
    assert len(states) == sum(map(len, QUESTIONS.values()))
    assert sorted(states) == sorted(name for figures in OPENS.values() for name in figures)


def test_every_link_opens_at_the_word_and_side_that_its_figure_speaks_of(states, open_page, payload):
    page = open_page()
    best = payload["ranking"]["dec.l0"][0]
    for title, figures in OPENS.items():
        for name, place in figures.items():
            problem = page.evaluate(FOLLOW, states[name])
            said = page.inner_text("#live")
            assert page.inner_text("section:not([hidden]) h2") == title, name
            assert place in said, (name, said)
            assert not problem, name
            lens = f"unit {best}" if name in ("units", "gates", "closing") else "the gender direction"
            assert f"(valves: {lens})" in said, (name, said)


def test_a_link_without_a_place_opens_at_a_word_that_its_sentence_is_about(open_page):
    page = open_page("sentence=The+brother+who+likes+to+read+is+tired.")
    assert "Reading word 2 of 9, “brother”" in page.inner_text("#live")
    page.evaluate("hash => { location.hash = hash; }", "sentence=My+sister+is+a+girl+who+likes+to+sing.&side=dec")
    page.wait_for_function("() => document.getElementById('live').textContent.includes(', “moje”, after')")


def test_a_link_shows_the_clamp_it_names(states, open_page):
    page = open_page(states["verdicts"])
    assert page.evaluate("document.querySelector('main h2').textContent").startswith("What if")
    assert "clamps: 1" in page.inner_text("header")
