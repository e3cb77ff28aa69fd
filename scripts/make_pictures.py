"""The README's pictures of the report and of the explorer: screenshots by Debian's Chromium, `.github/pictures/*.png`.

translate probe --explore --out runs/report
python scripts/make_pictures.py runs/report models/lesson-study/study.html
"""

import shutil
import sys
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright

from translate.report.page_states import SWITCH

PICTURES = Path(__file__).parent.parent / ".github" / "pictures"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
# The explorer at the word where the boy's sentence turns to the sister: reading *ale*, about to write *moje*.
EXPLORER = {
    "translate": {"screen": "translate"},
    "cell": {"screen": "cell", "sentence": SWITCH, "at": 28, "unit": 69},
    "whatif": {"screen": "whatif", "sentence": SWITCH, "at": 33},
    "memory": {"screen": "memory", "sentence": SWITCH, "at": 28},
}


def photograph_explorer(browser, page_file: Path) -> None:
    """Photograph some states of the explorer's page."""
    for name, state in EXPLORER.items():
        page = browser.new_page(viewport={"width": 1280, "height": 900}, device_scale_factor=1)
        page.goto(f"{page_file.as_uri()}#{urlencode(state)}")
        page.wait_for_selector("html[data-ready]")
        page.wait_for_timeout(1000)  # transitions
        page.screenshot(path=PICTURES / f"explorer-{name}.png")
        page.close()


def main() -> None:
    """Photograph the report and the page in the folder given, and copy the two figures that the README shows alone."""
    report, study = (Path(name).resolve() for name in sys.argv[1:3])
    browser_path = shutil.which("chromium")
    if browser_path is None:
        sys.exit("make_pictures: there is no chromium; install Debian's package of that name.")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        for scheme in ("light", "dark"):
            page = browser.new_page(viewport={"width": 1100, "height": 1000}, color_scheme=scheme)
            page.goto((report / "report.html").as_uri())
            page.screenshot(path=PICTURES / f"report-{scheme}.png")
        photograph_explorer(browser, report / "explorer.html")
        page = browser.new_page(viewport={"width": 800, "height": 900}, device_scale_factor=1.5)
        page.goto(study.as_uri())
        page.locator(".picture").first.screenshot(path=PICTURES / "study-distance.png")
        browser.close()
    for figure in ("time-course", "effects"):
        shutil.copy(report / "figures" / f"{figure}.png", PICTURES / f"{figure}.png")


if __name__ == "__main__":
    main()
