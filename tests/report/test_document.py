import dataclasses
import json
import re
from collections import defaultdict
from html import unescape
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from translate.lab.verdicts.whole_report import concluded
from translate.report.document import write_report
from translate.report.figure import texts
from translate.report.figures import QUESTIONS, figures
from translate.report.latex import latex_tables
from translate.report.names import SEVEN
from translate.report.page import failed, failed_controls, page, references
from translate.report.picture.files import inline, png, svg
from translate.report.picture.tint import MINUS, PLUS, darkening

CLAIMS = {f"{name}-{side}" for name in SEVEN for side in ("decoder", "encoder")}
CLAIMS |= {"agreement", "turns", "first-noun", "units", "gates", "cell-alone", "looked-at", "cut-off"}
CLAIMS |= {"without-first", "without-second", "reopened", "another-way"}
VOID = {"meta", "link", "br", "img", "input", "hr"}


def _modules(package: str) -> set[str]:
    """The names of the modules of a package."""
    paths = files(f"translate.{package}").iterdir()
    return {path.name.removesuffix(".py") for path in paths if path.name.endswith(".py")} - {"__init__"}


@pytest.fixture(scope="module")
def written(results, tmp_path_factory):
    out = tmp_path_factory.mktemp("report")
    return write_report(results, out, latex=True)


@pytest.fixture(scope="module")
def made(results):
    return [figure for answers in figures(results).values() for figure in answers]


def test_each_figure_links_to_one_of_its_cases_where_the_page_lies_beside(results, made, written):
    pictures = {figure.name: "" for figure in made}
    text = unescape(page(results, figures(results), pictures, "explorer.html"))
    links = re.findall(r'href="explorer.html#(screen=[^"]+)"', text)
    assert len(links) == len(made)
    assert "explorer.html" not in written.read_text(encoding="utf-8")


class Checked(HTMLParser):
    """Collects elements and fails where one is closed that is not open."""

    def __init__(self):
        super().__init__()
        self.open, self.seen, self.attributes = [], [], []

    def handle_starttag(self, tag, attributes):
        self.handle_startendtag(tag, attributes)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.seen.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attributes]

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag


