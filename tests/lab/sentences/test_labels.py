"""Splits, labels, probes, units and intervals on small cases whose answer is known."""

import numpy as np
import pytest

from translate.lab.planted.language import sentence, switch_suite
from translate.lab.probes.probe import fit_probe
from translate.lab.probes.units import auc, cohens_d, rank_units
from translate.lab.sentences.labels import current_nouns, label
from translate.lab.sentences.lemmas import noun_pair, split_lemmas
from translate.lab.statistics.estimate import wilson
from translate.lab.statistics.resample import course_over, mean_over


@pytest.mark.parametrize("seed", range(5))
def test_no_noun_is_on_both_sides_of_the_split(seed):
    pairs = [pair for pair, _ in switch_suite()]
    split = split_lemmas(pairs, seed)
    assert not split.train & split.test and split.train and split.test
    assert "hrdina/hrdinka" in split.test  # masculine in -a
    assert noun_pair("kluk") == noun_pair("holka") == "kluk/holka"
    for pair in pairs:
        lemmas = {noun_pair(noun.lemma) for noun in pair.nouns}
        assert split.fits(pair) == (not lemmas & split.test)


def test_current_gender_begins_with_the_noun_and_passes_to_the_next():
    pair = sentence((0, "m"), (1, "f"))
    assert current_nouns(pair, "dec") == [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]
    assert current_nouns(pair, "enc") == [None, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1]
    labels = label([pair], "dec")
    assert labels.feminine.tolist() == [False] * 5 + [True] * 5
    assert labels.position[labels.agreeing].tolist() == [1, 2, 6, 7]
    assert set(labels.lemma) == {"kluk/holka", "král/královna"}


def test_a_probe_finds_one_direction_and_nothing_in_noise():
    rng = np.random.default_rng(0)
    feminine, groups = rng.random(600) < 0.5, rng.integers(0, 10, 600)
    x = rng.normal(size=(600, 20)).astype(np.float32)
    noise = fit_probe(x[:400], feminine[:400], groups[:400])
    assert 0.38 < noise.right(x[400:], feminine[400:]).mean() < 0.62
    x[:, 7] = 100 + 3 * np.where(feminine, 1, -1)  # far from 0 and in other units than the rest
    probe = fit_probe(x[:400], feminine[:400], groups[:400])
    assert probe.right(x[400:], feminine[400:]).all()
    assert np.argmax(np.abs(probe.weight) * x.std(0)) == 7


def test_a_probe_without_two_labels_says_the_one():
    probe = fit_probe(np.zeros((5, 3)), np.ones(5, bool), np.arange(5))
    assert probe.right(np.zeros((2, 3)), np.ones(2, bool)).all()


def test_auc_counts_pairs():
    rng = np.random.default_rng(1)
    x, feminine = rng.integers(0, 5, (40, 3)).astype(float), rng.random(40) < 0.4
    f, m = x[feminine][:, None], x[~feminine][None]
    assert auc(x, feminine) == pytest.approx(((f > m) + 0.5 * (f == m)).mean((0, 1)))
    assert cohens_d(np.array([[0.0], [2.0], [5.0], [7.0]]), np.array([False, False, True, True])) == pytest.approx(
        5 / 2**0.5
    )


def test_units_are_ranked_on_one_half_and_shown_on_the_other():
    rng = np.random.default_rng(2)
    feminine = rng.random(200) < 0.5
    x, other = rng.normal(size=(2, 200, 30))
    x[:, 4] += 3 * feminine  # chance only: the other half does not have it
    x[:, 9] -= 3 * feminine
    other[:, 9] -= 3 * feminine
    ranking = rank_units("dec.l0.c", x, feminine, other, feminine)
    assert set(ranking.best(2)) == {4, 9}
    assert ranking.shown[9] < 0.05 and 0.4 < ranking.shown[4] < 0.6


def test_intervals_know_their_unit():
    assert wilson(0, 100, "words").low == 0 and wilson(0, 100, "words").high == pytest.approx(0.0370, abs=1e-4)
    values, lemmas = np.repeat([0.0, 1.0, 1.0, 1.0], 50), np.repeat(list("abcd"), 50)
    clustered = mean_over(values, lemmas, "words")
    assert clustered.value == 0.75 and clustered.low <= 0.25 and clustered.high == 1.0  # four nouns, not 200 words
    assert mean_over(np.ones(200), lemmas, "words").low < 1  # never certain
    along = course_over(np.array([[0.0, np.nan], [1.0, np.nan]]), ["a", "b"], (-1, 0))
    assert along.value[0] == 0.5 and np.isnan(along.value[1]) and along.n == [2, 0]
