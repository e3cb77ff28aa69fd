"""Whose gender counts at each word."""

from translate.lab.planted.language import sentence
from translate.lab.sentences.labels import current_nouns, label


def test_current_gender_begins_with_the_noun_and_passes_to_the_next():
    pair = sentence((0, "m"), (1, "f"))
    assert current_nouns(pair, "dec") == [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]
    assert current_nouns(pair, "enc") == [None, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1]
    labels = label([pair], "dec")
    assert labels.feminine.tolist() == [False] * 5 + [True] * 5
    assert labels.position[labels.agreeing].tolist() == [1, 2, 6, 7]
    assert set(labels.lemma) == {"kluk/holka", "král/královna"}
