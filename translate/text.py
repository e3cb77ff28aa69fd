"""Text as people write it, and the tokens that a model reads: one step, one word."""

import re
from collections.abc import Iterable, Iterator

_TOKEN = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]")
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
# Longest first: "won't" and "can't" are irregular, the rest splits at the apostrophe.
_CONTRACTIONS = (
    (re.compile(r"\bwon't\b", re.I), "will not"),
    (re.compile(r"\bcan(?:'t|not)\b", re.I), "can not"),
    (re.compile(r"n't\b", re.I), " not"),
    (re.compile(r"\b(I)'m\b", re.I), r"\1 am"),
    (re.compile(r"\b(you|we|they)'re\b", re.I), r"\1 are"),
    (re.compile(r"\b(he|she|it|who|that)'s\b", re.I), r"\1 is"),
)


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
    """The words and punctuation marks of `text`; with `english`, contractions are spelt out first."""
    return _TOKEN.findall(expand_contractions(text) if english else text)


def split_exactly(text: str) -> list[str]:
    """The tokens of `text`, so marked that `join` gives it back, its gaps and small letters: 3,5 is `3`, `￭,￭`, `5`.

    A mark stands on a punctuation mark, never on a word: ￭ on the side where it is written onto its neighbour, though
    usually apart from it; ␣ where it is apart, though usually not; ￬ where a small letter follows, though usually a
    capital (before the first token: alone).
    """
    text = " ".join(text.split())
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
