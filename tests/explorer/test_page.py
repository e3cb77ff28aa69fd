"""The page in a real browser: from disk, offline, whatever is typed or linked, by keyboard, on any screen.

Longer than 300 lines because the questions are asked of the one page that is open, not of its single files.
"""

import json
import re
from urllib.parse import quote

import pytest

from tests.explorer.conftest import show
from tests.explorer.float64 import Distances, ExactTranslator

SCREENS = ("translate", "cell", "memory", "pair", "whatif", "gradients", "lesson")
MINE = ("translate", "cell", "whatif")
SWITCH = "I am a boy who likes to read, but my sister is a girl who likes to sing."
HOSTILE = [
    "</script><script>document.title='owned'</script>",
    '"\'`<img src=x onerror="document.title=1">',
    "שלום \u202e girl",
    "👩\u200d🚀 girl 💥 boy",
    "girl " * 2000,
    "",
    "   ",
    "{{ payload }}",
    "__proto__ constructor hasOwnProperty toString",
    "&lt;b&gt; &#x27;",
]


def words(page, line="czech"):
    return [text.rstrip("●■") for text in page.locator(f"#{line} .chip").all_inner_texts()]


def test_it_opens_from_disk_without_a_network_and_forbids_itself_one(open_page, built):
    page = open_page()
    policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    assert (
        policy == "default-src 'none'; script-src 'unsafe-inline' data:; style-src 'unsafe-inline'; img-src data: blob:"
    )
    assert words(page) == ["jsem", "holka", ",", "která", "se", "ráda", "učí", ".", "end"]
    blocked = page.evaluate("fetch('https://example.org').then(() => 'reached', (error) => error.name)")
    assert blocked == "TypeError"
    page.noted.clear()  # the policy has just told the console so
    text = built.read_text(encoding="utf-8")
    assert not re.search(r"(src|href)=[\"']?https?:", text) and "@import" not in text


def test_whatever_is_typed_is_text(open_page):
    page = open_page()
    for sentence in HOSTILE:
        page.fill("#sentence", sentence)
        for screen in SCREENS:
            page.click(f"[data-screen={screen}]")
            assert page.locator(f"#screen-{screen}").is_visible(), sentence
        assert page.title().endswith("See an LSTM remember"), sentence
        assert page.locator("main img, main iframe, script:not([type]):not(:last-of-type)").count() == 0, sentence
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), sentence
        typed = re.sub(r"\s+", "", sentence.replace("‮", ""))
        shown = "".join(page.locator("#english .chip").all_inner_texts())
        assert (shown and typed.startswith(shown[:20])) or not typed
        is_long = len(sentence.split()) == 2000
        assert ("Only the first 250 words" in page.inner_text("#unknown")) == is_long
        assert not is_long or page.locator("#english .chip").count() == 250


def test_unknown_words_are_named_with_the_nearest_known_ones(open_page):
    page = open_page()
    page.fill("#sentence", "I am a gril who likes to lern.")
    assert page.locator("#unknown p").all_inner_texts() == [
        "gril is not a word that this model knows; it knows girl",
        "lern is not a word that this model knows; it knows learnearnclever",
    ]
    page.click("#unknown .word >> text=girl")
    page.click("#unknown .word >> text=learn")
    assert page.input_value("#sentence") == "I am a girl who likes to learn."
    assert page.inner_text("#unknown") == ""


@pytest.mark.parametrize(
    ("sentence", "doubt"),
    [
        ("I am a girl who likes to learn.", ""),
        (SWITCH, ""),
        ("I like to learn.", "the model is unsure of"),
        ("I like to learn.", "it was never taught sentences with “I like”"),
        ("He likes to read.", "nothing in the English is policista"),
        (
            "I am a boy who likes to read, but my sister is a girl who likes to sing and my brother is tired.",
            "nobody in the Czech stands for",
        ),
    ],
)
def test_a_doubtful_translation_says_so_on_every_screen(open_page, sentence, doubt):
    page = open_page()
    page.fill("#sentence", sentence)
    for screen in SCREENS:
        page.click(f"[data-screen={screen}]")
        assert page.locator("#doubts").is_visible() == bool(doubt)
        assert doubt in page.locator("#doubts").inner_text()


@pytest.mark.parametrize(
    "hash_",
    [
        "nonsense",
        "screen=nowhere&at=-3&unit=mena",
        "edits=[{]&sentence=I+am+a+boy",
        "%E0%A4%A&&&===",
        "at=99999&layer=9&unit=5000&pinned=4,x",
        "edits=[{%22site%22:%22dec.l0.f%22,%22op%22:%22set%22,%22value%22:1e999}]",
        "a" * 10_000,
    ],
    ids=range(7),
)
def test_a_link_of_nonsense_leaves_the_page_whole(open_page, hash_):
    page = open_page(hash_)
    assert page.locator("#screen-translate").is_visible()
    assert page.locator("#czech .chip").count() > 2
    problem = page.locator("#problem")
    assert problem.is_visible() and problem.inner_text().startswith(
        "The link says something that this page does not know ("
    )


