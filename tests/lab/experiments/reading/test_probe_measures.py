"""Selectivity, online code, usable information and temporal generalisation where the truth is known."""

import numpy as np
import pytest
import torch

from translate.errors import UsageError
from translate.lab.experiments.reading.generalisation import TARGETS, generalisation, generalisations
from translate.lab.experiments.reading.information import log_odds, saved_bits, usable_information
from translate.lab.experiments.reading.online_code import SHARES, block_ends, code_lengths, online_code
from translate.lab.experiments.reading.selectivity import compare, control_labels, selectivity
from translate.lab.experiments.setup import Setup
from translate.lab.planted.networks import make
from translate.lab.probes.probe import fit_probe, surprisal
from translate.lab.sentences.events import OFFSETS
from translate.lab.sentences.lemmas import noun_pair
from translate.model.checkpoint import Checkpoint, save_frame, save_weights
from translate.model.config import ModelConfig
from translate.model.encoder_decoder import EncoderDecoder
from translate.model.translator import Translator


def test_surprisal_is_in_bits():
    assert surprisal(np.zeros(2), np.array([True, False])) == pytest.approx([1, 1])
    three_to_one = np.log(3.0)
    assert surprisal(three_to_one, np.array([True, False])) == pytest.approx([np.log2(4 / 3), 2])
    assert surprisal(np.array([800.0, -800.0]), np.array([True, True])) == pytest.approx([0, 800 / np.log(2)])


# The online code


def test_the_code_of_eight_labels_by_hand():
    """States that say nothing: the second block is coded with the first block's share of labels, 3 of 4."""
    labels = np.array([1, 1, 1, 0] * 2, bool)[:, None]
    bits, blocks = code_lengths(np.ones((8, 3)), labels, ["a"] * 4 + ["b"] * 4)
    assert blocks == (4, 8)
    told_by_share = 3 * np.log2(4 / 3) + np.log2(4)
    assert bits.sum() == pytest.approx(4 + told_by_share, abs=0.01)  # whichever of the two comes first


@pytest.mark.parametrize("counts", [[5] * 30, [300, 1, 1, 40, 8], [7], list(range(1, 60))])
def test_blocks_end_between_nouns_and_nowhere_twice(counts):
    ends, borders = block_ends(np.array(counts)), np.cumsum(counts)
    assert set(ends) <= set(borders) and ends[-1] == borders[-1]
    assert list(ends) == sorted(set(ends)) and len(ends) <= len(SHARES)


def test_with_many_nouns_the_blocks_are_those_of_the_paper():
    assert block_ends(np.ones(10_000, int)) == (10, 20, 40, 80, 160, 320, 625, 1250, 2500, 5000, 10_000)


def test_what_compresses_is_what_holds_for_other_nouns():
    rng = np.random.default_rng(0)
    nouns = np.repeat(np.arange(25), 80)
    x = rng.normal(size=(2000, 40))
    x[:, :25] += 8 * (nouns[:, None] == np.arange(25))
    by_lot, of_noun, linear = rng.random(2000) < 0.5, (rng.random(25) < 0.5)[nouns], rng.random(2000) < 0.5
    x[:, 30] += 8 * linear
    bits, _ = code_lengths(x, np.column_stack([by_lot, of_noun, linear]), nouns)
    lot, noun, line = 2000 / bits.sum(0)
    assert 0.9 < lot <= 1.01 and noun < 1.05
    assert 4 < line < 25  # the first of 25 nouns is told without a probe


# Usable information


def test_a_noisy_channel_carries_one_bit_less_its_noise():
    rng = np.random.default_rng(1)
    feminine, noise = rng.random((2, 20_000)) < np.array([[0.5], [0.1]])
    x = np.column_stack([feminine ^ noise, rng.random(20_000)]).astype(float)
    probe = fit_probe(x[:10_000], feminine[:10_000], np.arange(10_000), strengths=(1.0,))
    bits = saved_bits(probe.logit(x[10_000:]), feminine[10_000:], log_odds(feminine[:10_000])).mean()
    assert bits == pytest.approx(1 + 0.1 * np.log2(0.1) + 0.9 * np.log2(0.9), abs=0.02)  # Shannon 1948
    assert saved_bits(np.zeros(4), np.array([True, False] * 2), 0.0).sum() == 0  # who knows nothing more saves nothing


def test_one_label_alone_leaves_finite_odds():
    assert log_odds(np.ones(3, bool)) == pytest.approx(np.log(4))


# Selectivity


@pytest.mark.parametrize("seed", range(3))
def test_a_control_label_tells_nothing_of_the_gender(seed):
    gender = np.arange(52) < 26
    lots = control_labels(gender, np.random.default_rng(seed))
    assert lots[gender].sum() == lots[~gender].sum() == 13
    assert len({tuple(control_labels(gender, np.random.default_rng(s))) for s in range(10)}) == 10


