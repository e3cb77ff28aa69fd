"""What is put on the screen: columns, marks, the twin, completion."""

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from rich.cells import cell_len
from rich.text import Text

from translate.chat.prompt import History, WordCompleter
from translate.chat.session import differing
from translate.chat.twin import twin_of
from translate.lab.demonstrations.walk import openness
from translate.terminal.columns import blocks, shortened
from translate.terminal.marks import Glyphs, marked
from translate.terminal.strip import cell

FINE = Glyphs.of("utf-8")


@pytest.mark.parametrize("width", [20, 40, 80])
def test_columns_fit_the_width_and_lose_nothing(width):
    above = [Text(shortened(w)) for w in ["one", "日本語", "three", "fourteen-and-more-letters", "five", "six"] * 3]
    below = [Text(str(n)) for n in range(len(above))]
    lines = [line.plain for line in blocks([above, below], width, ["a", "b"])]
    assert max(map(cell_len, lines)) <= max(width, 23)
    assert " ".join(lines[1::2]).replace("b", "").split() == [str(n) for n in range(len(above))]
    for top, bottom in zip(lines[::2], lines[1::2], strict=True):
        assert [cell_len(top[: top.index(w)]) for w in top.split()[:3]] == [
            cell_len(bottom[: bottom.index(f" {n}") + 1]) if i else 2 for i, n in enumerate(bottom.split()[:3])
        ]


def test_nouns_and_agreeing_words_are_marked_by_letter_and_line():
    above, below = marked("Jsem kluk, která se rád učí.", FINE)
    assert [t.plain for t in above] == ["Jsem", "kluk,", "která", "se", "rád", "učí."]
    assert [t.plain.strip() for t in below] == ["", "═m══", "──f──", "", "─m─", ""]


def test_what_changed_stands_in_brackets():
    above, below = marked("Jsem kluk.", FINE, changed={1})
    assert above[1].plain == "[kluk]."
    assert below[1].plain == " ═m══"
    assert differing("Jsem kluk, který rád čte.", "Jsem holka, která ráda čte.") == {1, 2, 3}
    crossed = (
        "Jsem kluk, který rád čte, ale je holka, která ráda čte.",
        "Jsem holka, která ráda čte, ale je kluk, který rád čte.",
    )
    assert differing(*crossed) == {1, 2, 3, 7, 8, 9}


@pytest.mark.parametrize(
    ("p", "shown"),
    [(0.0, "▁ m 99"), (0.02, "▁ m 98"), (0.5, "▅ ? 50"), (0.75, "▇ f 75"), (1.0, "█ f 99"), (0.45, "▄ ? 55")],
)
def test_a_probability_as_bar_letter_and_percent(p, shown):
    assert cell(p, FINE).plain == shown


@pytest.mark.parametrize(
    ("value", "said"), [(0, "closed"), (0.33, "closed"), (0.34, "half"), (0.66, "half"), (0.67, "open")]
)
def test_the_verdict_on_a_valve(value, said):
    assert openness(value) == said


@pytest.mark.parametrize(
    ("line", "twin"),
    [
        ("I am a boy who likes to learn.", "I am a girl who likes to learn."),
        ("I'm an emperor", "I am an empress"),
        ("My brother is a monk and his wife is an actress.", "My sister is a nun and her husband is an actor."),
        ("She's happy.", "He is happy."),
        ("BOY", "Girl"),
        ("A hero rests.", "A heroine rests."),
        ("You are happy.", None),
        ("", None),
    ],
)
def test_the_twin(line, twin):
    assert twin_of(line) == twin


def test_the_twin_of_the_twin_is_the_sentence():
    line = "The great-grandfather who likes to chat with his mother-in-law is an heir."
    assert twin_of(twin_of(line)) == line


def complete(typed: str) -> list[str]:
    completer = WordCompleter(["girl", "giant", "great", "I", "Prague", ",", "gi"])
    return [found.text for found in completer.get_completions(Document(typed), CompleteEvent())]


def test_completion():
    assert complete("I am a gir") == ["girl"]
    assert complete("Gi") == ["Girl", "Giant"]
    assert complete("in pra") == ["Prague"]
    assert complete("I am a ") == []
    assert complete(":s") == [":swap"]
    assert complete("a :s") == []


def test_a_history_keeps_lines_and_forgives_everything(tmp_path):
    history = History(tmp_path / "new" / "history")
    history.store_string("I am a boy")
    history.store_string("x" * 5000)
    history.store_string("a lone surrogate \udcff")
    assert list(History(tmp_path / "new" / "history").load_history_strings())[-1] == "I am a boy"
    assert list(History(tmp_path).load_history_strings()) == []
    History(tmp_path).store_string("a folder cannot be written to")
