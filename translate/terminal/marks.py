"""The signs for gender: a colour (Okabe & Ito's, told apart by everyone) and always a letter or shape besides."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from rich.text import Text

from translate.language import forms
from translate.terminal.columns import blocks, shortened
from translate.terminal.screen import Screen, Signs

STYLE = {"m": "bold #0072B2", "f": "bold #D55E00", None: ""}
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")

GenderOf = Callable[[str], tuple[str | None, bool]]
"""From a word to the gender that it shows (None: none), and whether it is a noun."""


def czech_gender(word: str) -> tuple[str | None, bool]:
    """The gender that a Czech word shows (None: none), and whether it is a noun."""
    noun = forms.noun(word)
    return (noun.gender, True) if noun else (forms.gender_of(word), False)


def english_gender(word: str) -> tuple[str | None, bool]:
    """The gender that an English word fixes (None: none), and whether it is a noun."""
    gender = forms.english_gender(word)
    return gender, gender is not None and word.lower() not in ("he", "she", "his", "her", "himself", "herself")


def percent_sure(p: float) -> int:
    """How sure a probability is of the likelier of two answers, in whole per cent and never 100."""
    return min(round(100 * max(p, 1 - p)), 99)


def marked(
    text: str, signs: Signs, gender_of: GenderOf = czech_gender, changed: Collection[int] = ()
) -> tuple[list[Text], list[Text]]:
    """The words of `text`, coloured by the gender they show, and what stands under each: a line with that letter.

    A double line under nouns, a single one under the words that agree with them. The words whose number is in
    `changed` are put in brackets.
    """
    above, below = [], []
    for number, chunk in enumerate(text.split()):
        chunk = shortened(chunk)
        word = _WORD.search(chunk)
        gender, is_noun = gender_of(word[0]) if word else (None, False)
        start, end = word.span() if word else (0, len(chunk))
        left, right = ("[", "]") if number in changed else ("", "")
        above.append(Text.assemble(chunk[:start] + left, (chunk[start:end], STYLE[gender]), right + chunk[end:]))
        line = gender.center(end - start, signs.noun if is_noun else signs.agreeing) if gender else ""
        below.append(Text(" " * (start + len(left)) + line, STYLE[gender]))
    return above, below


def marked_lines(
    text: str,
    screen: Screen,
    gender_of: GenderOf = czech_gender,
    changed: Collection[int] = (),
    labels: Sequence[str] = (),
) -> Iterator[Text]:
    """The lines that show `text` with its genders on a screen; see `marked`."""
    for line in blocks(marked(text, screen.signs, gender_of, changed), screen.width, labels):
        if line.plain.strip():
            yield line