def test_the_whole_view_is_in_its_link(open_page, browser, built):
    page = open_page()
    page.fill("#sentence", SWITCH)
    page.click("[data-screen=whatif]")
    page.click("text=Keep this clamp on every screen")
    page.click("[data-screen=cell]")
    page.click("text=unit …")
    page.click(".node[data-node=i]")
    page.locator("#scrub").fill("24")
    page.wait_for_timeout(600)  # the address follows a little later
    link = page.evaluate("location.hash.slice(1)")
    assert "at=24" in link and "edits=" in link
    other = open_page(link)
    for where in (
        "#czech",
        "#screen-cell .verdict",
        "#screen-cell .card:nth-child(2)",
        "#live",
        "#count",
        "#screen-cell .side > .card:last-child",
    ):
        assert other.locator(where).first.inner_text() == page.locator(where).first.inner_text()


def test_a_click_on_an_exported_file_saves_it(open_page, tmp_path):
    page = open_page("screen=cell")
    found = {}
    page.click("#export summary")
    for name in page.locator("#files button").all_inner_texts():
        with page.expect_download() as download:
            page.locator("#files button", has_text=name.split()[-1]).click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        found[path.suffix] = path.read_bytes()
        page.click("#export summary")
    assert found[".png"].startswith(b"\x89PNG") and b"<svg" in found[".svg"] and b"class=" not in found[".svg"]
    data = json.loads(found[".json"])
    assert data["written"][1] == "holka" and len(data["values"]["dec"]["l0.f"]) == 9 * 128
    assert data["about"]["model"] and data["view"]["screen"] == "cell" and "#" in data["link"]


# ------------------------------------------------------------------------------------------------------ keyboard


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def focus_of(page) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.textContent.slice(0, 40)")


def test_everything_by_keyboard(open_page):
    """No mouse: skip link, screens, cursor, a node of the cell, a clamp, its removal, the files."""
    page = open_page()
    press(page, "Tab")
    assert focus_of(page) == "skip"
    reached = []
    for _ in range(60):
        press(page, "Tab")
        reached.append(focus_of(page))
    assert {"Translate", "What if", "copy", "sentence", "swap", "examples", "play", "scrub"} <= set(reached)
    page.focus("#scrub")
    at = int(page.input_value("#scrub"))
    press(page, "ArrowRight")
    assert int(page.input_value("#scrub")) == at + 1
    page.evaluate("document.activeElement.blur()")
    press(page, "ArrowLeft", "ArrowLeft")
    assert int(page.input_value("#scrub")) == at - 1
    press(page, "Space")
    assert page.get_attribute("#play", "aria-pressed") == "true"
    press(page, "Space")
    page.focus("[data-screen=cell]")
    press(page, "Enter")
    page.focus(".node[data-node=f]")
    press(page, "Enter")
    assert page.inner_text("#screen-cell .side > .card:last-child").startswith("Forget valve")
    page.focus("[data-screen=whatif]")
    press(page, "Enter")
    page.locator("#screen-whatif select[aria-label=How]").focus()
    press(page, "h")
    page.locator("#screen-whatif input[type=range]").focus()
    press(page, "ArrowRight")
    assert page.inner_text("#count") == "clamps: 1"
    page.focus("#clear")
    press(page, "Enter")
    assert page.locator("#clamps").is_hidden()
    page.locator("#export summary").focus()
    press(page, "Enter", "Tab")
    assert focus_of(page).startswith(("SVG", "PNG", "JSON"))
    press(page, "Escape")
    assert page.get_attribute("#export", "open") is None


def test_a_term_explains_itself_on_focus_and_on_hover(open_page):
    page = open_page()
    term = page.locator(".term").first
    term.focus()
    assert len(page.inner_text("#tip")) > 20 and term.get_attribute("aria-describedby") == "tip"
    press(page, "Escape")
    assert page.locator("#tip").count() == 0
    page.locator("#czech .chip").nth(3).hover()
    assert page.inner_text("#tip").startswith("která: “who”, feminine; masculine: který; p = ")


# ------------------------------------------------------------------------------------- sizes, schemes, motion


