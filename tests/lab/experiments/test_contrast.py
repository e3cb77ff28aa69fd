"""A contrast of one's own through the laboratory: what is planted is found, whoever annotates."""

import pytest

from tests.training.conftest import NOUNS, PLACES, VERBS
from translate import lab
from translate.errors import TranslateError, UsageError
from translate.lab.experiments.contrast import contrast
from translate.lab.planted.networks import NAMES, make_planted
from translate.lab.sentences.minimal_pairs import versions_of
from translate.lab.verdicts.evidence import of_decoder
from translate.lab.verdicts.rules import judge
from translate.model.translator import Translator
from translate.training.loop import train
from translate.training.recipe import Recipe


def contrasts_of(planted) -> list[tuple[str, str]]:
    """The planted language's sentences as somebody would list them: each beside its counterfactuals."""
    lines = []
    for versions in versions_of(planted.material.suites["switch"]):
        text = {genders: pair.source_text for genders, pair in versions.items()}
        lines += [(text["m", y], text["f", y]) for y in "mf"] + [(text[y, "m"], text[y, "f"]) for y in "mf"]
    return lines


@pytest.mark.numerical
@pytest.mark.parametrize("name", NAMES)
def test_a_planted_network_has_the_same_verdict_through_this_door(name):
    planted = make_planted(name).fewer(3)
    setup, found = contrast(planted.translator, contrasts_of(planted))
    assert found.crossed == len(found.used) == len(setup.pairs) and not found.dropped
    ranking = lab.rank(setup)
    evidence = lab.paths(setup), lab.first_noun(setup), lab.clamps(setup, ranking, (3,)), lab.residual(setup)
    assert judge(of_decoder(*evidence)).verdict == planted.truth.verdict


@pytest.mark.numerical
def test_one_contrast_a_sentence_has_its_causes_and_its_controls():
    planted = make_planted("one-cell").fewer(3)
    lines = [(m, f) for m, f in contrasts_of(planted) if m.split()[-4] == f.split()[-4]]  # the first noun alone
    setup, found = contrast(planted.translator, lines)
    assert found.crossed == 0 and len(setup.pairs) == 2 * len(found.used)
    cell = planted.units["G"]
    assert lab.rank(setup).order[0] == cell
    assert lab.stored(setup, setup.memory).probe.value == 0.75  # at half of the words the second noun is in the cell
    parts = {(part.part.kind, part.part.count): part for part in lab.necessity(setup).parts}
    assert parts["difference of means", None].turned.value == 1.0
    assert parts["all but difference of means", None].turned.value == parts["random units", 3].turned.value == 0.0
    causes = lab.causal_map(setup, sites=["dec.l0.c"])
    assert {place.noun for place in causes.places} == {0}
    assert causes.of("dec.l0.c", "whole site", 0).own.value[causes.places.index(lab.Place(0, 0))] == 1.0
    random = causes.of("dec.l0.c", "random units", 0).own
    assert {share for share, words in zip(random.value, random.n, strict=True) if words} == {0.0}
    with pytest.raises(TranslateError, match="No sentence has two contrasts"):
        lab.first_noun(setup)


def test_too_few_are_refused():
    planted = make_planted("one-cell").fewer(1)
    with pytest.raises(UsageError, match="Of 3 contrasts 3 can be used, too few to fit on some and to test on others"):
        contrast(planted.translator, contrasts_of(planted)[:1] + contrasts_of(planted)[8:10])


def test_a_model_of_pieces_is_asked_like_any_other(tmp_path):
    """Nothing but the laboratory's own sentences needs whole words."""
    texts = {
        who: [
            (f"I am a {who} who likes to {verb}{place}.", f"Jsem {NOUNS[who][0]}, {' '.join(NOUNS[who][1:])} {czech}.")
            for verb, czech in VERBS.items()
            for place in PLACES
        ]
        for who in ("boy", "girl")
    }
    settings = ["pieces=bpe", "size=330", "hidden=48", "embedding=24", "steps=400", "batch=6", "validate_every=400"]
    recipe = Recipe().override([*settings, "learning_rate=0.01", "threads=1", "device=cpu", "precision=float32"])
    pairs = [pair for of_who in texts.values() for pair in of_who]
    train(recipe, pairs, pairs, tmp_path)
    lines = [(boy, girl) for (boy, _), (girl, _) in zip(texts["boy"], texts["girl"], strict=True)]
    setup, found = contrast(Translator.load(tmp_path), lines)
    assert len(found.used) >= 12 and any("▁" in word for pair in setup.pairs for word in pair.target)
    assert lab.stored(setup, "dec.l0.c").probe.value > 0.9
    parts = {part.part.kind: part for part in lab.necessity(setup).parts}
    assert parts["state"].turned.value > 0.5 > parts["random units"].turned.value
