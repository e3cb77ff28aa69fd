"""Words and steps: a word of a subword tokenizer takes several steps."""

from collections.abc import Sequence

from translate.tokenizer import Tokenizer


def words(tokenizer: Tokenizer, ids: Sequence[int], steps: Sequence[str] | None = None) -> tuple[list[str], list[int]]:
    """The words that `ids` spell, and the last step of each.

    steps: their names, where ids alone do not tell them (unknown words).
    """
    if tokenizer.kind == "word":
        return list(steps or [tokenizer.vocabulary[i] for i in ids]), list(range(len(ids)))
    starts = [t for t, start in enumerate(tokenizer.word_starts(list(ids))) if start]
    bounds = list(zip(starts, [*starts[1:], len(ids)], strict=True))
    return [tokenizer.decode(ids[a:b]) for a, b in bounds], [b - 1 for _, b in bounds]
