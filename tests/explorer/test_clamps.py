"""Clamps, on What if and by hand in the cell: a form that keeps what is chosen, a step back for each thing done."""

import json
from urllib.parse import quote

import pytest

from tests.explorer.conftest import show
from translate import lab

SWITCH = "I am a boy who likes to read, but my sister is a girl who likes to sing."
VIEW = f"screen=whatif&sentence={quote(SWITCH)}"
CLAMP = {"site": "dec.l0.f", "units": [76, 69, 127], "steps": [10], "op": "set", "value": 1}


@pytest.fixture
def page(one_page):
    """The screen with its example."""
    show(one_page, VIEW)
    return one_page


def field(page, name: str):
    return page.locator(f"#screen-whatif [aria-label={name!r}]")


def edits(page) -> list[dict]:
    return page.evaluate("import('app/app.js').then(({ app }) => app.store.get().edits)")


def value_of(page) -> float:
    return float(page.input_value("#screen-whatif input[type=range]"))


def test_single_units_can_be_chosen_where_they_are_the_best_ones(page):
    field(page, "Units").select_option("own")
    typed = field(page, "Unit numbers, as 3, 17 or 4-9")
    assert field(page, "Units").input_value() == "own" and typed.is_visible()
    typed.fill("3, 17")
    typed.press("Enter")
    assert "units 3, 17" in page.inner_text("#screen-whatif .clamps")
    field(page, "Units").select_option("top1")
    assert not typed.is_visible() and "unit 76," in page.inner_text("#screen-whatif .clamps")


def test_the_example_is_no_clamp_before_its_value_is_moved(page):
    for name, option in [("What", "i"), ("Units", "top1"), ("From word", "3"), ("To word", "5")]:
        field(page, name).select_option(option)
        assert edits(page) == [] and page.locator("#clamps").is_hidden()
    assert page.inner_text("#screen-whatif .clamps").startswith("memory valve of the decoder, unit 76, ")
    page.locator("#screen-whatif input[type=range]").fill("0.5")
    assert [(edit["site"], edit["steps"], edit["value"]) for edit in edits(page)] == [("dec.l0.i", [3, 4, 5], 0.5)]


def test_one_movement_of_the_hand_is_one_step_back(page):
    show(page, f"{VIEW}&edits={quote(json.dumps([CLAMP]))}")
    page.locator("#screen-whatif input[type=range]").scroll_into_view_if_needed()
    box = page.locator("#screen-whatif input[type=range]").bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] - 8, middle)
    page.mouse.down()
    for share in (0.8, 0.6, 0.4, 0.2):
        page.mouse.move(box["x"] + share * box["width"], middle)
    page.mouse.up()
    assert value_of(page) < 0.3
    page.click("#screen-whatif >> text=Undo")
    assert value_of(page) == 1 and len(edits(page)) == 1


def test_a_step_back_takes_back_what_was_done_last_anywhere(page):
    show(page, f"{VIEW}&edits={quote(json.dumps([CLAMP]))}")
    page.locator("#screen-whatif input[type=range]").fill("0.5")
    page.click("#clear")
    assert edits(page) == []
    page.click("#screen-whatif >> text=Undo")
    assert [edit["value"] for edit in edits(page)] == [0.5]
    page.click("#screen-whatif >> text=Undo")
    assert [edit["value"] for edit in edits(page)] == [1]


def test_on_the_other_side_a_clamp_takes_its_best_units_and_the_same_word(page):
    show(page, f"{VIEW}&edits={quote(json.dumps([{**CLAMP, 'steps': [1]}]))}")  # kluk
    field(page, "Whose").select_option("enc")
    (edit,) = edits(page)
    best = page.evaluate("import('app/app.js').then(({ app }) => app.top(3, 'enc'))")
    assert edit["units"] == best and edit["steps"] == [3]  # boy
    field(page, "Whose").select_option("dec")
    assert edits(page)[0]["units"] == [76, 69, 127] and edits(page)[0]["steps"] == [1]


GIRL = "I am a girl who likes to learn."


def turn(page, tap: str, x: float, y: float) -> None:
    """Drag the lever of a tap until it points so far to the right and down."""
    box = page.locator(f"[data-tap={tap}] .disc").bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(middle[0] + 10, middle[1] + 12)
    page.mouse.down()
    page.mouse.move(middle[0] + 30, middle[1] + 30)
    page.mouse.move(middle[0] + x, middle[1] + y)
    page.mouse.up()


def test_a_dragged_tap_is_held_and_changes_the_czech_as_the_laboratory_does(one_page, translator):
    page = one_page
    show(page, f"screen=cell&sentence={quote(GIRL)}")
    page.select_option("[aria-label='In which units']", "every")
    turn(page, "f", 60, 0)
    turn(page, "i", 60, 0)
    held = edits(page)
    assert [(edit["site"], edit["units"], edit["steps"]) for edit in held] == [
        ("enc.l0.f", None, [3]),
        ("enc.l0.i", None, [3]),
    ]
    assert held[0]["value"] == 1 and held[1]["value"] == 0
    assert page.locator(".tap[data-held] .lock").count() == 2 and "At “girl” the memory is kept" in verdict(page)
    made = [lab.Edit(edit["site"], lab.Set(edit["value"]), steps=edit["steps"]) for edit in held]
    (translation,) = lab.edit(translator, [GIRL], [(0, made)])
    shown = page.locator("#czech .chip").all_inner_texts()[:-1]
    assert [word.rstrip("●■") for word in shown] == [
        *translation.text.lower().rstrip(".").replace(",", " ,").split(),
        ".",
    ]
    assert "words change." in page.inner_text(".effect")
    page.evaluate("import('app/app.js').then(({ app }) => { app.history.back(); app.history.back(); })")
    assert edits(page) == []  # two movements, two steps back


def test_a_tap_is_turned_and_let_go_by_keyboard_and_reaches_as_far_as_is_chosen(one_page):
    page = one_page
    show(page, f"screen=cell&sentence={quote(GIRL)}&at=3&unit=best")
    page.select_option("[aria-label='In which units']", "one")
    tap = page.get_by_role("slider", name="forget valve")
    tap.focus()
    page.keyboard.press("End")
    assert (edits(page)[0]["units"], edits(page)[0]["steps"], edits(page)[0]["value"]) == ([50], [3], 1)
    assert tap.get_attribute("aria-valuetext") == "1.00, held"
    page.keyboard.press("ArrowDown")
    page.select_option("[aria-label='At which words']", "on")
    assert edits(page) == [{"site": "enc.l0.f", "units": [50], "steps": [3, 4, 5, 6, 7, 8], "op": "set", "value": 0.95}]
    tap.focus()
    page.keyboard.press("Delete")
    assert edits(page) == [] and page.locator(".tap[data-held]").count() == 0
    page.select_option("[aria-label='At which words']", "here")


def verdict(page) -> str:
    return page.inner_text("#screen-cell .verdict")
