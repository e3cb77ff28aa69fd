"""The signs for gender: a colour (Okabe & Ito's, told apart by everyone) and always a letter or shape besides."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from rich.text import Text

from translate.language import forms
from translate.terminal.columns import shortened

STYLE = {"m": "bold #0072B2", "f": "bold #D55E00", None: ""}
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


@dataclass(frozen=True, slots=True)
class Glyphs:
    """What the marks are drawn with: under a noun, under a word that agrees, and a bar by height."""

    noun: str
    agreeing: str
    bars: str

    @classmethod
    def of(cls, encoding: str | None) -> "Glyphs":
        """The glyphs that a screen of this encoding can show."""
        try:
            (_FINE.noun + _FINE.agreeing + _FINE.bars).encode(encoding or "ascii")
        except (UnicodeEncodeError, LookupError):
            return _PLAIN
        return _FINE

    def bar(self, share: float) -> str:
        """One character as high as `share` (0 to 1) says."""
        return self.bars[min(int(share * len(self.bars)), len(self.bars) - 1)]


_FINE = Glyphs("═", "─", "▁▂▃▄▅▆▇█")
_PLAIN = Glyphs("=", "-", "_.-=#")


def czech_gender(word: str) -> tuple[str | None, bool]:
    """The gender that a Czech word shows (None: none), and whether it is a noun."""
    noun = forms.noun(word)
    return (noun.gender, True) if noun else (forms.gender_of(word), False)


def english_gender(word: str) -> tuple[str | None, bool]:
    """The gender that an English word fixes (None: none), and whether it is a noun."""
    gender = forms.english_gender(word)
    return gender, gender is not None and word.lower() not in ("he", "she", "his", "her", "himself", "herself")


def marked(
    text: str, glyphs: Glyphs, gender_of: Callable = czech_gender, changed: Collection[int] = ()
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
        start, end = word.span() if word else (0, 0)
        left, right = ("[", "]") if number in changed else ("", "")
        if not word:
            start, end = 0, len(chunk)
        above.append(Text.assemble(chunk[:start] + left, (chunk[start:end], STYLE[gender]), right + chunk[end:]))
        fill = glyphs.noun if is_noun else glyphs.agreeing
        line = gender.center(end - start, fill) if gender else ""
        below.append(Text(" " * (start + len(left)) + line, STYLE[gender]))
    return above, below
