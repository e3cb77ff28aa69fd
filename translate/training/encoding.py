"""Pairs of texts as pairs of ids, one after the other, so that a corpus of a million never stands there as lists."""

from collections.abc import Iterable, Iterator

from translate.errors import TranslateError
from translate.lines import shortened
from translate.tokenizer import LONGEST, Tokenizer


def encoded(
    pairs: Iterable[tuple[str, str]], source: Tokenizer, target: Tokenizer, name: str
) -> Iterator[tuple[list[int], list[int]]]:
    """The ids of each pair, without marks; name: of the pairs, "dev", for messages.

    Raises `TranslateError` for a pair that nobody could learn from.
    """
    for texts in pairs:
        pair = source.encode(texts[0]), target.encode(texts[1])
        steps, problem = max(map(len, pair)), None
        if not pair[0]:
            problem = "has no word to read"
        elif not pair[1]:
            problem = "has no word to write"
        elif steps > LONGEST:
            problem = f"is {steps:,} {source.kind} pieces long ({LONGEST:,} are the most)"
        if problem:
            raise TranslateError(f"A {name} pair {problem}; remove it: {shortened(' '.join(texts))}")
        yield pair
