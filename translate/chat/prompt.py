"""The line that a person types: history that outlives the session, and completion of the words the model knows."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import platformdirs
from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory

from translate.chat.session import COMMANDS, Session

_WORD = re.compile(r"[\w'’-]+$")
_MOST = 20  # completions offered at once
_LONGEST = 1000  # characters of a line worth remembering


def converse(session: Session) -> None:
    """Answer what a person types until they leave. Ctrl-C drops the line, or stops the answer."""
    prompt = prompt_session(session.translator.source.words)
    session.greet()
    while True:
        prompt.completer = WordCompleter(session.translator.source.words)  # `:model` may have changed them
        try:
            typed = prompt.prompt()
        except EOFError:  # Ctrl-D
            return
        except KeyboardInterrupt:
            if not prompt.default_buffer.text:
                print("(Ctrl-D or :quit leaves)")
            continue
        try:
            # Several lines can be pasted at once. (`splitlines` breaks where a file's lines do not: at U+2028.)
            for line in re.split(r"\r\n|\n|\r", typed):
                # What the terminal could not decode comes as surrogates and must come out as damaged bytes.
                if not session.respond(line.encode("utf-8", "surrogatepass")):
                    return
        except KeyboardInterrupt:
            print("(stopped)")


def prompt_session(words: Sequence[str]) -> PromptSession:
    """A prompt that completes `words` (the most frequent first) and `:commands`, and remembers earlier sessions."""
    return PromptSession(
        "English> ",
        history=History(history_file()),
        completer=WordCompleter(words),
        auto_suggest=AutoSuggestFromHistory(),
        reserve_space_for_menu=5,
    )


def history_file() -> Path:
    """Where typed lines are kept: the user's state folder (XDG_STATE_HOME on Linux)."""
    return Path(platformdirs.user_state_dir("translate", appauthor=False)) / "history"


class History(FileHistory):
    """A history file that is a convenience: where it cannot be read or written, nothing is said and nothing fails."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path

    def load_history_strings(self) -> Iterable[str]:
        try:
            return list(super().load_history_strings())
        except OSError:
            return []

    def store_string(self, string: str) -> None:
        if len(string) > _LONGEST:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            super().store_string(string)
        except (OSError, UnicodeError):
            pass


class WordCompleter(Completer):
    """Completes the word before the cursor, whatever its case; at the start of the line also `:commands`."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = [word for word in words if word[:1].isalpha()]

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        before = document.text_before_cursor
        if before.startswith(":"):
            for command, meaning in COMMANDS.items():
                if command.startswith(before):
                    yield Completion(command, -len(before), display_meta=meaning)
            return
        if typed := _WORD.search(before):
            for word in self.matches(typed[0]):
                yield Completion(word, -len(typed[0]))

    def matches(self, typed: str) -> list[str]:
        """The known words that begin with `typed` and go on, in the case it is typed in."""
        folded = typed.casefold()
        longer = [w for w in self.words if w.casefold().startswith(folded) and w.casefold() != folded]
        return [word[0].upper() + word[1:] if typed[0].isupper() else word for word in longer[:_MOST]]
