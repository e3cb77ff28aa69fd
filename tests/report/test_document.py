import dataclasses
import json
import re
import shutil
from html.parser import HTMLParser

import pytest

from translate.lab import claims as say
from translate.lab.answer import answer
from translate.lab.statistics import Estimate, wilson
from translate.report import figures, tables
from translate.report.captions import captions
from translate.report.document import write_report

VOID = {"meta", "link", "br", "img", "input", "hr"}


@pytest.fixture(scope="module")
def written(results, tmp_path_factory):
    out = tmp_path_factory.mktemp("report")
    return write_report(results, out)


class Checked(HTMLParser):
    """Collects elements and fails where one is closed that is not open."""

    def __init__(self):
        super().__init__()
        self.open, self.seen, self.attributes = [], [], []

    def handle_starttag(self, tag, attributes):
        self.seen.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attributes]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.seen.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attributes]

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag


def test_the_page_is_well_formed_and_keeps_to_itself(written, results):
    text = written.read_text(encoding="utf-8")
    page = Checked()
    page.feed(text)
    assert not page.open
    assert "script" not in page.seen and "iframe" not in page.seen
    for _, name, value in page.attributes:
        if name in ("src", "href", "xlink:href", "action"):
            assert value.startswith(("#", "figures/", "data:image/png;base64,", "results.json")), value
    assert not re.search(r"url\(\s*['\"]?(?!#)", text) and "@import" not in text
    assert page.seen.count("svg") == len(captions(results)) == 8
    ids = [value for _, name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    assert "&lt;&amp;&gt;" in text  # the command is shown as it was typed
    for link in re.findall(r'href="((?:figures/|results)[^"]+)"', text):
        assert (written.parent / link).is_file()


def test_every_figure_has_a_claim_a_way_to_read_it_and_its_numbers(written, results):
    text = written.read_text(encoding="utf-8")
    for figure in re.findall(r"<figure.*?</figure>", text, re.DOTALL):
        assert re.search(r"<h3>[^<]{20,}</h3>", figure) and "How to read it." in figure
        assert re.search(r"<svg[^>]*role=\"img\"[^>]*>\s*<title>[^<]{20,}</title>\s*<desc>[^<]{20,}</desc>", figure)
        assert "<table>" in figure and results.about.model in figure and "seed 0" in figure
        assert "var(--" in figure and "#0072b2" not in figure.lower()


def test_the_same_results_give_the_same_bytes(results, written, tmp_path):
    again = write_report(results, tmp_path)
    files = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    assert len(files) == 2 + 2 * 8
    for file in files:
        assert (tmp_path / file).read_bytes() == (written.parent / file).read_bytes(), file
    assert again.name == "report.html"


def test_the_json_holds_everything(written, results):
    found = json.loads((written.parent / "results.json").read_text(encoding="utf-8"))
    assert set(found) == {"format"} | {field.name for field in dataclasses.fields(results)}
    assert found["claims"][0].keys() >= {"id", "statement", "verdict", "estimate", "controls", "refuted_by", "seeds"}
    assert "NaN" not in (written.parent / "results.json").read_text(encoding="utf-8")


def test_a_failed_claim_says_so(results):
    low = wilson(60, 100, "words")
    readings = (dataclasses.replace(results.readings[0], probe=low), *results.readings[1:])
    failed = say.stored_claim(readings)
    assert failed.verdict == "does not hold" and "does not tell" in failed.statement
    claims = [failed if claim.id == "stored" else claim for claim in results.claims]
    told = answer(readings, results.effects, results.first_noun, claims)
    assert told[0].startswith("No,")
    effects = [dataclasses.replace(effect, flipped=low, other=low) for effect in results.effects]
    used, contained = say.used_claims(effects)
    assert used.verdict == contained.verdict == "does not hold"
    assert "only" in used.statement and "changes too" in contained.statement
    without = answer(
        results.readings, (), results.first_noun, [c for c in results.claims if c.id not in ("used", "contained")]
    )
    assert without[0].startswith("Not certainly") and "could not be tried" in without[0]


def test_verdicts_follow_the_whole_interval():
    def estimate(low, high):
        return Estimate((low + high) / 2, low, high, 10, "words", "")

    assert say.at_least(estimate(0.96, 1), 0.95) == say.at_most(estimate(0, 0.04), 0.05) == "holds"
    assert say.at_least(estimate(0.5, 0.94), 0.95) == say.at_most(estimate(0.06, 1), 0.05) == "does not hold"
    assert say.at_least(estimate(0.9, 0.99), 0.95) == say.at_least(wilson(0, 0, "words"), 0.95) == "undecided"


def test_every_caption_has_its_figure_and_table(results):
    assert list(captions(results)) == list(figures.ALL) == list(tables.ALL)
    bare = dataclasses.replace(results, gates=(), effects=())  # an Elman network, a model that translates nothing
    assert not {"gates", "effects"} & set(captions(bare))


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Debian's chromium")
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1100, "dark")])
def test_it_opens_offline_and_fits_a_telephone(written, width, scheme):
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        options = [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-background-networking",
            "--disable-sync",
        ]
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=options)
        page = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, offline=True
        ).new_page()
        said, asked = [], []
        page.on("console", lambda message: said.append(message.text))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(written.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert not said and [url for url in asked if not url.startswith("data:")] == [written.as_uri()]
        browser.close()
