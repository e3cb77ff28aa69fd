"""Where the English leaves a gender open, both translations are given; where anything tells it, none."""

import pytest

from translate.doubt.pairing import Pairing
from translate.doubt.unsaid import unsaid
from translate.text import split

OPEN = [
    ("I like to read.", "Rád čtu.", "Ráda čtu.", "who speaks"),
    (
        "I was tired because I liked to read.",
        "Byl jsem unavený, protože jsem rád četl.",
        "Byla jsem unavená, protože jsem ráda četla.",
        "who speaks",
    ),
    ("Are you tired?", "Jsi unavený?", "Jsi unavená?", "who is spoken to"),
    (
        "I am a teacher who likes to read.",
        "Jsem učitel, který rád čte.",
        "Jsem učitelka, která ráda čte.",
        "who speaks",
    ),
    ("I would like to become a doctor.", "Rád bych se stal lékařem.", "Ráda bych se stala lékařkou.", "who speaks"),
    ("My teacher is young.", "Můj učitel je mladý.", "Moje učitelka je mladá.", "the teacher is a man or a woman"),
]

TOLD = [
    ("I am a boy who likes to read.", "Jsem kluk, který rád čte."),
    ("As a boy I liked to learn.", "Jako kluk jsem se rád učil."),
    ('The woman smiled. "I am happy," she said.', "Žena se usmívala. „Jsem šťastná,“ řekla."),
    ("The teacher said that she was tired.", "Učitelka řekla, že je unavená."),
    ("I see the boy.", "Vidím kluka."),
    ("My sister is happy.", "Moje sestra je šťastná."),
]


@pytest.mark.parametrize("was", ["masculine", "feminine"])
@pytest.mark.parametrize(("english", "masculine", "feminine", "reason"), OPEN)
def test_both_are_given_whichever_the_model_wrote(english, masculine, feminine, reason, was):
    written = masculine if was == "masculine" else feminine
    found = unsaid(Pairing(split(english, english=True), split(written)))
    assert found is not None and found.translations == (masculine, feminine) and reason in found.reason


@pytest.mark.parametrize(("english", "czech"), TOLD)
def test_nothing_is_open_where_a_word_tells_it_or_no_word_shows_it(english, czech):
    assert unsaid(Pairing(split(english, english=True), split(czech))) is None
