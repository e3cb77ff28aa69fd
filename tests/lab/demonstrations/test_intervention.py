"""What `translate intervene` computes, on the lesson's model."""

import numpy as np
import pytest

from tests.arithmetic import FLOAT64, Exact
from translate.corpus.show import sample
from translate.errors import UsageError
from translate.lab.demonstrations.intervention import intervene, values_in_run
from translate.lab.demonstrations.line import Line
from translate.lab.demonstrations.reference import SEED, SENTENCES, reference
from translate.lab.probes.readout import readout_of
from translate.model.translator import Translator

pytestmark = pytest.mark.numerical

GIRL, BOY = "I am a girl who likes to learn.", "I am a boy who likes to learn."
TWO = "I am a girl who likes to learn and you are a boy who likes to learn."


@pytest.fixture(scope="module")
def lesson() -> Translator:
    return Translator.load(device="numpy")


def line_of(translator: Translator, side: str, sentence: str = GIRL) -> Line:
    return Line.of(translator, side, sentence, translator.translate([sentence])[0][0])


def test_a_word_stands_for_the_step_that_has_just_read_it(lesson):
    reading, writing = line_of(lesson, "enc"), line_of(lesson, "dec")
    assert reading.steps("girl") == (3,) and reading.read[3] == "girl" and reading.written[3] is None
    # Jsem holka, která …: step 1 writes holka, step 2 has read it and writes the comma.
    assert writing.steps("holka") == writing.steps("HOLKA") == writing.steps("girl") == (2,)
    assert (writing.read[2], writing.written[2]) == ("holka", ",")
    assert (writing.read[0], writing.written[-1]) == ("(start)", "(end)")
    assert writing.steps(".") == (len(writing.target),)
    assert writing.steps("all") is None and writing.steps("2-4") == (2, 3, 4) and writing.steps("0") == (0,)


@pytest.mark.parametrize(
    ("side", "at", "said"),
    [
        ("dec", "dog", "There is no 'dog'"),
        ("dec", "likes", "name that word of"),
        ("enc", "holka", "There is no 'holka'"),
        ("dec", "9", "from 0 to 8"),
        ("dec", "3-2", "from 0 to 8"),
        ("enc", "9", "from 0 to 8"),
        ("enc", "", "There is no ''"),
    ],
)
def test_a_place_that_is_not_there_is_named(lesson, side, at, said):
    with pytest.raises(UsageError, match=said):
        line_of(lesson, side).steps(at)


def test_a_word_that_is_there_twice_needs_a_step(lesson):
    with pytest.raises(UsageError, match="2 times; say at which step: 7 and 16 have"):
        line_of(lesson, "enc", TWO).steps("learn")


def test_the_other_sentences_memory_turns_the_words_to_come_and_keeps_those_before(lesson):
    found = intervene(lesson, GIRL, at="girl", set_to=f"from:{BOY}")
    assert found.site == "dec.l0.c" and found.natural and found.units is None and not found.draws
    assert found.before.text == "Jsem holka, která se ráda učí." and found.after.text == "Jsem holka, který se rád učí."
    assert found.changes == [("která", "který"), ("ráda", "rád")]
    assert found.shaken[0] in ("která", "ráda") and found.shaken[1] > 0.5 > found.shaken[2]


def test_the_best_units_do_it_and_random_ones_do_not(lesson):
    found = intervene(lesson, GIRL, units="top:5", at="girl", set_to=f"from:{BOY}", draws=20, seed=1)
    assert found.changes and len(found.draws) == 20
    assert sum(draw.changed for draw in found.draws) <= 2
    assert all(len(set(draw.units)) == 5 and not set(draw.units) & set(found.units) for draw in found.draws)
    again = intervene(lesson, GIRL, units="top:5", at="girl", set_to=f"from:{BOY}", draws=20, seed=1)
    assert [draw.units for draw in again.draws] == [draw.units for draw in found.draws]


def test_the_top_units_weigh_most_in_the_shipped_readout(lesson):
    weight = np.abs(readout_of(lesson).directions["enc.l0.c"]) * reference(lesson, "enc.l0.c").std(0)
    for site in ("enc.l0.c", "enc.l0.f", "enc.l0.o_pre"):
        assert intervene(lesson, GIRL, site, "top:3", set_to="zero").units == tuple(np.argsort(-weight)[:3])
    weight = np.abs(readout_of(lesson).directions["dec.l0.h"]) * reference(lesson, "dec.l0.h").std(0)
    assert intervene(lesson, GIRL, "dec.l0.h", "top:1", set_to="zero").units == (int(weight.argmax()),)


def test_its_own_values_change_nothing():
    lesson = Exact.load(device="numpy")
    found = intervene(lesson, GIRL, "dec.l0.g", set_to=f"from:{GIRL}")
    assert not found.changes and found.shaken[1] == pytest.approx(found.shaken[2], abs=FLOAT64)
    value = values_in_run(lesson, GIRL, found.before, "dec.l0.f")[2, 7]
    found = intervene(lesson, GIRL, "dec.l0.f", "7", "2", str(float(value)))
    assert not found.changes and found.was == pytest.approx(float(value), abs=FLOAT64)
    assert found.shaken[1] == pytest.approx(found.shaken[2], abs=FLOAT64)


def test_units_are_told_by_number_and_range(lesson):
    assert intervene(lesson, GIRL, units="3, 17,5-7,3", set_to="0").units == (3, 17, 5, 6, 7)
    assert not intervene(lesson, GIRL, units="0-100", set_to="0", draws=5).draws  # too few others are left


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (dict(site="dec.l0.cc"), "did you mean dec.l0.c"),
        (dict(units="128"), "0 to 127"),
        (dict(units="9-3"), "no units 9-3"),
        (dict(units="x"), "names no units"),
        (dict(units=""), "names no units"),
        (dict(units="top:x"), "top: and a number"),
        (dict(units="top:129"), "1 to 128"),
        (dict(set_to="high"), "cannot be set"),
        (dict(set_to="inf"), "cannot be set"),
        (dict(set_to="from:"), "there is no sentence"),
        (dict(set_to="from:a xyzzy"), "does not know 'xyzzy'"),
        (dict(site="dec.logits", units="top:3"), "words of the vocabulary"),
        (dict(at="8", set_to="from:I am a boy"), "ends with step"),
    ],
)
def test_what_cannot_be_understood_is_said(lesson, wrong, said):
    with pytest.raises(UsageError, match=said):
        intervene(lesson, GIRL, **wrong)


def test_the_reference_is_what_the_model_holds_at_real_words_only(lesson):
    texts = [pair.source_text for pair in sample("lesson", SENTENCES, SEED)]
    read = sum(len(lesson.source.encode(text)) for text in texts)
    written = sum(len(lesson.target.split(text)) + 1 for text in lesson.texts(texts))  # and the end mark
    for site, words in (("enc.l0.c", read), ("dec.l0.f", written)):
        values = reference(lesson, site)
        assert values.shape == (words, 128) and np.isfinite(values).all()


def test_the_mean_is_set_where_it_is_asked_for(lesson):
    found = intervene(lesson, GIRL, "dec.l0.f", "top:4", "2", "mean", draws=0)
    assert not found.natural and found.steps == (2,) and 0 < found.was < 1 and found.draws == []
