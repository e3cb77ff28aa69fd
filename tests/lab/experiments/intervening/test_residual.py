"""What is left of the first gender: used, understood once it is larger, or read by nobody."""

from dataclasses import replace

import msgspec
import pytest

from translate.corpus.splits import build
from translate.lab.experiments.intervening.clamps import clamps
from translate.lab.experiments.intervening.paths import paths
from translate.lab.experiments.intervening.residual import EXCHANGED, residual
from translate.lab.experiments.reading.first_noun import first_noun
from translate.lab.experiments.reading.units import rank
from translate.lab.planted.networks import make_planted
from translate.lab.sentences.events import second_noun
from translate.lab.sentences.minimal_pairs import after_second, find_swaps
from translate.lab.verdicts.evidence import of_decoder
from translate.lab.verdicts.rules import judge
from translate.lab.verdicts.whole_report import make_setup
from translate.model.translator import Translator
from translate.resources import models


def turned(found, factor: int, along: str = "direction") -> float:
    return found.of(factor, along).turned.value


def test_where_the_old_value_was_only_outweighed_it_wins_once_it_is_larger(set_up):
    """c = ½ y1 + y2: exchanged it turns nothing; twice as large it is a tie, and four times as large it wins."""
    found = residual(set_up("overwritten")[1])
    assert turned(found, EXCHANGED) == turned(found, EXCHANGED, "whole") == 0.0
    assert [turned(found, factor) for factor in (2, 4, 8)] == [0.5, 1.0, 1.0]
    assert turned(found, 8, "random directions") == 0.0 and found.beyond.value == 1.0
    assert found.left.value == pytest.approx(1.0)


@pytest.mark.parametrize("name, left", [("one-cell", 0.0), ("never-forgets", 1.0), ("moves", 1.0)])
def test_what_nobody_reads_turns_nothing_however_large(set_up, name, left):
    found = residual(set_up(name)[1])
    assert all(way.turned.value == 0.0 and way.returning is None for way in found.ways)
    assert found.left.value == pytest.approx(left) and found.beyond.value == 0.0


@pytest.mark.parametrize("name", ["returns", "moves-back"])
def test_where_the_sentence_comes_back_the_part_is_used_and_nothing_else_turns(set_up, name):
    found = residual(set_up(name)[1])
    for along, share in (("direction", 1.0), ("whole", 1.0), ("random directions", 0.0)):
        assert found.of(EXCHANGED, along).returning.value == share
        assert turned(found, EXCHANGED, along) == 0.0
    assert found.of(8).returning.value == 0.0  # what is made larger stays what it was


def test_in_the_encoder_everything_is_still_to_come():
    found = residual(make_planted("one-cell").fewer(2).setup(), "enc")
    assert turned(found, EXCHANGED) == 1.0 and turned(found, EXCHANGED, "random directions") < 0.5
    assert found.of(8) is None and found.beyond is None


def test_where_no_word_comes_after_the_second_noun_there_is_nothing_to_change():
    setup = make_planted("one-cell").fewer(2).setup()
    for swap in find_swaps(setup.switch, 0, "after noun", "enc"):
        noun = second_noun(swap.base)
        ended = replace(swap, base=msgspec.structs.replace(swap.base, source=swap.base.source[: noun.source + 1]))
        assert after_second(swap, "enc").place == noun.source + 1 and after_second(ended, "enc") is None


@pytest.mark.slow
def test_a_model_that_needs_the_first_gender_later_still_uses_it_in_another_place(tmp_path):
    """The trained counter-example: its grammar comes back to the first person, and what is kept turns those words."""
    build("lesson-return", 4_000, 0, tmp_path)
    setup = make_setup(Translator.load(models("lesson-study") / "return-lstm-128-1"), tmp_path)
    found = residual(setup)
    exchanged, random = found.of(EXCHANGED), found.of(EXCHANGED, "random directions")
    assert exchanged.returning.value > 0.9 > 0.1 > random.returning.value and exchanged.turned.value < 0.05
    first = first_noun(setup)
    verdict = judge(of_decoder(paths(setup), first, clamps(setup, rank(setup)), found))
    assert (verdict.verdict, verdict.answers["use"]) == ("still used", "used")
    assert first.after_anew.value > 0.85 and first.after_unchanged.value < 0.65
