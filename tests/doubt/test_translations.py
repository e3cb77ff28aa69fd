"""What is doubted of a model's own translations: the lesson's model on sentences of its grammar and of none."""

import shutil

import pytest

from translate.doubt.bar import Bar
from translate.doubt.translations import Review, Reviewer
from translate.lesson.material import suite
from translate.model.translator import Translator
from translate.resources import models

KNOWN_WORDS_OF_NO_GRAMMAR = [
    "She likes to learn.",
    "I am not happy.",
    "She is my sister.",
    "He isn't a boy who likes to read.",
    "I learn.",
    "The boy who likes to read is happy, my sister is a queen who likes to sing and the king likes to dance.",
    "My mother and my father like to dance.",
    "In the garden the boy likes to read.",
    "boy girl king.",
]


@pytest.fixture(scope="module")
def translator() -> Translator:
    return Translator.load("lesson", "numpy")


def review(translator: Translator, sentence: str) -> Review:
    return Reviewer(translator.checkpoint).review(sentence, translator.translate([sentence])[0][0])


@pytest.mark.parametrize("sentence", KNOWN_WORDS_OF_NO_GRAMMAR)
def test_a_sentence_that_is_none_of_the_grammars_is_doubted(translator, sentence):
    assert review(translator, sentence).doubts


def test_of_right_translations_at_most_one_in_a_hundred_is_doubted(translator):
    pairs = [pair for name in ("boy-girl", "switch", "attractor", "test-combination") for pair, _ in suite(name)]
    reviewer = Reviewer(translator.checkpoint)
    translations = [best for (best,) in translator.translate([pair.source_text for pair in pairs])]
    both = zip(pairs, translations, strict=True)
    reviews = [(reviewer.review(pair.source_text, made), made.text == pair.target_text) for pair, made in both]
    right = [found for found, is_right in reviews if is_right]
    assert len(right) > 400 and sum(bool(found.doubts) for found in right) <= 0.01 * len(right)
    assert all(found.unsaid is None for found in right)
    missed = [found for found, is_right in reviews if not is_right and not found.doubts]
    assert len(missed) <= 0.01 * len(pairs)  # words in another order


def test_a_word_that_stands_for_an_unknown_one_is_found(translator):
    found = review(translator, "I am a boy who likes to lern")
    assert [doubt.kind for doubt in found.doubts] == ["unknown"]
    assert found.doubts[0].words == ("lern",) and found.doubts[0].source == (7,)
    assert translator.texts(["I am a boy who likes to lern"])[0].split()[found.stand_ins[0] - 1] == "hraje"


def test_where_nothing_tells_who_speaks_both_are_given(translator):
    found = review(translator, "I am happy.")
    assert found.unsaid is not None and found.unsaid.translations == ("Jsem šťastný.", "Jsem šťastná.")


def test_a_bar_counts_only_for_the_weights_it_was_fitted_on(tmp_path):
    folder = shutil.copytree(models("lesson"), tmp_path / "model")
    translator = Translator.load(folder, "numpy")
    sentence = "I am a girl who likes to learn"
    for model, kinds in (("0" * 12, []), (translator.checkpoint.hash, ["unlikely"])):
        Bar(word=0.0, total=0.0, sentences=1, model=model).save(folder)
        assert [doubt.kind for doubt in review(translator, sentence).doubts] == kinds


def test_a_model_of_other_words_is_not_held_against_the_lexicon(tmp_path):
    from translate.training.loop import train
    from translate.training.recipe import Recipe

    settings = ["steps=5", "validate_every=5", "hidden=8", "embedding=8", "batch=4", "device=cpu", "precision=float32"]
    pairs = [("the chair stands here", "židle stojí tady"), ("the lamp shines", "lampa svítí")] * 4
    train(Recipe().override(settings), pairs, pairs, tmp_path / "own")
    translator = Translator.load(tmp_path / "own", "numpy")
    assert {doubt.kind for doubt in review(translator, "the chair shines").doubts} <= {"cut"}
