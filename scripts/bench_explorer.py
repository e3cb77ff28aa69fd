"""Whether the explorer's page keeps its budgets, measured in Chromium.

    python scripts/bench_explorer.py --runs 7

Makes the page of the model that ships (or of `--model`), opens it from disk with the network off, and prints JSON: each
figure with its budget and whether it is kept. Times are medians over runs, the page's own `performance.now()`, layout
included; a scrub is timed on every screen and the slowest screen counts.
"""

import argparse
import json
import os
import statistics
import tempfile
from pathlib import Path
from urllib.parse import urlencode

BUDGETS = {
    "javascript_kb": 80,
    "css_kb": 20,
    "file_mb": 2.5,
    "first_paint_ms": 500,
    "open_to_translation_ms": 400,
    "warm_translation_ms": 30,
    "scrub_ms": 8,
    "clamp_to_redraw_ms": 50,
}
SCREENS = ("translate", "cell", "memory", "pair", "whatif", "gradients", "lesson")
SENTENCES = (
    "I am a boy who likes to learn.",
    "I am a girl who likes to read, but my brother is a king who likes to sing.",
    "The queen who at night in Prague likes to dance is tired.",
    "My sister is a girl who likes to draw.",
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
]

# When the page has shown its first translation: the mark that it sets once everything is drawn.
_READY = """
    new MutationObserver((_, seen) => {
        if (document.documentElement?.dataset.ready) { window.readyAt = performance.now(); seen.disconnect(); }
    }).observe(document, { attributes: true, subtree: true, childList: true });
"""
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
_TRANSLATE = """(sentence) => {
    const box = document.getElementById("sentence"), start = performance.now();
    box.value = sentence;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.dispatchEvent(new Event("change", { bubbles: true }));
    document.body.getBoundingClientRect();
    return performance.now() - start;
}"""
_SCRUB = """() => {
    const range = document.getElementById("scrub"), taken = [];
    for (let round = 0; round < 2; round++) for (let at = 0; at <= Number(range.max); at++) {
        const start = performance.now();
        range.value = at;
        range.dispatchEvent(new Event("input", { bubbles: true }));
        document.body.getBoundingClientRect();
        taken.push(performance.now() - start);
    }
    return taken.slice(taken.length / 2);
}"""
# The page listens to the same event, and was first.
_GO_TO = """(hash) => new Promise((done) => {
    const start = performance.now();
    const drawn = () => { document.body.getBoundingClientRect(); done(performance.now() - start); };
    addEventListener("hashchange", drawn, { once: true });
    location.hash = hash;
})"""


def parsed() -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--model", type=Path)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    return parser.parse_args()


def open_page(context, address: str, hash_: str = ""):
    """The page, once it shows its translation."""
    page = context.new_page()
    page.add_init_script(_READY)
    page.goto(f"{address}#{hash_}")
    page.wait_for_selector("html[data-ready]", timeout=60_000)
    page.wait_for_timeout(200)
    return page


def measure(browser, address: str, runs: int) -> dict[str, list[float]]:
    """Every time in milliseconds, once a run."""
    times: dict[str, list[float]] = {name: [] for name in BUDGETS if name.endswith("_ms")}
    for run in range(runs):
        context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
        page = open_page(context, address)
        times["open_to_translation_ms"].append(page.evaluate("window.readyAt"))
        if (first_paint := page.evaluate(_PAINT)) is not None:
            times["first_paint_ms"].append(first_paint)
        times["warm_translation_ms"].append(
            statistics.median(page.evaluate(_TRANSLATE, sentence) for sentence in SENTENCES)
        )
        times["scrub_ms"].append(max(_scrub(page, screen, run) for screen in SCREENS))
        times["clamp_to_redraw_ms"].append(_clamp(page, run))
        context.close()
    return times


def _scrub(page, screen: str, run: int) -> float:
    page.evaluate(_GO_TO, urlencode({"screen": screen, "sentence": SENTENCES[1], "step": run % 3}))
    page.wait_for_timeout(300)
    return statistics.median(page.evaluate(_SCRUB))


def _clamp(page, run: int) -> float:
    state = {"screen": "whatif", "sentence": SENTENCES[1]}
    page.evaluate(_GO_TO, urlencode(state | {"wrec": 1 + run / 100}))
    edit = {"site": "dec.l0.f", "units": [1, 2, 3], "steps": [4, 5, 6], "op": "set", "value": 1}
    return page.evaluate(_GO_TO, urlencode(state | {"edits": json.dumps([edit])}))


def main() -> None:
    """Measure and print."""
    arguments = parsed()

    from playwright.sync_api import sync_playwright

    from translate.explorer import bundle
    from translate.explorer.payload import make_payload
    from translate.model.translator import Translator

    translator = Translator.load(arguments.model, "numpy")
    text = bundle.page(make_payload(translator, "scripts/bench_explorer.py"))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "explorer.html"
        path.write_text(text, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=arguments.chromium, args=FLAGS)
        version = browser.version
        times = measure(browser, path.as_uri(), arguments.runs)
        browser.close()
    values = {
        "javascript_kb": len(bundle.packed()) / 1000,
        "css_kb": len(bundle.style().encode("utf-8")) / 1000,
        "file_mb": len(text.encode("utf-8")) / 1e6,
        **{name: statistics.median(taken) for name, taken in times.items() if taken},
    }
    figures = {
        name: {"value": round(value, 2), "budget": BUDGETS[name], "kept": value <= BUDGETS[name]}
        for name, value in values.items()
    }
    unpacked = sum(len(source.encode("utf-8")) for source in bundle.sources().values())
    about = {
        "model": translator.checkpoint.hash,
        "chromium": version,
        "runs": arguments.runs,
        "load": os.getloadavg()[0],
        "javascript_kb_unpacked": round(unpacked / 1000, 1),
    }
    all_kept = all(figure["kept"] for figure in figures.values())
    print(json.dumps(about | {"figures": figures, "all_kept": all_kept}, indent=1))


if __name__ == "__main__":
    main()
