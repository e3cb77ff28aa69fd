"""Sentence pairs as batches in which all sources have one length."""

import random
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor

from translate.tokenizer import END, PAD, START

Ids = Sequence[int]


class Batches:
    """All training pairs, sorted by source length, dealt out in an order that only `seed` and epoch decide.

    With one source length a batch no padding reaches the encoder's state, and the fused layers keep their fast
    path (a `PackedSequence` would leave it).

    Args:
        pairs: source and target ids of every pair, without marks.
        size: sentences a batch.
        seed: decides the order.
        curriculum: above 0, the first epoch goes from short sources to long ones (Bengio et al. 2009), the order
            blurred by a random shift of each batch by up to so many words.
        bucket: above 0, so many batches are drawn together and their pairs dealt out by target length.
    """

    def __init__(
        self, pairs: Sequence[tuple[Ids, Ids]], size: int, seed: int, curriculum: float = 0.0, bucket: int = 0
    ):
        self.size, self.seed, self.curriculum, self.bucket = size, seed, curriculum, bucket
        by_length: dict[int, list[tuple[Ids, Ids]]] = {}
        for source, target in pairs:
            by_length.setdefault(len(source), []).append((source, target))
        self._groups = [_tensors(by_length[length]) for length in sorted(by_length)]

    def __len__(self) -> int:
        """Batches an epoch."""
        return sum(-(-len(source) // self.size) for source, _, _ in self._groups)

    def order(self, epoch: int) -> list[tuple[int, Tensor]]:
        """The epoch's batches as (group, rows); the same seed and epoch give the same list."""
        generator = torch.Generator().manual_seed(self.seed * 1_000_003 + epoch)
        batches: list[tuple[int, Tensor]] = []
        for group, (source, _, lengths) in enumerate(self._groups):
            rows = torch.randperm(len(source), generator=generator)
            if self.bucket:
                drawn = rows.split(self.bucket * self.size)
                rows = torch.cat([some[lengths[some].argsort(stable=True)] for some in drawn])
            batches += [(group, batch) for batch in rows.split(self.size)]
        shuffled = random.Random(self.seed * 1_000_003 + epoch)
        shuffled.shuffle(batches)
        if self.curriculum and epoch == 0:
            words = [source.shape[1] for source, _, _ in self._groups]
            batches.sort(key=lambda batch: words[batch[0]] + self.curriculum * shuffled.random())
        return batches

    def epoch(self, epoch: int, first: int = 0) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
        """Batches `first`, `first` + 1 … of an epoch as (source, target in, target out), each `[batch, time]`."""
        for group, rows in self.order(epoch)[first:]:
            source, target, lengths = self._groups[group]
            words = target[rows, : int(lengths[rows].max())]
            yield source[rows].long(), words[:, :-1].long(), words[:, 1:].long()


def _tensors(pairs: list[tuple[Ids, Ids]]) -> tuple[Tensor, Tensor, Tensor]:
    """Sources `[pair, time]`, targets `[pair, time]` with marks and padding, and the targets' lengths `[pair]`.

    In 32 bits, which is half the memory of a large corpus; a batch has 64.
    """
    source = np.array([source for source, _ in pairs], dtype=np.int32).reshape(len(pairs), -1)
    lengths = np.array([len(target) + 2 for _, target in pairs])
    padded = np.full((len(pairs), lengths.max()), PAD, dtype=np.int32)
    for row, (_, target) in zip(padded, pairs, strict=True):
        row[1 : len(target) + 1] = target
    padded[:, 0] = START
    padded[np.arange(len(pairs)), lengths - 1] = END
    return torch.from_numpy(source), torch.from_numpy(padded), torch.from_numpy(lengths)
