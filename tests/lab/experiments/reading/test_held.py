"""Held over words that tell nothing: both answers, and none where no such place is."""

import pytest

from translate.lab.experiments.reading.held import FAR, TOLD, held
from translate.lab.planted.language import sentence
from translate.lab.sentences.labels import words_since_told
from translate.lab.verdicts import claims

C, H = "dec.l0.c", "dec.l0.h"


def test_what_agrees_and_what_names_the_person_tells_the_gender_again():
    """the boy who gladly reads and the queen who gladly sleeps / kluk který rád čte a královna která ráda spí"""
    pair = sentence((0, "m"), (1, "f"))
    assert words_since_told(pair, "dec") == [None, 0, 0, 0, 1, None, 0, 0, 0, 1]
    assert words_since_told(pair, "enc") == [None, 0, 1, 2, 3, 4, 5, 0, 1, 2, 3]


def test_a_cell_that_holds_it_and_one_that_reads_it_from_the_word_just_written(set_up):
    """After the verb, which tells nothing, the one still knows the gender and the other does not."""
    kept, reread = (set_up(name)[1] for name in ("one-cell", "rereads"))
    assert held(kept, C, far=1).far.value == 1.0 and held(kept, C).counted_from == TOLD
    again = held(reread, H, far=1)
    assert again.by_distance["0"].value > 0.7 and again.far.value <= 0.6


@pytest.mark.parametrize("side, site, share", [("enc", "enc.l0.c", 1.0), ("enc", "enc.l0.h", 0.5)])
def test_the_encoder_holds_it_in_c_over_words_that_tell_nothing(set_up, side, site, share):
    found = held(set_up("one-cell")[1], site, far=2)
    assert found.far.value == pytest.approx(share, abs=0.1)
    assert claims.held(found).verdict == ("holds" if share == 1.0 else "does not hold")


def test_where_there_is_no_such_place_nothing_is_said(set_up):
    found = held(set_up("one-cell")[1], C)
    claim = claims.held(found)
    assert (found.far.n, found.nouns) == (0, 0)
    assert claim.verdict == "undecided" and claim.statement.startswith("Not tested") and str(FAR) in claim.statement
