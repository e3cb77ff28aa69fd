"""Text as people write it, in the one form that is read and written, and its tokens: one step, one word."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TypeVar

from translate.errors import UsageError

T = TypeVar("T")
_SHOWN = 60  # characters of what is no text, in a message

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
_ALL_QUOTES = _QUOTES | {"“"}
# What a single sentence without quotations and brackets does not have before its last token.
_UNPLAIN = _STOPS | _QUOTES | _NO_SPACE_AFTER
# What a token carries where it is written in another way than `join` usually writes it; no text has these characters.
_GLUED, _APART, _LOWER = "￭", "␣", "￬"
_MARKS = _GLUED + _APART + _LOWER
_FORBIDDEN = {"▁": " ", _GLUED: "■", _APART: "⎵", _LOWER: "↓"}  # what no text may have, and what is read in its place
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
    writes a space. Invisible marks (a byte-order mark, a soft hyphen) are nothing, but for `JOINERS` within a word. The
    three signs that `split_exactly` writes its marks with become others that look like them. Raises `UsageError` for
    what is no text.
    """
    if not isinstance(text, str):
        raise UsageError(f"A text is needed here, not {shown(text)}.")
    if not text.isprintable():  # which a space of ASCII is, and no other
        text = "".join([c if c in JOINERS else _INSTEAD.get(unicodedata.category(c), c) for c in text])
    if not text.isascii():
        for sign, instead in _FORBIDDEN.items():
            text = text.replace(sign, instead)
        text = unicodedata.normalize("NFC", text)
    return " ".join([word for word in text.split() if word.strip(JOINERS)])


def listed(texts: str | Iterable[T]) -> list[str | T]:
    """Several texts as a list; a string is one text, and not its letters.

    Raises `UsageError` for what is no series of texts: nothing, a number, bytes, a dictionary.
    """
    if isinstance(texts, str):
        return [texts]
    if isinstance(texts, bytes | bytearray | Mapping) or not isinstance(texts, Iterable):
        raise UsageError(f"A text or a list of texts is needed here, not {shown(texts)}.")
    return list(texts)


def shown(given: object) -> str:
    """As much of what was given as a message has room for."""
    text = repr(given)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


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


def split_exactly(text: str) -> list[str]:
    """The tokens of a `normal` text, so marked that `join` gives its gaps and small letters back: 3,5 is `3` `,￭` `5`.

    A mark stands on a punctuation mark, never on a word: ￭ on the side where it is written onto its neighbour, though
    usually apart from it; ␣ where it is apart, though usually not; ￬ where a small letter follows, though usually a
    capital (before the first token: alone).
    """
    tokens = split(text)
    if join(tokens) == text:
        return tokens
    exact: list[str] = []
    pen, end = _Pen(), 0
    for token in tokens:
        start = text.index(token, end)
        glued, usual = start == end, pen.glues(token)
        end = start + len(token)
        if glued != usual and exact:
            mark = _GLUED if glued else _APART
            if token[0].isalnum():
                exact[-1] += mark
            else:
                token = mark + token
            pen.capital = pen.capital and not glued
        if pen.capital and token[:1] != token[:1].upper():
            exact[-1:] = [(exact[-1] if exact else "") + _LOWER]
            pen.capital = False
        pen.move(token.strip(_MARKS))
        exact.append(token)
    return exact


def plain(token: str) -> str:
    """A token without the marks of `split_exactly`; empty if it is nothing else."""
    return token.strip(_MARKS)


def join(tokens: Iterable[str]) -> str:
    """The text that `tokens` stand for: punctuation attached, the first letter of each sentence in upper case.

    A quotation begins with „, or with every other straight quotation mark, and with a capital where what is around it
    begins or stops. What the marks of `split_exactly` say goes before.
    """
    tokens = list(tokens)
    if not _is_plain(tokens):
        return _join_sentences(tokens)
    text = "".join([token if token in _NO_SPACE_BEFORE else f" {token}" for token in tokens]).removeprefix(" ")
    return text[:1].upper() + text[1:]


def _is_plain(tokens: list[str]) -> bool:
    """Whether they are a single sentence without quotations, brackets and marks."""
    if not tokens or not _UNPLAIN.isdisjoint(tokens[:-1]) or tokens[-1] in _QUOTES:
        return False
    text = "".join(tokens)
    return text.isascii() or not (_GLUED in text or _APART in text or _LOWER in text)


def _join_sentences(tokens: list[str]) -> str:
    text = ""
    for word, glued, capital in _written(tokens):
        text += ("" if glued or not text else " ") + (word[:1].upper() + word[1:] if capital else word)
    return text


def opening(tokens: list[str]) -> list[str]:
    """Those of `tokens` that `join` writes with a capital because a sentence or quotation begins with them."""
    if _is_plain(tokens):
        return tokens[:1]
    return [word for word, _, capital in _written(tokens) if capital]


def _written(tokens: Iterable[str]) -> Iterator[tuple[str, bool, bool]]:
    """Each token without its marks, whether it is written onto the one before, and whether with a capital."""
    pen, after = _Pen(), ""
    for token in tokens:
        word = plain(token)
        before, _, ahead = token.partition(word) if word else ("", "", token)
        marks, after = after + before, ahead
        if _GLUED in marks or _LOWER in marks:
            pen.capital = False
        if word:
            glued = _GLUED in marks or (pen.glues(word) and _APART not in marks)
            yield word, glued, pen.capital and word not in _ALL_QUOTES
            pen.move(word)


class _Pen:
    """What is known while tokens are written one after the other: whether a quotation is open and a sentence begins."""

    def __init__(self) -> None:
        self.quoted, self.capital, self.before = False, True, ""

    def glues(self, token: str) -> bool:
        """Whether it is written onto what is before."""
        opens, closes = self._turns(token)
        before = self.before in ("", "(", "[", "{", "„", "open")
        return closes or (token in _NO_SPACE_BEFORE and not opens) or before

    def move(self, token: str) -> None:
        """The token has been written."""
        opens, closes = self._turns(token)
        if opens or closes:
            # "Are you ill?" she said: after these the sentence goes on.
            self.capital = self.capital and not (closes and self.before in ("?", "!"))
            self.quoted, self.before = opens, "open" if opens else "close"
        else:
            self.capital, self.before = token in _STOPS, token

    def _turns(self, token: str) -> tuple[bool, bool]:
        """Whether it opens and whether it closes a quotation."""
        straight = token == '"'
        return token == "„" or (straight and not self.quoted), token == "“" or (straight and self.quoted)
