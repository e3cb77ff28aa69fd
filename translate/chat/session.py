"""One conversation with a model: sentences and `:commands` in, what the student sees out."""

import difflib
from collections.abc import Callable
from dataclasses import dataclass, field

import rich.console
from rich.text import Text

from translate.chat import about
from translate.chat.twin import twin_of
from translate.errors import TranslateError, UsageError
from translate.lab.demonstrations.answer import Answer, answer
from translate.lab.probes.readout import Readout
from translate.lines import checked
from translate.model.translator import Translator
from translate.terminal.columns import blocks
from translate.terminal.marks import Glyphs, czech_gender, english_gender, marked
from translate.terminal.strip import LEGEND, STATES, strip
from translate.terminal.valves import SIDES, explained, gender_units, valves

COMMANDS = {
    ":help": "this page",
    ":swap": "the boy/girl twin of your last sentence, beside it",
    ":valves": "how far each valve stood open at each word (:valves reading: yours)",
    ":model": "which model answers, and how good it is",
    ":quit": "leave (or Ctrl-D)",
}
_WIDEST = 100  # columns; lines that are longer are hard to follow


class Console(rich.console.Console):
    """A rich console that reports a closed pipe as what it is."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


@dataclass
class Session:
    """What must be remembered between two lines.

    Attributes:
        translator: the model.
        readout: what reads gender from its states (see `translate.lab.probes.readout`), or None.
        console: where answers go.
        say: tells what went wrong, elsewhere (on stderr).
        last: the last answer; `:swap` and `:valves` are about it.
    """

    translator: Translator
    readout: Readout | None
    console: Console
    say: Callable[[str], None]
    last: Answer | None = None
    _explained: bool = field(default=False, repr=False)

    def __post_init__(self):
        self.glyphs = Glyphs.of(self.console.encoding)
        self.legend = LEGEND.format(state=STATES[self.translator.checkpoint.config.cell])

    @property
    def width(self) -> int:
        return min(self.console.width, _WIDEST)

    def greet(self) -> None:
        """Say who answers and how to go on."""
        checkpoint = self.translator.checkpoint
        self._note(
            f"{checkpoint.folder.name}: {about.shape(self.translator)}. Type an English sentence, or :help.", "dim"
        )
        self._print(Text())

    def respond(self, raw: bytes) -> bool:
        """Answer one line; False if it asks to leave. What goes wrong is said and never raised."""
        try:
            if raw.lstrip().startswith(b":"):
                return self._command(raw.decode("utf-8", errors="replace").split())
            found = self._answer(raw)
            if found is not None:
                self.last = found
                self._show(found)
        except TranslateError as error:
            self.say(str(error))
        return True

    def _answer(self, raw: bytes) -> Answer | None:
        line, problems = checked(self.translator.source, raw)
        for problem in problems:
            self.say(problem)
        if not line:
            return None
        found = answer(self.translator, line)
        if not found.finished:
            self.say(f"the model did not come to an end; cut after {len(found.written)} words.")
        return found

    def _command(self, words: list[str]) -> bool:
        name, arguments = words[0], words[1:]
        matches = [command for command in COMMANDS if command.startswith(name.lower())] if len(name) > 1 else [":help"]
        if len(matches) != 1:
            near = difflib.get_close_matches(name.lower(), COMMANDS, n=1, cutoff=0.4)
            hint = f"did you mean {near[0]}?" if near else ":help names what there is."
            raise UsageError(f"There is no {name[:40]}; {hint}")
        command = matches[0]
        if arguments and command != ":valves":
            raise UsageError(f"{command} stands alone; leave out '{' '.join(arguments)[:40]}'.")
        if command == ":quit":
            return False
        {":help": self._help, ":swap": self._swap, ":model": self._model, ":valves": self._valves}[command](*arguments)
        self._print(Text())
        return True

    # ------------------------------------------------------------------------------------------------ commands

    def _help(self) -> None:
        self._note("Type an English sentence: you get its Czech, and under it what the network has in its memory.")
        for command, what in COMMANDS.items():
            self._print(Text.assemble("  ", (f"{command:9}", "bold"), what))
        self._note(about.signs(self.glyphs))
        self._note(self.legend)

    def _model(self) -> None:
        for name, value in about.model(self.translator, self.readout).items():
            self._print(Text.assemble("  ", (f"{name:12}", "dim"), value))

    def _swap(self) -> None:
        before = self._required()
        twin = twin_of(before.source, self.translator.source.pretokenised)
        if twin is None:
            raise UsageError("No word of your last sentence has a boy/girl twin; try one with boy, sister or he.")
        after = self._answer(twin.encode())
        if after is None:
            return
        self.last = after
        for one, other in ((before, after), (after, before)):
            self._lines(one.source, english_gender, other.source)
            self._show(one, other, sides=("dec",))
        self._note("[In brackets]: what differs.", "dim")

    def _valves(self, side: str = "writing", *more: str) -> None:
        if side not in SIDES or more:
            raise UsageError(f":valves takes {' or '.join(SIDES)}, or nothing.")
        found = self._required()
        units = gender_units(found, side, self.readout)
        self._print(valves(found, side, units, self.glyphs))
        self._print(Text())
        self._note(explained(found, side, units), "dim")

    def _required(self) -> Answer:
        if self.last is None:
            raise UsageError("Type a sentence first; this is about the last one.")
        return self.last

    # ----------------------------------------------------------------------------------------------- on screen

    def _show(self, found: Answer, beside: Answer | None = None, sides=("enc", "dec")) -> None:
        self._lines(found.text, czech_gender, beside and beside.text)
        if self.readout is not None:
            self._print(Text())
            for line in strip(found, self.readout, self.glyphs, self.width, sides):
                self._print(line)
            if not self._explained:
                self._note(self.legend, "dim")
                self._explained = True
        self._print(Text())

    def _lines(self, text: str, gender_of: Callable, beside: str | None) -> None:
        """The sentence, and under it the gender of its words; what differs `beside` stands in brackets."""
        changed = differing(text, beside) if beside else ()
        for line in blocks(marked(text, self.glyphs, gender_of, changed), self.width):
            if line.plain.strip():
                self._print(line)

    def _note(self, text: str | Text, style: str = "") -> None:
        """A paragraph, wrapped and indented."""
        for line in (text if isinstance(text, Text) else Text(text, style)).wrap(self.console, self.width - 2):
            line.rstrip()
            self._print(Text.assemble("  ", line))

    def _print(self, what) -> None:
        self.console.print(what, width=self.width)


def differing(text: str, other: str) -> set[int]:
    """The numbers of the words of `text` that are not in `other` at their place.

    Twins are as long as each other almost always; then a place is a place. Otherwise the longest common runs are
    laid side by side, which could pair *kluk, který rád* of one clause with that of the other.
    """
    words, others = text.split(), other.split()
    if len(words) == len(others):
        return {i for i, (word, its_twin) in enumerate(zip(words, others, strict=True)) if word != its_twin}
    matcher = difflib.SequenceMatcher(None, words, others, autojunk=False)
    return {i for tag, a, b, _, _ in matcher.get_opcodes() if tag != "equal" for i in range(a, b)}
