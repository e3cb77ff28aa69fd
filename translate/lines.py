"""Lines from outside, made fit to be translated: whatever bytes come, there is a sentence or a reason why not."""

import unicodedata

from translate.tokenizer import Tokenizer

LONGEST = 250  # steps of one sentence; the rest of a longer line is not read
_SHOWN = 40  # characters of an unknown word that are repeated in the message


def checked(tokenizer: Tokenizer, raw: bytes) -> tuple[str, list[str]]:
    """The line as text that can be translated (empty: nothing to translate), and what was wrong with it.

    Control characters count as spaces, and invisible marks (a byte-order mark, a soft hyphen) as nothing.
    `tokenizer` is that of the source language.
    """
    problems = []
    try:
        line = raw.decode("utf-8")
    except UnicodeDecodeError:
        line = raw.decode("utf-8", errors="replace")
        problems.append("not UTF-8; its damaged characters count as unknown words.")
    line = visible(line)
    steps = tokenizer.split(line)
    if len(steps) > LONGEST:
        problems.append(f"{len(steps):,} words are more than a sentence; only the first {LONGEST} were read.")
        line = " ".join(steps[:LONGEST])
    for word in tokenizer.unknown(line):
        near = tokenizer.nearest(word)
        problems.append(f"unknown word '{shortened(word)}'" + (f"; known are {', '.join(near)}." if near else "."))
    return (line if steps else ""), problems


def shortened(text: str) -> str:
    """As much of `text` as a message has room for."""
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def visible(text: str) -> str:
    """`text` on one line and without anything that a terminal would obey: every gap one space, no invisible marks."""
    if not text.isprintable():
        text = "".join(_shown(c) for c in text)
    return " ".join(text.split())


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    return " " if category == "Cc" else "" if category == "Cf" else character
