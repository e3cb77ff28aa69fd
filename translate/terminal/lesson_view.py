"""How the tour is shown: a step at a time, with a question, what was measured, and a picture of it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.text import Text

from translate.lesson.gallery import Broken, Tried
from translate.lesson.numbers import Measured
from translate.lesson.steps import TourStep, steps
from translate.lesson.tour import Answered, answered, question
from translate.terminal.chart import FINE, Series, chart, key, marks
from translate.terminal.columns import blocks
from translate.terminal.console import stderr_console
from translate.terminal.lesson_pictures import PICTURES
from translate.terminal.marks import Glyphs, czech_gender, marked

_WIDEST = 100  # columns
_LETTERS = "abcdefgh"
_LEAVES = ("q", "quit", "exit")


class Screen:
    """The terminal. asks: whether a person is there to answer."""

    def __init__(self, console: Console, asks: bool):
        self.console, self.asks = console, asks
        self.width = min(console.width, _WIDEST)
        self.glyphs, self.signs = Glyphs.of(console.encoding), marks(console.encoding)
        self.right = self.asked = 0

    def titles(self) -> None:
        """All steps, a line each."""
        for number, one in enumerate(steps(), 1):
            self._say(f"{number}  {one.title}")

    def step(self, number: int, step: TourStep, measured: Measured) -> bool:
        """One step; False if the learner leaves."""
        self._say(f"{number} of {len(steps())}  {step.title}", "bold")
        self._gap()
        self._say(f"The lesson: {step.statement}")
        self._gap()
        with self._busy():
            asked = question(step, measured)
        self._say(asked)
        for letter, option in zip(_LETTERS, step.options, strict=False):
            self._say(f"{letter}  {option.text}", margin=4)
        self._gap()
        said = self._predict([*_LETTERS[: len(step.options)]])
        if said in _LEAVES:
            return False
        with self._busy():
            found = answered(step, measured)
        self._answer(found, said)
        if step.id in PICTURES and not self._go_on("a picture of it"):
            return False
        self._picture(step.id, measured)
        self._say(f"More: {step.command}", "dim")
        self._gap()
        return number == len(steps()) or self._go_on("the next step")

    def sentence(self) -> str:
        """A sentence of the learner's; empty where there is none any more."""
        try:
            typed = input("  Your sentence (Enter: none): ")
        except EOFError:
            print()
            return ""
        return typed.strip()

    def tried(self, tried: Tried) -> None:
        """The learner's sentence, its translation and the judgement."""
        self._say(tried.sentence)
        for line in blocks(marked(tried.translation, self.glyphs, czech_gender), self.width):
            if line.plain.strip():
                self._print(line)
        self._say(verdict(tried), "bold" if tried.judgement.breaks else "")
        self._gap()

    def gallery(self, found: Sequence[Broken]) -> None:
        """What was saved."""
        for one in found:
            self._say(one.sentence)
            self._say(one.translation)
            self._say(f"{_what_is_wrong(one.wrong, one.lost)} ({one.date}, model {one.model})", "dim")
            self._gap()

    def end(self) -> None:
        """How it went."""
        if self.asked:
            self._say(f"You predicted {self.right} of {self.asked} as it was measured.", "bold")

    # ------------------------------------------------------------------------------------------------ in a step

    @contextmanager
    def _busy(self) -> Iterator[None]:
        """Say that something is measured, where somebody waits for it."""
        if not self.asks:
            yield
            return
        with stderr_console().status("  measuring …" if self.signs == FINE else "  measuring ...", spinner="line"):
            yield

    def _predict(self, letters: list[str]) -> str:
        """The letter of the learner's prediction, empty for none, or a word that leaves."""
        while self.asks:
            try:
                typed = input(f"  Your prediction ({', '.join(letters)}; Enter: none, q: leave): ").strip().lower()
            except EOFError:
                print()
                return _LEAVES[0]
            if typed in letters or typed in _LEAVES or not typed:
                return typed
            self._say(f"Type one of {', '.join(letters)}.")
        return ""

    def _answer(self, found: Answered, said: str) -> None:
        right = found.right
        if right is None:
            self._say("Measured: nothing.", "bold")
        else:
            letter = _LETTERS[found.step.options.index(right)]
            self.asked += bool(said)
            self.right += said == letter
            verdict = "" if not said else " You were right." if said == letter else f" You said {said}."
            unsure = "" if found.sure else " (The 95 % interval reaches into another answer.)"
            self._say(f"Measured: {letter}, {right.text}.{verdict}{unsure}", "bold")
        self._say(found.explanation)
        self._gap()
        yes, no, unknown = ("✓", "✗", "?") if self.signs == FINE else ("+", "x", "?")
        for finding in found.findings:
            sign = unknown if finding.holds is None else yes if finding.holds else no
            self._say(f"{sign} “{finding.says}” {finding.text}", margin=4)
        self._gap()

    def _go_on(self, to: str) -> bool:
        """Wait for Enter where a person is there; False if they leave."""
        if not self.asks:
            return True
        try:
            return input(f"  Enter: {to}, q: leave ").strip().lower() not in _LEAVES
        except EOFError:
            print()
            return False
        finally:
            self._gap()

    # ------------------------------------------------------------------------------------------------ pictures

    def _picture(self, step: str, measured: Measured) -> None:
        """A picture of the step, from the commands that show it in full."""
        for line in PICTURES[step](measured, self) if step in PICTURES else ():
            if isinstance(line, str):
                self._say(line, "dim")
            else:
                self._print(line)
        self._gap()

    def chart(self, series: Sequence[Series], what: str) -> list:
        """A chart with its key."""
        lines = [Text.assemble("  ", line) for line in chart(series, self.width - 4, self.signs)]
        return [what, Text.assemble("  ", key(series, self.signs)), *lines]

    def _say(self, text: str, style: str = "", margin: int = 2) -> None:
        for number, line in enumerate(Text(self._shown(text), style).wrap(self.console, self.width - margin - 2)):
            line.rstrip()
            self._print(Text.assemble(" " * (margin + (2 if number and margin > 2 else 0)), line))

    def _gap(self) -> None:
        self.console.print()

    def _print(self, what) -> None:
        self.console.print(what, width=self.width)

    def _shown(self, text: str) -> str:
        if self.signs == FINE:
            return text
        for fine, plain in (
            ("∂", "d"), ("−", "-"), ("·", "*"), ("≈", "~"), ("“", '"'), ("”", '"'), ("…", "..."), ("≤", "<="),
            ("–", "-"),
        ):  # fmt: skip
            text = text.replace(fine, plain)
        return text


def verdict(tried: Tried) -> str:
    """What the judge found, in a sentence."""
    judgement = tried.judgement
    cut = "" if tried.finished else " It does not come to an end."
    if judgement.breaks:
        return f"Broken: {_what_is_wrong([tried.words[t] for t in judgement.wrong], list(judgement.lost))}.{cut}"
    if not judgement.judged:
        return f"No word of it has to agree; take a sentence with who likes to.{cut}"
    many = len(judgement.judged)
    return f"It agrees: {many} word{'s' if many > 1 else ''} with the right gender, and nobody is lost.{cut}"


def _what_is_wrong(wrong: Sequence[str], lost: Sequence[str]) -> str:
    parts = []
    if wrong:
        parts.append(f"{', '.join(wrong)} {'does' if len(wrong) == 1 else 'do'} not agree")
    if lost:
        parts.append(f"{', '.join(lost)} {'is' if len(lost) == 1 else 'are'} lost")
    return " and ".join(parts)
