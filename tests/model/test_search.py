"""Search: what it says a translation's probability is, it is; and no sentence depends on its neighbours."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.arithmetic import FLOAT64
from tests.model.test_network import module, on_numpy
from translate.model import search
from translate.tokenizer import END, PAD, START, UNKNOWN

pytestmark = pytest.mark.numerical

NETWORK = on_numpy(module())
SOURCES = [[4, 5, 6], [7, 8], [9, 10, 4, 5], [4, 5, 7], [10], [6, 6, 6, 6], [8, 7]]
sentence = st.lists(st.integers(4, 10), min_size=1, max_size=8)


@settings(max_examples=25, deadline=None)
@given(st.lists(sentence, min_size=1, max_size=9), st.randoms())
def test_a_sentence_is_translated_the_same_alone_and_in_any_batch(sources, random):
    together = search.greedy(NETWORK, sources)
    shuffled = random.sample(range(len(sources)), len(sources))
    again = search.greedy(NETWORK, [sources[i] for i in shuffled])
    for position, index in enumerate(shuffled):
        alone = search.greedy(NETWORK, [sources[index]])[0]
        assert alone.tokens == together[index].tokens == again[position].tokens
        np.testing.assert_allclose(alone.log_probs, together[index].log_probs, rtol=0, atol=FLOAT64)


def test_greedy_takes_the_likeliest_word_and_reports_its_probability():
    for source, found in zip(SOURCES, search.greedy(NETWORK, SOURCES), strict=True):
        state, last = NETWORK.encode(np.array([source])), START
        for token, log_prob in zip([*found.tokens, END], found.log_probs, strict=False):
            logits, state = NETWORK.step(state, np.array([last]))
            probabilities = np.exp(logits[0]) / np.exp(logits[0]).sum()
            allowed = probabilities.copy()
            allowed[[PAD, UNKNOWN, START]] = 0
            assert allowed.argmax() == token
            # Words that may not be written keep no probability: the rest is renormalised.
            assert np.isclose(np.exp(log_prob), allowed[token] / allowed.sum(), rtol=0, atol=FLOAT64)
            last = token


def test_beam_probabilities_are_those_of_the_words():
    for source, found in zip(SOURCES, search.beam(NETWORK, SOURCES, width=5, n_best=5), strict=True):
        assert len({tuple(h.tokens) for h in found}) == len(found) > 1
        ended = [h.score() for h in found if h.finished]
        assert ended == sorted(ended, reverse=True) and all(h.finished for h in found[: len(ended)])
        for hypothesis in found:
            # Forced to write the same words, the network reports the same probabilities.
            forced = search.beam(NETWORK, [source], width=1, prefix=hypothesis.tokens)[0][0]
            assert forced.tokens[: len(hypothesis.tokens)] == hypothesis.tokens


def test_a_beam_of_one_without_penalty_follows_the_greedy_path():
    for source, greedy in zip(SOURCES, search.greedy(NETWORK, SOURCES), strict=True):
        found = search.beam(NETWORK, [source], width=1)[0][0]
        if greedy.finished:
            assert greedy.tokens[: len(found.tokens)] == found.tokens


def test_a_prefix_is_kept_and_continued():
    for search_for in (
        lambda: search.greedy(NETWORK, SOURCES, prefix=[5, 9]),
        lambda: [found[0] for found in search.beam(NETWORK, SOURCES, width=3, prefix=[5, 9])],
        lambda: search.sample(NETWORK, SOURCES, prefix=[5, 9], seed=1),
    ):
        assert all(found.tokens[:2] == [5, 9] for found in search_for())


def test_no_mark_is_ever_written():
    for found in (*search.greedy(NETWORK, SOURCES), *search.sample(NETWORK, SOURCES * 20, seed=3, temperature=5.0)):
        assert not {PAD, UNKNOWN, START, END} & set(found.tokens)
        assert len(found.tokens) <= search.longest(6)


def test_sampling_follows_the_probabilities():
    source, count = SOURCES[0], 6000
    logits, _ = NETWORK.step(NETWORK.encode(np.array([source])), np.array([START]))
    wanted = np.exp(logits[0])
    wanted[[PAD, UNKNOWN, START]] = 0
    wanted /= wanted.sum()
    drawn = search.sample(NETWORK, [source] * count, seed=5)
    first = np.bincount([(h.tokens or [END])[0] for h in drawn], minlength=len(wanted)) / count
    assert np.abs(first - wanted).max() < 4 * np.sqrt(0.25 / count)
    assert drawn == search.sample(NETWORK, [source] * count, seed=5)


def test_a_cold_sample_is_greedy():
    cold = search.sample(NETWORK, SOURCES, temperature=1e-6)
    assert [h.tokens for h in cold] == [h.tokens for h in search.greedy(NETWORK, SOURCES)]


def test_the_probabilities_of_all_continuations_add_up_to_one():
    words = range(13)
    scored = search.score(NETWORK, [SOURCES[0]] * len(words), [[word] for word in words])
    assert np.isclose(sum(np.exp(h.log_probs[0]) for h in scored), 1.0, rtol=0, atol=FLOAT64)


@pytest.mark.parametrize("alpha", [0.0, 1.0])
def test_the_length_penalty_is_that_of_wu_et_al(alpha):
    hypothesis = search.Hypothesis([5, 6, 7], [-1.0, -2.0, -0.5, -0.25])
    assert np.isclose(hypothesis.score(alpha), -3.75 / ((5 + 4) / 6) ** alpha)
