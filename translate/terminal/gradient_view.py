"""How the gradients are shown in a terminal: charts on a logarithmic axis, with the numbers below them."""

from collections.abc import Sequence

from rich.text import Text

from translate.lab.demonstrations.vanishing import Decay, Page
from translate.lab.demonstrations.word_gradient import Rivals
from translate.numerals import percent, percent_of_any_size, significant
from translate.terminal.chart import Series, keyed_chart, log_bar
from translate.terminal.columns import shortened
from translate.terminal.screen import Screen, plain_table

_DECADES = 4  # of the bars


def show(page: Page, screen: Screen) -> None:
    """Print the five parts."""
    untrained = page.untrained
    screen.say("1  One weight, again and again: ∂h_T/∂h_t = W_rec^(T−t)", "bold", gap=True)
    screen.say("What is left of a nudge after so many steps, by autograd:", gap=True)
    _decays(untrained.scalar, screen, compared=True)
    screen.say("2  An Elman network: h_t = tanh(W x_t + W_rec h_(t−1) + b)", "bold", gap=True)
    screen.say(
        f"{untrained.units} units read noise; W_rec is a random rotation times the spectral radius. Without tanh every "
        "nudge shrinks or grows by just that radius:",
        gap=True,
    )
    _table(untrained.linear, screen, compared=True)
    screen.say("With tanh, which is flat where |h| is large, every step takes some more away:", gap=True)
    _decays(untrained.tanh, screen, compared=True)
    screen.say("3  The LSTM's memory pipeline: c_t = f c_(t−1) + i g", "bold", gap=True)
    screen.say(
        "An untrained LSTM that reads noise. Along the pipeline alone the factor is the forget valve f:", gap=True
    )
    _decays(untrained.pipeline, screen, compared=True)
    screen.say("A nudge of c through all paths (what c does to h and to the valves, too), for comparison:", gap=True)
    _table(untrained.cell, screen)
    screen.say("4  Trained: how far back does the loss of one word reach?", "bold", gap=True)
    _rivals(page.trained, screen)
    screen.say("5  Why W_rec = 1 is the idea of the memory pipeline", "bold", gap=True)
    for sentence in page.why():
        screen.say(sentence, gap=True)


def series_of(decays: Sequence[Decay]) -> list[Series]:
    """Decays as the series of a chart."""
    return [Series(_short(decay), decay.left) for decay in decays]


def _decays(decays: Sequence[Decay], screen: Screen, compared: bool = False) -> None:
    """A chart of decays with its key, and the table."""
    screen.print(*keyed_chart(series_of(decays), screen))
    screen.print(Text("             steps since the nudge", "dim"))
    screen.gap()
    _table(decays, screen, compared)


def _table(decays: Sequence[Decay], screen: Screen, compared: bool = False) -> None:
    """What is left after some steps; compared: and how far the closed form is away."""
    ages = _ages(len(decays[0].left) - 1)
    headings = [f"{age} step{'s' if age > 1 else ''}" for age in ages] + ["vs formula"] * compared
    table = plain_table("  after", *headings, numbers=True)
    for decay in decays:
        errors = [_error(decay)] if compared else []
        table.add_row(f"  {_short(decay)}", *(significant(decay.left[age]) for age in ages), *errors)
    screen.print(table)
    screen.gap()


def _rivals(rivals: Rivals, screen: Screen) -> None:
    """A line for each word, a bar for each model."""
    signs = screen.signs
    screen.say(f"{rivals.sentence}  {signs.arrow}  {rivals.translation}", gap=True)
    screen.say(
        f"The loss at “{rivals.word}”, differentiated with respect to the memory after each word that was read. "
        f"Given are shares of the gradient at the last word; a bar is full at 1 and empty at {10.0**-_DECADES:g}, "
        "a quarter a factor of ten.",
        gap=True,
    )
    cells = 8 if screen.width < 12 + 20 * len(rivals.models) else 12
    table = plain_table("  read", *(f"{model.name} ({model.kind}, {model.state})" for model in rivals.models))
    for place, word in enumerate(rivals.read):
        shares = [model.shares[place] for model in rivals.models]
        bars = [f"{log_bar(share, cells, _DECADES, signs)} {significant(share)}" for share in shares]
        start, style = (signs.pointer, "bold") if place == rivals.noun else (" ", "")
        table.add_row(f"{start} {shortened(word)}", *bars, style=style, end_section=place == rivals.encoder - 1)
    screen.print(table)
    screen.gap()
    for sentence in conclusions(rivals):
        screen.say(sentence, gap=True)


def conclusions(rivals: Rivals) -> list[str]:
    """What the trained models show, in sentences."""
    sentences = []
    if rivals.noun is not None:
        left = ", ".join(f"{model.name} {percent_of_any_size(model.shares[rivals.noun])}" for model in rivals.models)
        noun = f"At “{rivals.read[rivals.noun]}”, {rivals.age} words before “{rivals.word}” is chosen,"
        sentences.append(f"{noun} this much of the gradient's length is left: {left}.")
    sure = ", ".join(f"{model.name} {percent(model.probability, near='over', zeros=True)}" for model in rivals.models)
    sentences.append(f"How likely each model finds “{rivals.word}” there: {sure}.")
    unsure = ", ".join(model.name for model in rivals.models if model.probability < 0.5)
    if unsure:
        sentences.append(f"Not learnt: {unsure}. There the gradient tells what training would still have to teach.")
    return sentences


def _error(decay: Decay) -> str:
    return "" if decay.error is None else f"{decay.error:.0e}" if decay.error else "0"


def _short(decay: Decay) -> str:
    return decay.name.partition(",")[0]


def _ages(length: int) -> list[int]:
    """Some numbers of steps to show."""
    return sorted({age for age in (1, 2, 5, 10, 20, 50, 100, 200) if age < length} | {length})[-5:]
