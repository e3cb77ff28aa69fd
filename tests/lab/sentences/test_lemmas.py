"""Which nouns are for fitting and which for testing."""

import pytest

from translate.lab.planted.language import switch_suite
from translate.lab.sentences.lemmas import noun_pair, split_lemmas


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
