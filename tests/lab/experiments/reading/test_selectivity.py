"""Control tasks: what a lot gives to nouns, and states that hold the noun or its gender."""

import numpy as np
import pytest

from translate.lab.experiments.reading.selectivity import compare, control_labels


@pytest.mark.parametrize("seed", range(3))
def test_a_control_label_tells_nothing_of_the_gender(seed):
    gender = np.arange(52) < 26
    lots = control_labels(gender, np.random.default_rng(seed))
    assert lots[gender].sum() == lots[~gender].sum() == 13
    assert len({tuple(control_labels(gender, np.random.default_rng(s))) for s in range(10)}) == 10


def test_only_states_that_hold_the_gender_are_selective():
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
