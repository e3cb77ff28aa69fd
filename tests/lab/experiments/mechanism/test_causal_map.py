"""The map of causes draws the mechanism that was planted: which site at which word, and nothing else."""

from dataclasses import replace
from itertools import product
from typing import get_args

import numpy as np
import pytest

from translate.lab.experiments.mechanism.causal_map import What, causal_map, sites_mapped
from translate.lab.planted.language import material
from translate.lab.sentences.material import Material
from translate.lab.sentences.minimal_pairs import find_swaps
from translate.lab.sentences.places import Place, places_of

NOUN, AGREES, LAST, NEXT = Place(0, -1), Place(0, 0), Place(0, 1), Place(0, 2)
READS_CTE, WRITES_SECOND, SECOND = Place(1, -2), Place(1, -1), Place(1, 0)


@pytest.fixture(scope="module")
def mapped(set_up):
    """By the name of a network, its map of the decoder."""
    maps = {}

    def of(name):
        if name not in maps:
            setup = set_up(name)[1]
            maps[name] = causal_map(setup, sites=[s for s in sites_mapped(setup.config) if s.side == "dec"])
        return maps[name]

    return of


def turned(found, site, what, clause, place, own=True):
    row = found.of(site, what, clause)
    return (row.own.value if own else row.other)[found.places.index(place)]


def test_the_gender_is_in_the_cell_from_the_noun_to_the_last_word_that_needs_it(mapped):
    found = mapped("one-cell")
    for what in ("whole site", "direction", "best units"):
        assert [turned(found, "dec.l0.c", what, 0, place) for place in (NOUN, AGREES)] == [1.0, 1.0], what
        assert turned(found, "dec.l0.c", what, 1, SECOND) == 1.0
        assert np.isnan(turned(found, "dec.l0.c", what, 0, LAST))  # its last word is being written, h restored
        assert [turned(found, "dec.l0.c", what, 0, place, own=False) for place in (NOUN, AGREES, NEXT)] == [0.0] * 3


def test_it_is_written_where_the_candidate_turns_the_words_and_nowhere_else(mapped):
    row = mapped("one-cell").of("dec.l0.g", "whole site", 0)
    assert dict(zip(mapped("one-cell").places, row.own.value, strict=True))[NOUN] == 1.0
    assert np.nansum(row.own.value) == 1.0 and np.nansum(row.other) == 0.0
    assert turned(mapped("one-cell"), "dec.l0.g", "whole site", 1, WRITES_SECOND) == 1.0
    for gate, clause in product("ifo", (0, 1)):  # these are the same for both genders
        assert np.nansum(mapped("one-cell").of(f"dec.l0.{gate}", "whole site", clause).own.value) == 0.0


def test_the_coming_gender_stands_in_a_cell_of_its_own_until_it_is_handed_over(mapped):
    """Y2 holds it, and says it in h when the last word of the first clause is read."""
    found = mapped("one-cell")
    assert [turned(found, "dec.l0.c", "whole site", 1, place) for place in (NOUN, LAST, NEXT)] == [1.0] * 3
    assert [turned(found, "dec.l0.c", "best units", 1, place) for place in (NOUN, LAST, NEXT)] == [0.0] * 3
    assert turned(found, "dec.l0.c", "whole site", 1, READS_CTE) == 0.0
    assert turned(found, "dec.l0.h", "whole site", 1, READS_CTE) == 1.0


def test_random_units_turn_nothing_and_nothing_is_broken(mapped):
    for row in mapped("two-cells").rows:
        if row.site == "dec.l0.c":
            assert row.what != "random units" or np.nanmax(row.own.value) < 0.2
            assert row.rest == 1.0 and np.nanmax(row.other) < 0.2


def test_a_decoy_is_no_cause(set_up):
    """Its best unit by rank is the decoy, which tells the gender; one direction takes half of it, and needs only G."""
    planted, setup = set_up("decoy")
    found = causal_map(setup, sites=["dec.l0.c"], steps=[AGREES])
    assert found.units["dec"][0] == planted.units["D"]
    assert turned(found, "dec.l0.c", "whole site", 0, AGREES) == 1.0
    assert found.places == [AGREES] and {row.what for row in found.rows} == set(get_args(What))


def test_a_decoder_that_rereads_has_no_cause_in_its_cell(mapped):
    found = mapped("rereads")
    assert np.nansum(found.of("dec.l0.c", "whole site", 0).own.value) == 0.0
    assert turned(found, "dec.l0.h", "whole site", 0, NOUN) == 1.0


def test_the_encoder_s_places_are_those_of_the_english_nouns(set_up):
    _, setup = set_up("one-cell")
    found = causal_map(setup, sites=["enc.l0.c", "enc.l0.g"])
    cell, candidate = (found.of(f"enc.l0.{name}", "whole site", 0) for name in "cg")
    assert turned(found, "enc.l0.c", "whole site", 0, Place(0, -1)) == 0.0  # "the"
    assert {turned(found, "enc.l0.c", "whole site", 0, Place(0, offset)) for offset in range(4)} == {1.0}
    assert np.nansum(candidate.own.value) == 1.0 and candidate.own.n == cell.own.n


def test_places_are_counted_from_the_noun_of_their_clause(set_up):
    pair = set_up("one-cell")[1].switch[0][0]  # kluk který rád čte a král který rád spí
    assert [(place.noun, place.offset) for place in places_of(pair, "dec")] == [
        *((0, offset) for offset in range(-1, 3)),
        *((1, offset) for offset in range(-2, 3)),
    ]
    first, second = (places_of(pair, "enc")[:5], places_of(pair, "enc")[5:])
    assert [place.offset for place in first] == [-1, 0, 1, 2, 3] and {place.noun for place in first} == {0}
    assert [place.offset for place in second] == [-2, -1, 0, 1, 2, 3] and {place.noun for place in second} == {1}


def test_intervals_count_noun_pairs_and_every_exchange_is_counted(set_up):
    _, setup = set_up("one-cell")
    swaps = find_swaps(setup.switch, 0, "after noun", tested=setup.split.test)
    found = causal_map(setup, swaps, ["dec.l0.c"], [AGREES])
    nouns = len({swap.lemma for swap in swaps})
    row, column = found.of("dec.l0.c", "whole site", 0).own, 0
    assert row.n[column] == found.pairs[0] and found.pairs == (len(swaps), 0)
    assert row.low[column] == pytest.approx(nouns / (nouns + 1.96**2), abs=2e-3)  # Wilson's, at n of n noun pairs
    assert 3 * len(swaps) <= found.counterfactuals <= 4 * len(swaps)  # random units may be alike in both sentences
    encoder = causal_map(setup, swaps, ["enc.l0.c"], [Place(0, -1)])
    assert encoder.counterfactuals == 0 and encoder.rows[0].own.value == [0.0]  # "the", in both


def test_without_sentences_there_is_no_map(set_up):
    _, setup = set_up("one-cell")
    assert causal_map(replace(setup, material=Material({}, "nothing"))) is None
    assert causal_map(replace(setup, material=material(rounds=1)), sites=["dec.l0.c"], steps=[AGREES]) is not None
