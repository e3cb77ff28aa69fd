"""What can be read from the planted networks, and what only looks so: methods that correlate."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from translate.lab.experiments.reading.accounts import accounts
from translate.lab.experiments.reading.first_noun import first_noun
from translate.lab.experiments.reading.generalisation import generalisation
from translate.lab.experiments.reading.gradients import gradient_course
from translate.lab.experiments.reading.information import usable_information
from translate.lab.experiments.reading.online_code import online_code
from translate.lab.experiments.reading.selectivity import selectivity
from translate.lab.experiments.reading.stored import readings
from translate.lab.experiments.reading.time_course import time_courses
from translate.lab.experiments.reading.units import rank, units
from translate.lab.experiments.reading.valves import WATCHED, valves
from translate.lab.experiments.setup import Setup
from translate.lab.planted.language import material
from translate.lab.planted.networks import make_planted
from translate.lab.sentences.events import OFFSETS
from translate.model.checkpoint import Checkpoint, save_frame, save_weights
from translate.model.config import ModelConfig
from translate.model.encoder_decoder import EncoderDecoder
from translate.model.translator import Translator

STEPS = {"rád": -3, "čte": -2, "a": -1}
"""The step that reads a word, counted from the first one that has read the second noun."""


def test_the_readout_reads_the_current_gender_where_it_is_held(planted, planted_setup):
    found = {reading.site: reading for reading in readings(planted_setup)}
    for site, share in planted.truth.current.items():
        assert found[site].probe.value == pytest.approx(share, abs=1e-9), site
        assert found[site].agreeing.value == planted.truth.agreeing[site], site
        assert 0.2 < found[site].shuffled.value < 0.8 and found[site].majority.value == 0.5
    # All encoders are alike: they hold both genders in cells of their own and say nothing of them.
    assert found["enc.l0.c"].probe.value == 1.0 and found["enc.l0.h"].probe.value == 0.5


def test_what_is_held_is_read_better_and_shorter_than_lots_would_be(planted, planted_setup):
    current = planted.truth.current["dec.l0.c"]
    bits, code, lots = (
        measure(planted_setup, "dec.l0.c") for measure in (usable_information, online_code, selectivity)
    )
    if current > 0.9:
        assert bits.bits.value > 0.7 and code.compression.value > 2.5 and lots.selectivity.low > 0.2
    elif current > 0.7:  # a telling word was just read: the probe is fooled, though not as well as by a memory
        assert 0.3 < bits.bits.value < 0.7 and 1.2 < code.compression.value < 2.5
    else:
        assert bits.bits.value < 0.3 and code.compression.value < 1.5 and lots.selectivity.high < 0.0
    assert abs(bits.shuffled.value) < 0.1 and code.shuffled.value == pytest.approx(1, abs=0.05)


def test_nothing_is_read_from_a_state_that_says_nothing():
    setup, site = make_planted("one-cell").setup(), "enc.l0.h"
    assert usable_information(setup, site).bits.value == pytest.approx(0.0, abs=0.05)
    assert online_code(setup, site).compression.value == pytest.approx(1.0, abs=0.05)
    assert selectivity(setup, site).selectivity.low < 0.1


def test_the_first_gender_after_the_second_noun(planted, planted_setup):
    found = first_noun(planted_setup)
    assert (found.after_anew.value, found.after_unchanged.value, found.after_second.value) == planted.truth.first


def test_the_ranking_finds_all_cells_that_correlate_the_decoy_too(planted, planted_setup):
    ranking = rank(planted_setup)
    cells = [planted.units[cell] for cell in planted.truth.cells]
    assert set(ranking.best(len(cells))) == set(cells)
    auc = {cell: ranking.shown[planted.units[cell]] for cell in planted.truth.cells}
    assert auc == pytest.approx(planted.truth.auc, abs=1e-4)
    assert (np.delete(ranking.shown, cells) == 0.5).all()
    best = units(planted_setup, ranking)
    assert best.best.value == pytest.approx(max(planted.truth.auc.values()), abs=1e-4)
    assert best.at_chance == len(ranking.order) - sum(area > 0.6 for area in planted.truth.auc.values())


def test_the_reading_turns_at_the_second_noun(planted, planted_setup):
    """Before it the reading is the first gender's, from its writing on the second's, if any cell holds one."""
    for found in time_courses(planted_setup):
        if found.site == "dec.l0.c":
            p = dict(zip(found.course.at, found.course.value, strict=True))
            first, second = (1.0 if gender == "f" else 0.0 for gender in (found.kind[0], found.kind[2]))
            current = planted.truth.current["dec.l0.c"]
            if current > 0.7:
                assert p[-4] == pytest.approx(first, abs=0.2)
            if current > 0.9:
                assert [p[offset] for offset in range(-1, 3)] == pytest.approx([second] * 4, abs=0.35)
            if current < 0.7:
                assert p[-4] == pytest.approx(0.5, abs=0.2)


def test_the_gates_of_the_best_units_move_at_the_planted_words(planted, planted_setup):
    courses = {(course.what, course.kind): course.course for course in valves(planted_setup, rank(planted_setup))}
    for gate, rest in (("f", 1.0), ("i", 0.0)):
        for kind in ("switch", "same"):  # no valve asks what the gender is
            course = courses[gate, kind]
            for word, step in STEPS.items():
                planned = [of[gate].get(word, of[gate].get("rest", rest)) for of in planted.truth.valves.values()]
                planned += [rest] * (WATCHED - len(planned))  # the ranking's next units do nothing
                assert course.value[course.at.index(step)] == pytest.approx(np.mean(planned)), (gate, word)


def test_the_ledger_says_at_which_word_it_was_written_and_what_took_it(planted, planted_setup):
    found = accounts(planted_setup, "dec")
    if planted.name == "telling-word":  # where a word is needed, the one before it has written it
        assert dict(zip(found.by_word.at, found.by_word.value, strict=True))[1] == pytest.approx(1.0, abs=1e-3)
        return
    if planted.truth.verdict == "never stored":
        assert found is None  # there is no difference whose origin could be asked for
        return
    assert found.conservation == 0.0 and found.brought.value == 0.0
    by_word = dict(zip(found.by_word.at, found.by_word.value, strict=True))
    assert by_word[-1] == pytest.approx(1.0) and by_word[0] == 0.0
    word = planted.truth.erased_by
    lost = 0.0 if word is None else 1 - planted.truth.left
    assert (found.gone.value, found.by_forgetting.value) == pytest.approx((lost, lost), abs=1e-3)
    taken = {at: value for at, value in zip(found.erased.at, found.erased.value, strict=True) if abs(value) > 1e-3}
    assert taken == ({} if word is None else {STEPS[word]: pytest.approx(-lost, abs=1e-3)})


@pytest.mark.parametrize("name", ["one-cell", "overwritten", "erased"])
def test_a_gradient_reaches_back_to_the_word_that_shuts_the_forget_gate(name):
    """From the second "rád"; only along the cell, since a valve that is fully open or shut passes no gradient on."""
    planted = make_planted(name)
    setup = replace(planted, material=material(rounds=1)).setup()
    found = next(each for each in gradient_course(setup, 4, 12) if each.site == "dec.l0.c")
    assert found.total.value == pytest.approx(found.direct.value, nan_ok=True)
    word = planted.truth.erased_by
    reaches = [age for age, value in zip(found.score.at, found.score.value, strict=True) if value > 0]
    assert reaches == list(range(8 if word is None else 2 - STEPS[word]))


def test_the_measures_tell_a_gender_that_is_stored_from_one_that_is_not():
    stored, rereads = (make_planted(name).setup() for name in ("one-cell", "rereads"))
    site = "dec.l0.c"
    for setup, least, most in ((stored, 0.9, 1.0), (rereads, 0.0, 0.3)):
        known = usable_information(setup, site)
        assert least <= known.bits.value <= most and known.entropy == pytest.approx(1, abs=0.01)
        assert abs(known.shuffled.value) < 0.05 and known.bits.low - 1e-9 <= known.bits.value <= known.bits.high + 1e-9
    read, unread = (selectivity(setup, site) for setup in (stored, rereads))
    assert read.selectivity.low > 0.2 and read.unseen.value == 1 and read.types == 20
    assert read.selectivity.value == pytest.approx(read.task.value - read.control.value)
    assert unread.selectivity.high < 0.1
    short, long = (online_code(setup, site) for setup in (stored, rereads))
    assert short.compression.value > 3 > 1.5 > long.compression.value
    assert short.compression.value == pytest.approx(short.uniform_bits / short.bits)
    assert short.compression.low < short.compression.value < short.compression.high
    assert short.shuffled.value == pytest.approx(1, abs=0.05)


@pytest.mark.parametrize("cell", ["gru", "rnn"])
def test_cells_without_a_cell_state_are_measured_too(cell, tmp_path):
    planted = make_planted("one-cell")
    source, target = planted.translator.source, planted.translator.target
    config = ModelConfig(len(source), len(target), cell=cell, hidden=12, embedding=8)
    torch.manual_seed(0)
    save_frame(tmp_path, config, source, target)
    save_weights(tmp_path, EncoderDecoder(config))
    translator = Translator(Checkpoint(tmp_path, config, source, target), "numpy")
    setup = Setup(translator, planted.material, planted.setup().split, 0)
    assert setup.memory == "dec.l0.h"
    assert 0 <= selectivity(setup, "enc.l0.h").control.value <= 1
    assert usable_information(setup, setup.memory).bits.value < 1
    assert online_code(setup, setup.memory).compression.value > 0
    assert len(generalisation(setup, setup.memory, "y2").matrix) == len(OFFSETS)
