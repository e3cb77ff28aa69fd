"""The online code of labels whose code can be written down."""

import numpy as np
import pytest

from translate.lab.experiments.reading.online_code import SHARES, block_ends, code_lengths


def test_the_code_of_eight_labels_by_hand():
    """States that say nothing: the second block is coded with the first block's share of labels, 3 of 4."""
    labels = np.array([1, 1, 1, 0] * 2, bool)[:, None]
    bits, blocks = code_lengths(np.ones((8, 3)), labels, ["a"] * 4 + ["b"] * 4)
    assert blocks == (4, 8)
    told_by_share = 3 * np.log2(4 / 3) + np.log2(4)
    assert bits.sum() == pytest.approx(4 + told_by_share, abs=0.01)  # whichever of the two comes first


@pytest.mark.parametrize("counts", [[5] * 30, [300, 1, 1, 40, 8], [7], list(range(1, 60))])
def test_blocks_end_between_nouns_and_nowhere_twice(counts):
    ends, borders = block_ends(np.array(counts)), np.cumsum(counts)
    assert set(ends) <= set(borders) and ends[-1] == borders[-1]
    assert list(ends) == sorted(set(ends)) and len(ends) <= len(SHARES)


def test_with_many_nouns_the_blocks_are_those_of_the_paper():
    assert block_ends(np.ones(10_000, int)) == (10, 20, 40, 80, 160, 320, 625, 1250, 2500, 5000, 10_000)


def test_what_compresses_is_what_holds_for_other_nouns():
    rng = np.random.default_rng(0)
    nouns = np.repeat(np.arange(25), 80)
    x = rng.normal(size=(2000, 40))
    x[:, :25] += 8 * (nouns[:, None] == np.arange(25))
    by_lot, of_noun, linear = rng.random(2000) < 0.5, (rng.random(25) < 0.5)[nouns], rng.random(2000) < 0.5
    x[:, 30] += 8 * linear
    bits, _ = code_lengths(x, np.column_stack([by_lot, of_noun, linear]), nouns)
    lot, noun, line = 2000 / bits.sum(0)
    assert 0.9 < lot <= 1.01 and noun < 1.05
    assert 4 < line < 25  # the first of 25 nouns is told without a probe
