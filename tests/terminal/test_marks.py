"""Words coloured by their gender, and the line under each."""

from translate.terminal.marks import marked
from translate.terminal.screen import FINE


def test_nouns_and_agreeing_words_are_marked_by_letter_and_line():
    above, below = marked("Jsem kluk, která se rád učí.", FINE)
    assert [t.plain for t in above] == ["Jsem", "kluk,", "která", "se", "rád", "učí."]
    assert [t.plain.strip() for t in below] == ["", "═m══", "──f──", "", "─m─", ""]


def test_what_changed_stands_in_brackets():
    above, below = marked("Jsem kluk.", FINE, changed={1})
    assert above[1].plain == "[kluk]."
    assert below[1].plain == " ═m══"
