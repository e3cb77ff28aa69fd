"""The screen: what it can show, how wide it is written on, and how paragraphs and tables are set on it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import rich.console
from rich.table import Table
from rich.text import Text

NARROWEST, WIDEST = 20, 100  # columns; on fewer nothing can be drawn, and lines that are longer are hard to follow
MARGIN = 2  # columns left free on the left


class Console(rich.console.Console):
    """A rich console that reports a closed pipe as what it is."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


@dataclass(frozen=True)
class Signs:
    """What is drawn with.

    noun, agreeing: the lines under a word. bars: of bars that stand, by height. full, empty: of bars that lie.
    taps: a valve by how it stands. line, zero, before, after: the scale of the memory. series, axis: the marks of a
    chart's series, in their order, and its axis. arrow, pointer: to what follows, and to one row of a table.
    verdicts: of a finding that holds, does not, or is unknown. spelling: of characters that the screen lacks.
    """

    noun: str = "═"
    agreeing: str = "─"
    bars: str = "▁▂▃▄▅▆▇█"
    full: str = "█"
    empty: str = "░"
    taps: Mapping[str, str] = field(default_factory=lambda: {"open": "━━━", "half": "━╱━", "closed": "━┃━"})
    line: str = "·"
    zero: str = "┼"
    before: str = "○"
    after: str = "●"
    series: str = "●■▲◆○□"
    axis: str = "│"
    arrow: str = "→"
    pointer: str = "▸"
    verdicts: Mapping[bool | None, str] = field(default_factory=lambda: {True: "✓", False: "✗", None: "?"})
    spelling: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, encoding: str | None) -> "Signs":
        """The signs that a screen of this encoding can show."""
        try:
            (FINE.noun + FINE.agreeing + FINE.bars + FINE.series).encode(encoding or "ascii")
        except (UnicodeEncodeError, LookupError):
            return PLAIN
        return FINE

    def bar(self, share: float) -> str:
        """One character as high as `share` (0 to 1) says."""
        return self.bars[min(int(share * len(self.bars)), len(self.bars) - 1)]

    def shown(self, text: str) -> str:
        """`text` in characters that the screen can show."""
        for character, spelt in self.spelling.items():
            text = text.replace(character, spelt)
        return text


FINE = Signs()
PLAIN = Signs(
    noun="=",
    agreeing="-",
    bars="_.-=#",
    full="#",
    empty=".",
    line=".",
    zero="|",
    before="o",
    after="@",
    series="o#^+x*",
    axis="|",
    arrow="->",
    pointer=">",
    taps={"open": "---", "half": "-/-", "closed": "-|-"},
    verdicts={True: "+", False: "x", None: "?"},
    spelling={"−": "-", "–": "-", "·": "*", "×": "*", "≈": "~", "≤": "<=", "…": "...", "→": "->"}
    | {"∂": "d", "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "—": "-", "↔": "<->", "√": "sqrt "}
    | {"⊙": "*", "∏": "product ", "‖": "|", "α": "alpha", "♂": "(m)", "♀": "(f)"},
)


class Screen:
    """A console, and how wide and with which signs it is written on.

    Attributes:
        console: rich's.
        signs: what is drawn with.
    """

    def __init__(self, console: Console | None = None):
        """console: where it is written; by default stdout."""
        self.console = console or Console(highlight=False, markup=False, emoji=False)
        self.signs = Signs.of(self.console.encoding)

    @property
    def width(self) -> int:
        """Columns that are used; a window may become wider or narrower."""
        return max(NARROWEST, min(self.console.width, WIDEST))

    def print(self, *lines: Text | Table | str) -> None:
        """Print what needs no wrapping."""
        for line in lines:
            self.console.print(line, width=self.width)

    def gap(self) -> None:
        """Print an empty line."""
        self.console.print()

    def say(
        self, text: str | Text, style: str = "", *, label: str = "", margin: int = MARGIN, gap: bool = False
    ) -> None:
        """Print a paragraph (see `lines`), and an empty line behind it if there shall be a gap."""
        self.print(*self.lines(text, style, label=label, margin=margin))
        if gap:
            self.gap()

    def lines(
        self,
        text: str | Text,
        style: str = "",
        *,
        label: str = "",
        margin: int = MARGIN,
        hanging: int = 0,
        free: int = 0,
    ) -> Iterator[Text]:
        """The lines of a paragraph, wrapped beside its label.

        margin: columns of the label. hanging: by how much more the lines after the first one are indented.
        free: columns left free on the right.
        """
        paragraph = Text(text, style) if isinstance(text, str) else text
        paragraph.plain = self.signs.shown(paragraph.plain)
        for number, line in enumerate(paragraph.wrap(self.console, self.width - margin - free)):
            line.rstrip()
            start = " " * (margin + hanging) if number else label.ljust(margin)
            yield Text.assemble((start if line else "", "dim" if label else ""), line)

    def ask(self, question: str) -> str | None:
        """What a person types after `question`; None where they have gone (Ctrl-D)."""
        try:
            return input(question).strip()
        except EOFError:
            print()
            return None


def plain_table(*headings: str, gap: int = 2, numbers: bool = False) -> Table:
    """A table without lines, with `gap` columns between its own; numbers: all columns but the first stand right."""
    table = Table(box=None, padding=(0, gap, 0, 0), header_style="dim", pad_edge=False)
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="right" if numbers and place else "left")
    return table
