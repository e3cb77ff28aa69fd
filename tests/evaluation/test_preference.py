"""Preference against brute force: every swapped sentence scored on its own by the model's own `score`."""

import random

import pytest

from tests.arithmetic import FLOAT64, Exact
from translate.evaluation.breakdown import FEATURES, conditions
from translate.evaluation.preference import preference
from translate.text import join

pytestmark = pytest.mark.numerical


def swap(pair, word):
    return join([*pair.target[: word.position], word.other, *pair.target[word.position + 1 :]])


@pytest.fixture(scope="module")
def some(pairs):
    return random.Random(2).sample(pairs, 25)


def test_margins_equal_brute_force(translator, some):
    words, sentences = [], []
    for pair in some:
        for word in pair.agreements:
            right, other = translator.score(pair.source_text, [pair.target_text, swap(pair, word)])
            words.append(right.log_probs[word.position] - other.log_probs[word.position])
            sentences.append(sum(right.log_probs) - sum(other.log_probs))
    found = preference(translator, some)
    known = [index for index, margin in enumerate(found.words) if margin is not None]
    assert len(known) > 60
    assert [found.words[i] for i in known] == pytest.approx([words[i] for i in known], abs=FLOAT64)
    assert [found.sentences[i] for i in known] == pytest.approx([sentences[i] for i in known], abs=FLOAT64)
    assert found.word.successes == sum(words[i] > 0 for i in known)
    assert found.conditions == tuple(conditions(some))
    assert found.unknown == len(words) - len(known)


def test_neither_order_nor_company_changes_a_margin(translator, some):
    whole = preference(translator, some)
    margins = iter(zip(whole.words, whole.sentences, strict=True))
    for pair in some:
        alone = preference(translator, [pair])
        for pair_of_margins in zip(alone.words, alone.sentences, strict=True):
            assert pair_of_margins == pytest.approx(next(margins), abs=FLOAT64)
    turned = preference(translator, some[::-1])
    assert (turned.word, turned.sentence) == (whole.word, whole.sentence)
    assert all(turned.by(feature) == whole.by(feature) for feature in FEATURES)


def test_numpy_and_torch_agree(translator, model, some):
    ours, theirs = preference(translator, some), preference(Exact.load(model, "cpu"), some)
    known = [i for i, margin in enumerate(ours.words) if margin is not None]
    assert [ours.words[i] for i in known] == pytest.approx([theirs.words[i] for i in known], abs=FLOAT64)


def test_a_word_that_the_model_does_not_know_is_not_compared(translator, some):
    strange = translator.target.vocabulary
    known = preference(translator, some)
    for index, condition in enumerate(known.conditions):
        pair = some[condition.sentence]
        word = pair.agreements[condition.agreement]
        both = word.other in strange and pair.target[word.position] in strange
        assert (known.words[index] is not None) == both
    assert known.word.count + known.unknown == len(known.conditions)


class Biased:
    """A network written down by hand: its logits do not depend on the source; `scores` has one a word."""

    def __init__(self, scores):
        self.scores = scores

    def encode(self, source):
        return len(source)

    def step(self, state, words, t=0):
        import numpy as np

        return np.tile(self.scores, (len(words), 1)), state

    def select(self, state, rows):
        return len(rows)


class Hand:
    """A translator with the vocabularies of a real one and a network of one's own."""

    def __init__(self, translator, scores):
        self.source, self.target, self.scores = translator.source, translator.target, scores

    def network(self, sentences=1):
        return Biased(self.scores)


def test_a_network_that_loves_men_is_right_about_men_alone(translator, pairs):
    import numpy as np

    from translate.language.forms import gender_of

    gain = {"m": 2.5, "f": 0.0, None: 0.0}
    scores = np.array([gain[gender_of(word)] for word in translator.target.vocabulary], dtype=np.float64)
    found = preference(Hand(translator, scores), pairs)
    genders = [word.gender for pair in pairs for word in pair.agreements]
    for gender, word, sentence in zip(genders, found.words, found.sentences, strict=True):
        if word is not None:
            expected = 2.5 if gender == "m" else -2.5
            # What follows does not depend on the word before, so sentence and word agree.
            assert (word, sentence) == pytest.approx((expected, expected), abs=FLOAT64)


def test_subword_models_compare_sentences(corpus, some, tmp_path):
    from translate.corpus.parallel import read_parallel
    from translate.training.loop import train
    from translate.training.recipe import Recipe

    recipe = Recipe().override(
        [
            "pieces=bpe",
            "size=700",
            "steps=3",
            "hidden=16",
            "validate_every=3",
            "threads=1",
            "precision=float32",
            "device=cpu",
        ]
    )
    train(recipe, read_parallel(corpus / "train.tsv"), read_parallel(corpus / "dev.tsv")[:2], tmp_path / "m")
    subword = Exact.load(tmp_path / "m", "numpy")
    found = preference(subword, some)
    assert found.word.count == 0
    assert found.main == found.sentence and found.sentence.count == sum(len(pair.agreements) for pair in some)
    pair = some[0]
    right, other = subword.score(pair.source_text, [pair.target_text, swap(pair, pair.agreements[0])])
    assert found.sentences[0] == pytest.approx(sum(right.log_probs) - sum(other.log_probs), abs=FLOAT64)
