"""A vocabulary that does not fit the text is named, with a size that does."""

import itertools
import re

import pytest

from translate.tokenizer import Tokenizer
from translate.vocabulary import shortfalls

SYLLABLES = ["ka", "mi", "to", "lu", "re", "ny", "pa", "do"]
WORDS = ["".join(parts) for parts in itertools.product(SYLLABLES, repeat=3)]
PAIRS = [(" ".join(WORDS[i : i + 6]), " ".join(WORDS[-i - 7 : -i - 1])) for i in range(0, 500, 2)]


def said(kind: str, size: int, pairs=PAIRS, dev=()) -> list[str]:
    tokenizers = tuple(Tokenizer.train((pair[side] for pair in pairs), kind, size, side == 0) for side in (0, 1))
    return shortfalls(tokenizers, size, pairs, list(dev))


@pytest.mark.parametrize(
    ("kind", "size", "problem"),
    [
        ("word", 100, r"of 100 words is too small: \d\d\.\d% of the words of the text are unknown"),
        ("bpe", 5000, r"has [\d,]+ bpe pieces, not 5,000: the text has no more"),
        ("unigram", 5000, r"has [\d,]+ unigram pieces, not 5,000: the text has no more"),
    ],
)
def test_the_size_that_is_advised_fits(kind, size, problem):
    found = said(kind, size)
    assert len(found) == 2 and re.search(f"The source vocabulary {problem}", found[0])
    assert found[1].startswith("The target vocabulary")
    advised = max(int(re.search(r"take `vocab_size` (\d+)", each)[1]) for each in found)
    assert not [each for each in said(kind, advised) if "too large" in each or "has no" in each or "unknown" in each]


def test_pieces_that_are_hardly_letters_are_named():
    assert "is too small: a word is 4." in said("bpe", 282, PAIRS * 20)[0]


def test_words_of_dev_that_training_never_has_are_named():
    assert "lacks 50.0% of the words of the dev sentences; `pieces` bpe" in said("word", 900, dev=[("kakaka x", "")])[0]


def test_a_vocabulary_that_fits_is_not_spoken_of():
    assert said("word", 900, dev=PAIRS[:9]) == []