@pytest.mark.parametrize(("width", "height", "scale"), [(360, 740, 1), (640, 400, 2)], ids=["telephone", "zoomed"])
def test_no_screen_is_wider_than_the_window(open_page, width, height, scale):
    """On a telephone, and with a window of 1280 × 800 at 200 %."""
    size = {"viewport": {"width": width, "height": height}, "device_scale_factor": scale}
    page = open_page(f"sentence={quote(SWITCH)}", **size)
    for screen in SCREENS:
        page.evaluate(f"location.hash = 'screen={screen}&sentence={quote(SWITCH)}'")
        page.wait_for_selector(f"#screen-{screen}", state="visible")
        assert page.evaluate("document.documentElement.scrollWidth") == width, screen


def axe() -> str:
    from importlib.resources import files

    pytest.importorskip("axe_playwright_python")
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_screen_has_an_axe_violation(open_page, scheme):
    page = open_page(color_scheme=scheme)
    page.evaluate(axe())
    for screen in SCREENS:
        page.click(f"[data-screen={screen}]")
        page.wait_for_timeout(600)  # until what fades in has come
        found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
        assert [(screen, one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found] == []


def test_nothing_moves_for_who_wants_no_motion(open_page):
    page = open_page("screen=cell", reduced_motion="reduce")
    page.click(".mini >> nth=0")
    assert page.evaluate("document.getAnimations().length") == 0


def test_a_change_of_the_colour_scheme_is_followed(open_page):
    page = open_page(color_scheme="light")
    background = "getComputedStyle(document.querySelector('.card')).backgroundColor"
    light = page.evaluate(background)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(background) != light


# --------------------------------------------------------------------------------------------------- the screens


def test_the_first_picture_is_the_lessons_before_anything_is_touched(open_page):
    page = open_page(viewport={"width": 1280, "height": 720})
    card = page.locator("#screen-translate .card").first
    assert card.inner_text().startswith("The reader stored feminine at girl; the writer held it to the end.")
    picture = card.locator("svg.picture")
    assert {"0.01", "0.95", "forget valve", "memory valve", "stored"} <= set(
        picture.locator("text").all_text_contents()
    )
    assert picture.locator(".gloss").all_text_contents()[:4] == ["(I) am", "girl", "", "who"]
    box = picture.bounding_box()
    assert box["y"] + box["height"] <= 720
    page.select_option("#examples", "1")
    assert card.inner_text().startswith("The reader stored masculine at boy; the writer held it to the end.")


def test_the_cell_opens_on_a_unit_whose_numbers_obey_its_formulas(open_page):
    page = open_page("screen=cell", viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    assert page.inner_text("#screen-cell .verdict").startswith("At “girl” the memory is changed completely")
    drawing = page.locator("svg.cell")
    box = drawing.bounding_box()
    assert box["y"] + box["height"] <= 720 and "unit 50, chosen for this sentence" in drawing.text_content()
    numbers = page.evaluate("""async () => {
      const [{ stepOf }, { app }] = [await import("app/network/walk.js"), await import("app/app.js")];
      return [...Array(app.runs().n).keys()].map((t) => {
        const { push, look, shown, ...step } = stepOf(app, app.store.get(), "enc", t);
        return step;
      });
    }""")
    for step in numbers:
        valves = step["valves"]
        assert -1 <= step["candidate"] <= 1 and all(0 <= value <= 1 for value in valves.values())
        assert step["after"] == pytest.approx(valves["f"] * step["before"] + valves["i"] * step["candidate"], abs=1e-5)
    for view, sums in [("unit=gender&node=g", "Σ u_j g_j = "), ("unit=mean&node=g", "mean of all g_j = ")]:
        show(page, f"screen=cell&{view}")
        assert sums in page.inner_text("#screen-cell .side") and "g = tanh" not in page.inner_text("#screen-cell .side")


def test_a_step_of_the_walk_dims_all_that_is_not_its_own_and_the_walk_plays(open_page):
    page = open_page("screen=cell", reduced_motion="reduce")
    page.click("text=2 Candidate")
    dim = page.locator("svg.cell [data-part].dim").evaluate_all("all => all.map((node) => node.dataset.part)")
    assert {"f", "o", "c0", "in", "kept", "out", "shown", "w-f"} <= set(dim) and not {"g", "i", "made", "added"} & set(
        dim
    )
    assert page.inner_text("#screen-cell .verdict") == "Candidate: 0.99 could be written; 99.36 % of it goes in, +0.99."
    page.select_option("[aria-label=Speed]", "500")
    page.get_by_role("button", name="Play the walk").click()
    page.locator(".chip[data-now]", has_text="who").wait_for()
    assert page.locator("#screen-cell button[aria-pressed=true]", has_text=re.compile(r"^\d \w+$")).count() == 1


def test_nothing_that_is_written_in_the_cell_leaves_its_box(open_page):
    page = open_page("screen=cell", reduced_motion="reduce")
    outside = """() => [...document.querySelectorAll(".node")].filter((node) => {
        const box = node.querySelector(".box").getBoundingClientRect();
        return [...node.querySelectorAll("text")].some((text) => {
            const { left, right } = text.getBoundingClientRect();
            return left < box.left || right > box.right;
        });
    }).map((node) => node.textContent)"""
    for unit in ("best", "gender", "mean"):
        for at in range(18):
            show(page, f"screen=cell&unit={unit}&at={at}")
            assert page.evaluate(outside) == []


def test_translate_marks_where_the_gender_turns(open_page):
    page = open_page(f"sentence={quote(SWITCH)}")
    assert "turned to feminine at “moje”" in page.inner_text("#screen-translate .card >> nth=0")
    assert words(page)[3:5] == ["který", "rád"] and words(page)[13:15] == ["která", "ráda"]
    page.locator("#scrub").fill(str(20 + 13))
    page.click("#screen-translate .fold summary")
    shown = page.locator("#screen-translate .bars > div > span:first-child").all_inner_texts()
    assert len(shown) == 10 and shown[0].rstrip("●■") == "která"


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_follows_what_was_changed_while_it_was_hidden(open_page, screen):
    page = open_page(f"screen={screen}")
    before = page.inner_text(f"#screen-{screen}")
    page.click(f"[data-screen={'cell' if screen != 'cell' else 'translate'}]")
    page.fill("#sentence", "The king likes to dance.")
    page.click(f"[data-screen={screen}]")
    page.wait_for_timeout(1500)  # until the random draws, too, have come
    after = page.inner_text(f"#screen-{screen}")
    fresh = open_page(page.evaluate("import('app/app.js').then(({ app }) => app.store.hash())"))
    fresh.wait_for_timeout(1500)
    assert after == fresh.inner_text(f"#screen-{screen}")
    assert after != before or screen in ("lesson", "gradients")  # their words are about many sentences


@pytest.mark.numerical
def test_the_cell_says_what_the_terminal_says(open_page, translator):
    """Every word of both sides, for the mean, one unit and the gender: valves, flow, memory and its case."""
    from translate.lab.demonstrations.walk import walk
    from translate.lab.probes.readout import readout_of

    page = open_page()
    steps = """async ([side, unit]) => {
      const { stepOf } = await import("app/network/walk.js");
      const { app } = await import("app/app.js");
      const view = { ...app.store.get(), unit, layer: 0 };
      return Array.from({ length: app.runs().now[side].steps }, (_, t) => {
        const { valves, push, ...step } = stepOf(app, view, side, t);
        const { word, hidden } = push("f");
        const names = ["before", "erased", "written", "after", "hAfter", "candidate", "case"];
        return { ...valves, word, hidden, ...Object.fromEntries(names.map((name) => [name, step[name]])) };
      });
    }"""
    readout, precise, distances = readout_of(translator), ExactTranslator(translator.checkpoint), Distances()
    for side in ("enc", "dec"):
        for unit in ("mean", "gender", 76):
            here = page.evaluate(steps, [side, unit])
            terminal, expected = (
                walk(each, "I am a girl who likes to learn.", side, unit, 0, readout) for each in (translator, precise)
            )
            assert [step["case"] for step in here] == [step.case for step in terminal.steps]
            for step, *others in zip(here, terminal_numbers(terminal), terminal_numbers(expected), strict=True):
                for name in others[0]:
                    distances.add(f"{side} {unit} {name}", step[name], *(numbers[name] for numbers in others))
    distances.check()


def terminal_numbers(walked) -> list[dict[str, float]]:
    """What `translate cell` shows at each word, by the page's names."""
    return [
        {
            **{name: valve.value for name, valve in step.valves.items()},
            "before": step.memory_before + walked.memory_bias,
            "after": step.memory_after + walked.memory_bias,
            "erased": step.erased,
            "written": step.written,
            "hAfter": step.hidden_after + walked.hidden_bias,
            "candidate": step.candidate.value,
            "word": step.valves["f"].from_word,
            "hidden": step.valves["f"].from_hidden,
        }
        for step in walked.steps
    ]


def test_a_held_forget_valve_brings_the_first_gender_back(open_page):
    page = open_page(f"screen=whatif&sentence={quote(SWITCH)}")
    assert "která → který, ráda → rád" in page.inner_text("#screen-whatif .verdict")
    page.wait_for_selector("text=0 of 5 draws change the translation")
    assert "intervention, out of distribution" in page.inner_text("#screen-whatif")
    assert page.locator("#clamps").is_hidden()  # so far it is an example
    page.locator("#screen-whatif input[type=range]").fill("0.5")
    assert page.inner_text("#count") == "clamps: 1"
    page.click("#screen-whatif >> text=Undo")
    assert page.locator("#clamps").is_hidden()
