"""Text as people write it, in the one form that is read and written, and its tokens: one step, one word."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")

JOINERS = "\u200c\u200d"  # invisible, but letters of a word: Persian's half space, and what ties 👩‍👧 together
_INSTEAD = {"Cc": " ", "Cf": "", "Cs": "�"}  # controls, invisible marks, halves of characters, by category
_TIES = JOINERS + "\U0001f3fb-\U0001f3ff"  # with the tones of skin, of class symbol, which belong to the hand before
_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
_TOKEN = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]")
_ODD = re.compile(r"[^\w\s\x00-\x7f\u2010-\u205e]")  # may be written on or tied to what is before; no usual mark is
_NO_SPACE_BEFORE = frozenset(",.!?;:)]}%…“")
_NO_SPACE_AFTER = frozenset("([{„")
_STOPS = frozenset(".!?:")
_QUOTES = frozenset('"„')
# What a single sentence without quotations and brackets does not have before its last token.
_UNPLAIN = _STOPS | _QUOTES | _NO_SPACE_AFTER
# Longest first: "won't" and "can't" are irregular, the rest splits at the apostrophe.
_CONTRACTIONS = (
    (re.compile(r"\bwon't\b", re.I), "will not"),
    (re.compile(r"\bcan(?:'t|not)\b", re.I), "can not"),
    (re.compile(r"n't\b", re.I), " not"),
    (re.compile(r"\b(I)'m\b", re.I), r"\1 am"),
    (re.compile(r"\b(you|we|they)'re\b", re.I), r"\1 are"),
    (re.compile(r"\b(he|she|it|who|that)'s\b", re.I), r"\1 is"),
)


def normal(text: str) -> str:
    """The form in which all text is learnt, read, written and compared: composed (NFC), on one line.

    Whatever kind of white space or control character is one space, none at the ends; so is ▁, by which SentencePiece
    writes a space. Invisible marks (a byte-order mark, a soft hyphen) are nothing, but for `JOINERS` within a word.
    """
    if not text.isprintable():  # which a space of ASCII is, and no other
        text = "".join([c if c in JOINERS else _INSTEAD.get(unicodedata.category(c), c) for c in text])
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.replace("▁", " "))
    return " ".join([word for word in text.split() if word.strip(JOINERS)])


def listed(texts: str | Iterable[T]) -> list[str | T]:
    """Several texts as a list; a string is one text, and not its letters."""
    return [texts] if isinstance(texts, str) else list(texts)


def expand_contractions(text: str) -> str:
    """Spell out English contractions: `I'm` → `I am`, `she's` → `she is`, `doesn't` → `does not`, `cannot`.

    The `'s` of a noun (`my sister's`) is left as it is, since it is as often a possessive.
    """
    text = text.replace("’", "'")
    if "'" in text or "cannot" in text.lower():
        for pattern, replacement in _CONTRACTIONS:
            text = pattern.sub(replacement, text)
    return text


def split(text: str, english: bool = False) -> list[str]:
    """The words and punctuation marks of `text`; with `english`, contractions are spelt out first.

    What is written on or tied to a letter or sign belongs to it: accents, vowel signs, joiners, the parts of 👩‍👧.
    """
    text = expand_contractions(text) if english else text
    if odd := "" if text.isascii() else "".join(sorted(set(_ODD.findall(text)))):
        marks = "".join([c for c in odd if unicodedata.category(c)[0] == "M"])
        if marks or any(c in JOINERS or c >= "\U0001f1e6" for c in odd):
            return _token_with(marks).findall(text)
    return _TOKEN.findall(text)


@lru_cache
def _token_with(marks: str) -> re.Pattern[str]:
    """`_TOKEN` for a text with these combining `marks`, which Python's expressions have no class for."""
    letter, on = f"[\\w{JOINERS}{marks}]", f"[{_TIES}{marks}]"
    sign = f"[^\\w\\s{JOINERS}]{on}*"
    tied = f"{sign}(?:(?<=\u200d){sign})*"
    return re.compile(rf"\w{letter}*(?:[-'’]{letter}+)*|{_FLAG}|{tied}|{letter}")


def join(tokens: Iterable[str]) -> str:
    """The text that `tokens` stand for: punctuation attached, the first letter of each sentence in upper case.

    A quotation begins with „, or with every other straight quotation mark, and with a capital where what is around it
    begins or stops.
    """
    tokens = list(tokens)
    if not tokens or not _UNPLAIN.isdisjoint(tokens[:-1]) or tokens[-1] in _QUOTES:
        return _join_sentences(tokens)
    text = "".join([token if token in _NO_SPACE_BEFORE else f" {token}" for token in tokens]).removeprefix(" ")
    return text[:1].upper() + text[1:]


def _join_sentences(tokens: list[str]) -> str:
    text, quoted, capital, before = "", False, True, ""
    for token in tokens:
        opens = token == "„" or (token == '"' and not quoted)
        closes = token == "“" or (token == '"' and quoted)
        glued = closes or (token in _NO_SPACE_BEFORE and not opens) or before in ("", "(", "[", "{", "„", "open")
        text += "" if glued else " "
        if capital and not (opens or closes):
            token = token[:1].upper() + token[1:]
        text += token
        if opens or closes:
            # "Are you ill?" she said: after these the sentence goes on.
            capital = capital and not (closes and before in ("?", "!"))
            quoted, before = opens, "open" if opens else "close"
            continue
        capital = token in _STOPS
        before = token
    return text
