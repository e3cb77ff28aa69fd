"""Batches: every pair once an epoch, one source length a batch, in an order that seed and epoch decide."""

import tracemalloc

import pytest
import torch

from translate.tokenizer import END, PAD, START
from translate.training.batches import Batches

PAIRS = [([4 + n % 3] * (1 + n % 4), list(range(4, 4 + n % 5))) for n in range(40)]


@pytest.mark.parametrize(("curriculum", "bucket"), [(0.0, 0), (2.0, 0), (0.0, 2)])
def test_an_epoch_has_every_pair_once(curriculum, bucket):
    batches, seen = Batches(PAIRS, 3, seed=1, curriculum=curriculum, bucket=bucket), []
    epoch = list(batches.epoch(0))
    assert len(epoch) == len(batches)
    for source, target_in, target_out in epoch:
        assert len(source) <= 3 and (target_in[:, 0] == START).all() and (target_in[:, 1:] == target_out[:, :-1]).all()
        for ids, words in zip(source.tolist(), target_out.tolist(), strict=True):
            assert PAD not in ids and words[words.index(END) + 1 :] == [PAD] * (len(words) - words.index(END) - 1)
            seen.append((ids, words[: words.index(END)]))
    assert sorted(seen) == sorted(PAIRS)


def test_the_order_is_the_seeds_and_the_epochs():
    def order(seed: int, epoch: int) -> list[list[int]]:
        return [rows.tolist() for _, rows in Batches(PAIRS, 3, seed).order(epoch)]

    assert order(1, 0) == order(1, 0) and order(1, 0) != order(2, 0) and order(1, 0) != order(1, 1)


def test_a_run_goes_on_in_the_middle_of_an_epoch():
    batches = Batches(PAIRS, 3, seed=1)
    whole, rest = list(batches.epoch(2)), list(batches.epoch(2, first=5))
    assert all(
        torch.equal(a, b) for one, other in zip(whole[5:], rest, strict=True) for a, b in zip(one, other, strict=True)
    )


def test_with_a_curriculum_the_first_epoch_goes_from_short_to_long():
    lengths = [source.shape[1] for source, _, _ in Batches(PAIRS, 3, seed=1, curriculum=1e-9).epoch(0)]
    assert lengths == sorted(lengths)
    later = [source.shape[1] for source, _, _ in Batches(PAIRS, 3, seed=1, curriculum=1e-9).epoch(1)]
    assert later != sorted(later)


def test_a_bucket_leaves_little_padding():
    def padding(bucket: int) -> int:
        batches = Batches(PAIRS, 3, seed=1, bucket=bucket)
        return sum(int((target == PAD).sum()) for epoch in range(4) for _, _, target in batches.epoch(epoch))

    assert padding(100) < padding(0) / 2


def test_batches_are_of_64_bits_whatever_is_kept():
    assert {part.dtype for part in next(Batches(PAIRS, 3, seed=1).epoch(0))} == {torch.int64}


def test_what_is_kept_is_small_whatever_the_length_of_a_few():
    pairs = (([4 + n % 3] * (1 + n % 9), [5] * (900 if n == 7 else n % 11)) for n in range(20_000))  # read once
    tracemalloc.start()
    batches = Batches(pairs, 64, seed=1)
    kept = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    pieces = sum(1 + n % 9 + n % 11 for n in range(20_000))
    assert kept < 2 * pieces + 40 * 20_000 + 100_000  # bytes: two a piece, and where each sentence begins
    assert sum(len(source) for source, _, _ in batches.epoch(0)) == 20_000


def test_a_vocabulary_beyond_16_bits_is_kept_whole():
    ((source, target_in, target_out),) = Batches([([70_000, 4], [99_999])], 3, seed=1).epoch(0)
    assert source.tolist() == [[70_000, 4]]
    assert target_in.tolist() == [[START, 99_999]] and target_out.tolist() == [[99_999, END]]
