"""The standard streams as a command finds them: closed, of any encoding, in a terminal of no width."""

import codecs
import io
import os
import sys
import unicodedata


def open_streams() -> None:
    """Make them fit to be read and written, whatever comes: nothing that is printed fails, or loses a letter.

    A stream that is closed is /dev/null: its number must not go to the next file that is opened. Where nobody looks,
    in a file or a pipe, text is UTF-8; a terminal has its own encoding, and gets plain characters for those it lacks.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 (until the end)
    codecs.register_error(_plain.__name__, _plain)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors=_plain.__name__)
    for name in ("COLUMNS", "LINES"):
        if not os.environ.get(name, "").isdecimal() or not int(os.environ[name]):
            os.environ.pop(name, None)  # nothing fits on a screen of no width: take the terminal's own


def _plain(error: UnicodeError) -> tuple[str, int]:
    """What is written for the characters that an encoding lacks: their plain spelling, their letter, or `?`."""
    from translate.terminal.screen import PLAIN

    if not isinstance(error, UnicodeEncodeError):
        raise error
    spelt = [PLAIN.spelling.get(c) or unicodedata.normalize("NFKD", c) for c in error.object[error.start : error.end]]
    letters = ("".join(filter(str.isascii, each)) or "?" for each in spelt)
    return "".join(letters), error.end
