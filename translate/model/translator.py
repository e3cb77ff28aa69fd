"""Text in, text out: a checkpoint, its network and a search behind one object."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from translate.errors import UsageError
from translate.lines import shortened
from translate.model import search
from translate.model.checkpoint import Checkpoint, open_checkpoint
from translate.model.network import Network
from translate.text import listed, normal, shown
from translate.tokenizer import LONGEST, Tokenizer

_LARGE = 64  # sentences from which on it pays to import torch
WIDEST = 1000
"""The widest beam: beyond it nothing better is found, and the memory fills."""


@dataclass(frozen=True, slots=True)
class Translation:
    """One translation of one sentence.

    Attributes:
        text: as people write it.
        tokens: the steps it was written in, without marks.
        log_probs: natural log-probability of each token and, last, of the end (absent if cut).
        score: the length-normalised log-probability by which translations are ranked.
        finished: whether the network ended it; False if it was cut at the longest length.
    """

    text: str
    tokens: list[str]
    log_probs: list[float]
    score: float
    finished: bool


class Translator:
    """A trained model that translates.

    Args:
        checkpoint: the model folder, opened.
        device: where to compute: `numpy` (soonest for a few sentences), `cpu`, `cuda`, `mps`, or `auto`: numpy for
            a few sentences and torch for many.
    """

    def __init__(self, checkpoint: Checkpoint, device: str = "auto"):
        self.checkpoint, self.device = checkpoint, device
        self.source, self.target = checkpoint.source, checkpoint.target

    def __repr__(self) -> str:
        words = self.checkpoint.config.in_words()
        return f"<Translator {self.checkpoint.folder.name}: {words}, {self.source.kind} pieces>"

    @classmethod
    def load(cls, folder: str | Path | None = None, device: str = "auto") -> "Translator":
        """Open the model folder (default: the lesson's model that ships with the package)."""
        return cls(open_checkpoint(folder), device)

    @cached_property
    def _numpy_network(self) -> Network:
        return Network(self.checkpoint.config, self.checkpoint.numpy_weights())

    @cached_property
    def _torch_network(self) -> Network:
        from translate.model.device import pick_device

        device = "cpu" if self.device == "numpy" else self.device
        return Network.of(self.checkpoint.module(str(pick_device(device))))

    def network(self, sentences: int = 1) -> Network:
        """The network on the arrays that suit a batch of so many sentences."""
        if self.device == "numpy" or (self.device == "auto" and sentences < _LARGE):
            return self._numpy_network
        return self._torch_network

    def translate(
        self,
        sentences: str | Sequence[str],
        *,
        beam: int = 1,
        n_best: int = 1,
        length_penalty: float = 1.0,
        temperature: float | None = None,
        seed: int = 0,
        prefix: str = "",
        scores: bool = True,
    ) -> list[list[Translation]]:
        """The `n_best` translations of each sentence, the best first; a string is one sentence.

        Greedy for a `beam` of 1, sampled where `temperature` is given. `prefix` is text that every translation must
        begin with. Raises `UsageError` for options that exclude each other, a prefix of unknown words or with no room
        in a translation, and a sentence without words, or of more than `tokenizer.LONGEST` pieces.
        """
        for name, number in {"beam": beam, "n_best": n_best, "seed": seed}.items():
            check_whole(name, number, int(name != "seed"), WIDEST if name == "beam" else None)
        if not isinstance(length_penalty, int | float) or not isinstance(temperature, int | float | None):
            raise UsageError("`length_penalty` and `temperature` must be numbers.")
        if beam < 1 or n_best < 1 or (n_best > max(beam, 1) and temperature is None):
            raise UsageError(f"`n_best` {n_best} needs a `beam` of at least as many (it is {beam}).")
        if temperature is not None and (beam > 1 or not 0.001 <= temperature <= 1000):
            raise UsageError("Sampling needs a temperature from 0.001 to 1000 and no beam.")
        if not -10 <= length_penalty <= 10:
            raise UsageError(f"The length penalty must lie between -10 and 10, not {length_penalty}.")
        sources = [_ids(self.source, sentence) for sentence in listed(sentences)]
        forced = self._prefix(prefix)
        if sources and len(forced) > (room := search.longest(min(map(len, sources)))):
            raise UsageError(
                f"The prefix has {len(forced):,} words, and a translation of this sentence at most {room}."
            )
        network = self.network(len(sources))
        if temperature is not None:
            draws = [search.sample(network, sources, forced, temperature, seed + k) for k in range(n_best)]
            ranked = [list(drawn) for drawn in zip(*draws, strict=True)]
        elif beam > 1:
            ranked = search.beam(network, sources, beam, n_best, length_penalty, forced)
        else:
            ranked = [[hypothesis] for hypothesis in search.greedy(network, sources, forced, scores)]
        return [[self.present(hypothesis, length_penalty) for hypothesis in best] for best in ranked]

    def texts(self, sentences: str | Sequence[str]) -> list[str]:
        """The greedy translation of each sentence, nothing else: the fastest way through many; see `translate`."""
        sources = [_ids(self.source, sentence) for sentence in listed(sentences)]
        hypotheses = search.greedy(self.network(len(sources)), sources, scores=False)
        return [self.target.decode(hypothesis.tokens) for hypothesis in hypotheses]

    def score(self, source: str, targets: str | Sequence[str]) -> list[Translation]:
        """The log-probability, word by word, of given translations of `source`; a string is one translation."""
        targets = listed(targets)
        ids = [_ids(self.target, target, may_be_empty=True) for target in targets]
        scored = search.score(self.network(len(ids)), [_ids(self.source, source)] * len(ids), ids)
        return [self.present(h, 0.0, self.target.split(target)) for h, target in zip(scored, targets, strict=True)]

    def present(
        self, hypothesis: search.Hypothesis, length_penalty: float, tokens: list[str] | None = None
    ) -> Translation:
        """A `Hypothesis` of ids as text; tokens: the words it is written in, if not those of its ids."""
        vocabulary = self.target.vocabulary
        return Translation(
            text=self.target.decode(hypothesis.tokens),
            tokens=tokens or [vocabulary[i] for i in hypothesis.tokens],
            log_probs=hypothesis.log_probs,
            score=hypothesis.score(length_penalty),
            finished=hypothesis.finished,
        )

    def _prefix(self, prefix: str) -> list[int]:
        unknown = self.target.unknown(prefix)
        if unknown:
            near = self.target.nearest(unknown[0])
            hint = f"; did you mean {' or '.join(near)}?" if near else "."
            raise UsageError(f"The model cannot write '{unknown[0]}', so no translation can begin with it{hint}")
        return self.target.encode(prefix)


def check_whole(name: str, number: Any, least: int, most: int | None = None) -> None:
    """Raise `UsageError` where an argument is no whole number from `least` to `most`."""
    whole = isinstance(number, int | np.integer) and not isinstance(number, bool)
    if not whole or number < least or (most is not None and number > most):
        wanted = f"from {least} to {most:,}" if most is not None else f"of at least {least}"
        raise UsageError(f"`{name}` must be a whole number {wanted}, not {shown(number)}.")


def _ids(tokenizer: Tokenizer, text: str, may_be_empty: bool = False) -> list[int]:
    ids = tokenizer.encode(text)
    if not ids and not may_be_empty:
        raise UsageError("A sentence without words cannot be translated; leave it out.")
    if len(ids) > LONGEST:
        long = f"{len(ids):,} {tokenizer.kind} pieces long ({LONGEST:,} are the most)"
        raise UsageError(f"A sentence is {long}; shorten it, or leave it out: {shortened(normal(text))}")
    return ids
