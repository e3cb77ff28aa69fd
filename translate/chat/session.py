"""One conversation with a model: sentences and `:commands` in, what the student sees out."""

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.text import Text

from translate.chat.about import about_model, about_signs
from translate.chat.twin import twin_of
from translate.difference import changed_places
from translate.doubt.translations import Reviewer
from translate.errors import TranslateError, UsageError
from translate.lab.demonstrations.answer import Answer, answer
from translate.lab.probes.readout import Readout, readout_of
from translate.lines import checked, lines_of
from translate.model.translator import Translator
from translate.resources import shipped_models
from translate.terminal.answer_view import SIDE_OF, gender_units, legend, strip, valves, valves_explained
from translate.terminal.marks import GenderOf, czech_gender, english_gender, marked_lines
from translate.terminal.screen import Screen
from translate.terminal.translations import doubt_lines, with_marks
from translate.text import normal

COMMANDS = {
    ":help": "this page",
    ":swap": "the boy/girl twin of your last sentence, beside it",
    ":valves": "how far each valve stood open at each word (:valves reading: yours)",
    ":model": "which model answers, and how good it is (:model NAME: another one)",
    ":quit": "leave (or Ctrl-D)",
}


@dataclass
class Session:
    """What must be remembered between two lines.

    Attributes:
        translator: the model.
        readout: what reads gender from its states (see `translate.lab.probes.readout`), or None.
        screen: where answers go.
        complain: tells what went wrong, elsewhere (on stderr).
        last: the last answer; `:swap` and `:valves` are about it.
    """

    translator: Translator
    readout: Readout | None
    screen: Screen
    complain: Callable[[str], None]
    last: Answer | None = None
    _explained: bool = field(default=False, repr=False)
    _reviewer: Reviewer = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._reviewer = Reviewer(self.translator.checkpoint)

    @classmethod
    def opened(cls, model: Path, screen: Screen, complain: Callable[[str], None]) -> "Session":
        """A session with a model, by its folder or its name; raises `UsageError` where there is none."""
        translator = Translator.load(model, "numpy")
        return cls(translator, _readout(translator, complain), screen, complain)

    @property
    def legend(self) -> str:
        """What the line of the memory means."""
        return legend(self.translator.checkpoint.config.cell)

    def greet(self) -> None:
        """Say who answers and how to go on."""
        self.screen.say(f"{self._speaker()} Type an English sentence, or :help.", "dim")
        self.screen.gap()

    def _speaker(self) -> str:
        checkpoint = self.translator.checkpoint
        return f"{checkpoint.folder.name}: {checkpoint.config.describe()}."

    def respond(self, raw: bytes) -> bool:
        """Answer one line; False if it asks to leave. What goes wrong is said and never raised."""
        try:
            typed = normal(raw.decode("utf-8", errors="replace"))
            if typed.startswith(":"):
                return self._command(typed.split())
            if given := self._answer(raw):
                self.last = given
                self._show(given)
        except TranslateError as error:
            self.complain(str(error))
        return True

    def answer_all(self, lines: Iterable[bytes]) -> None:
        """Answer a file or a pipe, line by line, each at once."""
        for line in lines_of(lines):
            if not self.respond(line):
                return
            self.screen.console.file.flush()

    def _answer(self, raw: bytes) -> Answer | None:
        line, problems = checked(self.translator.source, raw)
        for problem in problems:
            self.complain(problem)
        if not line:
            return None
        given = answer(self.translator, line)
        if not given.finished:
            self.complain(f"the model did not come to an end; cut after {len(given.written)} words.")
        return given

    def _command(self, words: list[str]) -> bool:
        name, arguments = words[0], words[1:]
        matches = [command for command in COMMANDS if command.startswith(name.lower())] if len(name) > 1 else [":help"]
        if len(matches) != 1:
            near = difflib.get_close_matches(name.lower(), COMMANDS, n=1, cutoff=0.4)
            hint = f"did you mean {near[0]}?" if near else ":help names what there is."
            raise UsageError(f"There is no {name[:40]}; {hint}")
        command = matches[0]
        if arguments and command not in (":valves", ":model"):
            raise UsageError(f"{command} stands alone; leave out '{' '.join(arguments)[:40]}'.")
        if command == ":quit":
            return False
        {":help": self._help, ":swap": self._swap, ":model": self._model, ":valves": self._valves}[command](*arguments)
        self.screen.gap()
        return True

    # ------------------------------------------------------------------------------------------------ commands

    def _help(self) -> None:
        say = self.screen.say
        say("Type an English sentence: you get its Czech, and under it what the network has in its memory.")
        for command, meaning in COMMANDS.items():
            self.screen.print(Text.assemble("  ", (f"{command:9}", "bold"), meaning))
        say(about_signs(self.screen.signs))
        say(self.legend)

    def _model(self, name: str = "", *more: str) -> None:
        if more:
            raise UsageError(":model takes one name or folder, or nothing.")
        if name:
            self._change_to(name)
            return
        facts = about_model(self.translator.checkpoint, self.readout)
        for fact, value in (*facts.items(), ("others", f"{', '.join(shipped_models())} (:model NAME)")):
            self.screen.print(Text.assemble("  ", (f"{fact:12}", "dim"), value))

    def _change_to(self, name: str) -> None:
        """Let another model answer; the last answer was not its own, and is forgotten."""
        self.translator = Translator.load(name, "numpy")
        self.readout, self.last = _readout(self.translator, self.complain), None
        self._reviewer = Reviewer(self.translator.checkpoint)
        self.screen.say(self._speaker(), "dim")

    def _swap(self) -> None:
        before = self._required()
        twin = twin_of(before.source, self.translator.source.pretokenised)
        if twin is None:
            raise UsageError("No word of your last sentence has a boy/girl twin; try one with boy, sister or he.")
        after = self._answer(twin.encode())
        if after is None:
            return
        self.last = after
        for shown, other in ((before, after), (after, before)):
            self._print_marked(shown.source, english_gender, other.source)
            self._show(shown, other, sides=("dec",))
        self.screen.say("[In brackets]: what differs.", "dim")

    def _valves(self, side: str = "writing", *more: str) -> None:
        if side not in SIDE_OF or more:
            raise UsageError(f":valves takes {' or '.join(SIDE_OF)}, or nothing.")
        last = self._required()
        units = gender_units(last, side, self.readout)
        self.screen.print(valves(last, side, units, self.screen.signs))
        self.screen.gap()
        self.screen.say(valves_explained(last, side, units), "dim")

    def _required(self) -> Answer:
        if self.last is None:
            raise UsageError("Type a sentence first; this is about the last one.")
        return self.last

    # ----------------------------------------------------------------------------------------------- on screen

    def _show(self, shown: Answer, beside: Answer | None = None, sides: Sequence[str] = ("enc", "dec")) -> None:
        review = self._reviewer.review(shown.source, shown.translation)
        marked = with_marks(shown.text, review.stand_ins)
        self._print_marked(marked, czech_gender, beside.text if beside else None)
        for line in doubt_lines(review):
            self.screen.say(line, "italic")
        if self.readout is not None:
            self.screen.gap()
            self.screen.print(*strip(shown, self.readout, self.screen, sides))
            if not self._explained:
                self.screen.say(self.legend, "dim")
                self._explained = True
        self.screen.gap()

    def _print_marked(self, text: str, gender_of: GenderOf, beside: str | None) -> None:
        """The sentence, and under it the gender of its words; what differs `beside` stands in brackets."""
        changed = changed_places(text.split(), beside.split()) if beside else ()
        self.screen.print(*marked_lines(text, self.screen, gender_of, changed))


def _readout(translator: Translator, complain: Callable[[str], None]) -> Readout | None:
    """The model's readout of gender; where it has none, that is told."""
    try:
        return readout_of(translator)
    except TranslateError as error:
        complain(str(error))
        return None
