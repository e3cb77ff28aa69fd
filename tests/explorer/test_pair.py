"""Boy and girl beside each other: the transplant does what PyTorch's does, and stands beside its controls."""

import re
from urllib.parse import urlencode

import pytest

from translate import lab
from translate.lab.editing.counterfactual import edit
from translate.lab.editing.edit import Edit
from translate.lab.editing.operations import From
from translate.lab.experiments.intervening.exchange import exchanged
from translate.lab.tracing.site import Site

BOY = "I am a boy who likes to learn."
GIRL = "I am a girl who likes to learn."
TWO = "I am a boy who likes to read, but my sister is a girl who likes to sing."
PARTS = {"both": ("h", "c"), "c": ("c",), "h": ("h",), "top1": ("c",), "top3": ("c",), "top10": ("c",)}


def _pair(**view):
    return urlencode({"screen": "pair", **view})


def _result(page):
    return re.sub(r"[●■◇]", "", page.locator(".result dd").nth(2).locator(".czechline").inner_text()).split()


def test_a_transplant_writes_what_pytorchs_writes(open_page, translator, payload):
    states = [Site("dec.l0.c"), Site("dec.l0.h")]
    trace = lab.trace(translator, [BOY, GIRL], sites=states)
    base, source = ({site: From(trace[site][row].numpy()) for site in states} for row in (0, 1))
    page = open_page(_pair(sentence=BOY, at=9))
    turned = 0
    for part, names in PARTS.items():
        units = tuple(payload["ranking"]["dec.l0"][: int(part[3:])]) if part.startswith("top") else None
        for step in (0, 2, 4):
            sites = [site for site in states if site.name in names]
            [expected] = edit(translator, [BOY], [(0, exchanged(sites, units, step, base, source, "restored"))])
            page.evaluate("hash => { location.hash = hash; }", _pair(sentence=BOY, part=part, when=step, at=9))
            page.locator(".result dt", has_text=f"after {step + 1}").wait_for()
            assert _result(page) == list(expected.tokens), (part, step)
            turned += "která" in _result(page)
    assert 6 < turned < 18  # some turn it and some do not: both were compared


@pytest.mark.parametrize("part", ["both", "c", "h"])
def test_in_the_encoder_too(part, open_page, translator):
    trace = lab.trace(translator, [TWO.replace("boy", "girl")])
    edits = [Edit(f"enc.l0.{name}", From(trace[f"enc.l0.{name}"][0].numpy()), 4) for name in PARTS[part]]
    [expected] = edit(translator, [TWO], [(0, edits)])
    page = open_page(_pair(sentence=TWO, part=part, side="enc", at=2))
    assert page.input_value("#when") == "4"  # one word after the noun
    assert _result(page) == list(expected.tokens)


def test_the_moment_is_one_word_after_the_noun_and_what_turned_is_said(open_page):
    page = open_page(_pair(sentence=BOY, at=9))
    assert page.input_value("#when") == "2"
    assert "the agreement turned" in page.inner_text(".result")
    assert "In general" in page.inner_text(".result")
    page.select_option("#when", "7")
    assert "Nothing changed" in page.inner_text(".result")


def test_chosen_units_stand_beside_as_many_random_ones(open_page):
    page = open_page(_pair(sentence=BOY, at=9))
    page.get_by_label("the best 3 units of c").focus()
    page.keyboard.press("Space")
    said = page.inner_text(".result")
    assert "the agreement turned" in said
    assert re.search(r"random units: agreement turned in \d+ of 20 draws", said)


def test_only_the_first_person_is_exchanged_unless_one_asks(open_page):
    page = open_page(_pair(sentence=TWO, at=25))
    assert page.input_value("#twin") == TWO.replace("boy", "girl")
    page.get_by_label("everyone").check(force=True)
    assert page.input_value("#twin") == "I am a girl who likes to read, but my brother is a boy who likes to sing."
    page.fill("#twin", GIRL)
    page.press("#twin", "Enter")
    page.wait_for_url(re.compile("twin"))
    assert "učí" in page.locator(".result dd").nth(1).inner_text()


def test_a_sentence_without_a_gender_says_so(open_page):
    page = open_page(_pair(sentence="you are tired"))
    assert "no boy or girl" in page.inner_text("#screen-pair")
    page.fill("#sentence", GIRL)
    assert page.locator("#screen-pair svg.picture").count() == 1


def test_the_transplant_can_be_kept_as_a_clamp_and_does_the_same_there(open_page):
    page = open_page(_pair(sentence=BOY, part="c", at=9))
    expected = _result(page)
    page.get_by_role("button", name="Keep it as a clamp").press("Enter")
    page.wait_for_url(re.compile("screen=whatif"))
    written = [re.sub(r"[●■◇]", "", text) for text in page.locator("#czech .chip").all_inner_texts()]
    assert written[:-1] == expected


def test_the_second_person_keeps_its_small_letter_and_b_follows_what_is_typed(open_page):
    page = open_page(_pair(sentence=TWO, at=25))
    page.get_by_label("the second").check(force=True)
    assert page.input_value("#twin") == TWO.replace("sister is a girl", "brother is a boy")
    page.press("#twin", "End")
    page.locator("#twin").press_sequentially(" dragom")
    said = page.locator("#screen-pair .unknown")
    said.get_by_text("dragom is not a word that this model knows").wait_for()  # without Enter
    page.fill("#twin", "I like to learn")
    said.get_by_text("Doubtful:").wait_for()
    page.fill("#twin", "I am a gril who likes to learn.")
    said.get_by_role("button", name="girl").click()
    assert page.input_value("#twin") == GIRL
    assert page.locator("#screen-pair .unknown p").count() == 0
    assert "učí" in page.locator(".result dd").nth(1).inner_text()
