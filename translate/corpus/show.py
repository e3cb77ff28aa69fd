"""Aligned pairs for people: agreeing words coloured by gender and tied to the noun that controls them."""

from collections.abc import Iterable
from string import ascii_lowercase

from rich.console import Console
from rich.text import Text

from translate.corpus.choice import stream
from translate.corpus.grammar import load_grammar
from translate.corpus.heldout import HeldOut
from translate.corpus.pair import SentencePair, realise
from translate.corpus.sampling import Sampler

# Told apart by everybody, colour-blind people too (Okabe and Ito 2008); a sign stands beside every colour.
COLOURS = {"m": "#0072B2", "f": "#D55E00"}
SIGNS = {"m": "♂", "f": "♀"}


def sample(grammar: str, count: int, seed: int) -> list[SentencePair]:
    """`count` pairs drawn from `grammar`."""
    chosen = load_grammar(grammar)
    sampler = Sampler(chosen, stream(seed, "show"), HeldOut(chosen, seed))
    return [realise(sampler.sentence()) for _ in range(count)]


def show(pairs: Iterable[SentencePair], console: Console | None = None) -> None:
    """Print `pairs`: English, Czech below it, and a legend. Colours as rich decides (`NO_COLOR` is respected)."""
    console = console or Console(highlight=False)
    for pair in pairs:
        source, target = lines(pair)
        console.print(source, soft_wrap=True)
        console.print(target, soft_wrap=True)
        console.print()
    legend = Text()
    for gender, name in (("m", "masculine"), ("f", "feminine")):
        legend.append(f"{SIGNS[gender]} {name}  ", style=f"bold {COLOURS[gender]}")
    legend.append("bold: a noun [letter] · underlined: a word that agrees with the noun of its letter")
    console.print(legend, soft_wrap=True)


def lines(pair: SentencePair) -> tuple[Text, Text]:
    """The two lines of `pair`: nouns as kluk♂a, words that agree as který♂a, both in the colour of the gender."""
    source: dict[int, tuple[str, str, str]] = {}
    target: dict[int, tuple[str, str, str]] = {}
    for index, noun in enumerate(pair.nouns):
        letter = ascii_lowercase[index % 26]
        source[noun.source] = (noun.gender, letter, "bold")
        if noun.target is not None:
            target[noun.target] = source[noun.source]
    for agreement in pair.agreements:
        target[agreement.position] = (
            agreement.gender,
            ascii_lowercase[agreement.controller % 26],
            "underline",
        )
    return _line(pair.source, source), _line(pair.target, target)


def _line(words: tuple[str, ...], marks: dict[int, tuple[str, str, str]]) -> Text:
    text = Text()
    for position, word in enumerate(words):
        if position and word not in ",.":
            text.append(" ")
        shown = word[0].upper() + word[1:] if position == 0 else word
        if position in marks:
            gender, letter, style = marks[position]
            text.append(shown, style=f"{style} {COLOURS[gender]}")
            text.append(f"{SIGNS[gender]}{letter}", style=COLOURS[gender])
        else:
            text.append(shown)
    return text
