"""What a search, a recorder and an experiment need of a network: it can be run one step at a time, and watched."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, Self

import numpy as np

from translate.model.config import ModelConfig


class Runnable(Protocol):
    """A `Network`, or anything that stands in for one, such as a network with edits.

    A state is what `encode` and `step` return; nobody else looks inside. ids are `[batch, time]` or `[batch]`.
    """

    @property
    def config(self) -> ModelConfig:
        """The shape of the model."""
        ...

    @property
    def lib(self) -> Any:
        """The operations on its arrays (see `arrays.py`)."""
        ...

    @property
    def at(self) -> Callable[..., Any]:
        """Who watches."""
        ...

    @property
    def is_watched(self) -> bool:
        """Whether someone reads or edits, so that all rows of a batch must stay in their places."""
        ...

    def watched(self, at: Callable[..., Any]) -> Self:
        """The same network with every quantity passing through `at(site, t, value)`."""
        ...

    def encode(self, source: np.ndarray, lengths: np.ndarray | None = None) -> Any:
        """Read the sources; returns the state that the decoder starts from."""
        ...

    def step(self, state: Any, words: np.ndarray, t: int = 0) -> tuple[np.ndarray, Any]:
        """Feed the decoder `words`; returns the logits `[batch, vocabulary]` of the next word and the state."""
        ...

    def select(self, state: Any, rows: np.ndarray | slice) -> Any:
        """The state of some rows of the batch, in that order."""
        ...

    def for_rows(self, rows: Sequence[int]) -> Self:
        """What runs these rows of a larger batch: a network that treats all rows alike is its own."""
        ...
