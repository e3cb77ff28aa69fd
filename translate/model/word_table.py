"""What each word adds to the gates of a layer, W_ih x + b: looked up, since it does not depend on the state."""

import numpy as np

from translate.model import cells
from translate.model.arrays import Array


class WordTable:
    """The rows of `project(vectors, weights)`, `[vocabulary, gates·unit]`, each made when its word first comes.

    The product for a whole vocabulary takes longer than the translation of a single sentence. Each row is a product of
    its own, so that it is the same whenever, and beside whatever, its word comes.

    Args:
        vectors: of the words, `[vocabulary, embedding]`, in numpy.
        weights: of the layer that reads them.
    """

    def __init__(self, vectors: np.ndarray, weights: cells.Weights):
        self._vectors, self._weights = vectors, weights
        rows = weights.weight_ih.shape[0]
        self._table = np.empty((len(vectors), rows), np.result_type(vectors, weights.weight_ih))
        self._made = np.zeros(len(vectors), dtype=bool)

    def __getitem__(self, words: np.ndarray) -> np.ndarray:
        """What `words` `[…]` add, `[…, gates·unit]`."""
        made = self._made[words]
        if not made.all():
            for word in set(np.asarray(words)[~made].tolist()):  # np.unique would import half of numpy first
                self._table[word] = cells.project(self._vectors[word], self._weights)
                self._made[word] = True
        return self._table[words]


Words = Array | WordTable
"""A table of words: whole, or as they come."""


def word_table(vectors: Array, weights: cells.Weights) -> Words:
    """What each word adds to the gates of a layer: as it comes in numpy, all at once in torch."""
    return WordTable(vectors, weights) if isinstance(vectors, np.ndarray) else cells.project(vectors, weights)
