"""The bar of a model's own probabilities: fitted on right translations, kept beside the weights they are of."""

import pytest

from translate.doubt.bar import FILE, Bar, fit, unlikely
from translate.errors import TranslateError

RIGHT = [[-0.001 * k, -0.002 * k] for k in range(1000)]


@pytest.mark.parametrize("share", [0.0, 0.001, 0.01, 0.1])
def test_at_most_the_share_of_right_translations_is_below_it(share):
    bar = fit(RIGHT, "abc", share)
    below = [each for each in RIGHT if list(unlikely(["a"], each, bar))]
    assert len(below) <= share * len(RIGHT) and len(below) >= share * len(RIGHT) - 1
    assert (bar.sentences, bar.model) == (1000, "abc")


def test_it_names_the_words_that_are_unlikely_or_doubts_the_whole():
    bar = Bar(word=-1, total=-2, sentences=1, model="abc")
    (doubt,) = unlikely(["a", "b", "c"], [-0.1, -3, -0.1, -0.1], bar)
    assert (doubt.kind, doubt.words, doubt.target) == ("unlikely", ("b",), (1,))
    (whole,) = unlikely(["a", "b", "c"], [-0.7, -0.8, -0.7, -0.1], bar)
    assert (whole.words, whole.target) == (("b",), (1,)) and "whole" in whole.reason
    (end,) = unlikely(["a"], [-0.1, -1.5], bar)
    assert end.words == () and "end" in end.reason
    assert list(unlikely(["a", "b"], [-0.9, -0.9, -0.1], bar)) == []


def test_it_is_read_again_and_a_damaged_one_is_named(tmp_path):
    assert Bar.load(tmp_path) is None
    fit(RIGHT, "abc").save(tmp_path)
    assert Bar.load(tmp_path) == fit(RIGHT, "abc")
    (tmp_path / FILE).write_text("{")
    with pytest.raises(TranslateError, match=r"doubt\.json is damaged"):
        Bar.load(tmp_path)
