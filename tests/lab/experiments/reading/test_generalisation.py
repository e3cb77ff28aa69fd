"""Temporal generalisation in networks whose truth is known."""

import numpy as np
import pytest

from translate.errors import UsageError
from translate.lab.experiments.reading.generalisation import TARGETS, generalisation, generalisations
from translate.lab.planted.networks import make_planted
from translate.lab.sentences.events import OFFSETS
from translate.lab.sentences.lemmas import noun_pair


@pytest.fixture(scope="module")
def matrices(planted_setup):
    """The matrices of each planted network in turn."""
    return generalisations(planted_setup, "dec.l0.c")


def test_the_matrix_shows_what_becomes_of_the_first_gender(matrices, planted):
    """Once the second noun has been seen: by a probe fitted anew, by the first clause's, and that one for y2."""
    y1, _, current = (np.array(each.matrix) for each in matrices)
    at = {offset: column for column, offset in enumerate(OFFSETS)}
    anew, unchanged, second = planted.truth.first
    written = [at[offset] for offset in (-5, -4, -3)]
    if planted.truth.verdict != "never stored":  # then it has the gender only while it reads a word that tells it
        assert (y1[np.ix_(written, written)] == 1).all()
        assert y1[at[-4], at[2]] == pytest.approx(unchanged, abs=0.01)
        assert current[at[-4], at[2]] == pytest.approx(second, abs=0.01)
    assert np.nanmean([y1[at[offset], at[offset]] for offset in range(4)]) == pytest.approx(anew, abs=0.01)


def test_the_matrix_counts_test_nouns_alone(matrices, planted, planted_setup):
    assert tuple(each.target for each in matrices) == TARGETS
    firsts = [noun_pair(pair.nouns[0].lemma) for pair in planted_setup.pairs]
    assert matrices[0].n[OFFSETS.index(-4)] == sum(lemma in planted_setup.split.test for lemma in firsts)
    for each in matrices:
        matrix, low, high = (np.array(part) for part in (each.matrix, each.low, each.high))
        some = ~np.isnan(matrix)
        assert (low[some] <= matrix[some] + 1e-9).all() and (matrix[some] <= high[some] + 1e-9).all()
        if not planted.truth.returns:
            assert not some[:, -1].any() and each.n[-1] == 0  # beyond the sentence's end


def test_what_has_no_matrix_is_said():
    setup = make_planted("one-cell").setup()
    with pytest.raises(UsageError, match="y1, y2, current"):
        generalisation(setup, "dec.l0.c", "y3")
    with pytest.raises(UsageError, match="not a site of the decoder"):
        generalisation(setup, "enc.l0.c", "y1")
