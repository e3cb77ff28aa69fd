"""The page, made once, and how it is opened from disk with the network off."""

import pytest

from tests.shared import made_once
from translate.explorer.bundle import page
from translate.explorer.payload import make_payload
from translate.model.translator import Translator


@pytest.fixture(scope="session")
def translator():
    return Translator.load(None, "numpy")


@pytest.fixture(scope="session")
def payload(translator, tmp_path_factory):
    command = "translate explore <&> </script>"
    return made_once(tmp_path_factory, "explorer payload", lambda: make_payload(translator, command))


@pytest.fixture(scope="session")
def built(payload, tmp_path_factory):
    """The path of the page of the model that ships."""
    path = tmp_path_factory.mktemp("explorer") / "explorer.html"
    path.write_text(page(payload), encoding="utf-8")
    return path


@pytest.fixture
def open_page(browser, built):
    """Opens the page over file://, offline; the test fails on any console message, error or request but the file's own.

    open_page(hash, **options of the browser context); `page.noted` are the errors and `page.asked` the requests.
    """
    contexts = []

    def open_(hash_: str = "", **options):
        context = browser.new_context(offline=True, **{"viewport": {"width": 1280, "height": 800}, **options})
        contexts.append(context)
        page = context.new_page()
        page.noted, page.asked = [], []
        page.on("console", lambda message: page.noted.append(message.text))
        page.on("pageerror", lambda error: page.noted.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(built.as_uri() + (f"#{hash_}" if hash_ else ""))
        page.wait_for_selector("html[data-ready]", timeout=20_000)
        return page

    yield open_
    pages = [page for context in contexts for page in context.pages]
    noted = [text for page in pages for text in page.noted]
    asked = [url for page in pages for url in page.asked if not url.startswith(("data:", "blob:"))]
    for context in contexts:
        context.close()
    assert not noted
    assert len(asked) == len(pages)


@pytest.fixture(scope="module")
def one_page(browser, built):
    """One page for all the tests of a file, of which each begins with `show`; no message may come in any of them."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
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
    """Goes to a view as its link says it ("screen=cell&unit=5")."""
    page.evaluate(
        """(view) => new Promise((done) => {
            if (location.hash.slice(1) === view) done();
            addEventListener("hashchange", done, { once: true });
            location.hash = view;
        })""",
        view,
    )


@pytest.fixture(scope="session")
def network_page(browser, built):
    """One page for whoever only wants the modules: `evaluate` may import "app/network/model.js"."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(built.as_uri())
    page.wait_for_selector("html[data-ready]", timeout=20_000)
    yield page
    context.close()