def test_the_page_is_well_formed_and_keeps_to_itself(written, made):
    text = written.read_text(encoding="utf-8")
    seen = Checked()
    seen.feed(text)
    assert not seen.open
    assert "script" not in seen.seen and "iframe" not in seen.seen
    ids = [value for _, name, value in seen.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    for _, name, value in seen.attributes:
        if name in ("src", "href", "xlink:href", "action"):
            assert value.startswith(("#", "figures/", "data:image/png;base64,", "results.")), value
        if name == "href" and value.startswith("#"):
            assert value[1:] in ids
        if name == "href" and value.startswith(("figures/", "results.")):
            assert (written.parent / value).is_file()
    assert not re.search(r"url\(\s*['\"]?(?!#)", text) and "@import" not in text
    assert seen.seen.count("svg") == len(made) + 1  # the last turns the hues of a heat map into the dark page's
    assert "&lt;&amp;&gt;" in text  # the command is shown as it was typed


def test_every_figure_has_all_that_must_stand_around_it(written, results, made):
    text = written.read_text(encoding="utf-8")
    shown = re.findall(r"<figure.*?</figure>", text, re.DOTALL)
    assert len(shown) == len(made)
    for figure, html in zip(made, shown, strict=True):
        assert re.search(rf"<h3>Figure {made.index(figure) + 1}\. [^<]{{20,}}</h3>", html) and '<p class="how">' in html
        assert re.search(r"<svg[^>]*role=\"img\"[^>]*>\s*<title>[^<]{20,}</title>\s*<desc>[^<]{20,}</desc>", html)
        assert "<details><summary>The numbers" in html and "<td>" in html and figure.text.counts in unescape(html)
        assert re.search(r"n = [\d,]+|[\d,]+ (words|sentences|claims|verdicts)", figure.text.counts), figure.name
        assert "var(--" in html and "#0072b2" not in html.lower()
        for ending in ("png", "svg", "json"):
            assert f'href="figures/{figure.name}.{ending}"' in html
        assert re.findall(r'href="#(refute-[^"]+)"', html) and "The numbers, and what would refute it" in html
        assert all(figure.refutations(results))


def test_each_figure_is_there_as_data(written, results, made):
    for figure in made:
        found = json.loads((written.parent / "figures" / f"{figure.name}.json").read_text(encoding="utf-8"))
        assert found["title"] == figure.title(results) and found["how_to_read"] and found["counts"]
        assert all(found["refuted_by"]) and found["data"]
        for claim in found["claims"]:
            assert claim["n"] >= 0 and claim["statement"]
        widths = {len(row) for row in [found["table"]["columns"], *found["table"]["rows"]]}
        assert found["table"]["rows"] and len(widths) == 1, figure.name
        assert not found["control"] or (written.parent / "figures" / found["control"]).is_file(), figure.name


def test_every_experiment_has_its_figure_in_the_file_of_its_name():
    rooms = ("reading", "intervening", "mechanism")
    experiments = {name for room in rooms for name in _modules(f"lab.experiments.{room}")}
    helpers = {"parts", "das", "tally", "told", "directions", "slots"}
    drawn_beside_another = {"online_code", "clause_erasure"}
    assert experiments - helpers - drawn_beside_another <= _modules("report.figures")


def test_every_figure_that_has_a_text_is_drawn(made):
    assert {figure.name for figure in made} == set(texts())
    for figure in made:
        assert not re.search(r"[{}]", " ".join(value for value in vars(figure.text).values() if isinstance(value, str)))
        assert set(figure.text.claims + figure.text.bears_on) <= CLAIMS and figure.text.how
        assert not figure.text.control or figure.text.control in texts()


def test_the_questions_come_in_the_order_in_which_they_are_asked(written):
    text = written.read_text(encoding="utf-8")
    titles = re.findall(r'<h2 id="[^"]+">(\d+)\. ([^<]+)</h2>', text)
    assert [int(number) for number, _ in titles] == list(range(1, len(titles) + 1))
    names = [unescape(title) for _, title in titles]
    asked = [question for question in QUESTIONS if question in names]
    assert len(asked) > 5 and names == [asked[0], "What is claimed, and what held", *asked[1:], "Methods", "References"]
    contents = text[text.index("<nav") : text.index("</nav>")]
    assert re.findall(r'<li><a href="#[^"]+">([^<]+)</a>', contents) == [title for _, title in titles]


def test_what_is_cited_is_listed_and_what_is_listed_is_cited(written, made):
    text = written.read_text(encoding="utf-8")
    keys = {key for figure in made for key in figure.text.cites}
    assert keys == set(references())
    listed = re.findall(r'<li id="ref-([^"]+)">', text)
    numbers = dict(re.findall(r'<a href="#ref-([^"]+)">\[(\d+)\]</a>', text))
    assert listed == [key for key, _ in sorted(numbers.items(), key=lambda cite: int(cite[1]))]
    assert set(listed) == keys and list(map(int, sorted(numbers.values(), key=int))) == list(range(1, len(keys) + 1))


def test_what_one_reads_is_short_and_in_words(written, results):
    """A quick report, without what a click opens; the first edition had 7,700 words."""
    left_out = dict.fromkeys(("causal_map", "closing", "two_slots", "attention", "ablation"))
    parts = dict.fromkeys(("erasure", "online_code", "generalisation", "gradients"), ())
    quick = concluded(dataclasses.replace(results, **left_out, **parts))
    shown = re.sub(r"<(style|svg|title)\b.*?</\1>|<details.*?</details>", "", _page(quick), flags=re.DOTALL)
    assert len(re.sub(r"<[^>]+>", " ", shown).split()) <= 3_850
    whole = written.read_text(encoding="utf-8")
    said = unescape(re.sub(r"<(style|title)\b.*?</\1>|<[^>]+>", " ", whole, flags=re.DOTALL))
    assert not re.search(r"open_forget|</s>|\b[mf]>[mf]\b|copula-|likes-", said)
    assert said.count(f"version {results.about.version}") == 1  # by what it can be made again is said once


def test_the_same_results_give_the_same_bytes(results, written, made):
    folder = written.parent
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 4 + 3 * len(made)
    pictures = {}
    for number, figure in enumerate(made):
        picture = (folder / "figures" / f"{figure.name}.svg").read_text(encoding="utf-8")
        pictures[figure.name] = inline(picture, figure.name)
        if number % 8 == 4:  # lines, bars and marks
            drawn, description = figure.draw(), f"{figure.text.how} {figure.text.counts}"
            assert svg(drawn, figure.title(results), description) == picture, figure.name
            assert png(drawn) == (folder / "figures" / f"{figure.name}.png").read_bytes(), figure.name
    assert page(results, figures(results), pictures) == written.read_text(encoding="utf-8")
    assert latex_tables(results) == (folder / "tables.tex").read_text(encoding="utf-8")
    assert results.to_json() == (folder / "results.json").read_text(encoding="utf-8")


def _page(results) -> str:
    """The page alone, without its pictures."""
    return page(results, figures(results), defaultdict(str))


def test_what_did_not_hold_is_listed_with_every_failed_control(results):
    first, second, *rest = results.claims
    refuted = dataclasses.replace(first, verdict="does not hold")
    name = next(iter(second.controls))
    open_ = dataclasses.replace(second, verdict="undecided", failed=(name,))
    some = dataclasses.replace(results, claims=(refuted, open_, *rest))
    assert refuted in failed(some) and open_ in failed(some) and (open_, name) in failed_controls(some)
    text = unescape(_page(some))
    section = text[text.index('id="failed"') : text.index("<details><summary>Each claim")]
    assert refuted.statement in section and open_.statement in section
    assert refuted.bar in text and first.refuted_by in text
    assert section.index(refuted.statement) < section.index(open_.statement)
    assert f"✕</span> {name}" in section


def test_where_everything_held_the_report_says_so(results):
    fine = tuple(dataclasses.replace(claim, verdict="holds", failed=()) for claim in results.claims)
    text = _page(dataclasses.replace(results, claims=fine))
    assert "Every claim held" in text and "No control failed" in text


def test_what_was_not_measured_is_left_out(results):
    optional = {
        field.name: field.default for field in dataclasses.fields(results) if field.default is not dataclasses.MISSING
    }
    bare = dataclasses.replace(results, gates=(), claims=(), **optional)
    names = {figure.name for answers in figures(bare).values() for figure in answers}
    assert names == {"accuracy", "controls", "time-course", "units", "pair", "first-noun"}
    text = _page(bare)
    assert text.count("not measured") >= 14  # seven claims for two sides
    checked = Checked()
    checked.feed(text)
    ids = {value for _, name, value in checked.attributes if name == "id"}
    assert {v[1:] for _, name, v in checked.attributes if name == "href" and v.startswith("#")} <= ids


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1100, "dark")])
def test_it_opens_offline_and_fits_a_telephone(written, width, scheme, browser):
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, offline=True)
    opened = context.new_page()
    said, asked = [], []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(written.as_uri())
    longest = "for (const said of document.querySelectorAll('.verdict')) said.textContent = '✕ does not hold'"
    opened.evaluate(longest)
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    assert not said and [url for url in asked if not url.startswith("data:")] == [written.as_uri()]
    context.close()


def test_a_heat_map_has_the_hues_of_the_page_light_and_dark():
    style = files("translate.explorer").joinpath("page/screens.css").read_text(encoding="utf-8")
    plus, minus = ([f"#{hue}" for hue in re.findall(rf"--{name}: #(\w+)", style)] for name in ("plus", "minus"))
    assert [list(PLUS), list(MINUS)] == [plus, minus]
    for before, after in (PLUS, MINUS):
        channels = zip(darkening(), bytes.fromhex(before[1:]), bytes.fromhex(after[1:]), strict=True)
        assert all(abs(255 * intercept + slope * one - other) < 1 for (slope, intercept), one, other in channels)
