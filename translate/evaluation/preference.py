"""Does a model find the right form likelier than the wrong one? Minimal pairs, read from probabilities.

Each agreeing word of a reference is set against the same word in the other gender, twice:

- as a *word*: log P(right) − log P(other) at its place, after the words of the reference before it (teacher
  forcing);
- as a *sentence*: log P of the reference minus log P of the reference with that one word swapped, so that what
  follows is counted too.

Up to the word in question both sentences are one, so they are read once and part ways there. A model of subword
pieces has no single step for a word and is asked for sentences alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from translate.corpus.pair import SentencePair
from translate.evaluation.breakdown import Condition, as_json, breakdown, conditions
from translate.evaluation.proportion import Proportion
from translate.model import search
from translate.text import join
from translate.tokenizer import END, START, UNKNOWN, Tokenizer

if TYPE_CHECKING:
    from translate.model.runnable import Runnable
    from translate.model.translator import Translator

_AT_ONCE = 128  # sentences; with their swapped forms they are some five times as many rows


@dataclass(frozen=True)
class PreferenceResult:
    """Margins in nats, one for each condition: above 0 the right form was preferred.

    Attributes:
        conditions: the agreeing words, in order.
        words: log P(right) − log P(other) at the word; None where the model does not know one of the forms, or of
            a subword model.
        sentences: log P(reference) − log P(reference with the other form); None where a form is unknown.
    """

    conditions: tuple[Condition, ...]
    words: tuple[float | None, ...]
    sentences: tuple[float | None, ...]

    @cached_property
    def word(self) -> Proportion:
        """The words whose right form is preferred at their place."""
        return _preferred(self.words)

    @cached_property
    def sentence(self) -> Proportion:
        """The words whose reference is preferred to the sentence with the other form."""
        return _preferred(self.sentences)

    @property
    def unknown(self) -> int:
        """Words that could not be compared, since the model does not know one of the two forms."""
        return sum(margin is None for margin in self.sentences)

    @property
    def main(self) -> Proportion:
        """The comparison at the word, or, of a model of subword pieces, of the sentences."""
        return self.word if self.word.count else self.sentence

    def by(self, feature: str) -> dict[str, Proportion]:
        """`main` for each value of a feature of `Condition`."""
        margins = self.words if self.word.count else self.sentences
        rows = [(c, margin > 0) for c, margin in zip(self.conditions, margins, strict=True) if margin is not None]
        return breakdown(rows, feature)

    def to_json(self) -> dict[str, Any]:
        """Everything as plain data."""
        compared = {"word": self.word.to_json(), "sentence": self.sentence.to_json(), "unknown": self.unknown}
        return compared | {"by": as_json(self.by)}


def _preferred(margins: Sequence[float | None]) -> Proportion:
    known = [margin > 0 for margin in margins if margin is not None]
    return Proportion(sum(known), len(known))


def preference(translator: "Translator", pairs: Sequence[SentencePair]) -> PreferenceResult:
    """Compare the two forms of every agreeing word of `pairs` by the probabilities of `translator`'s model."""
    network, target = translator.network(len(pairs)), translator.target
    sources = [translator.source.encode(_written(pair.source, translator.source)) for pair in pairs]
    references = [[*target.encode(_written(pair.target, target)), END] for pair in pairs]
    forks: list[list[_Fork]] = []
    number = 0
    for pair, reference in zip(pairs, references, strict=True):
        forks.append([])
        for index in range(len(pair.agreements)):
            other = [*target.encode(_written(_swap(pair, index), target)), END]
            # Where one form is unknown, a word would be compared with the unknown word.
            if other != reference and other.count(UNKNOWN) == reference.count(UNKNOWN):
                forks[-1].append(_Fork(number, _first_difference(reference, other), other))
            number += 1
    words: list[float | None] = [None] * number
    sentences = list(words)
    for positions, source in search.same_length(sources, _AT_ONCE):
        chosen = [references[p] for p in positions], [forks[p] for p in positions]
        for result, word, sentence in _margins(network, source, *chosen):
            words[result], sentences[result] = word if target.kind == "word" else None, sentence
    return PreferenceResult(tuple(conditions(pairs)), tuple(words), tuple(sentences))


def _written(tokens: Sequence[str], tokenizer: Tokenizer) -> str:
    return " ".join(tokens) if tokenizer.pretokenised else join(tokens)


def _swap(pair: SentencePair, index: int) -> list[str]:
    """The target with agreement `index` in the other gender."""
    word = pair.agreements[index]
    return [*pair.target[: word.position], word.other, *pair.target[word.position + 1 :]]


@dataclass(frozen=True, slots=True)
class _Fork:
    """A reference with one word swapped: where its result goes, the step at which it leaves, and its ids with END."""

    result: int
    step: int
    ids: list[int]


def _first_difference(reference: list[int], other: list[int]) -> int:
    return next(step for step, (a, b) in enumerate(zip(reference, other, strict=False)) if a != b)


def _margins(
    network: "Runnable", source: np.ndarray, references: list[list[int]], forks: list[list[_Fork]]
) -> Iterator[tuple[int, float, float]]:
    """(result, margin of the word, margin of the sentence) of each fork of a batch of equally long sources.

    The first rows of the batch are the references; a fork joins as a copy of its reference's row at its step.
    """
    state = network.encode(source)
    targets, totals = list(references), np.zeros(len(references))  # totals: log P so far [row]
    last = np.full(len(references), START, dtype=np.int64)
    joined: list[tuple[_Fork, int, float]] = []  # (fork, row of its reference, margin of the word)
    longest = max(len(ids) for ids in [*references, *(fork.ids for row in forks for fork in row)])
    for step in range(longest):
        logits, state = network.step(state, last, step)
        log_probs = _log_softmax(logits)
        new = [(fork, row) for row, row_forks in enumerate(forks) for fork in row_forks if fork.step == step]
        parents = np.array([row for _, row in new], dtype=np.int64)
        before = totals[parents]
        totals = totals + _gains(log_probs, targets, step)
        if new:
            gains = log_probs[parents, [fork.ids[step] for fork, _ in new]]
            rights = log_probs[parents, [references[row][step] for row in parents]]
            joined += [(*pair, margin) for pair, margin in zip(new, (rights - gains).tolist(), strict=True)]
            state = network.select(state, np.concatenate([np.arange(len(targets)), parents]))
            targets += [fork.ids for fork, _ in new]
            totals = np.concatenate([totals, before + gains])
        last = np.array([_at(ids, step) for ids in targets], dtype=np.int64)
    for row, (fork, reference, margin) in enumerate(joined, start=len(references)):
        yield fork.result, margin, float(totals[reference] - totals[row])


def _at(ids: list[int], step: int) -> int:
    return ids[step] if step < len(ids) else END


def _gains(log_probs: np.ndarray, targets: list[list[int]], step: int) -> np.ndarray:
    """log P of each row's word at `step` `[row]`, 0 of rows that have ended."""
    gains = log_probs[np.arange(len(targets)), [_at(ids, step) for ids in targets]]
    return np.where([step < len(ids) for ids in targets], gains, 0.0)


def _log_softmax(logits: np.ndarray) -> np.ndarray:
    shifted = logits - logits.max(-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
