"""How far back a gradient reaches in a model: along its own sentences, by distance."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from translate import lab
from translate.corpus.pair import Agreement, SentencePair
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.lemmas import noun_pair
from translate.lab.statistics.estimate import Course
from translate.lab.statistics.resample import course_over
from translate.lab.tracing.jacobian import Chain, gain
from translate.lab.tracing.site import Site
from translate.model.network import Network
from translate.tokenizer import START

LONGEST = 24
"""The greatest distance, in words, that is reported."""


@dataclass(frozen=True)
class Gradients:
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
    lemmas = [_lemma(pair) for group in groups for pair in group]
    scored = [pairs[i] for i in np.unique(np.linspace(0, len(pairs) - 1, min(words, len(pairs))).astype(int))]
    by_word = _of_words(setup, network, scored)

    def along(values: Sequence[np.ndarray], names: Sequence[str]) -> Course | None:
        return None if values[0] is None else course_over(np.concatenate(values), names, range(LONGEST + 1), setup.seed)

    found = []
    for site in setup.sites:
        direct, total = (along([group[site][kind] for group in gains], lemmas) for kind in (0, 1))
        score, loss = (along([values], [_lemma(pair) for pair in scored]) for values in by_word[site])
        found.append(Gradients(site, direct, total, score, loss, len(lemmas), len(scored)))
    return tuple(found)


def _gains(setup: Setup, network, pairs: Sequence[SentencePair]) -> dict[str, tuple[np.ndarray | None, np.ndarray]]:
    """By site, the mean gain at each age in each of some equally long sentences, `[sentence, age]`: direct and total."""
    source = np.array([setup.translator.source.ids(pair.source) for pair in pairs])
    target = np.array([[START, *setup.translator.target.ids(pair.target)] for pair in pairs])
    chains = {
        "enc": Chain.of_side(network, "enc", source[:, ::-1] if setup.config.reverse_source else source),
        "dec": Chain.of_side(network, "dec", target, network.encode(source)),
    }
    found = {}
    for site in setup.sites:
        side, _, state = site.partition(".")
        total = ((later - t, gain(jacobian)) for t, later, jacobian in chains[side].total(state))
        direct = chains[side].direct(state)
        if direct is not None:  # of a diagonal the same norm is the root of the mean square
            direct = _mean_by_age(((T - t, kept.square().mean(-1).sqrt()) for t, T, kept in direct), len(pairs))
        found[site] = direct, _mean_by_age(total, len(pairs))
    return found


def _mean_by_age(gains: Iterable[tuple[int, torch.Tensor]], sentences: int) -> np.ndarray:
    """The mean of gains `[sentence]` of each age, `[sentence, age]`; NaN for an age that none has."""
    sums, counts = np.zeros((sentences, LONGEST + 1)), np.zeros(LONGEST + 1)
    for age, values in gains:
        if age <= LONGEST:
            sums[:, age] += values.numpy()
            counts[age] += 1
    with np.errstate(invalid="ignore"):
        return sums / counts


def _of_words(setup: Setup, network, pairs: Sequence[SentencePair]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """By site, how long the gradients of the last agreeing word's score and loss are at each age, `[sentence, age]`."""
    trace = lab.trace(setup.translator, pairs, pairs, setup.sites, network=network, gradients=True)
    last = [max(pair.agreements, key=lambda word: word.position) for pair in pairs]
    rows, steps = list(range(len(pairs))), [word.position for word in last]
    right = trace.log_probability(
        rows, steps, [pair.target[word.position] for pair, word in zip(pairs, last, strict=True)]
    )
    other = trace.log_probability(
        rows, steps, [_known(trace, pair, word) for pair, word in zip(pairs, last, strict=True)]
    )
    by_score, by_loss = (trace.gradients(of, setup.sites) for of in ((right - other).sum(), -right.sum()))
    return {
        site: tuple(_by_age(trace, site, found[site].norm(dim=-1), steps) for found in (by_score, by_loss))
        for site in setup.sites
    }


def _by_age(trace, site: str, lengths: torch.Tensor, steps: Sequence[int]) -> np.ndarray:
    """Numbers `[row, position]` of a site by how many words later the step of each row comes: `[row, age]`."""
    out = np.full((len(steps), LONGEST + 1), np.nan)
    for row, step in enumerate(steps):
        count = int(trace.lengths[Site(site).side][row])
        positions = np.arange(count)
        if Site(site).side == "dec":
            ages = step - positions
        else:
            ages = step + 1 + (positions if trace.is_backward(site) else count - 1 - positions)
        seen = (ages >= 0) & (ages <= LONGEST)
        out[row, ages[seen]] = lengths[row, :count].numpy()[seen]
    return out


def _known(trace, pair: SentencePair, word: Agreement) -> str:
    """The other form of an agreeing word; a model that cannot write it is asked for the right one (log-odds 0)."""
    return word.other if word.other in trace.vocabulary else pair.target[word.position]


def _one_each(setup: Setup) -> list[SentencePair]:
    """The first sentence of each item of the switch suite."""
    items = {
        tags.get("item", number): pair
        for number, (pair, tags) in reversed([*enumerate(setup.material.suites["switch"])])
    }
    return [pair for pair in items.values() if pair.nouns]


def _same_lengths(pairs: Sequence[SentencePair], most: int) -> list[list[SentencePair]]:
    """At most so many sentences, in groups of one length of both languages, the commonest lengths first."""
    groups: dict[tuple[int, int], list[SentencePair]] = {}
    for pair in pairs:
        groups.setdefault((len(pair.source), len(pair.target)), []).append(pair)
    found = []
    for group in sorted(groups.values(), key=len, reverse=True):
        found.append(group[: most - sum(map(len, found))])
    return [group for group in found if group]


def _lemma(pair: SentencePair) -> str:
    return noun_pair(next((noun.lemma for noun in pair.nouns if noun.role == "controller"), pair.nouns[0].lemma))
