"""The signs that a walk through a cell is drawn with, and its numbers."""

from dataclasses import dataclass

from rich.console import Console

from translate.terminal.marks import Glyphs


@dataclass(frozen=True)
class Signs:
    """What a walk is drawn with: a tap by how it stands, a bar, and the scale of the memory."""

    taps: dict[str, str]
    full: str
    empty: str
    line: str
    zero: str
    before: str
    after: str
    arrow: str


_FINE = Signs({"open": "━━━", "half": "━╱━", "closed": "━┃━"}, "█", "░", "·", "┼", "○", "●", "→")
_PLAIN = Signs({"open": "---", "half": "-/-", "closed": "-|-"}, "#", ".", ".", "|", "o", "@", "->")


def signs_of(console: Console) -> Signs:
    """The signs that the console's screen can show."""
    return _FINE if Glyphs.of(console.encoding) is not Glyphs.of("ascii") else _PLAIN


def scale(before: float, after: float, largest: float, signs: Signs, cells: int) -> str:
    """A line from −largest to +largest with 0, where the memory was and where it is."""
    cells -= 1 - cells % 2  # odd, so that 0 has a place of its own
    line = [signs.line] * cells
    line[cells // 2] = signs.zero
    for value, sign in ((before, signs.before), (after, signs.after)):
        line[round((value / largest + 1) / 2 * (cells - 1))] = sign
    return "".join(line)


def number(value: float) -> str:
    """Two places, a real minus sign, and no sign where it is nothing."""
    text = f"{value:.2f}"
    return text.lstrip("-") if not text.strip("-0.") else text.replace("-", "−")


def signed(value: float, places: int = 1) -> str:
    """The same with its sign, + where it is nothing."""
    text = f"{value:+.{places}f}"
    return "+" + text[1:] if not text.strip("+-0.") else text.replace("-", "−")


def shown(console: Console, text: str) -> str:
    """`text` in signs that the screen can show."""
    return text if signs_of(console) is _FINE else text.replace("−", "-").replace("×", "*").replace("…", "...")
