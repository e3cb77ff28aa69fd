"""Lines from outside, made fit to be translated: whatever bytes come, there is a sentence or a reason why not."""

from collections.abc import Iterable, Iterator

from translate.errors import TranslateError
from translate.files import wide
from translate.text import normal
from translate.tokenizer import LONGEST, Tokenizer

_LOOKED_AT = 4  # lines by which UTF-16 is known
_SHOWN = 40  # characters of an unknown word that are repeated in the message


def checked(tokenizer: Tokenizer, raw: bytes) -> tuple[str, list[str]]:
    """The line as text that can be translated (empty: nothing to translate), and what was wrong with it.

    It is `normal`, and of a line with more than `LONGEST` pieces no more is read. `tokenizer` is that of the source
    language.
    """
    problems = []
    try:
        line = raw.decode("utf-8")
    except UnicodeDecodeError:
        line = raw.decode("utf-8", errors="replace")
        problems.append("not UTF-8; its damaged characters count as unknown words.")
    line = normal(line)
    steps = len(tokenizer.encode(line))
    if steps > LONGEST:
        line = tokenizer.beginning(line, LONGEST)
        what, read = "words" if tokenizer.kind == "word" else f"{tokenizer.kind} pieces", len(tokenizer.encode(line))
        problems.append(
            f"{steps:,} {what} are more than a sentence ({LONGEST:,} are the most); only the first {read:,} were read."
        )
    for word in tokenizer.unknown(line):
        near = tokenizer.nearest(word)
        problems.append(f"unknown word '{shortened(word)}'" + (f"; known are {', '.join(near)}." if near else "."))
    return (line if steps else ""), problems


def argument(text: str) -> bytes:
    """A sentence of the command line as UTF-8, whatever the locale; bytes that were no text to it stay as they were."""
    return text.encode("utf-8", "surrogateescape")


def lines_of(stream: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of standard input, without their ends, each as soon as it comes.

    Raises `TranslateError` where the first ones show that the text is UTF-16, of which no line would be right: where
    the letters are no Latin ones a line may have no zero but that of its end.
    """
    begun = b""
    for number, line in enumerate(stream):
        begun = begun + line if number < _LOOKED_AT else b""
        if encoding := wide(begun):
            raise TranslateError(
                f"Standard input is {encoding}, not UTF-8; save it as UTF-8, or send it through "
                f"`iconv -f {encoding} -t UTF-8`."
            )
        yield line.rstrip(b"\r\n")


def shortened(text: str) -> str:
    """As much of `text` as a message has room for."""
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
