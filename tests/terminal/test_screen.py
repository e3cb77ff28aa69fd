"""What a screen can show, and how paragraphs are set on it."""

import io

import pytest

from translate.terminal.screen import FINE, PLAIN, Console, Screen, Signs


def printed(width: int, *paragraphs: str, **layout) -> list[str]:
    screen = Screen(Console(file=io.StringIO(), width=width))
    for paragraph in paragraphs:
        screen.say(paragraph, **layout)
    return screen.console.file.getvalue().splitlines()


def test_signs_are_those_that_a_screen_can_show():
    assert Signs.of("utf-8") is FINE
    assert Signs.of("ascii") is Signs.of(None) is Signs.of("nonsense") is PLAIN


def test_plain_signs_are_ascii_and_so_is_what_they_spell():
    drawn = [PLAIN.noun, PLAIN.agreeing, PLAIN.bars, PLAIN.series, *PLAIN.taps.values(), *PLAIN.verdicts.values()]
    assert "".join(drawn).isascii()
    assert PLAIN.shown("∂c − “f · i” … × ≤ →") == 'dc - "f * i" ... * <= ->'
    assert FINE.shown("∂c − “f”") == "∂c − “f”"


@pytest.mark.parametrize("width", [20, 40, 100, 300])
def test_a_paragraph_is_indented_and_stays_in_its_width(width):
    lines = printed(width, "a word " * 60)
    assert max(map(len, lines)) <= min(width, 100) and all(
        line.startswith("  a") or line.startswith("  w") for line in lines
    )


def test_a_label_stands_beside_the_first_line_only():
    lines = printed(30, "eleven words are more than what one line of this has room for", label="  when", margin=10)
    assert lines[0].startswith("  when    eleven") and all(line.startswith(" " * 10) for line in lines[1:])
