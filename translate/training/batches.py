"""Sentence pairs as batches in which all sources have one length."""

import random
from collections.abc import Iterator, Sequence

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
    """

    def __init__(self, pairs: Sequence[tuple[Ids, Ids]], size: int, seed: int, curriculum: float = 0.0):
        self.size, self.seed, self.curriculum = size, seed, curriculum
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
        batches = []
        for group, (source, _, _) in enumerate(self._groups):
            rows = torch.randperm(len(source), generator=generator)
            batches += [(group, part) for part in rows.split(self.size)]
        shuffled = random.Random(self.seed * 1_000_003 + epoch)
        shuffled.shuffle(batches)
        if self.curriculum and epoch == 0:
            lengths = [source.shape[1] for source, _, _ in self._groups]
            batches.sort(key=lambda batch: lengths[batch[0]] + self.curriculum * shuffled.random())
        return batches

    def epoch(self, epoch: int, first: int = 0) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
        """Batches `first`, `first` + 1 … of an epoch as (source, target in, target out), each `[batch, time]`."""
        for group, rows in self.order(epoch)[first:]:
            source, target, lengths = self._groups[group]
            words = target[rows, : int(lengths[rows].max())]
            yield source[rows], words[:, :-1], words[:, 1:]


def _tensors(pairs: list[tuple[Ids, Ids]]) -> tuple[Tensor, Tensor, Tensor]:
    """Sources `[pair, time]`, targets `[pair, time]` with marks and padding, and the targets' lengths `[pair]`."""
    source = torch.tensor([list(s) for s, _ in pairs], dtype=torch.int64).reshape(len(pairs), -1)
    lengths = [len(t) + 2 for _, t in pairs]
    longest = max(lengths)
    padded = [[START, *t, END] + [PAD] * (longest - length) for (_, t), length in zip(pairs, lengths, strict=True)]
    return source, torch.tensor(padded, dtype=torch.int64), torch.tensor(lengths)
