"""The README's pictures of the report: screenshots by Debian's Chromium, `.github/pictures/*.png`.

    translate probe --out runs/report
    python scripts/make_pictures.py runs/report
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURES = Path(__file__).parent.parent / ".github" / "pictures"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def main() -> None:
    """Photograph the report in the folder given and copy the two figures that the README shows alone."""
    report = Path(sys.argv[1]).resolve()
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
        browser.close()
    for figure in ("time-course", "effects"):
        shutil.copy(report / "figures" / f"{figure}.png", PICTURES / f"{figure}.png")


if __name__ == "__main__":
    main()
