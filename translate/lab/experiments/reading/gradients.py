"""How far back does a gradient reach in a model? Along its own sentences, by distance.

Misleads when a gradient is taken for a memory: a gate that is fully shut or open passes none on though it decides, and
a state that is felt for long need not hold anything of use.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch

from translate import lab
from translate.corpus.pair import SentencePair
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.lemmas import noun_pair
from translate.lab.sentences.minimal_pairs import items_of
from translate.lab.statistics.estimate import Course
from translate.lab.statistics.resample import course_over
from translate.lab.statistics.shown import Shown
from translate.lab.tracing.jacobian import Chain, gain
from translate.lab.tracing.site import Site
from translate.lab.tracing.trace import Trace
from translate.model.network import Network
from translate.tokenizer import START

LONGEST = 24
"""The greatest distance, in words, that is reported."""
_AT_ONCE = 40  # sentences whose gradients are held together


@dataclass(frozen=True)
class Gradients(Shown):
    """What becomes of a nudge of a state, by the number of words that it is old (0: no word has been read since).

    site: the state. direct, total: the gain ‖∂s_T/∂s_t‖_F / √unit along the cell alone and through all paths (see
    `jacobian.py`); direct is None where the cell has no such path. score, loss: the length of the gradient of the last
    agreeing word's log-odds (right form against the other) and of its loss, with respect to the state at an earlier
    word; for the encoder the words that the decoder has read count as well. sentences: behind direct and total.
    words: behind score and loss.
    """

    site: str
    direct: Course | None
    total: Course
    score: Course
    loss: Course
    sentences: int
    words: int


def gradient_course(setup: Setup, sentences: int = 12, words: int = 240) -> tuple[Gradients, ...]:
    """The gradients of c and h (of h where there is no c) of both sides' last layers, along switch sentences.

    sentences: how many the Jacobians are made for, each about other nouns, of the commonest lengths so that they can be
    made together. words: how many agreeing words are scored, each the last of its sentence. Nothing is generated:
    the decoder reads the right translation. Empty where the corpus has no switch suite.
    """
    pairs = [pair for pair in setup.material.pairs("switch") if pair.agreements and pair.nouns]
    if not pairs:
        return ()
    network = Network.of(setup.translator.checkpoint.module())
    groups = _same_lengths(_one_each(setup), sentences)
    gains = [_gains(setup, network, group) for group in groups]
    chained = [pair for group in groups for pair in group]
    scored = [pairs[i] for i in np.unique(np.linspace(0, len(pairs) - 1, min(words, len(pairs))).astype(int))]
    by_word = _of_words(setup, network, scored)

    def course(values: np.ndarray, behind: Sequence[SentencePair]) -> Course:
        return course_over(values, [_lemma(pair) for pair in behind], range(LONGEST + 1), setup.seed)

    def gradients(site: Site) -> Gradients:
        direct = [part for part in (group[site].direct for group in gains) if part is not None]
        return Gradients(
            site=site,
            direct=course(np.concatenate(direct), chained) if direct else None,
            total=course(np.concatenate([group[site].total for group in gains]), chained),
            score=course(by_word[site].score, scored),
            loss=course(by_word[site].loss, scored),
            sentences=len(chained),
            words=len(scored),
        )

    return tuple(gradients(site) for site in setup.sites)


class _Gains(NamedTuple):
    """The mean gain at each age in each sentence, `[sentence, age]`."""

    direct: np.ndarray | None
    total: np.ndarray


class _Lengths(NamedTuple):
    """How long the gradients of a word's score and loss are at each age, `[sentence, age]`."""

    score: np.ndarray
    loss: np.ndarray


def _gains(setup: Setup, network: Network, pairs: Sequence[SentencePair]) -> dict[Site, _Gains]:
    """The gains of each site in some equally long sentences."""
    source = np.array([setup.translator.source.ids(pair.source) for pair in pairs])
    target = np.array([[START, *setup.translator.target.ids(pair.target)] for pair in pairs])
    chains = {
        "enc": Chain.of_side(network, "enc", source[:, ::-1] if setup.config.reverse_source else source),
        "dec": Chain.of_side(network, "dec", target, network.encode(source)[: len(network.decoder)]),
    }
    gains = {}
    for site in setup.sites:
        chain, state = chains[site.side], site.removeprefix(f"{site.side}.")
        total = ((later - t, gain(jacobian)) for t, later, jacobian in chain.total(state))
        kept, direct = chain.direct(state), None
        if kept is not None:  # of a diagonal the same norm is the root of the mean square
            gains_of = ((later - t, diagonal.square().mean(-1).sqrt()) for t, later, diagonal in kept)
            direct = _mean_by_age(gains_of, len(pairs))
        gains[site] = _Gains(direct, _mean_by_age(total, len(pairs)))
    return gains