def test_states_that_hold_the_noun_are_not_selective_and_those_that_hold_the_gender_are():
    rng = np.random.default_rng(2)
    noun = rng.integers(0, 20, 3000)
    feminine, sentence = noun < 10, np.arange(3000) // 5
    of_noun = np.eye(20)[noun] + 0.05 * rng.normal(size=(3000, 20))
    of_gender = np.column_stack([feminine + 0.05 * rng.normal(size=3000), rng.normal(size=3000)])
    task, control, rows = compare(of_noun, feminine, noun, sentence)
    assert task.mean() > 0.99 and control.mean() > 0.99
    task, control, again = compare(of_gender, feminine, noun, sentence)
    assert task.mean() > 0.99 and 0.4 < control.mean() < 0.6
    assert (rows == again).all() and 0.35 < len(rows) / 3000 < 0.45
    tested = set(sentence[rows])
    assert not tested & set(np.delete(sentence, rows))  # other sentences
    assert set(noun[rows]) == set(range(20))  # about the same nouns


# Planted networks


def test_the_measures_tell_a_gender_that_is_stored_from_one_that_is_not():
    stored, rereads = (make(name).setup() for name in ("one-cell", "rereads"))
    site = "dec.l0.c"
    for setup, least, most in ((stored, 0.9, 1.0), (rereads, 0.0, 0.3)):
        known = usable_information(setup, site)
        assert least <= known.bits.value <= most and known.entropy == pytest.approx(1, abs=0.01)
        assert abs(known.shuffled.value) < 0.05 and known.bits.low - 1e-9 <= known.bits.value <= known.bits.high + 1e-9
    read, unread = (selectivity(setup, site) for setup in (stored, rereads))
    assert read.selectivity.low > 0.2 and read.unseen.value == 1 and read.types == 16
    assert read.selectivity.value == pytest.approx(read.task.value - read.control.value)
    assert unread.selectivity.high < 0.1
    short, long = (online_code(setup, site) for setup in (stored, rereads))
    assert short.compression.value > 3 > 1.5 > long.compression.value
    assert short.compression.value == pytest.approx(short.uniform_bits / short.bits)
    assert short.compression.low < short.compression.value < short.compression.high
    assert short.shuffled.value == pytest.approx(1, abs=0.05)


@pytest.fixture(scope="module")
def matrices(planted_setup):
    """The matrices of each planted network in turn."""
    return generalisations(planted_setup, "dec.l0.c")


def test_the_matrix_shows_what_becomes_of_the_first_gender(matrices, planted):
    """After the second noun (read at offset 1): by a probe fitted anew, by the first clause's, and that one for y2."""
    y1, _, current = (np.array(found.matrix) for found in matrices)
    at = {offset: column for column, offset in enumerate(OFFSETS)}
    anew, unchanged, second = planted.truth.first
    written = [at[offset] for offset in (-4, -3, -2)]
    if planted.name != "rereads":  # which stores nothing: it has the gender only while it reads the noun
        assert (y1[np.ix_(written, written)] == 1).all()
        assert y1[at[-3], at[3]] == pytest.approx(unchanged, abs=0.01)
        assert current[at[-3], at[3]] == pytest.approx(second, abs=0.01)
    assert y1[at[3], at[3]] == pytest.approx(anew, abs=0.01)


def test_the_matrix_counts_test_nouns_alone(matrices, planted_setup):
    assert tuple(each.target for each in matrices) == TARGETS
    firsts = [noun_pair(pair.nouns[0].lemma) for pair in planted_setup.pairs]
    assert matrices[0].n[OFFSETS.index(-3)] == sum(lemma in planted_setup.split.test for lemma in firsts)
    for each in matrices:
        matrix, low, high = (np.array(part) for part in (each.matrix, each.low, each.high))
        some = ~np.isnan(matrix)
        assert (low[some] <= matrix[some] + 1e-9).all() and (matrix[some] <= high[some] + 1e-9).all()
        assert not some[:, -1].any() and each.n[-1] == 0  # beyond the sentence's end


def test_what_has_no_matrix_is_said():
    setup = make("one-cell").setup()
    with pytest.raises(UsageError, match="y1, y2, current"):
        generalisation(setup, "dec.l0.c", "y3")
    with pytest.raises(UsageError, match="not a site of the decoder"):
        generalisation(setup, "enc.l0.c", "y1")


@pytest.mark.parametrize("cell", ["gru", "rnn"])
def test_cells_without_a_cell_state_are_measured_too(cell, tmp_path):
    planted = make("one-cell")
    source, target = planted.translator.source, planted.translator.target
    config = ModelConfig(len(source), len(target), cell=cell, hidden=12, embedding=8)
    torch.manual_seed(0)
    save_frame(tmp_path, config, source, target)
    save_weights(tmp_path, EncoderDecoder(config))
    translator = Translator(Checkpoint(tmp_path, config, source, target), "numpy")
    setup = Setup(translator, planted.material, planted.setup().split, 0)
    assert setup.memory == "dec.l0.h"
    assert 0 <= selectivity(setup, "enc.l0.h").control.value <= 1
    assert usable_information(setup, setup.memory).bits.value < 1
    assert online_code(setup, setup.memory).compression.value > 0
    assert len(generalisation(setup, setup.memory, "y2").matrix) == len(OFFSETS)
