"""What can be pressed, chosen or typed into: it is seen, it closes again, it stays on the screen."""

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
