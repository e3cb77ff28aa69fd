"""The memory map: by keyboard alone, with a sentence for every cell, and true to the run."""

import re
from urllib.parse import urlencode

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.explorer.float64 import shown
from translate import lab
from translate.explorer import bundle

ENGLISH = "I am a boy who likes to read, but my sister is a girl who likes to sing."


@pytest.fixture
def page(open_page):
    return open_page(urlencode({"screen": "memory", "sentence": ENGLISH, "at": 0}))


def _said(page):
    return page.inner_text(".map .said")


def test_the_live_sentence_tells_the_numbers_of_the_cell_under_the_cursor(page, translator):
    trace = lab.trace(translator, [ENGLISH])
    page.focus(".map .grid")
    for move in ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowDown"]:
        page.keyboard.press(move)
    unit = int(re.search(r"unit (\d+)", _said(page))[1])
    c, f, i = (float(trace[f"enc.l0.{site}"][0, 3, unit]) for site in "cfi")
    assert _said(page).startswith(f"Token 4 “boy”, unit {unit}: ")
    assert float(re.search(r"→ (−?\d+\.\d\d)", _said(page))[1].replace("−", "-")) == shown(c)
    for name, value in [("forget valve", f), ("memory valve", i)]:
        number, state = re.search(rf"{name} (\d\.\d\d), (\w+)", _said(page)).groups()
        assert float(number) == shown(value)
        assert state == ("open" if value > 2 / 3 else "closed" if value < 1 / 3 else "half")
    assert "gender" in _said(page)
    assert page.get_attribute(".map .grid [role=gridcell]", "aria-colindex") == "4"
    assert page.inner_text(".map .grid [role=gridcell]") == _said(page)


def test_rows_are_pinned_and_words_marked_without_a_mouse_and_the_link_keeps_it(page, open_page):
    page.focus(".map .grid")
    page.keyboard.press("Enter")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    assert page.locator(".pins button").count() == 2
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("select[aria-label='Marked words to']")).to_have_value("2")
    page.wait_for_url(re.compile("brush"))
    other = open_page(page.url.split("#")[1])
    assert other.locator(".pins button").all_inner_texts() == page.locator(".pins button").all_inner_texts()
    expect(other.locator("select[aria-label='Marked words to']")).to_have_value("2")
    other.locator(".pins button").first.press("Enter")
    assert other.locator(".pins button").count() == 1


def test_a_mark_of_more_words_has_fewer_units_and_sentences_are_shown_with_it(page):
    def count():
        return int(re.search(r"(\d+) units of c are on", page.inner_text("#screen-memory"))[1])

    page.locator(".sentences li").first.wait_for()
    one = count()
    page.select_option("select[aria-label='Marked words to']", "3")
    page.get_by_text("at every marked word").wait_for()
    assert 0 < count() < one
    assert page.locator(".sentences li").count() == 6
    assert all(
        text.count(" ") == 3
        for text in (" ".join(li.locator("mark").all_inner_texts()) for li in page.locator(".sentences li").all())
    )


def test_the_map_is_drawn_from_the_values(page, translator):
    """A forget valve is darker the more it is open: the canvas against PyTorch, cell by cell, along the first rows."""
    page.get_by_label("forget valve f").check(force=True)
    page.get_by_label("alike together").check(force=True)
    reds = """() => {
      const canvas = document.querySelector(".map canvas"), {width, height} = canvas;
      const data = canvas.getContext("2d").getImageData(0, 0, width, height).data;
      const middle = (k, count, size) => Math.floor((k + 0.5) / count * size);
      const red = (row, column) => data[4 * (middle(row, 128, height) * width + middle(column, 20, width))];
      return Array.from({length: 128}, (_, row) => Array.from({length: 20}, (_, column) => red(row, column)));
    }"""
    shades = np.array(page.evaluate(reds))
    f = lab.trace(translator, [ENGLISH])["enc.l0.f"][0].numpy().T
    expected = 255 + (59 - 255) * f  # from paper #ffffff to deep #3b2a66, red
    rows = {tuple(row) for row in np.round(expected).astype(int).tolist()}
    near = sum(any(np.abs(np.array(row) - shade).max() <= 1 for row in rows) for shade in shades)
    assert near == 128


def test_a_nonsense_link_still_shows_a_map_and_says_what_is_wrong(open_page):
    page = open_page("screen=memory&site=zz&pinned=1,999,5&brush=7,2&sort=nonsense")
    page.locator("#problem").wait_for()
    assert page.locator(".map canvas").count() == 1
    assert page.locator(".pins button").all_inner_texts() == ["unit 1 ✕", "unit 5 ✕"]


def test_a_page_without_the_corpus_says_so(browser, payload, tmp_path):
    path = tmp_path / "minimal.html"
    path.write_text(bundle.page(payload | {"corpus": None}), encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri() + "#screen=memory")
    page.get_by_text("made without the corpus sentences").wait_for()
    page.close()
