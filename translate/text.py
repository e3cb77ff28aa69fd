"""Text as people write it, and the tokens that a model reads: one step, one word."""

import re
from collections.abc import Iterable

_TOKEN = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]")
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
