"""Cell against attention, on two networks of which it is known what carries the gender, and on one that has both."""

from dataclasses import replace

import numpy as np
import pytest

from translate import lab
from translate.lab.experiments.intervening.attention import WAYS, _Runs, attention
from translate.lab.experiments.intervening.tally import Trial
from translate.lab.sentences.material import Material
from translate.lab.sentences.minimal_pairs import find_swaps
from translate.lab.tracing.site import CONTEXT, bank_of

CARRIERS = ("cell", "attention")


@pytest.fixture(scope="module", params=CARRIERS)
def found(request, looking_back):
    return request.param, attention(looking_back(request.param))


def test_it_names_what_carries_the_gender(found):
    carrier, result = found
    by_cell, by_attention = (float(carrier == name) for name in CARRIERS)
    turned = {looked.way: looked.words.turned.value for looked in result.ways}
    assert tuple(turned) == WAYS
    assert turned["cell"] == turned["cell, h follows"] == turned["state"] == by_cell
    assert turned["bank"] == turned["bank at noun"] == by_attention
    assert turned["cell and bank"] == turned["state and bank"] == 1.0
    assert turned["bank elsewhere"] == turned["same cell"] == turned["same bank"] == 0.0
    for looked in result.ways:  # in every clause, kind and distance alike
        parts = (*looked.by_clause.values(), *looked.by_kind.values(), *looked.by_distance.values())
        assert {part.turned.value for part in parts} == {turned[looked.way]}
        assert looked.words.turned.value + looked.words.kept.value == 1.0


def test_with_attention_cut_habit_or_the_cell_decides(found):
    carrier, result = found
    kept = 1.0 if carrier == "cell" else 0.5  # the masculine is said by habit
    assert result.of("no context").words.kept.value == result.of("mean context").words.kept.value == kept
    assert result.of("same bank").words.kept.value == 1.0


def test_what_is_left_alone_stays(found):
    for looked in found[1].ways:
        if "context" not in looked.way:
            assert looked.rest.value == 1.0 and looked.other.value == 0.0


def test_it_says_where_attention_looks(found):
    gaze = found[1].gaze["all"]
    assert gaze.noun.value == pytest.approx((1 / 5 + 1 / 6) / 2)  # evenly at the words of the clause
    assert gaze.others.value == 0.0 and gaze.uniform.value == pytest.approx(1 / 11)
    assert set(found[1].gaze) == {"all", "relative", "rad"}


@pytest.mark.parametrize("way", ["bank", "bank at noun", "bank elsewhere"])
def test_until_the_place_the_run_is_the_base_s_own(looking_back, way):
    """And from there on attention reads the other sentence's encoder: nothing else has changed."""
    setup = looking_back("attention")
    trial = Trial.of(setup, find_swaps(setup.switch, 1, "after noun"))
    runs, swap = _Runs(trial), trial.cases[0]
    sites = [CONTEXT, *bank_of(setup.config), "dec.l0.c", "dec.l0.h"]
    network = lab.EditedNetwork(setup.network, [runs.run(way, swap)])
    edited = lab.trace(setup.translator, [swap.base.source], sites=sites, network=network)
    base, source = (lab.trace(setup.translator, [pair.source], sites=sites) for pair in swap.sentences)
    before = slice(swap.place)
    for site in (CONTEXT, "dec.l0.c", "dec.l0.h"):
        np.testing.assert_array_equal(edited[site][0, before], base[site][0, before])
    np.testing.assert_array_equal(edited["dec.l0.c"][0, swap.place], base["dec.l0.c"][0, swap.place])
    noun = swap.base.nouns[1].source
    for position, h in enumerate(edited["enc.l0.h"][0]):
        is_other = way == "bank" or (position == noun) == (way == "bank at noun")
        np.testing.assert_array_equal(h, (source if is_other else base)["enc.l0.h"][0, position])


def test_without_attention_or_sentences_there_is_nothing_to_ask(looking_back, set_up):
    assert attention(set_up("one-cell")[1]) is None
    assert attention(replace(looking_back("cell"), material=Material({}, "nothing"))) is None


def test_a_sentence_that_falls_apart_does_not_count(found):
    for looked in found[1].ways:
        either = looked.words.turned.value + looked.words.kept.value
        assert looked.words.own.value == looked.words.kept.value / either
