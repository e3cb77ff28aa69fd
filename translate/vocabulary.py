"""Whether the vocabularies fit the text: not so small that it is unknown, not so large that pieces are never met."""

from collections import Counter
from collections.abc import Iterator, Sequence

from translate.tokenizer import UNKNOWN, Tokenizer

Pairs = Sequence[tuple[str, str]]

_SAMPLE = 20_000  # sentences that are counted
_UNKNOWN = 0.01  # share of the training text's words that may be unknown
_UNSEEN = 0.05  # the same of the dev text's
_RARE = 5  # a piece that the text has less often than this is hardly learnt
_OFTEN = 100  # one that it has more often than this is learnt well, and others beside it would be
_SHORT = 3.0  # pieces a word above which they are hardly more than letters


def shortfalls(tokenizers: tuple[Tokenizer, Tokenizer], size: int, pairs: Pairs, dev: Pairs) -> list[str]:
    """What in the vocabularies, of which `size` pieces each were asked for, does not fit the text: a sentence each.

    Each says which option to change, by the names of arguments (`vocab_size`, `pieces`).
    """
    said = []
    for side, (name, tokenizer) in enumerate(zip(("source", "target"), tokenizers, strict=True)):
        texts, checked = ([pair[side] for pair in _sample(part)] for part in (pairs, dev))
        look = _of_words if tokenizer.kind == "word" else _of_pieces
        said += [f"The {name} vocabulary {problem}." for problem in look(tokenizer, size, texts, checked)]
    return said


def _of_words(tokenizer: Tokenizer, size: int, texts: list[str], checked: list[str]) -> Iterator[str]:
    share, words = _unknown(tokenizer, texts)
    if share > _UNKNOWN:
        yield (
            f"of {len(tokenizer):,} words is too small: {share:.1%} of the words of the text are unknown to it; take "
            f"`vocab_size` {_round_up(len(tokenizer) + words)} or `pieces` bpe"
        )
        return
    share, _ = _unknown(tokenizer, checked)
    if share > _UNSEEN:
        yield f"lacks {share:.1%} of the words of the dev sentences; `pieces` bpe knows words by their parts"


def _of_pieces(tokenizer: Tokenizer, size: int, texts: list[str], checked: list[str]) -> Iterator[str]:
    counts: Counter[int] = Counter()
    for text in texts:
        counts.update(tokenizer.encode(text))
    learnt = [piece for piece, name in enumerate(tokenizer.vocabulary) if len(name.strip("▁")) > 1 and name[0] != "<"]
    smallest = len(tokenizer) - len(learnt)
    often = smallest + sum(counts[piece] >= 2 * _RARE for piece in learnt)
    advised = _round_up(max(often, smallest + 1))
    advised = advised if advised < len(tokenizer) else len(tokenizer)
    advice = f"take `vocab_size` {advised} or `pieces` word"
    rare = sum(counts[piece] < _RARE for piece in learnt)
    if len(tokenizer) < size:
        yield f"has {len(tokenizer):,} {tokenizer.kind} pieces, not {size:,}: the text has no more; {advice}"
        return
    if rare > len(learnt) / 2:
        yield (
            f"of {len(tokenizer):,} {tokenizer.kind} pieces is too large: {rare:,} of them stand fewer than {_RARE} "
            f"times in the text; {advice}"
        )
        return
    words = sum(len(text.split()) for text in texts)
    if counts.total() > _SHORT * words and 2 * sum(counts[piece] >= _OFTEN for piece in learnt) >= len(learnt):
        yield (
            f"of {len(tokenizer):,} {tokenizer.kind} pieces is too small: a word is "
            f"{counts.total() / words:.1f} pieces on average; take a larger `vocab_size`"
        )


def _unknown(tokenizer: Tokenizer, texts: list[str]) -> tuple[float, int]:
    """The share of the words of `texts` that the vocabulary lacks, and how many different ones these are."""
    lacking: set[str] = set()
    words = unknown = 0
    for text in texts:
        steps = tokenizer.split(text)
        ids = tokenizer.ids(steps)
        words += len(ids)
        unknown += ids.count(UNKNOWN)
        lacking.update(step for step, piece in zip(steps, ids, strict=True) if piece == UNKNOWN)
    return unknown / max(words, 1), len(lacking)


def _sample(pairs: Pairs) -> Pairs:
    return pairs[:: -(-len(pairs) // _SAMPLE)] if pairs else pairs


def _round_up(size: int) -> int:
    """A number of two digits and zeros, no smaller than `size`."""
    step = 10 ** max(len(str(size)) - 2, 0)
    return -(-size // step) * step
