"""How the gradients are shown in a terminal: charts on a logarithmic axis, with the numbers below them."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from translate.lab.demonstrations.vanishing import Decay, Page, digits, percent
from translate.lab.demonstrations.word_gradient import Rivals
from translate.terminal.chart import FINE, Series, chart, key, log_bar, marks
from translate.terminal.columns import shortened

_WIDEST = 100  # columns
_DECADES = 4  # of the bars


def show(page: Page, console: Console) -> None:
    """Print the five parts."""
    found, screen = page.untrained, _Screen(console)
    screen.title("1  One weight, again and again: ∂h_T/∂h_t = W_rec^(T−t)")
    screen.decays(found.scalar, "What is left of a nudge after so many steps, by autograd:", compared=True)
    screen.title("2  An Elman network: h_t = tanh(W x_t + W_rec h_(t−1) + b)")
    screen.say(
        f"{found.units} units read noise; W_rec is a random rotation times the spectral radius. Without tanh every "
        "nudge shrinks or grows by just that radius:"
    )
    screen.table(found.linear, compared=True)
    screen.say("With tanh, which is flat where |h| is large, every step takes some more away:")
    screen.decays(found.tanh, compared=True)
    screen.title("3  The LSTM's memory pipeline: c_t = f c_(t−1) + i g")
    screen.say("An untrained LSTM that reads noise. Along the pipeline alone the factor is the forget valve f:")
    screen.decays(found.pipeline, compared=True)
    screen.say("A nudge of c through all paths (what c does to h and to the valves, too), for comparison:")
    screen.table(found.cell)
    screen.title("4  Trained: how far back does the loss of one word reach?")
    screen.rivals(page.trained)
    screen.title("5  Why W_rec = 1 is the idea of the memory pipeline")
    for sentence in page.why():
        screen.say(sentence)


class _Screen:
    """A console, and how wide and in which signs it is written on."""

    def __init__(self, console: Console):
        self.console, self.width = console, min(console.width, _WIDEST)
        self.signs = marks(console.encoding)

    def title(self, text: str) -> None:
        self.say(text, "bold")
        self.console.print()

    def say(self, text: str, style: str = "") -> None:
        """A paragraph."""
        for line in Text(self._shown(text), style).wrap(self.console, self.width - 2):
            line.rstrip()
            self._print(Text.assemble("  ", line))
        if style != "bold":
            self.console.print()

    def decays(self, found: Sequence[Decay], text: str = "", compared: bool = False) -> None:
        """A chart of decays with its key, and the table."""
        if text:
            self.say(text)
        series = [Series(_short(one), one.left) for one in found]
        self._print(Text.assemble("  ", key(series, self.signs)))
        for line in chart(series, self.width - 4, self.signs):
            self._print(Text.assemble("  ", line))
        self._print(Text("             steps since the nudge", "dim"))
        self.console.print()
        self.table(found, compared)

    def table(self, found: Sequence[Decay], compared: bool = False) -> None:
        """What is left after some steps; compared: and how far the closed form is away."""
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
        table.add_column("  after")
        ages = _ages(len(found[0].left) - 1)
        for age in ages:
            table.add_column(f"{age} step" + "s" * (age > 1), justify="right")
        if compared:
            table.add_column("vs formula", justify="right")
        for one in found:
            row = [f"  {_short(one)}", *(digits(one.left[age]) for age in ages)]
            table.add_row(*row, *([_error(one)] if compared else []))
        self._print(table)
        self.console.print()

    def rivals(self, found: Rivals) -> None:
        """A line for each word, a bar for each model."""
        self.say(f"{found.sentence}  {'→' if self.signs == FINE else '->'}  {found.translation}")
        self.say(
            f"The loss at “{found.word}”, differentiated with respect to the memory after each word that was read. "
            f"Given are shares of the gradient at the last word; a bar is full at 1 and empty at {10.0**-_DECADES:g}, "
            "a quarter a factor of ten."
        )
        full, empty = ("█", "░") if self.signs == FINE else ("#", ".")
        cells = 8 if self.width < 12 + 20 * len(found.models) else 12
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
        table.add_column("  read")
        for one in found.models:
            table.add_column(f"{one.name} ({one.kind}, {one.state})")
        for place, word in enumerate(found.read):
            shares = [one.shares[place] for one in found.models]
            row = [f"{log_bar(share, cells, _DECADES, full, empty)} {digits(share)}" for share in shares]
            is_noun = place == found.noun
            table.add_row(f"{'▸' if is_noun and self.signs == FINE else '>' if is_noun else ' '} {shortened(word)}", *row,
                          style="bold" if is_noun else "", end_section=place == found.encoder - 1)  # fmt: skip
        self._print(table)
        self.console.print()
        for sentence in came_of_it(found):
            self.say(sentence)

    def _print(self, what) -> None:
        self.console.print(what, width=self.width)

    def _shown(self, text: str) -> str:
        if self.signs == FINE:
            return text
        for fine, plain in (("∂", "d"), ("−", "-"), ("“", '"'), ("”", '"')):
            text = text.replace(fine, plain)
        return text


def came_of_it(found: Rivals) -> list[str]:
    """What the trained models show, in sentences."""
    said = []
    if found.noun is not None:
        left = ", ".join(f"{one.name} {percent(one.shares[found.noun])}" for one in found.models)
        noun = f"At “{found.read[found.noun]}”, {found.age} words before “{found.word}” is chosen,"
        said.append(f"{noun} this much of the gradient's length is left: {left}.")
    sure = ", ".join(f"{one.name} {_sure(one.probability)}" for one in found.models)
    said.append(f"How likely each model finds “{found.word}” there: {sure}.")
    unsure = [one.name for one in found.models if one.probability < 0.5]
    if unsure:
        said.append(
            f"Not learnt: {', '.join(unsure)}. There the gradient tells what training would still have to teach."
        )
    return said


def _sure(probability: float) -> str:
    return "over 99.9 %" if probability > 0.999 else f"{100 * probability:.1f} %"


def _error(one: Decay) -> str:
    return "" if one.error is None else f"{one.error:.0e}" if one.error else "0"


def _short(one: Decay) -> str:
    return one.name.partition(",")[0]


def _ages(length: int) -> list[int]:
    """Some numbers of steps to show."""
    return sorted({age for age in (1, 2, 5, 10, 20, 50, 100, 200) if age < length} | {length})[-5:]
