"""Sentence pairs as batches in which all sources have one length."""

import random
from array import array
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import torch
from torch import Tensor

from translate.tokenizer import END, PAD, START

Ids = Sequence[int]


class Batches:
    """All training pairs, grouped by source length, dealt out in an order that only `seed` and epoch decide.

    With one source length a batch no padding reaches the encoder's state, and the fused layers keep their fast
    path (a `PackedSequence` would leave it).

    Args:
        pairs: source and target ids of every pair, without marks; read once, and kept as 2 bytes a piece.
        size: sentences a batch.
        seed: decides the order.
        curriculum: above 0, the first epoch goes from short sources to long ones (Bengio et al. 2009), the order
            blurred by a random shift of each batch by up to so many words.
        bucket: above 0, so many batches are drawn together and their pairs dealt out by target length.
    """

    def __init__(
        self, pairs: Iterable[tuple[Ids, Ids]], size: int, seed: int, curriculum: float = 0.0, bucket: int = 0
    ):
        self.size, self.seed, self.curriculum, self.bucket = size, seed, curriculum, bucket
        self._sources, self._targets = _Side(), _Side()
        for source, target in pairs:
            self._sources.append(source)
            self._targets.append(target)
        self._sources.close()
        self._targets.close()
        lengths = self._sources.lengths
        by_length = np.argsort(lengths, kind="stable").astype(np.int32)
        self._words, first = np.unique(lengths[by_length], return_index=True)
        self._groups = np.split(by_length, first[1:]) if len(first) else []

    def __len__(self) -> int:
        """Batches an epoch."""
        return sum(-(-len(group) // self.size) for group in self._groups)

    def order(self, epoch: int) -> list[tuple[int, Tensor]]:
        """The epoch's batches as (group, rows); the same seed and epoch give the same list."""
        generator = torch.Generator().manual_seed(self.seed * 1_000_003 + epoch)
        batches: list[tuple[int, Tensor]] = []
        for number, group in enumerate(self._groups):
            rows = torch.randperm(len(group), generator=generator)
            if self.bucket:
                lengths = torch.from_numpy(self._targets.lengths[group])
                drawn = rows.split(self.bucket * self.size)
                rows = torch.cat([some[lengths[some].argsort(stable=True)] for some in drawn])
            batches += [(number, batch) for batch in rows.split(self.size)]
        shuffled = random.Random(self.seed * 1_000_003 + epoch)
        shuffled.shuffle(batches)
        if self.curriculum and epoch == 0:
            batches.sort(key=lambda batch: int(self._words[batch[0]]) + self.curriculum * shuffled.random())
        return batches

    def epoch(self, epoch: int, first: int = 0) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
        """Batches `first`, `first` + 1 … of an epoch as (source, target in, target out), each `[batch, time]`."""
        for group, rows in self.order(epoch)[first:]:
            pairs = self._groups[group][rows.numpy()]
            words, lengths = self._targets.padded(pairs)
            marked = np.full((len(pairs), words.shape[1] + 2), PAD, dtype=np.int64)
            marked[:, 0], marked[:, 1:-1] = START, words
            marked[np.arange(len(pairs)), lengths + 1] = END
            target = torch.from_numpy(marked)
            yield torch.from_numpy(self._sources.padded(pairs)[0]), target[:, :-1], target[:, 1:]


class _Side:
    """The ids of one side of all pairs behind each other: as lists of their own they would take 20 times as much."""

    def __init__(self) -> None:
        self._growing, self._ends = array("i"), array("q")

    def append(self, ids: Ids) -> None:
        self._growing.extend(ids)
        self._ends.append(len(self._growing))

    def close(self) -> None:
        """All pairs are there; lengths `[pair]`."""
        ids, ends = np.frombuffer(self._growing, dtype=np.int32), np.array(self._ends, dtype=np.int64)
        self._ids = ids.astype(np.uint16) if not len(ids) or ids.max() < 2**16 else ids
        self._starts = np.concatenate([np.zeros(1, dtype=np.int64), ends])[:-1]
        self.lengths = (ends - self._starts).astype(np.int32)
        del self._growing, self._ends

    def padded(self, pairs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The ids `[pair, time]` of some pairs as long as the longest of them, and their lengths."""
        lengths = self.lengths[pairs]
        time = np.arange(int(lengths.max(initial=0)))
        real = time < lengths[:, None]
        ids = np.full(real.shape, PAD, dtype=np.int64)
        ids[real] = self._ids[(self._starts[pairs][:, None] + time)[real]]
        return ids, lengths
