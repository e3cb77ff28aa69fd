"""What can be pressed, chosen or typed into: it is seen, it closes again, it stays on the screen."""

import pytest

from tests.explorer.conftest import show

SCREENS = ("translate", "cell", "memory", "pair", "whatif", "gradients", "lesson")

# Fields and buttons that are shown but cannot be seen; a radio button's place is taken by its label.
UNSEEN = """() => [...document.querySelectorAll("main input, main select, main button, header input, header select")]
    .filter((node) => node.type !== "radio" && node.checkVisibility() && node.getClientRects().length)
    .filter((node) => !node.checkVisibility({ opacityProperty: true }) || node.getBoundingClientRect().width < 12)
    .map((node) => node.getAttribute("aria-label") ?? node.id ?? node.textContent)"""


def test_a_unit_can_be_typed_and_whatever_is_there_to_be_used_is_seen(one_page):
    page = one_page
    show(page, "screen=cell&unit=5")
    field = page.locator("#screen-cell input[aria-label=Unit]")
    assert field.evaluate("(node) => node.checkVisibility({ opacityProperty: true })")
    field.fill("76")
    field.press("Enter")
    assert "unit 76" in page.inner_text("#live")
    for screen in SCREENS:
        show(page, f"screen={screen}&unit=7&edits=[]")
        assert page.evaluate(UNSEEN) == [], screen


SWITCH = "sentence=I am a boy who likes to read, but my sister is a girl who likes to sing."


@pytest.mark.parametrize("size", [(1280, 720), (390, 844), (1920, 1080)], ids=str)
def test_once_scrolled_the_header_is_small_and_a_change_of_screen_shows_its_heading(one_page, size):
    page = one_page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for screen in SCREENS[:-1]:
        show(page, f"screen={screen}&{SWITCH}")
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        assert page.evaluate("document.querySelector('.top').getBoundingClientRect().bottom") <= 150
        show(page, f"screen={screen}&{SWITCH}&at=3")  # the same screen: nothing moves
        page.evaluate("document.querySelector('[aria-current=page]').nextElementSibling?.click()")
        heading = page.locator("main > section:not([hidden]) h2")
        under = page.evaluate("document.querySelector('.top').getBoundingClientRect().bottom")
        assert under <= heading.bounding_box()["y"] < size[1], screen
    page.set_viewport_size({"width": 1280, "height": 720})


def test_back_goes_to_the_view_before(one_page):
    page = one_page
    show(page, "screen=translate&at=2")
    page.click("[data-screen=cell]")
    page.locator("#scrub").fill("5")
    page.select_option("#examples", "2")
    page.fill("#sentence", "I am a boy.")
    page.click("[data-screen=lesson]")
    page.wait_for_timeout(300)
    seen = []
    for _ in range(3):
        page.go_back()
        page.wait_for_timeout(50)
        view = page.evaluate("import('app/app.js').then(({ app }) => app.store.get())")
        seen.append((view["screen"], len(view["sentence"]), view["at"]))
    assert seen == [("cell", 11, 5), ("cell", 31, 5), ("translate", 31, 2)]
    page.go_forward()
    page.locator("#screen-cell").wait_for()
    assert page.locator("#screen-cell").is_visible()


def test_menus_close_and_stay_on_the_screen(one_page):
    page = one_page
    page.set_viewport_size({"width": 390, "height": 844})
    show(page, "screen=cell")
    for menu in ("#known", "#export"):
        page.click(f"{menu} summary")
        box = page.locator(f"{menu} .menu").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390
        page.locator("main").click(position={"x": 200, "y": 500})
        assert page.get_attribute(menu, "open") is None
        page.click(f"{menu} summary")
        page.focus("#sentence")
        assert page.get_attribute(menu, "open") is None
    page.set_viewport_size({"width": 1280, "height": 720})


def test_an_empty_box_translates_nothing(one_page):
    page = one_page
    for screen in SCREENS:
        show(page, f"screen={screen}&sentence=%20")
        assert page.locator("#czech .chip").count() == 0 and page.locator("#cut").is_hidden()
        body = page.inner_text(f"#screen-{screen}")
        assert ("Type an English sentence" in body) == (screen != "lesson")
        page.fill("#sentence", "I am a boy.")
        assert page.locator(f"#screen-{screen} .body").is_visible() and page.locator("#czech .chip").count() > 2


def test_a_word_says_its_english_to_the_mouse_to_the_keyboard_and_to_a_finger(one_page, open_page):
    page = one_page
    show(page, "screen=translate&at=10")
    page.locator("#czech .chip").nth(3).hover()
    assert page.inner_text("#tip").startswith("která: “who”")
    page.locator("#czech .chip[data-now]").focus()
    assert page.inner_text("#tip").startswith("holka: “girl”")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#tip").startswith("která: “who”")
    touched = open_page("at=10", has_touch=True)
    touched.locator("#czech .chip").nth(5).tap()
    assert touched.inner_text("#tip").startswith("ráda: “")


def test_the_lessons_current_step_is_marked(one_page):
    show(one_page, "screen=lesson&step=3")
    colours = one_page.locator(".steps button").evaluate_all(
        "all => all.map((b) => getComputedStyle(b).backgroundColor)"
    )
    assert [k for k, colour in enumerate(colours) if colour != colours[0]] == [3]


def test_an_embedded_screen_shows_its_drawing_whole_and_nothing_else(one_page):
    page = one_page
    page.set_viewport_size({"width": 900, "height": 520})
    for screen in ("translate", "cell"):
        show(page, f"embed&screen={screen}")
        box = page.locator(f"#screen-{screen} svg.picture").first.bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= 520
        assert not any(page.locator(gone).is_visible() for gone in ("#screens", "#sentence", "footer", "#copy"))
        assert page.evaluate("document.documentElement.scrollWidth") == 900
    assert "screen=cell" in page.get_attribute("#whole", "href") and "embed" not in page.get_attribute("#whole", "href")
    page.set_viewport_size({"width": 1280, "height": 720})


def test_a_presented_page_is_large_and_led_by_keys(one_page):
    page = one_page
    show(page, "screen=translate")
    size = "parseFloat(getComputedStyle(document.querySelector('h2')).fontSize)"
    usual = page.evaluate(size)
    show(page, "present&screen=translate")
    assert page.evaluate(size) > 1.2 * usual and not page.locator("#screens").is_visible()
    page.keyboard.press("2")
    assert page.locator("#screen-cell").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#screens").is_visible()


def test_a_saved_copy_is_the_page_and_opens_at_the_view(one_page, browser, built, tmp_path):
    page = one_page
    show(page, "screen=cell&at=3&walk=2&sentence=I am a boy.")
    with page.expect_download() as download:
        page.click("#save")
    path = tmp_path / "copy.html"
    download.value.save_as(path)
    assert abs(len(path.read_bytes()) - len(built.read_bytes())) < 1000
    copy = browser.new_page()
    copy.goto(path.as_uri())
    copy.wait_for_selector("html[data-ready]")
    assert copy.inner_text("#screen-cell .verdict") == page.inner_text("#screen-cell .verdict")
    copy.close()
