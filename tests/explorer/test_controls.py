"""What can be pressed, chosen or typed into: it is seen, it closes again, it stays on the screen."""

import pytest

SCREENS = ("translate", "cell", "memory", "pair", "whatif", "gradients", "lesson")

# Fields and buttons that are shown but cannot be seen; a radio button's place is taken by its label.
UNSEEN = """() => [...document.querySelectorAll("main input, main select, main button, header input, header select")]
    .filter((node) => node.type !== "radio" && node.checkVisibility() && node.getClientRects().length)
    .filter((node) => !node.checkVisibility({ opacityProperty: true }) || node.getBoundingClientRect().width < 12)
    .map((node) => node.getAttribute("aria-label") ?? node.id ?? node.textContent)"""


@pytest.fixture(scope="module")
def page(browser, built):
    """One page for the tests of this file, of which each says first what it wants to see."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 720})
    page = context.new_page()
    noted = []
    page.on("console", lambda message: noted.append(message.text))
    page.on("pageerror", lambda error: noted.append(str(error)))
    page.goto(built.as_uri())
    page.wait_for_selector("html[data-ready]", timeout=20_000)
    yield page
    context.close()
    assert not noted


def show(page, view: str) -> None:
    page.evaluate(
        "(hash) => new Promise((done) => { addEventListener('hashchange', done, { once: true }); location.hash = hash })",
        view,
    )


def test_a_unit_can_be_typed_and_whatever_is_there_to_be_used_is_seen(page):
    show(page, "screen=cell&unit=5")
    field = page.locator("#screen-cell input[aria-label=Unit]")
    assert field.evaluate("(node) => node.checkVisibility({ opacityProperty: true })")
    field.fill("76")
    field.press("Enter")
    assert "unit 76" in page.inner_text("#live")
    for screen in SCREENS:
        show(page, f"screen={screen}&unit=7&edits=[]")
        assert page.evaluate(UNSEEN) == [], screen
