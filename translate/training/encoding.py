"""Pairs of texts as pairs of ids, as few bytes each as a corpus of a million needs."""

from array import array
from collections.abc import Iterable

from translate.errors import TranslateError
from translate.lines import shortened
from translate.tokenizer import LONGEST, Tokenizer


def encoded(
    pairs: Iterable[tuple[str, str]], source: Tokenizer, target: Tokenizer, name: str
) -> list[tuple[array, array]]:
    """The ids of each pair, without marks; name: of the pairs, "dev", for messages.

    Raises `TranslateError` for a pair that nobody could learn from.
    """
    # A list of a sentence's ids would take six times as much memory as an array.
    ids = []
    for texts in pairs:
        pair = array("i", source.encode(texts[0])), array("i", target.encode(texts[1]))
        steps, problem = max(map(len, pair)), None
        if not pair[0]:
            problem = "has no word to read"
        elif steps > LONGEST:
            problem = f"is {steps:,} {source.kind} pieces long ({LONGEST:,} are the most)"
        if problem:
            raise TranslateError(f"A {name} pair {problem}; remove it: {shortened(' '.join(texts))}")
        ids.append(pair)
    return ids
