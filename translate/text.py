"""Text as people write it, and the tokens that a model reads: one step, one word."""

import re
from collections.abc import Iterable

_TOKEN = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]")
_NO_SPACE_BEFORE = frozenset(",.!?;:)]}%…")
_NO_SPACE_AFTER = frozenset("([{")
# Longest first: "won't" and "can't" are irregular, the rest splits at the apostrophe.
_CONTRACTIONS = (
    (re.compile(r"\bwon't\b", re.I), "will not"),
    (re.compile(r"\bcan't\b", re.I), "can not"),
    (re.compile(r"n't\b", re.I), " not"),
    (re.compile(r"\b(I)'m\b", re.I), r"\1 am"),
    (re.compile(r"\b(you|we|they)'re\b", re.I), r"\1 are"),
    (re.compile(r"\b(he|she|it|who|that)'s\b", re.I), r"\1 is"),
)


def expand_contractions(text: str) -> str:
    """Spell out English contractions: `I'm` → `I am`, `she's` → `she is`, `doesn't` → `does not`.

    The `'s` of a noun (`my sister's`) is left as it is, since it is as often a possessive.
    """
    text = text.replace("’", "'")
    if "'" in text:
        for pattern, replacement in _CONTRACTIONS:
            text = pattern.sub(replacement, text)
    return text


def split(text: str, english: bool = False) -> list[str]:
    """The words and punctuation marks of `text`; with `english`, contractions are spelt out first."""
    return _TOKEN.findall(expand_contractions(text) if english else text)


def join(tokens: Iterable[str]) -> str:
    """The text that `tokens` stand for: punctuation attached, first letter in upper case."""
    pieces: list[str] = []
    for token in tokens:
        if pieces and token not in _NO_SPACE_BEFORE and pieces[-1] not in _NO_SPACE_AFTER:
            pieces.append(" ")
        pieces.append(token)
    text = "".join(pieces)
    return text[:1].upper() + text[1:]
