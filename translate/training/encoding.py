"""Pairs of texts as pairs of ids, one after the other, so that a corpus of a million never stands there as lists."""

from collections.abc import Iterable, Iterator

from translate.errors import TranslateError
from translate.lines import shortened
from translate.tokenizer import LONGEST, Tokenizer

Pair = tuple[str, str]


def encoded(
    pairs: Iterable[Pair], source: Tokenizer, target: Tokenizer, name: str, too_long: list[Pair]
) -> Iterator[tuple[list[int], list[int]]]:
    """The ids of each pair, without marks; name: of the pairs, "dev", for messages.

    A pair of more than `LONGEST` pieces on a side is left out, and is then in `too_long`. Raises `TranslateError` for a
    pair without words on a side, and where all are too long.
    """
    count = 0
    for texts in pairs:
        pair = source.encode(texts[0]), target.encode(texts[1])
        if not pair[0] or not pair[1]:
            problem = "has no word to read" if not pair[0] else "has no word to write"
            raise TranslateError(f"A {name} pair {problem}; remove it: {shortened(' '.join(texts))}")
        if max(map(len, pair)) > LONGEST:
            too_long.append(texts)
            continue
        count += 1
        yield pair
    if too_long and not count:
        raise TranslateError(f"All {name} pairs have {too_many(source.kind)}; give shorter ones.")


def too_many(kind: str) -> str:
    """What is wrong with a pair that is too long for pieces of this kind."""
    return f"more than {LONGEST:,} {'words' if kind == 'word' else f'{kind} pieces'} on a side"
