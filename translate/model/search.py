"""Choosing the words: greedy, beam and sampled decoding, and the score of a given translation.

A search sees a network through three calls (`encode`, `step`, `select`; see `runnable.py`) and never what is inside,
so that edited runs decode exactly as plain ones do. No padding ever reaches the encoder's state: a sentence gets the
same translation alone or in any batch.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from translate.model.runnable import Runnable
from translate.tokenizer import END, PAD, START, UNKNOWN

Choice = Callable[[np.ndarray], np.ndarray]
"""Picks a word for each row of logits `[batch, vocabulary]`."""

Count = TypeVar("Count", int, np.ndarray)

NEVER = [PAD, UNKNOWN, START]
"""Pieces that no translation may contain."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A translation as ids, without start and end mark.

    Attributes:
        tokens: the ids.
        log_probs: natural log-probability of each id and, if `finished`, of the end mark after them.
        finished: whether the network ended it; otherwise it was cut at the longest length allowed.
    """

    tokens: list[int]
    log_probs: list[float] = field(default_factory=list)
    finished: bool = True

    def score(self, length_penalty: float = 1.0) -> float:
        """Log-probability divided by the length penalty ((5 + n) / 6)^α (Wu et al. 2016, eq. 14)."""
        return sum(self.log_probs) / ((5 + len(self.tokens) + self.finished) / 6) ** length_penalty


def longest(source_length: Count) -> Count:
    """How many words the translation of so many words may have before it is cut; a number or an array of them."""
    return 2 * source_length + 20


def same_length(sources: Sequence[Sequence[int]], size: int = 512) -> Iterator[tuple[list[int], np.ndarray]]:
    """Batches of equally long sources: the positions of the sentences, and their ids `[batch, time]`."""
    by_length: dict[int, list[int]] = {}
    for position, source in enumerate(sources):
        by_length.setdefault(len(source), []).append(position)
    for _, positions in sorted(by_length.items()):
        for first in range(0, len(positions), size):
            batch = positions[first : first + size]
            yield batch, np.array([sources[p] for p in batch], dtype=np.int64).reshape(len(batch), -1)


def by_length(sources: Sequence[Sequence[int]], size: int = 512) -> Iterator[tuple[list[int], np.ndarray, np.ndarray]]:
    """Batches from the longest sources to the shortest: positions, padded ids `[batch, time]`, lengths `[batch]`."""
    order = sorted(range(len(sources)), key=lambda position: -len(sources[position]))
    for first in range(0, len(order), size):
        positions = order[first : first + size]
        lengths = np.array([len(sources[p]) for p in positions])
        ids = np.full((len(positions), lengths[0]), PAD, dtype=np.int64)
        for row, position in enumerate(positions):
            ids[row, : lengths[row]] = sources[position]
        yield positions, ids, lengths


def greedy(
    network: Runnable,
    sources: Sequence[Sequence[int]],
    prefix: Sequence[int] = (),
    scores: bool = True,
    at_once: int = 512,
) -> list[Hypothesis]:
    """The likeliest word at every step, for each of `sources`, in batches of `at_once`; one `Hypothesis` each."""
    return _one_each(network, sources, prefix, scores, likeliest, at_once)


def likeliest(logits: np.ndarray) -> np.ndarray:
    """The likeliest word of each row of `logits` `[batch, vocabulary]`."""
    return logits.argmax(-1)


def sample(
    network: Runnable,
    sources: Sequence[Sequence[int]],
    prefix: Sequence[int] = (),
    temperature: float = 1.0,
    seed: int = 0,
) -> list[Hypothesis]:
    """A word drawn at every step from softmax(logits / `temperature`); the same `seed` draws the same words."""
    random = np.random.default_rng(seed)

    def draw(logits: np.ndarray) -> np.ndarray:
        # Gumbel-max: the argmax of logits plus Gumbel noise is a draw from their softmax.
        return (logits / temperature + random.gumbel(size=logits.shape)).argmax(-1)

    return _one_each(network, sources, prefix, True, draw)


def _one_each(
    network: Runnable,
    sources: Sequence[Sequence[int]],
    prefix: Sequence[int],
    scores: bool,
    choose: Choice,
    at_once: int = 512,
) -> list[Hypothesis]:
    hypotheses: dict[int, Hypothesis] = {}
    for positions, source, lengths in by_length(sources, at_once):
        decoded = decode(network.for_rows(positions), source, prefix, scores, choose, lengths)
        hypotheses.update(zip(positions, decoded, strict=True))
    return [hypotheses[position] for position in range(len(sources))]


def decode(
    network: Runnable,
    source: np.ndarray,
    prefix: Sequence[int] = (),
    scores: bool = False,
    choose: Choice = likeliest,
    lengths: np.ndarray | None = None,
) -> list[Hypothesis]:
    """Decode one batch `[batch, time]` freely, `choose` picking each word from its logits; `lengths` as in `encode`.

    Finished sentences are dropped from the computation as it goes, except where the network is watched: whoever
    reads or edits it finds every row in its place at every step.
    """
    state = network.encode(source, lengths)
    count = len(source)
    limits = longest(np.full(count, source.shape[1]) if lengths is None else lengths)
    words = np.full((count, limits.max()), END, dtype=np.int64)
    log_probs = np.zeros(words.shape) if scores else None
    alive = np.arange(count)  # which sentence each row of the state belongs to
    last = np.full(count, START, dtype=np.int64)
    done = np.zeros(count, dtype=bool)
    for step in range(limits.max()):
        logits, state = network.step(state, last, step)
        if step < len(prefix):
            last = np.full(len(alive), prefix[step], dtype=np.int64)
        else:
            logits[:, NEVER] = -np.inf
            last = choose(logits)
        words[alive, step] = last
        if log_probs is not None:
            log_probs[alive, step] = _log_prob_of(logits, last)
        done[alive] |= (last == END) | (step + 1 >= limits[alive])
        running = ~done[alive]
        still = np.count_nonzero(running)
        if not still:
            break
        if still / len(running) < 0.7 and not network.is_watched:  # dropping rows costs a copy, so wait until it pays
            alive, last, state = alive[running], last[running], network.select(state, np.flatnonzero(running))
    return [_cut(words[i, :limit], None if log_probs is None else log_probs[i]) for i, limit in enumerate(limits)]


def _cut(words: np.ndarray, log_probs: np.ndarray | None) -> Hypothesis:
    ends = np.flatnonzero(words == END)
    length = int(ends[0]) if len(ends) else len(words)
    kept = [] if log_probs is None else log_probs[: length + (len(ends) > 0)].tolist()
    return Hypothesis(words[:length].tolist(), kept, len(ends) > 0)


def beam(
    network: Runnable,
    sources: Sequence[Sequence[int]],
    width: int = 4,
    n_best: int = 1,
    length_penalty: float = 1.0,
    prefix: Sequence[int] = (),
) -> list[list[Hypothesis]]:
    """The `n_best` likeliest translations of each source that a beam of `width` finds, the best first."""
    return [
        _beam(network.for_rows([row]), list(source), width, n_best, length_penalty, prefix)
        for row, source in enumerate(sources)
    ]


def _beam(
    network: Runnable, source: list[int], width: int, n_best: int, length_penalty: float, prefix: Sequence[int]
) -> list[Hypothesis]:
    state = network.encode(np.array([source], dtype=np.int64).reshape(1, -1))
    rows = [Hypothesis([], [], finished=False)]
    finished: list[Hypothesis] = []
    for step in range(longest(len(source))):
        logits, state = network.step(state, np.array([(row.tokens or [START])[-1] for row in rows]), step)
        if step < len(prefix):
            gains = _log_prob_of(logits, np.full(1, prefix[step])).tolist()
            rows = [Hypothesis([*rows[0].tokens, prefix[step]], rows[0].log_probs + gains, False)]
            continue
        logits[:, NEVER] = -np.inf
        log_probs = _log_softmax(logits)
        totals = log_probs + np.array([[sum(row.log_probs)] for row in rows])
        order = np.argsort(-totals, axis=None, kind="stable")[: 2 * width]
        kept: list[Hypothesis] = []
        parents: list[int] = []
        for row, token in zip(*np.unravel_index(order, totals.shape), strict=True):
            parent, gain = rows[row], float(log_probs[row, token])
            if not np.isfinite(gain):
                continue
            if token == END:
                finished.append(Hypothesis(parent.tokens, [*parent.log_probs, gain], True))
            elif len(kept) < width:
                kept.append(Hypothesis([*parent.tokens, int(token)], [*parent.log_probs, gain], False))
                parents.append(row)
        rows, state = kept, network.select(state, np.array(parents, dtype=np.int64))
        # Widths are small, so run until the beam's own best can no longer be caught.
        if len(finished) >= width or not rows:
            break
    if len(finished) < n_best:  # those that were cut at the longest length stand behind those that ended
        finished += rows
    return sorted(finished, key=lambda h: (not h.finished, -h.score(length_penalty)))[:n_best]


def score(network: Runnable, sources: Sequence[Sequence[int]], targets: Sequence[Sequence[int]]) -> list[Hypothesis]:
    """The log-probability of each word of given translations, and of the end mark after them."""
    scored: dict[int, Hypothesis] = {}
    for positions, source in same_length(sources):
        words = [[*targets[position], END] for position in positions]
        log_probs = np.zeros((len(words), max(map(len, words))))
        for t, logits in enumerate(read(network.for_rows(positions), source, [targets[p] for p in positions])):
            log_probs[:, t] = _log_prob_of(logits, np.array([row[t] if t < len(row) else END for row in words]))
        for row, position in enumerate(positions):
            scored[position] = Hypothesis(list(targets[position]), log_probs[row, : len(words[row])].tolist(), True)
    return [scored[position] for position in range(len(sources))]


def read(network: Runnable, source: np.ndarray, targets: Sequence[Sequence[int]]) -> Iterator[np.ndarray]:
    """Teacher forcing: the decoder reads given `targets` (ids, without marks) after the sources `[batch, time]`.

    Yields the logits `[batch, vocabulary]` of each step, from the one that has read the start mark to the one that has
    read the last word of the longest target. A shorter target goes on with end marks, which mean nothing.
    """
    words = np.full((len(targets), max(map(len, targets), default=0) + 1), END, dtype=np.int64)
    words[:, 0] = START
    for row, target in enumerate(targets):
        words[row, 1 : len(target) + 1] = target
    state = network.encode(source)
    for t in range(words.shape[1]):
        logits, state = network.step(state, words[:, t], t)
        yield logits


def _log_softmax(logits: np.ndarray) -> np.ndarray:
    shifted = logits - logits.max(-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))


def _log_prob_of(logits: np.ndarray, tokens: np.ndarray) -> np.ndarray:
    return _log_softmax(logits)[np.arange(len(tokens)), tokens]
