"""The gradient at an agreeing word is what a small change of the state does to the loss."""

import numpy as np
import pytest

from tests.arithmetic import Exact
from translate.errors import TranslateError
from translate.lab.demonstrations.word_gradient import controller, noun_shares, rivals
from translate.lab.planted.networks import make_planted
from translate.language import forms
from translate.lesson.material import suite
from translate.text import split
from translate.tokenizer import START

pytestmark = pytest.mark.numerical

SENTENCE = "the boy who gladly reads and the queen who gladly sleeps"


@pytest.fixture(scope="module")
def planted():
    return make_planted("one-cell")


def loss(network, source, target, step, at) -> float:
    """−log p of word `step`, with every quantity passing through `at`."""
    network = network.watched(at)
    state = network.encode(np.array([source]))
    for t, word in enumerate([START, *target][: step + 1]):
        logits, state = network.step(state, np.array([word]), t)
    logits = logits[0] - logits[0].max()
    return float(np.log(np.exp(logits).sum()) - logits[target[step]])


def nudge(site, step, unit, by):
    """A watcher that adds `by` to one unit at one place."""

    def at(name, t, value):
        if (name, t) == (site, step):
            value = value.clone()
            value[0, unit] += by
        return value

    return at


def test_it_is_the_slope_of_the_loss(planted):
    translator = planted.translator
    found = rivals([("planted", translator)], SENTENCE)
    tokens = translator.translate([SENTENCE], scores=False)[0][0].tokens
    source, target, step = translator.source.encode(SENTENCE), translator.target.ids(tokens), tokens.index("ráda")
    assert (
        found.word == "ráda" and found.read[found.encoder] == "(start)" and len(found.read) == found.encoder + step + 1
    )
    exact = Exact(translator.checkpoint, "cpu").network()
    small, units = 1e-5, translator.checkpoint.config.hidden
    for place in (1, 6, found.encoder - 1, found.encoder, len(found.read) - 1):
        side, t = ("enc", place) if place < found.encoder else ("dec", place - found.encoder)
        slopes = []
        for unit in range(units):
            up, down = (loss(exact, source, target, step, nudge(f"{side}.l0.c", t, unit, by)) for by in (small, -small))
            slopes.append((up - down) / (2 * small))
        assert found.models[0].sizes[place] == pytest.approx(np.linalg.norm(slopes), rel=1e-4, abs=1e-9)


def test_the_noun_is_found_and_the_share_at_the_word_is_one(planted):
    found = rivals([("planted", planted.translator)], SENTENCE)
    assert found.read[found.noun] == "queen" and found.age == len(found.read) - 1 - found.noun
    assert found.models[0].shares[-1] == 1 and found.models[0].state == "c"


@pytest.mark.parametrize("name", ["boy-girl", "switch", "distance", "attractor", "test-longer"])
def test_the_noun_is_the_one_that_the_grammar_says_or_none(name):
    """Attractors stand nearer; a pronoun is no noun of the grammar's, so its sentences are left out."""
    found = []
    for pair, _ in suite(name):
        if not {"i", "you", "he", "she"} & {word.lower() for word in pair.source}:
            for word in pair.agreements:
                noun = controller(pair.source, pair.target, word.position)
                assert noun in (None, pair.nouns[word.controller].source), (
                    pair.source_text,
                    pair.target[word.position],
                )
                found.append(noun is not None)
    assert np.mean(found) > 0.9


@pytest.mark.parametrize(
    ("english", "czech", "noun"),
    [
        (
            "The girl who likes to chat with her brother was happy.",
            "Holka, která si ráda povídá se svým bratrem, byla šťastná.",
            "girl",
        ),
        ("The boy who without his sister likes to sing", "Kluk, který bez své sestry rád zpívá", "boy"),
        ("My brother is a king and she is tired.", "Můj bratr je král a ona je unavená.", "she"),
        ("I was a girl, and you are tired.", "Byla jsem holka a ty jsi unavená.", None),
        ("The boy likes to read", "Holka ráda čte", None),
        ("The girl likes to read and the girl likes to sing", "Holka ráda čte a holka ráda zpívá", None),
    ],
)
def test_whom_the_last_word_agrees_with(english, czech, noun):
    words, said = split(english, english=True), split(czech)
    step = max(t for t, word in enumerate(said) if forms.gender_of(word))
    place = controller(words, said, step)
    assert (None if place is None else words[place]) == noun


def test_many_sentences_say_what_one_says(planted):
    translator = planted.translator
    pair = next(pair for pair in planted.material.pairs("switch") if pair.source_text.lower() == SENTENCE)
    (share,), (age,) = noun_shares(translator, [pair])
    found = rivals([("planted", translator)], SENTENCE)
    assert share == pytest.approx(found.models[0].shares[found.noun], rel=1e-6) and age == found.age


def test_no_agreement_or_a_word_that_a_rival_lacks_is_refused(planted):
    from translate.model.translator import Translator

    lesson = Translator.load(None, "numpy")
    with pytest.raises(TranslateError, match="agrees with a noun"):
        rivals([("lesson", lesson)], "I am")
    with pytest.raises(TranslateError, match="planted cannot read"):
        rivals([("lesson", lesson), ("planted", planted.translator)], "I am a girl who likes to learn")