def _mean_by_age(gains: Iterable[tuple[int, torch.Tensor]], sentences: int) -> np.ndarray:
    """The mean of gains `[sentence]` of each age, `[sentence, age]`; NaN for an age that none has."""
    sums, counts = np.zeros((sentences, LONGEST + 1)), np.zeros(LONGEST + 1)
    for age, values in gains:
        if age <= LONGEST:
            sums[:, age] += values.numpy()
            counts[age] += 1
    with np.errstate(invalid="ignore"):
        return sums / counts


def _of_words(setup: Setup, network: Network, pairs: Sequence[SentencePair]) -> dict[Site, _Lengths]:
    """The gradients of the last agreeing word of each sentence; a part of them at a time, for they take much memory."""
    parts = [_of_some(setup, network, pairs[first : first + _AT_ONCE]) for first in range(0, len(pairs), _AT_ONCE)]
    return {
        site: _Lengths(*(np.concatenate(of) for of in zip(*(part[site] for part in parts), strict=True)))
        for site in setup.sites
    }


def _of_some(setup: Setup, network: Network, pairs: Sequence[SentencePair]) -> dict[Site, _Lengths]:
    trace = lab.trace(setup.translator, pairs, pairs, setup.sites, network=network, gradients=True)
    last = [max(pair.agreements, key=lambda word: word.position) for pair in pairs]
    rows, steps = list(range(len(pairs))), [word.position for word in last]
    forms = [pair.target[step] for pair, step in zip(pairs, steps, strict=True)]
    # A model that cannot write the other form is asked for the right one (log-odds 0).
    others = [word.other if word.other in trace.vocabulary else form for word, form in zip(last, forms, strict=True)]
    right, other = (trace.log_probability(rows, steps, words) for words in (forms, others))
    by_score, by_loss = (trace.gradients(of, setup.sites) for of in ((right - other).sum(), -right.sum()))
    return {
        site: _Lengths(*(_by_age(trace, site, of[site].norm(dim=-1), steps) for of in (by_score, by_loss)))
        for site in setup.sites
    }


def _by_age(trace: Trace, site: Site, lengths: torch.Tensor, steps: Sequence[int]) -> np.ndarray:
    """Numbers `[row, position]` of a site by how many words later the step of each row comes: `[row, age]`."""
    by_age = np.full((len(steps), LONGEST + 1), np.nan)
    for row, step in enumerate(steps):
        count = int(trace.lengths[site.side][row])
        positions = np.arange(count)
        if site.side == "dec":
            ages = step - positions
        else:
            ages = step + 1 + (positions if trace.is_backward(site) else count - 1 - positions)
        counted = (ages >= 0) & (ages <= LONGEST)
        by_age[row, ages[counted]] = lengths[row, :count].numpy()[counted]
    return by_age


def _one_each(setup: Setup) -> list[SentencePair]:
    """The first sentence of each item of the switch suite."""
    firsts = [item[0][0] for item in reversed(items_of(setup.switch))]
    return [pair for pair in firsts if pair.nouns]


def _same_lengths(pairs: Sequence[SentencePair], most: int) -> list[list[SentencePair]]:
    """At most so many sentences, in groups of one length of both languages, the commonest lengths first."""
    by_length: dict[tuple[int, int], list[SentencePair]] = {}
    for pair in pairs:
        by_length.setdefault((len(pair.source), len(pair.target)), []).append(pair)
    groups: list[list[SentencePair]] = []
    for group in sorted(by_length.values(), key=len, reverse=True):
        groups.append(group[: most - sum(map(len, groups))])
    return [group for group in groups if group]


def _lemma(pair: SentencePair) -> str:
    return noun_pair(next((noun.lemma for noun in pair.nouns if noun.role == "controller"), pair.nouns[0].lemma))
