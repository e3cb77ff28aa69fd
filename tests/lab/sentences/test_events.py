"""When a noun has been seen, on sentences whose words can be counted."""

import numpy as np

from translate import lab
from translate.lab.planted.language import sentence
from translate.lab.planted.networks import make_planted
from translate.lab.sentences.events import OFFSETS, WRITES, Seen, around_second, of_tested, two_nouns

PAIR = sentence((0, "m"), (1, "f"))
"""the boy who gladly reads and the queen …: kluk který rád čte a královna která ráda spí"""


def test_the_encoder_has_seen_a_noun_beside_it_the_decoder_a_step_after_it():
    (event,) = two_nouns([PAIR])
    assert event.first == Seen(enc=1, dec=1) and event.second == Seen(enc=7, dec=6)
    assert PAIR.source[event.second.enc] == "queen" and PAIR.target[event.second.dec + WRITES] == "královna"
    assert (event.kind, event.genders, event.lemmas) == ("m>f", ("m", "f"), ("kluk/holka", "král/královna"))
    assert event.second.on("enc") == 7 and event.second.on("dec") == 6


def test_states_stand_side_by_side_at_the_second_noun_and_nothing_before_the_first():
    planted = make_planted("one-cell")
    pairs = [PAIR, sentence((2, "f"), (3, "m"))]
    trace = lab.trace(planted.translator, pairs, pairs, ["dec.l0.c", "enc.l0.c"])
    events = two_nouns(pairs)
    around = around_second(trace, "dec.l0.c", events)
    assert around.shape == (2, len(OFFSETS), len(planted.units))
    for row, offset in ((0, 0), (1, WRITES), (1, 3)):
        assert (around[row, OFFSETS.index(offset)] == trace["dec.l0.c"][row, 6 + offset].numpy()).all()
    missing = np.isnan(around[0, :, 0])
    assert [offset for offset, nothing in zip(OFFSETS, missing, strict=True) if nothing] == [-9, -8, -7, 4, 5, 6]
    read = around_second(trace, "enc.l0.c", events, range(-7, 1))
    assert np.isnan(read[0, 0]).all() and (read[0, -1] == trace["enc.l0.c"][0, 7].numpy()).all()


def test_from_its_writing_on_the_second_noun_must_be_a_test_noun():
    events = two_nouns([PAIR])
    assert of_tested(events, frozenset({"král/královna"}), (-2, -1, 0)).tolist() == [[False, True, True]]
    assert of_tested(events, frozenset({"kluk/holka"}), (-2, -1, 0)).tolist() == [[True, False, False]]
